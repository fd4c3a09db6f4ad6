"""Errors on their way out: every one becomes a problem (RFC 9457) with its cure, in the reader's language.

::

    RonglianError
    └── ServeError              the service itself
        ├── NotLoopback         asked to listen where others could reach it
        ├── PortInUse           another program listens there
        ├── AddressUnusable     the system refuses the address
        ├── ForeignHost         addressed by a name that is none of ours
        └── ProxyWithoutAccounts    reached through a proxy while there are no accounts
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from api.auth.errors import (
    AccessError,
    AccountError,
    AccountExists,
    NoSuchAccount,
    NoSuchToken,
    NotSignedIn,
    ProviderUnavailable,
    SubjectTaken,
    TooManyAttempts,
)
from api.i18n import _, render
from api.schemas.problem import FieldProblem, Problem
from graph.errors import (
    Conflict,
    EditConflict,
    EmptyQuery,
    InputError,
    NotFound,
    RonglianError,
    RunInProgress,
    StoreError,
)
from graph.messages import N_, Message
from loaders.undo import NotUndoable

MEDIA_TYPE = "application/problem+json"


class ServeError(RonglianError):
    """The service itself."""


class NotLoopback(ServeError):
    """Asked to listen where others could reach it."""

    message = N_("不在 {host} 上提供服务：还没有管理员账号，局域网中任何人都能读到全部数据")
    cure = N_(
        "请先建立管理员：ronglian user add 账号名 --role admin；或使用 127.0.0.1，"
        "从另一台电脑经 SSH 隧道查看：ssh -L {port}:127.0.0.1:{port} 本机"
    )


class PortInUse(ServeError):
    """Another program listens there."""

    message = N_("端口 {port} 已被其他程序占用")
    cure = N_("请换一个端口，例如：ronglian serve --port {other}；或先停掉占用它的程序")


class AddressUnusable(ServeError):
    """The system refuses the address."""

    message = N_("不能在 {host}:{port} 上提供服务：{reason}")
    cure = N_("请换一个地址或大于 1024 的端口")


class ForeignHost(ServeError):
    """Addressed by a name that is none of ours, as a hostile page would do."""

    message = N_("不接受以“{host}”这个名称访问")
    cure = N_("请用 http://127.0.0.1 加端口号访问；要用其他名称，请建立管理员账号并在 RONGLIAN_HOSTS 中写明该名称")


class ProxyWithoutAccounts(ServeError):
    """Reached through a proxy while anybody who comes may do everything."""

    message = N_("还没有账号，不接受经代理转来的访问")
    cure = N_("请先建立管理员：ronglian user add 账号名 --role admin")


class TooLarge(ServeError):
    """More than is read of a request."""

    message = N_("内容超过 {limit}，未接收")
    cure = N_("请把文件拆成几份，或在本机用 ronglian load 载入")


class HeadTooLarge(ServeError):
    """A request line and headers longer than are read."""

    message = N_("请求头超过 {limit}，未接收")
    cure = N_("请缩短地址或清除本站的 Cookie 后重试")


class LengthInDoubt(ServeError):
    """A body whose length is said in two ways, so that a proxy may see another end of it than we do."""

    message = N_("请求用两种方式说明长度，无法确定在哪里结束，未接收")
    cure = N_("Content-Length 与 Transfer-Encoding 只用其中一种")


class TooSlow(ServeError):
    """A request that does not come to its end."""

    message = N_("内容在 {seconds} 秒内没有传完，未接收")
    cure = N_("请检查网络后重试")


STATUS: dict[type[RonglianError], int] = {
    NotFound: 404,
    EmptyQuery: 422,
    InputError: 400,
    Conflict: 409,
    RunInProgress: 409,
    NotUndoable: 409,
    EditConflict: 409,
    StoreError: 503,
    ForeignHost: 421,
    ProxyWithoutAccounts: 421,
    TooLarge: 413,
    TooSlow: 408,
    HeadTooLarge: 431,
    LengthInDoubt: 400,
    NotSignedIn: 401,
    TooManyAttempts: 429,
    ProviderUnavailable: 502,
    AccessError: 403,
    NoSuchAccount: 404,
    NoSuchToken: 404,
    AccountExists: 409,
    SubjectTaken: 409,
    AccountError: 422,
    RonglianError: 500,
}
"""HTTP status by class; the nearest ancestor in this table decides."""

TITLES = {
    400: N_("请求有误"),
    401: N_("需要登录"),
    403: N_("没有权限"),
    404: N_("没有找到"),
    405: N_("此处不支持这种操作"),
    409: N_("与正在进行的任务或他人的操作冲突"),
    408: N_("等待内容超时"),
    413: N_("内容过大"),
    415: N_("内容格式不支持"),
    421: N_("访问地址不对"),
    422: N_("内容不合要求"),
    429: N_("请求过于频繁"),
    431: N_("请求头过大"),
    500: N_("内部错误"),
    502: N_("身份认证暂不可用"),
    503: N_("图数据库不可用"),
}

NO_SUCH_PAGE = N_("没有这个页面或接口")
NO_SUCH_PAGE_CURE = N_("请检查地址；接口一览见 /docs")
UNFORESEEN = N_("出现未预期的错误，已记入日志")
UNFORESEEN_CURE = N_("请重试；若再次出现，请把编号 {reference} 告诉管理员")
FIELDS_WRONG = N_("有 {count} 处填写不合要求")
FIELDS_CURE = N_("请按所列各项改正后重试")

FIELD_FAULTS = {
    "missing": N_("必填"),
    "int_parsing": N_("应为整数"),
    "int_type": N_("应为整数"),
    "int_parsing_size": N_("数值过大"),
    "bool_parsing": N_("应为 true 或 false"),
    "string_type": N_("应为文字"),
    "string_too_short": N_("不得少于 {min_length} 个字符"),
    "string_too_long": N_("不得多于 {max_length} 个字符"),
    "too_long": N_("不得多于 {max_length} 项"),
    "string_pattern_mismatch": N_("含有不能使用的字符"),
    "greater_than_equal": N_("应不小于 {ge}"),
    "less_than_equal": N_("应不大于 {le}"),
    "enum": N_("应为以下之一：{expected}"),
    "literal_error": N_("应为以下之一：{expected}"),
    "json_invalid": N_("不是有效的 JSON"),
    "extra_forbidden": N_("不认识这一项"),
    "model_attributes_type": N_("应为一个对象"),
    "dict_type": N_("应为一个对象"),
}
FIELD_FAULT = N_("取值无效")

_log = structlog.get_logger("ronglian.api")


def _slug(name: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).strip("-")


def _problem(request: Request, status: int, kind: str, detail: str, cure: str, **more: Any) -> Problem:
    return Problem(
        type=f"urn:ronglian:problem:{kind}",
        title=_(TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400])),
        status=status,
        detail=detail,
        cure=cure,
        instance=request.url.path,
        **more,
    )


def answer(request: Request, problem: Problem, headers: dict[str, str] | None = None) -> Response:
    """Answer a program with the problem as JSON, a person with a page that says the same."""
    if wants_page(request):
        from api.web.pages import error_page

        return error_page(request, problem, headers)
    content = problem.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, problem.status, headers, media_type=MEDIA_TYPE)


def wants_page(request: Request) -> bool:
    """Whether a person's browser asks for a page."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


