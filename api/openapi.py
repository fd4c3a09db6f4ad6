"""The OpenAPI document, in the reader's language."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.i18n import _
from api.schemas.problem import Problem
from graph.messages import N_

TITLE = N_("融链接口")
ABOUT = N_(
    "产业链知识图谱与企业供需对接。语言：`?lang=zh|en`、cookie `lang` 或 Accept-Language。"
    "错误一律为 application/problem+json（RFC 9457），附办法（cure）。"
    "数值缺失为 null 并说明原因，比例为 0-1，金额单位为元。"
)
TAGS = {
    "chains": N_("产业链"),
    "segments": N_("环节"),
    "gaps": N_("缺口"),
    "targets": N_("招商对象"),
    "needs": N_("供需对接"),
    "events": N_("对接活动"),
    "settings": N_("阈值与权重"),
    "changes": N_("变化"),
    "imports": N_("数据导入"),
    "nodes": N_("图谱对象"),
    "system": N_("服务状态"),
}
URL = "/api/v1/openapi.json"
_WORDS = {"title", "description", "summary"}


def _translated(node: Any) -> Any:
    """The document with its texts in the language in use."""
    if isinstance(node, dict):
        return {
            key: _(value) if key in _WORDS and isinstance(value, str) else _translated(value)
            for key, value in node.items()
        }
    return [_translated(item) for item in node] if isinstance(node, list) else node


def _drop_framework_errors(schema: dict[str, Any]) -> None:
    """Validation errors are problems here, so the framework's own models go."""
    for name in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(name, None)


def document(app: FastAPI) -> dict[str, Any]:
    """Describe the app; the description of each field is in the language in use."""
    schema = get_openapi(title=TITLE, version=app.version, description=ABOUT, routes=app.routes)
    schema["tags"] = [{"name": name, "description": title} for name, title in TAGS.items()]
    models = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schema["components"]["schemas"] |= {**models.pop("$defs"), "Problem": models}
    _drop_framework_errors(schema)
    translated: dict[str, Any] = _translated(schema)
    return translated
