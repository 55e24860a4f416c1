"""What every request passes: its form is read off the address, its answer is made safe to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.negotiation import MEDIA, Form, accepted

SUFFIXES: tuple[Form, ...] = ("json", "csv", "xlsx", "jsonl")
PUBLIC_API = "/open/v1/"
API = ("/v1/", PUBLIC_API)
PAGES = ("/years/", "/funds", "/figures/", "/events/", "/roles")
# A receipt is named by the sender's key, which may end like a form.
WHOLE = ("/v1/receipts/", "/v1/commands")
POLICY = (
    b"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    b" frame-ancestors 'none'"
)
# The desk has a script of its own, for its shortcuts.
POLICY_OF_DESK = POLICY.replace(b"img-src", b"script-src 'self'; img-src")
DESK = "/desk"
SAFE = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
)


class RequestLine(NamedTuple):
    """What a request named before the routes saw it: its address, and a format by its suffix."""

    address: str
    suffix: Form | None = None
    is_head: bool = False


def request_line(scope: Scope) -> RequestLine:
    """Return how a request came; one that failed before the middleware has its bare address."""
    line: RequestLine | None = scope.get("state", {}).get("request_line")
    return line or RequestLine(scope["path"])


class AddressMiddleware:
    """Reads `.csv` and its like off an address, answers HEAD as GET, adds the safety headers."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        silent = scope["method"] == "HEAD"
        policy = (
            b"content-security-policy",
            POLICY_OF_DESK if is_of_desk(scope["path"]) else POLICY,
        )

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], policy, *SAFE]
            elif silent:
                message["body"] = b""
            await send(message)

        await self.app(entered(scope), receive, sent)


def is_of_desk(address: str) -> bool:
    """Tell whether an address is a page of the desk."""
    return address == DESK or address.startswith(f"{DESK}/")


def entered(scope: Scope) -> Scope:
    """Return the request as the routes see it."""
    address: str = scope["path"]
    path, suffix = parted(address)
    is_head = scope["method"] == "HEAD"
    method = "GET" if is_head else scope["method"]
    state = {**scope.get("state", {}), "request_line": RequestLine(address, suffix, is_head)}
    return {**scope, "path": path, "method": method, "state": state}


def parted(address: str) -> tuple[str, Form | None]:
    """Take the suffix that names a form off an address."""
    path, _, suffix = address.rpartition(".")
    if not address.startswith((*API, *PAGES)) or address.startswith(WHOLE):
        return address, None
    form = next((form for form in SUFFIXES if form == suffix), None)
    return (path, form) if form and not path.endswith("/") else (address, None)


def wished(address: str, headers: Iterable[tuple[bytes, bytes]]) -> Form:
    """Tell whether the sender reads pages, so that a mistake is told as one."""
    if address.startswith(API):
        return "json"
    if is_of_desk(address):
        return "html"
    accept = next((value.decode("latin-1") for name, value in headers if name == b"accept"), "")
    return accepted(accept, tuple(MEDIA), "json")
