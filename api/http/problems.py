"""What went wrong, said in one place: problem details (RFC 9457) for HTTP and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import msgspec
import psycopg
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from api.http.language import Language, spoken
from api.http.middleware import request_line, wished
from api.http.translation import told
from api.http.wrong_parts import WrongPart, wrong_parts_in
from domain.kernel.refusals import Malformed, Refused, WrongState
from domain.kernel.sentences import Failure, Sentence, Telling
from infra.config.errors import Unavailable
from infra.postgres import troubles
from infra.postgres.troubles import trouble_of

if TYPE_CHECKING:
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = {429: "60", 503: "2"}
# Wrong parts that `detail` tells; `errors` lists all.
TOLD = 5
Page: TypeAlias = Callable[[Request, Mapping[str, Any]], Response]


class Problem(Failure):
    """A request that fails without a rule of the domain; its class names the code."""


class KeyMissing(Problem):
    """A command needs a key."""

    CODE, STATUS, ZH, EN = "key-missing", 400, "缺少幂等键", "The idempotency key is missing"


class TokenMissing(Problem):
    """The office asks who comes."""

    CODE, STATUS, ZH, EN = "token-missing", 401, "缺少令牌", "A bearer token is missing"


class TokenInvalid(Problem):
    """The token is not ours, or has expired."""

    CODE, STATUS, ZH, EN = "token-invalid", 401, "令牌无效", "The bearer token is not valid"


class NotFound(Problem):
    """There is nothing at this address."""

    CODE, STATUS, ZH, EN = "not-found", 404, "未找到", "Not found"
    SAYS = "there is nothing at this address"


class MethodNotAllowed(Problem):
    """This address is not used that way."""

    CODE, STATUS, ZH, EN = "method-not-allowed", 405, "不支持该方法", "The method is not allowed"
    SAYS = "this address takes other methods: the header Allow lists them"


class TooLarge(Problem):
    """The body is longer than what is read."""

    CODE, STATUS, ZH, EN = "too-large", 413, "内容过大", "The body is too large"
    SAYS = "the body is too large: send JSON Lines in parts"


class MediaType(Problem):
    """The body is in a form that is not read here."""

    CODE, STATUS, ZH, EN = "media-type", 415, "不支持的格式", "The media type is not supported"
    SAYS = "the media type is not supported"


class HeaderTooLarge(Problem):
    """The header is longer than what is read."""

    CODE, STATUS, ZH, EN = "header-too-large", 431, "请求头过大", "The header is too large"
    SAYS = "a request's address and header have at most 32 KiB: ask in a body, or for less at once"


class ViewBehind(Problem):
    """The view has not reached the wanted position yet."""

    CODE, STATUS, ZH, EN = "view-behind", 503, "视图尚未跟上", "The view is still behind"


class StoreUnavailable(Problem):
    """The store does not answer just now."""

    CODE, STATUS, ZH, EN = "store-unavailable", 503, "账库暂不可用", "The store is unavailable"


class TooSlow(Problem):
    """The question takes longer than a question may."""

    CODE, STATUS, ZH, EN = "too-slow", 504, "查询耗时过长", "The question takes too long"
    SAYS = "this takes over 30 s: ask for a shorter time, for fewer values, or of one area or fund"


class Broken(Problem):
    """A mistake of ours; the log has it."""

    CODE, STATUS, ZH, EN = "internal-error", 500, "系统错误", "A mistake of this system"
    SAYS = "the mistake is ours and is in the log; send the same key again later"


class Kind(NamedTuple):
    """What a code stands for."""

    status: int
    zh: str
    en: str
    rule: str


def kinds() -> dict[str, Kind]:
    """List every code a client can meet, each with the sentence it keeps."""
    all_kinds: list[type[Refused | Problem]] = []
    all_kinds += Refused.__subclasses__()
    all_kinds += Problem.__subclasses__()
    return {k.CODE: Kind(k.STATUS, k.ZH, k.EN, str(k.__doc__)) for k in all_kinds}


Said: TypeAlias = Refused | Problem


def describe(error: Said, *, instance: str, language: Language) -> dict[str, Any]:
    """Return the problem details of a refusal or a problem."""
    return {
        "type": f"/problems/{error.CODE}",
        "code": error.CODE,
        "title": error.EN if language == "en" else error.ZH,
        "status": error.STATUS,
        "detail": detail_of(error, language),
        "instance": instance,
        "numbers": numbers_of(error),
        "errors": errors_of(error, language),
    } | ({"rule": error.rule} if isinstance(error, WrongState) else {})


def numbers_of(error: Said) -> dict[str, dict[str, Any]]:
    """Return the numbers of a refusal as quantities."""
    if isinstance(error, Problem):
        return {}
    return {name: {"value": n, "unit": error.UNIT} for name, n in error.numbers.items()}


def detail_of(error: Said, language: Language) -> str:
    """Tell what is wrong and what to do, money in 元; a refusal begins with its subject."""
    return error.tell(partial(told, language=language))


def errors_of(error: Said, language: Language) -> list[Mapping[str, str]]:
    """Return the wrong parts, each with its JSON pointer."""
    match error:
        case Unreadable():
            return [
                {"pointer": m.pointer, "detail": told(m.sentence, language)}
                for m in error.wrong_parts
            ]
        case Malformed() if error.pointer:
            return [{"pointer": error.pointer, "detail": detail_of(error, language)}]
    return []


def said(error: Exception) -> Said:
    """Say in our words what a library or the store threw at us."""
    match error:
        case Refused() | Problem():
            return error
        case HTTPException():
            return by_status(error)
    return of_the_store(error)


def of_the_store(error: Exception) -> Said:
    """Say what the store answered; anything else is a mistake of ours."""
    match error:
        case psycopg.DataError():
            return Malformed(
                "", "a value cannot be kept: a text holds NUL, or a number is too large"
            )
        case psycopg.errors.QueryCanceled():
            return TooSlow()
        case psycopg.errors.UndefinedTable():
            return ViewBehind("the views are being built: ask again in a moment")
        case Unavailable():
            return StoreUnavailable("{reason}", reason=error.sentence)
        case _ if (trouble := trouble_of(error)) is not None:
            return StoreUnavailable("{reason}", reason=trouble)
    return Broken()


def invalid(error: RequestValidationError) -> Problem:
    """Turn the framework's list of mistakes into ours; `loc` begins with body, query or path."""
    return Unreadable(*wrong_parts_in({**e, "loc": e["loc"][1:]} for e in error.errors()))


