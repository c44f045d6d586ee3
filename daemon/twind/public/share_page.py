"""The page of a share link: the widget, full page, and nothing that anybody could add to."""

import secrets
from html import escape
from http import HTTPStatus
from math import ceil
from string import Template

from fastapi.responses import HTMLResponse

from twind.domain.twins import Twin
from twind.errors import LinkEnded, NotFound, RateLimited, TwindError

_NONCE_BYTES = 16
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_PAGE = Template("""\
<!doctype html>
<html lang="$language">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, \
interactive-widget=resizes-content">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<style nonce="$nonce">
html { color-scheme: light dark; height: 100%; }
body { margin: 0; min-height: 100%; display: grid; font: 1rem/1.5 system-ui, sans-serif; }
.told { place-self: center; max-width: 28rem; padding: 2rem; text-align: center; }
.told h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
.told p { margin: 0; opacity: .8; }
</style>
</head>
<body>
$body
</body>
</html>
""")
_WIDGET = Template("""\
<noscript><main class="told"><h1>$title</h1>\
<p>This page needs JavaScript to talk with you.</p></main></noscript>
<script nonce="$nonce" src="../../widget.js" data-mode="page" data-twin="$twin" \
data-share="$token"></script>""")
_CLOSED = Template('<main class="told"><h1>$title</h1><p>$why</p></main>')


def open_page(twin: Twin, token: str) -> HTMLResponse:
    """Return the page of a link that lets in."""
    nonce = _nonce()
    title = escape(twin.name)
    body = _WIDGET.substitute(title=title, nonce=nonce, twin=escape(twin.id), token=escape(token))
    return _response(
        body, nonce, HTTPStatus.OK, title=title, language=escape(twin.persona.language or "en")
    )


def closed_page(error: TwindError, status: HTTPStatus) -> HTMLResponse:
    """Return the page that says why a link does not let in."""
    nonce = _nonce()
    title, why = _words(error)
    body = _CLOSED.substitute(title=title, why=why)
    response = _response(body, nonce, status, title=title, language="en")
    if isinstance(error, RateLimited):
        response.headers["Retry-After"] = str(ceil(error.retry_after_s))
    return response


def _words(error: TwindError) -> tuple[str, str]:
    match error:
        case NotFound():
            return (
                "This link leads nowhere",
                "Check that the address is complete, or ask whoever sent it to you.",
            )
        case LinkEnded():
            return (
                "This link is closed",
                f"{escape(error.message.capitalize())}. Ask whoever sent it to you for another.",
            )
        case RateLimited():
            return "One moment, please", "Too many people ask from here. Try again in a minute."
        case _:
            return "This cannot be shown", "Open the link in a window of its own."


def _response(
    body: str, nonce: str, status: HTTPStatus, *, title: str, language: str
) -> HTMLResponse:
    return HTMLResponse(
        _PAGE.substitute(body=body, nonce=nonce, title=title, language=language),
        status_code=status,
        headers={
            "Content-Security-Policy": _POLICY.format(nonce=nonce),
            "X-Robots-Tag": "noindex, nofollow, noarchive",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
        },
    )


def _nonce() -> str:
    return secrets.token_urlsafe(_NONCE_BYTES)