def status_of(error: RonglianError) -> int:
    """The HTTP status of an error of ours."""
    return next(STATUS[ancestor] for ancestor in type(error).__mro__ if ancestor in STATUS)


def headers_of(error: RonglianError) -> dict[str, str]:
    """What an error of ours says beside its text: how to come in, how long to wait (RFC 9110), that nothing follows."""
    if isinstance(error, NotSignedIn):
        return {"WWW-Authenticate": 'Bearer realm="ronglian"'}
    if isinstance(error, LengthInDoubt):
        return {"Connection": "close"}
    return {"Retry-After": str(error.values["seconds"])} if isinstance(error, TooManyAttempts) else {}


def known(request: Request, error: RonglianError) -> Response:
    """An error of ours: what was wrong, where, and what to do."""
    status = status_of(error)
    if isinstance(error, NotSignedIn) and request.method == "GET" and wants_page(request):
        wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'next': wanted})}", 303)
    if status >= 500:
        _log.warning("request_failed", path=request.url.path, error=type(error).__name__, detail=str(error))
    kind = _slug(type(error).__name__)
    problem = _problem(request, status, kind, render(error.what), render(error.remedy), where=error.where)
    return answer(request, problem, headers_of(error))


def field_problem(fault: dict[str, Any]) -> FieldProblem:
    """One wrong field, in words."""
    template = FIELD_FAULTS.get(fault["type"], FIELD_FAULT)
    where = ".".join(str(part) for part in fault["loc"] if part not in {"query", "path", "body"})
    detail = render(Message(template, dict(fault.get("ctx") or {})))
    return FieldProblem(where=where or str(fault["loc"][0]), detail=detail)


def invalid(request: Request, error: RequestValidationError) -> Response:
    """A request that does not have the declared form."""
    faults: Sequence[dict[str, Any]] = error.errors()
    errors = [field_problem(fault) for fault in faults]
    detail = render(Message(FIELDS_WRONG, {"count": len(errors)}))
    problem = _problem(request, 422, "invalid-request", detail, _(FIELDS_CURE), where=errors[0].where, errors=errors)
    return answer(request, problem)


def http(request: Request, error: HTTPException) -> Response:
    """What the framework refuses: no such route, wrong method, body too large."""
    if isinstance(refused := getattr(error, "error", None), RonglianError):
        return known(request, refused)
    status = error.status_code
    if status < 400:
        return RedirectResponse((error.headers or {})["Location"], status)
    detail, cure = (
        (NO_SUCH_PAGE, NO_SUCH_PAGE_CURE) if status == 404 else (TITLES.get(status, TITLES[400]), FIELDS_CURE)
    )
    if status == 405:
        cure = NO_SUCH_PAGE_CURE
    problem = _problem(request, status, f"http-{status}", _(detail), _(cure))
    return answer(request, problem, dict(error.headers or {}))


def unforeseen(request: Request, error: Exception) -> Response:
    """Anything else: a number for the reader, the details in the log only."""
    reference = secrets.token_hex(4)
    trace = "".join(traceback.format_exception(error))
    _log.error("unforeseen_error", reference=reference, path=request.url.path, trace=trace)
    cure = render(Message(UNFORESEEN_CURE, {"reference": reference}))
    return answer(request, _problem(request, 500, "unforeseen", _(UNFORESEEN), cure, reference=reference))


HANDLERS: dict[int | type[Exception], Any] = {
    RonglianError: known,
    RequestValidationError: invalid,
    HTTPException: http,
}
"""Every handler of the service. An unforeseen error goes to ``api.guard``, outside all of them."""
