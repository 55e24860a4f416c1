"""Signing in by an OpenID Connect provider: there, and back with an answer."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import partial

import msgspec
from fastapi import APIRouter, Request
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse, Response

from api.desk.layout import UNKEPT
from api.desk.return_path import own_path
from api.desk.sign_in import SEE_OTHER, begin, form_page
from api.http.auth import LOCAL
from api.http.browser_session import RolesWithdrawn
from api.http.problems import NotFound, Problem
from api.http.state import state_of
from domain.kernel.ids import Name
from infra.config.errors import Unavailable
from infra.office.openid_provider import (
    IdentityRefused,
    OpenIdProvider,
    ProviderAnswer,
    SignInAttempt,
)
from infra.office.sessions import SignIn

BEGIN, COME_BACK = "/desk/sign-in/openid", "/desk/sign-in/return"
# The browser keeps its try so long, and sends it back to our address for the answer alone.
COOKIE, SECONDS = "mingzhang-sign-in", 600
WAY = "provider"
NAME: TypeAdapter[str] = TypeAdapter(Name)

router = APIRouter(tags=["desk"], include_in_schema=False)


class NotProven(Problem):
    """Who signs in by a provider is not proven."""

    CODE, STATUS, ZH, EN = "identity-refused", 401, "身份未能确认", "The identity is not proven"


class ProviderAway(Problem):
    """The provider that proves who signs in does not answer just now."""

    CODE, STATUS = "provider-unavailable", 503
    ZH, EN = "身份提供方暂不可用", "The provider is unavailable"


def provider_at(request: Request) -> OpenIdProvider:
    """Return the provider of the settings; without one there is nothing here."""
    provider = state_of(request.app).provider
    if provider is None:
        raise NotFound
    return provider


@router.get(BEGIN, summary="Go to the provider to sign in.")
def leave(request: Request) -> Response:
    """Send the browser to the provider, with a try that it keeps."""
    provider = provider_at(request)
    attempt = SignInAttempt.begin(own_path(request.query_params.get("next", "")))
    try:
        address = provider.address(attempt, come_back(request))
    except Unavailable as error:
        return form_page(request, attempt.next, away(error))
    response = RedirectResponse(address, SEE_OTHER, headers=UNKEPT)
    value = urlsafe_b64encode(msgspec.json.encode(attempt)).decode().rstrip("=")
    keep(request, response, value, seconds=SECONDS)
    return response


@router.get(COME_BACK, summary="Come back from the provider, signed in or not.")
def arrive(request: Request) -> Response:
    """Begin a session for whom the provider names; a try counts once."""
    provider, attempt = provider_at(request), attempt_of(request)
    wanted = "" if attempt is None else attempt.next
    try:
        name = named(provider, attempt, request)
        response = begin(request, SignIn(name, None, WAY), wanted)
    except IdentityRefused as error:
        response = form_page(request, wanted, refused(error))
    except Unavailable as error:
        response = form_page(request, wanted, away(error))
    except (NotProven, RolesWithdrawn) as problem:
        response = form_page(request, wanted, problem)
    keep(request, response, "", seconds=0)
    return response


def named(provider: OpenIdProvider, attempt: SignInAttempt | None, request: Request) -> str:
    """Return the name of who signed in, one that a ledger can grant roles to."""
    if attempt is None:
        raise NotProven("this browser began no sign-in, or did so too long ago: begin anew")
    query = request.query_params
    said = ProviderAnswer(*(query.get(part, "") for part in ("state", "code", "iss", "error")))
    name = provider.name(attempt, said, come_back(request))
    try:
        NAME.validate_python(name)
    except ValidationError as error:
        raise NotProven(
            "{name} is no name in this ledger: letters, digits and . @ _ - are", name=name[:100]
        ) from error
    # Who owns the data folder acts under these, and nobody else.
    if name in LOCAL:
        raise NotProven("{name} belongs to the owner of the data folder", name=name)
    return name


def attempt_of(request: Request) -> SignInAttempt | None:
    """Return the try that the browser kept, if there is one."""
    value = request.cookies.get(COOKIE, "")
    try:
        return msgspec.json.decode(
            urlsafe_b64decode(value + "=" * (-len(value) % 4)), type=SignInAttempt
        )
    except (ValueError, msgspec.MsgspecError):
        return None


def come_back(request: Request) -> str:
    """Return our address for the provider's answer, as the browser knows this server."""
    return f"{request.url.scheme}://{request.url.netloc}{COME_BACK}"


def keep(request: Request, response: Response, value: str, *, seconds: int) -> None:
    """Let the browser keep its try, or forget it."""
    secure = request.url.scheme == "https"
    put = partial(response.set_cookie, COOKIE, value, path=COME_BACK, httponly=True)
    put(max_age=seconds, samesite="lax", secure=secure)


def refused(error: IdentityRefused) -> Problem:
    """Say why nobody is signed in."""
    return NotProven("{reason}", reason=error.sentence)


def away(error: Unavailable) -> Problem:
    """Say that the provider is away."""
    return ProviderAway("{reason}", reason=error.sentence)
