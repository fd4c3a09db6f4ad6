"""Which language a request asks for, and what every answer carries."""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.i18n import LANGUAGES, Language, use

COOKIE = "lang"
_A_YEAR = 365 * 24 * 3600


def _known(text: str | None) -> Language | None:
    code = (text or "").strip().lower().split("-")[0]
    return next((language for language in LANGUAGES if language == code), None)


def cookies(header: str) -> dict[str, str]:
    """Read a Cookie header; what cannot be read is left out."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(header)
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}


def _accepted(header: str) -> Language | None:
    """The known language with the highest weight; the first of equals (RFC 9110, 12.5.4)."""
    best: tuple[float, Language | None] = (0.0, None)
    for entry in header.split(","):
        code, _, weight = entry.partition(";")
        language = _known(code)
        try:
            quality = float(weight.strip().removeprefix("q=") or 1)
        except ValueError:
            quality = 0.0
        if language and quality > best[0]:
            best = (quality, language)
    return best[1]


def asked(scope: Scope) -> Language | None:
    """The language ``?lang=`` names."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return _known(query.get(COOKIE, [""])[-1])


def choose(scope: Scope) -> Language:
    """``?lang=``, else the cookie, else Accept-Language, else Chinese."""
    headers = Headers(scope=scope)
    kept = _known(cookies(headers.get("cookie", "")).get(COOKIE))
    return asked(scope) or kept or _accepted(headers.get("accept-language", "")) or "zh"


class LanguageMiddleware:
    """Set the language for the rest of the request and say which it was; ``?lang=`` is remembered."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        language = choose(scope)
        use(language)
        wanted = asked(scope)

        async def say(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Language"] = "zh-CN" if language == "zh" else "en"
                headers.add_vary_header("Accept-Language")
                headers.add_vary_header("Cookie")
                if wanted:
                    secure = "; Secure" if scope["scheme"] == "https" else ""
                    headers.append("Set-Cookie", f"{COOKIE}={wanted}; Path=/; Max-Age={_A_YEAR}; SameSite=Lax{secure}")
            await send(message)

        await self.app(scope, receive, say)
