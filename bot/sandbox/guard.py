"""Who may use the page's API: this machine's own pages only, and mistakes answered in one clear sentence."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.errors import JSON, ApiError

LOCAL_NAMES = frozenset({"localhost"})
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; "
    "script-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses other sites (a foreign Origin, a name that points here); says what was wrong with a request."""
    if request.path.startswith(("/bot", "/file/")):
        return await handler(request)
    if not _is_local_name(request.host) or not _is_same_origin(request):
        return problem(403, "foreign", "This page belongs to this machine; open it by its own address.")
    try:
        response = await handler(request)
    except LookupError as fault:
        return problem(404, "gone", str(fault).strip("'\""))
    except PermissionError as fault:
        return problem(403, "not_allowed", str(fault))
    except (ValueError, KeyError, TypeError) as fault:
        return problem(400, "invalid", f"{type(fault).__name__}: {fault}")
    except ApiError as fault:
        return problem(fault.code, "refused", fault.description)
    if not response.prepared:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def problem(status: int, code: str, text: str) -> web.Response:
    """`code` for the page to translate, `text` for people who read the answer itself."""
    return web.json_response({"error": code, "message": text}, status=status)


async def json_body(request: web.Request) -> JSON:
    """The JSON object of a request; other content types are refused, for a foreign form could send them."""
    if request.content_type != "application/json":
        raise ValueError("the content type must be application/json")
    body = await request.json()
    if not isinstance(body, dict):
        raise ValueError("a JSON object is expected")
    return body


def _is_local_name(host: str) -> bool:
    """A number or localhost: a name of the internet that resolves to this machine is somebody's trick."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    if name in LOCAL_NAMES:
        return True
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _is_same_origin(request: web.Request) -> bool:
    origin = request.headers.get("Origin")
    return origin is None or origin == f"{request.scheme}://{request.host}"
