"""Public answers kept in memory, and given again only while they are what would be answered anew.

Before an answer is given from memory the database is asked where log and views are. What names a
position (`known_at`) holds for as long as the ledger is this one, anything else for as long as
nothing has moved. Memory is bounded; what was asked longest ago goes first.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import psycopg
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.caching import FOR_EVER, matches
from api.http.language import Language, preferred
from api.http.middleware import PAGES, PUBLIC_API
from infra.projecting.progress import Lookout, Whereabouts

# All answers together, and one of them, take no more bytes than this.
MOST_BYTES, MOST_BYTES_EACH = 32 * 2**20, 2**20
# A question longer than this is not asked twice.
MOST_BYTES_OF_A_QUESTION = 2048
# What an answer takes besides its body and its question.
BESIDES = 1024
OK, NOT_MODIFIED = 200, 304
# What a reader who has the body already is not told again.
OF_THE_BODY = frozenset(
    (b"content-length", b"content-type", b"content-language", b"link", b"mingzhang-totals")
)
Headers = Sequence[tuple[bytes, bytes]]


class Asked(NamedTuple):
    """What an answer depends on besides the moment: address, wished form, language."""

    path: str
    query: bytes
    accept: bytes
    language: Language

    def size(self) -> int:
        """Return how many bytes it takes to remember."""
        return len(self.path) + len(self.query) + len(self.accept)


class Answer(NamedTuple):
    """An answer as it was sent; without a body if all that is known is that it has not changed."""

    headers: Headers
    tag: bytes
    body: bytes | None
    made_at: Whereabouts
    for_ever: bool

    def holds(self, now: Whereabouts) -> bool:
        """Tell whether it would be answered the same now."""
        return self.made_at.ledger == now.ledger if self.for_ever else self.made_at == now


class Memory:
    """Answers by what was asked, those that were given last at the end."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self.answers: OrderedDict[Asked, Answer] = OrderedDict()
        self.size = 0
        self.given = 0

    def find(self, asked: Asked, now: Whereabouts) -> Answer | None:
        """Return an answer that still holds; forget one that does not."""
        answer = self.answers.get(asked)
        if answer is None:
            return None
        if not answer.holds(now):
            self.forget(asked)
            return None
        self.answers.move_to_end(asked)
        return answer

    def keep(self, asked: Asked, answer: Answer) -> None:
        """Keep an answer, and make room for it."""
        self.forget(asked)
        self.answers[asked] = answer
        self.size += weight(asked, answer)
        while self.size > MOST_BYTES:
            self.forget(next(iter(self.answers)))

    def forget(self, asked: Asked) -> None:
        """Let an answer go."""
        answer = self.answers.pop(asked, None)
        if answer is not None:
            self.size -= weight(asked, answer)


class Kept:
    """Stands before the app: the outermost of what a request passes."""

    def __init__(self, app: ASGIApp, lookout: Lookout, memory: Memory) -> None:
        """Give answers from a memory, on the word of a lookout."""
        self.app = app
        self.lookout = lookout
        self.memory = memory

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or let the request through and keep what is answered."""
        asked = question(scope)
        now = None if asked is None else await self.look()
        if asked is None or now is None:
            await self.app(scope, receive, send)
            return
        silent = scope["method"] == "HEAD"
        answer = self.memory.find(asked, now)
        if answer is not None and await again(answer, scope["headers"], send, silent=silent):
            self.memory.given += 1
            return
        taking = Taking(send, now)
        await self.app(scope, receive, taking.sent)
        taken = taking.answer(silent=silent)
        if taken is not None:
            self.memory.keep(asked, taken)

    async def look(self) -> Whereabouts | None:
        """Return where log and views are, None if the database does not say."""
        try:
            return await self.lookout.now()
        except (psycopg.Error, OSError):
            return None


async def again(answer: Answer, headers: Headers, send: Send, *, silent: bool) -> bool:
    """Give an answer again, as far as it is known; tell whether it was."""
    known = one(headers, b"if-none-match")
    if known and matches(known.decode("latin-1"), answer.tag.decode("latin-1")):
        await give(send, NOT_MODIFIED, headers_alone(answer.headers), b"")
    elif answer.body is not None:
        await give(send, OK, answer.headers, b"" if silent else answer.body)
    else:
        return False
    return True


class Taking:
    """Passes an answer on while it is sent, and takes it down if it may be kept."""

    def __init__(self, send: Send, now: Whereabouts) -> None:
        """Begin before the question is asked: what moves meanwhile makes the answer old at once."""
        self.send = send
        self.now = now
        self.status = 0
        self.headers: Headers = ()
        self.pieces: list[bytes] = []
        self.size = 0
        self.whole = False

    async def sent(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            self.begin(message["status"], message["headers"])
        elif self.status:
            self.take(message.get("body", b""), more=message.get("more_body", False))
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

    def answer(self, *, silent: bool) -> Answer | None:
        """Return what can be kept."""
        if not self.whole or not self.status:
            return None
        body = None if silent or self.status == NOT_MODIFIED else b"".join(self.pieces)
        for_ever = one(self.headers, b"cache-control") == FOR_EVER.encode()
        return Answer(self.headers, one(self.headers, b"etag"), body, self.now, for_ever)


def question(scope: Scope) -> Asked | None:
    """Return what is asked, if its answer may be public."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return None
    path: str = scope["path"]
    if path != "/" and not path.startswith((PUBLIC_API, *PAGES)):
        return None
    headers = scope["headers"]
    language = preferred(one(headers, b"accept-language").decode("latin-1"))
    asked = Asked(path, scope["query_string"], one(headers, b"accept"), language)
    return asked if asked.size() <= MOST_BYTES_OF_A_QUESTION else None


def one(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> bytes:
    """Return the value of a header, nothing if there is none."""
    return next((value for each, value in headers if each == name), b"")


def headers_alone(headers: Headers) -> Headers:
    """Leave what is said of an answer that is not sent."""
    return [(name, value) for name, value in headers if name not in OF_THE_BODY]


def weight(asked: Asked, answer: Answer) -> int:
    """Return about how many bytes an answer takes."""
    return asked.size() + len(answer.body or b"") + BESIDES


async def give(send: Send, status: int, headers: Headers, body: bytes) -> None:
    """Send an answer."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
