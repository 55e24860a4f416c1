"""Public answers kept in memory, and given again only while they are what would be answered anew.

Before an answer is given from memory the database is asked where log and views are. What names a
position (`known_at`) holds for as long as the ledger is this one, anything else for as long as
nothing has moved. Memory is bounded; what was asked longest ago goes first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import psycopg
from cachetools import LRUCache
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.caching import FOR_EVER, matches
from api.http.language import Language, preferred
from api.http.middleware import parted
from infra.projector.progress import Progress, ProgressReader

# All answers together, and one of them, take no more bytes than this.
MOST_BYTES, MOST_BYTES_EACH = 32 * 2**20, 2**20
# A question longer than this is not asked twice.
MOST_BYTES_OF_A_QUESTION = 2048
# What an answer takes besides its body and its question.
BESIDES = 1024
OK, NOT_MODIFIED = 200, 304
# What a reader who has the body already is not told again.
OF_THE_BODY = frozenset(
    {b"content-disposition", b"content-language", b"content-length", b"content-type", b"link"}
    | {b"mingzhang-totals"}
)
PLACE = re.compile(r"\\\{\w+\\\}")
Headers = Sequence[tuple[bytes, bytes]]


class CacheKey(NamedTuple):
    """What an answer depends on besides the moment: address, wished format, language."""

    path: str
    query: bytes
    accept: bytes
    language: Language

    def size(self) -> int:
        """Return how many bytes it takes to remember."""
        return len(self.path) + len(self.query) + len(self.accept)


class CachedResponse(NamedTuple):
    """An answer as it was sent; without a body if all that is known is that it has not changed."""

    key: CacheKey
    headers: Headers
    tag: bytes
    body: bytes | None
    made_at: Progress
    for_ever: bool

    def holds(self, now: Progress) -> bool:
        """Tell whether it would be answered the same now."""
        return self.made_at.ledger == now.ledger if self.for_ever else self.made_at == now

    def size(self) -> int:
        """Return about how many bytes it takes."""
        return self.key.size() + len(self.body or b"") + BESIDES


class ResponseMemory:
    """Answers by what was asked; what was asked longest ago goes first."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self.answers: LRUCache[CacheKey, CachedResponse] = LRUCache(
            MOST_BYTES, getsizeof=CachedResponse.size
        )
        self.given = 0

    def find(self, key: CacheKey, now: Progress) -> CachedResponse | None:
        """Return an answer that still holds; forget one that does not."""
        answer = self.answers.get(key)
        if answer is not None and not answer.holds(now):
            del self.answers[key]
            return None
        return answer

    def keep(self, answer: CachedResponse) -> None:
        """Keep an answer, and make room for it."""
        self.answers[answer.key] = answer


class WithoutResponseCache:
    """The simple twin of `ResponseCache`: every answer is made anew."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand before the app."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through."""
        await self.app(scope, receive, send)


class ResponseCache(WithoutResponseCache):
    """Answers what it can from memory, before the app is asked.

    It is installed on some routes of the app, and lets everything else through.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Iterable[BaseRoute],
        progress: ProgressReader,
        memory: ResponseMemory,
    ) -> None:
        """Give answers of these routes from a memory, as long as the progress stays."""
        super().__init__(app)
        self.cached = addresses_of(routes)
        self.progress = progress
        self.memory = memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the request through and keep what is answered."""
        key = self.key_of(scope)
        now = None if key is None else await self.look()
        if key is None or now is None:
            await self.app(scope, receive, send)
            return
        silent = scope["method"] == "HEAD"
        answer = self.memory.find(key, now)
        if answer is not None and await again(answer, scope["headers"], send, silent=silent):
            self.memory.given += 1
            return
        recorder = ResponseRecorder(send, key, now, self.memory, silent=silent)
        await self.app(scope, receive, recorder.sent)

    def key_of(self, scope: Scope) -> CacheKey | None:
        """Return what is asked, if it is one of the routes' addresses."""
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        path: str = scope["path"]
        headers = scope["headers"]
        language = preferred(one(headers, b"accept-language").decode("latin-1"))
        key = CacheKey(path, scope["query_string"], one(headers, b"accept"), language)
        # What is kept already needs no second look at its address.
        if key in self.memory.answers:
            return key
        is_cached = self.cached.fullmatch(parted(path)[0])
        return key if is_cached and key.size() <= MOST_BYTES_OF_A_QUESTION else None

    async def look(self) -> Progress | None:
        """Return where log and views are, None if the database does not say."""
        try:
            return await self.progress.now()
        except (psycopg.Error, OSError):
            return None


def addresses_of(routes: Iterable[BaseRoute]) -> re.Pattern[str]:
    """Return the addresses of routes as one pattern; a place in one (`{key}`) has no slash."""
    paths = [route.path for route in routes if isinstance(route, Route)]
    return re.compile("|".join(PLACE.sub("[^/]+", re.escape(path)) for path in paths))


async def again(answer: CachedResponse, headers: Headers, send: Send, *, silent: bool) -> bool:
    """Give an answer again, as far as it is known; tell whether it was."""
    known = one(headers, b"if-none-match")
    if known and matches(known.decode("latin-1"), answer.tag.decode("latin-1")):
        await give(send, NOT_MODIFIED, headers_alone(answer.headers), b"")
    elif answer.body is not None:
        await give(send, OK, answer.headers, b"" if silent else answer.body)
    else:
        return False
    return True


class ResponseRecorder:
    """Passes an answer on while it is sent, and keeps it if it may be kept."""

    def __init__(
        self, send: Send, key: CacheKey, now: Progress, memory: ResponseMemory, *, silent: bool
    ) -> None:
        """Begin before the question is asked: what moves meanwhile makes the answer old at once."""
        self.send = send
        self.key = key
        self.now = now
        self.memory = memory
        self.silent = silent
        self.status = 0
        self.headers: Headers = ()
        self.pieces: list[bytes] = []
        self.size = 0
        self.whole = False

    async def sent(self, message: Message) -> None:
        """Pass a message on; keep the whole before its end is sent, as the next may ask at once."""
        if message["type"] == "http.response.start":
            self.begin(message["status"], message["headers"])
        elif self.status:
            self.take(message.get("body", b""), more=message.get("more_body", False))
            if self.whole and self.status:
                self.memory.keep(self.answer())
        await self.send(message)

    def begin(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """See whether the answer is public and names its bytes."""
        found = tuple(headers)
        public = one(found, b"cache-control").startswith(b"public")
        if status in {OK, NOT_MODIFIED} and public and one(found, b"etag"):
            self.status, self.headers = status, found

    def take(self, piece: bytes, *, more: bool) -> None:
        """Take a piece down, unless the whole gets too long."""
        self.size += len(piece)
        if self.size > MOST_BYTES_EACH:
            self.status = 0
            self.pieces.clear()
            return
        self.pieces.append(piece)
        self.whole = not more

    def answer(self) -> CachedResponse:
        """Return what is kept."""
        body = None if self.silent or self.status == NOT_MODIFIED else b"".join(self.pieces)
        for_ever = one(self.headers, b"cache-control") == FOR_EVER.encode()
        tag = one(self.headers, b"etag")
        return CachedResponse(self.key, self.headers, tag, body, self.now, for_ever)


def one(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """Return the value of a header, nothing if there is none."""
    return next((value for each, value in headers if each == name), b"")


def headers_alone(headers: Headers) -> Headers:
    """Leave what is said of an answer that is not sent."""
    return [(name, value) for name, value in headers if name not in OF_THE_BODY]


async def give(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send an answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
