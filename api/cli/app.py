"""The tree of commands."""

from __future__ import annotations

import typer

from api.cli import (
    audit,
    changes,
    contact,
    db,
    demo,
    evaluate,
    event,
    gaps,
    key,
    link,
    load,
    match,
    pair,
    review,
    runs,
    sample,
    serve,
    settings,
    show,
    targets,
    tasks,
    train,
    user,
    whatif,
    workbook,
)
from api.i18n import _

app = typer.Typer(
    name="ronglian",
    help=_("融链：产业链知识图谱与企业供需对接。"),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(load.app, name="load", help=_("载入数据"))
app.add_typer(runs.app, name="runs", help=_("各次载入：查看、撤销"))
app.add_typer(workbook.app, name="workbook", help=_("填报工作簿：模板、检查、名录映射"))
app.command(help=_("为一条需求找供方，说明理由"))(match.match)
app.add_typer(pair.app, name="pair", help=_("对接建议的答复：接受、谢绝、撤销"))
app.command(help=_("用供应关系训练匹配模型"))(train.train)
app.command(help=_("产业链缺口：缺什么、薄在哪里、有多大把握"))(gaps.gaps)
app.command(help=_("断供推演：移除企业、厂区、环节、进口来源或镇街，看什么停、谁受影响、谁能顶上"))(whatif.whatif)
app.command(help=_("招商对象：谁能补上缺口，本地谁会买，影响到谁"))(targets.targets)
app.command(help=_("任一对象的事实、来源和关系"))(show.show)
app.command(help=_("全图摘要：两次载入是否得到同样的图谱"))(show.digest)
app.command(help=_("生成样例工作簿（内容均为虚构）"))(sample.sample)
app.command(help=_("从载入到结果走一遍"))(demo.demo)
app.command(help=_("启动网页服务"))(serve.serve)
app.add_typer(evaluate.app, name="evaluate", help=_("用已知答案检验各项方法"))
app.add_typer(review.app, name="review", help=_("是不是同一家企业：判断、合并、撤销"))
app.add_typer(event.app, name="event", help=_("对接活动"))
app.command(help=_("留存今天的缺口清单，供日后比较"))(changes.snapshot)
app.command(help=_("两个日期之间变了什么，由哪些事实引起"))(changes.diff)
app.add_typer(changes.plan_app, name="plan", help=_("行动方案目标的进展"))
app.add_typer(settings.app, name="settings", help=_("缺口分类的阈值、优先级的权重、本区"))
app.add_typer(contact.app, name="contact", help=_("企业的联系方式、被查看记录和个人信息删除"))
app.add_typer(audit.app, name="audit", help=_("审计记录"))
app.add_typer(key.app, name="key", help=_("加密字段的密钥"))
app.add_typer(user.app, name="user", help=_("账号、角色和访问令牌"))
app.add_typer(tasks.app, name="tasks", help=_("核查任务：派发、核查表、办结"))
app.add_typer(link.app, name="link", help=_("挂链：企业属于哪些环节"))
app.add_typer(db.app, name="db", help=_("内置图数据库"))
