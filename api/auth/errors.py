"""What can be wrong with who asks.

::

    RonglianError
    ├── AccessError
    │   ├── NotSignedIn         nobody we know, or no longer
    │   │   ├── WrongCredentials    name and password do not belong together
    │   │   │   └── PasswordExpired     set by somebody else, and not changed in time
    │   │   ├── SignInUnfinished    begun elsewhere, too long ago, or what the provider says is not valid
    │   │   ├── UnknownSubject      the provider knows them, we do not
    │   │   └── AccountDisabled     shut by an administrator
    │   ├── ProviderUnavailable the provider of accounts cannot be asked
    │   ├── NotAllowed          known, but not for this
    │   │   └── OutsideTowns        a pair of firms that both lie elsewhere
    │   ├── ForgedRequest       sent by another site's page, or by none of ours
    │   └── TooManyAttempts     wait before the next one
    │       └── TooManyRequests     more than one account or address may send
    └── AccountError
        ├── AccountExists       the name is taken
        ├── NoSuchAccount
        ├── NameUnusable
        ├── WeakPassword
        │   └── CommonPassword  long enough, and yet among the first to be tried
        ├── PasswordsDiffer
        ├── AdministratorFirst  the first account must be an administrator
        ├── LastAdministrator   the last one may not be shut out
        ├── SubjectTaken        another account is bound to it
        ├── RegistrationUnusable    the settings of the provider of accounts
        ├── NoFirm              neither named nor one's own
        ├── NoOwnFirm           bound to none
        └── NoSuchToken
"""

from __future__ import annotations

from graph.errors import RonglianError
from graph.messages import N_


class AccessError(RonglianError):
    """Who asks may not."""


class NotSignedIn(AccessError):
    """Nobody we know, or no longer."""

    message = N_("尚未登录，或登录已失效")
    cure = N_("请登录后重试；程序请使用有效的访问令牌")


class WrongCredentials(NotSignedIn):
    """Name and password do not belong together; which of the two is not said."""

    message = N_("账号名或口令不正确")
    cure = N_("请重新输入；忘记口令请联系管理员重置")


class PasswordExpired(WrongCredentials):
    """Set by somebody else, and not changed in time; said only to who knows it."""

    message = N_("别人设定的口令超过 {days} 天没有更改，已失效")
    cure = N_("请联系管理员重置口令")


class SignInUnfinished(NotSignedIn):
    """Begun in another browser or too long ago, refused there, or what the provider says of it is not valid."""

    message = N_("经{name}登录没有完成")
    cure = N_("请回到本页重新开始，并在十分钟内完成；若仍不成功，请联系管理员")


class UnknownSubject(NotSignedIn):
    """The provider knows them, we do not; no account is made for them."""

    message = N_("您已通过{name}验证，但还没有与之绑定的账号；您的标识是 {subject}")
    cure = N_("请把标识告诉管理员，由管理员执行 ronglian user bind 账号名 标识")


class AccountDisabled(NotSignedIn):
    """Shut by an administrator; told only to who proved that it is theirs."""

    message = N_("您的账号已停用")
    cure = N_("如仍需使用，请联系管理员")


class ProviderUnavailable(AccessError):
    """The provider of accounts cannot be asked, or answers nonsense."""

    message = N_("暂时连接不上{name}")
    cure = N_("请稍后再试，或用账号名和口令登录；管理员请检查网络和 RONGLIAN_OIDC_ISSUER，原因见服务日志")


class NotAllowed(AccessError):
    """Known, but not for this."""

    message = N_("您的角色不能“{action}”")
    cure = N_("如工作需要，请向管理员申请相应角色")


class OutsideTowns(NotAllowed):
    """A pair of which neither firm lies in the towns somebody answers for."""

    message = N_("“{left}”与“{right}”都不在您负责的镇街")
    cure = N_("请由负责其中一方所在镇街的人员判断，或请不限镇街的审核人员判断")


class ForgedRequest(AccessError):
    """Sent by another site's page, or by none of ours."""

    message = N_("这一请求不是从本系统的页面发出的")
    cure = N_("请回到本系统的页面，刷新后再操作一次")


class TooManyAttempts(AccessError):
    """Wait before the next one; ``seconds`` says how long."""

    message = N_("尝试次数过多")
    cure = N_("请在 {seconds} 秒后再试")


class TooManyRequests(TooManyAttempts):
    """More requests than one account or address may send."""

    message = N_("请求过于频繁")


class AccountError(RonglianError):
    """An account that cannot be as asked."""


class AccountExists(AccountError):
    """The name is taken."""

    message = N_("账号“{name}”已经存在")
    cure = N_("请换一个账号名；要更改口令请用 ronglian user reset")


class NoSuchAccount(AccountError):
    """No account of this name."""

    message = N_("没有账号“{name}”")
    cure = N_("请用 ronglian user list 查看全部账号")


class NameUnusable(AccountError):
    """Not a name for an account."""

    message = N_("“{name}”不能用作账号名")
    cure = N_("请用 2-64 个汉字、字母、数字或 . _ - @")


class WeakPassword(AccountError):
    """Too easy to guess."""

    message = N_("口令太容易猜到")
    cure = N_("请用至少 {length} 个字符，至少 {different} 种不同字符，且不含账号名")


class CommonPassword(WeakPassword):
    """Long enough, and yet among the first to be tried."""

    message = N_("口令由常见口令、单词、日期或相邻按键组成，容易被猜到")
    cure = N_("请换一个，例如四个互不相干的词")


class PasswordsDiffer(AccountError):
    """The new password was not typed twice alike."""

    message = N_("两次输入的新口令不一致")
    cure = N_("请重新输入两遍相同的新口令")


class AdministratorFirst(AccountError):
    """The first account must be an administrator."""

    message = N_("还没有管理员账号")
    cure = N_("请先建立管理员：ronglian user add 账号名 --role admin")


class LastAdministrator(AccountError):
    """The last administrator may not be shut out."""

    message = N_("“{name}”是唯一启用的管理员，不能停用")
    cure = N_("请先另建一个管理员")


class SubjectTaken(AccountError):
    """Another account is bound to this subject."""

    message = N_("这个标识已绑定账号“{name}”")
    cure = N_("请先解除：ronglian user bind {name} --clear")


class RegistrationUnusable(AccountError):
    """The settings of the provider of accounts."""

    message = N_("统一身份认证的设置不能用：{reason}")
    cure = N_("请按 docs/serving.md 设置；不用统一身份认证时请去掉 RONGLIAN_OIDC_ISSUER")


class NoFirm(AccountError):
    """Somebody without a firm of their own has to name one."""

    message = N_("没有写明是哪家企业")
    cure = N_("请用 firm 写明企业的编号、代码或名称；企业联系人不写即为本企业")


class NoOwnFirm(AccountError):
    """Who speaks for a firm is bound to none."""

    message = N_("您的账号没有绑定企业")
    cure = N_("请由管理员为企业联系人账号绑定本企业；工作人员请在“数据导入”页载入企业档案")


class NoSuchToken(AccountError):
    """No token of this id."""

    message = N_("这个账号没有令牌“{id}”")
    cure = N_("请用 ronglian user token 账号名 --list 查看全部令牌")