class Unreadable(Problem):
    """What was sent cannot be read, perhaps in several places."""

    CODE, STATUS, ZH, EN = Malformed.CODE, Malformed.STATUS, Malformed.ZH, Malformed.EN
    SAYS = "the request cannot be read"

    def __init__(self, *wrong_parts: WrongPart) -> None:
        """Keep every wrong part."""
        super().__init__()
        self.wrong_parts = wrong_parts

    def tell(self, telling: Telling) -> str:
        """Tell the first wrong parts, each after its pointer."""
        return "; ".join(
            f"{m.pointer or '/'}: {telling(m.sentence)}" for m in self.wrong_parts[:TOLD]
        )


BY_STATUS: dict[int, type[Problem]] = {
    HTTPStatus.NOT_FOUND: NotFound,
    HTTPStatus.METHOD_NOT_ALLOWED: MethodNotAllowed,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: TooLarge,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: MediaType,
}


def by_status(error: HTTPException) -> Problem:
    """Say what the framework answers by a bare status."""
    kind = BY_STATUS.get(error.status_code)
    if kind is None:
        return Unreadable(
            WrongPart("", Sentence("is not valid: {reason}", reason=str(error.detail)))
        )
    return kind()


def answer(request: Request, error: Exception) -> Response:
    """Answer with problem details."""
    problem = said(error)
    return Response(
        msgspec.json.encode(details(request, problem)),
        status_code=problem.STATUS,
        media_type=MEDIA_TYPE,
        headers=headers_of(problem, error) | {"Content-Language": spoken(request)},
    )


def details(request: Request, problem: Said) -> dict[str, Any]:
    """Describe a problem as the request's sender reads it."""
    return describe(problem, instance=address_of(request), language=spoken(request))


def address_of(request: Request) -> str:
    """Return the path as it was sent, with the suffix that named a form."""
    return request_line(request.scope).address


def headers_of(problem: Said, error: Exception) -> dict[str, str]:
    """Return what a client needs besides the body: when to come back, how to be let in."""
    headers = {"Cache-Control": "no-store", "Vary": "Accept, Accept-Language"}
    if problem.STATUS in RETRY_SECONDS:
        headers["Retry-After"] = RETRY_SECONDS[problem.STATUS]
    if problem.STATUS == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, HTTPException) and error.headers:
        headers |= error.headers
    return headers


def install(app: FastAPI, page: Page | None = None) -> None:
    """Make every failure of the app an answer; `page` shows it to a reader of pages."""

    async def on_error(request: Request, error: Exception) -> Response:
        if page is not None and wished(address_of(request), request.scope["headers"]) == "html":
            return page(request, details(request, said(error)))
        return answer(request, error)

    async def on_invalid(request: Request, error: Any) -> Response:
        return await on_error(request, invalid(error))

    # The framework's own, imported here: who only reads problems has no use for it.
    from fastapi.exceptions import RequestValidationError  # noqa: PLC0415 - as above

    app.add_exception_handler(RequestValidationError, on_invalid)
    # Nobody reads what a client is answered that left in the middle of its body.
    app.add_exception_handler(ClientDisconnect, lambda *_: Response(status_code=400))
    for kind in (Refused, Problem, HTTPException, Unavailable, *troubles.TOLD, Exception):
        app.add_exception_handler(kind, on_error)
