"""Asks an OpenID Connect provider (身份提供方) who somebody is: authorization code with PKCE.

OpenID Connect Core 1.0 and Discovery 1.0, RFC 7636 (PKCE), RFC 9207 (`iss` of the answer). What the
provider says of itself and its keys are kept for an hour; a key that is not among them is asked for
anew, once a minute at most, so that a rotation is noticed and a forged key id asks nothing.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple, Self
from urllib.parse import quote, urlsplit

import httpx
import msgspec
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from domain.kernel.sentences import Explained
from infra.config.errors import Unavailable
from infra.config.settings import Settings

DISCOVERY = "/.well-known/openid-configuration"
# What signs with a key that only the provider has: no `none`, and no secret that two know.
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA", "RS384", "RS512", "PS384", "PS512")
KEPT_SECONDS, ASKED_ANEW_SECONDS = 3600, 60
# How far two clocks may be apart.
SKEW_SECONDS = 60
TIMEOUT_SECONDS = 5
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
SCOPE = "openid profile email"
BASIC, POST = "client_secret_basic", "client_secret_post"


class IdentityRefused(Explained):
    """The provider's answer does not prove who somebody is."""


class Client(NamedTuple):
    """How this ledger is known to the provider; `name_claim` holds the name that roles go by."""

    issuer: str
    client_id: str
    client_secret: str
    name_claim: str = "preferred_username"


class Metadata(msgspec.Struct, frozen=True):
    """What is used of the provider's discovery document."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    methods: tuple[str, ...] = msgspec.field(
        default=(BASIC,), name="token_endpoint_auth_methods_supported"
    )
    algorithms: tuple[str, ...] = msgspec.field(
        default=("RS256",), name="id_token_signing_alg_values_supported"
    )
    names_issuer: bool = msgspec.field(
        default=False, name="authorization_response_iss_parameter_supported"
    )


class SignInAttempt(msgspec.Struct, frozen=True):
    """One try to sign in, which the browser keeps until it comes back; `next` is where it goes."""

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begin(cls, wanted: str) -> Self:
        """Draw what nobody can guess: 256 bits each."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, wanted)


class ProviderAnswer(NamedTuple):
    """What the provider sent the browser back with; empty where it was not there."""

    state: str
    code: str
    issuer: str
    error: str


@dataclass
class OpenIdProvider:
    """One provider, as this process knows it."""

    client: Client
    clock: Callable[[], float] = time.monotonic
    _lock: Lock = field(default_factory=Lock)
    _metadata: tuple[float, Metadata] | None = None
    _keys: tuple[float, KeySet] | None = None

    @property
    def host(self) -> str:
        """Return the provider's host, by which people know it."""
        return urlsplit(self.client.issuer).hostname or self.client.issuer

    def address(self, attempt: SignInAttempt, come_back: str) -> str:
        """Return where the browser goes to sign in; `come_back` is our address for the answer."""
        asked = {
            "response_type": "code",
            "client_id": self.client.client_id,
            "redirect_uri": come_back,
            "scope": SCOPE,
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": create_s256_code_challenge(attempt.verifier),  # type: ignore[no-untyped-call]
            "code_challenge_method": "S256",
        }
        return str(httpx.URL(self.metadata().authorization_endpoint).copy_merge_params(asked))

    def name(self, attempt: SignInAttempt, said: ProviderAnswer, come_back: str) -> str:
        """Return the name of who signed in; `IdentityRefused` says why there is none."""
        self._require_answer(attempt, said)
        token = self._exchanged(said.code, attempt.verifier, come_back)
        claims = self._claims(token)
        claims.params = {"nonce": attempt.nonce, "client_id": self.client.client_id}
        try:
            claims.validate(leeway=SKEW_SECONDS)
        except JoseError as error:
            raise IdentityRefused(
                "the provider's token does not hold: {reason}", reason=error.error
            ) from error
        return self._named(claims)

    def _require_answer(self, attempt: SignInAttempt, said: ProviderAnswer) -> None:
        if not secrets.compare_digest(attempt.state.encode(), said.state.encode()):
            raise IdentityRefused("this answer belongs to another try to sign in: begin anew")
        expected = self.metadata()
        if (said.issuer or expected.names_issuer) and said.issuer != expected.issuer:
            raise IdentityRefused("this answer comes from another provider than was asked")
        if said.error == "access_denied":
            raise IdentityRefused("you did not let the provider tell who you are: begin anew")
        if said.error or not said.code:
            raise IdentityRefused("the provider did not sign you in: begin anew")

    def _exchanged(self, code: str, verifier: str, come_back: str) -> str:
        """Exchange the code for the ID token."""
        client, metadata = self.client, self.metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": come_back,
            "code_verifier": verifier,
        }
        basic = BASIC in metadata.methods or POST not in metadata.methods
        pair = (quote(client.client_id, safe=""), quote(client.client_secret, safe=""))
        if not basic:
            form |= {"client_id": client.client_id, "client_secret": client.client_secret}
        answer = fetched("POST", metadata.token_endpoint, data=form, auth=pair if basic else None)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise IdentityRefused("the provider did not sign you in: begin anew")
        return token

    def _claims(self, token: str) -> CodeIDToken:
        """Return what a token says if the provider signed it."""
        algorithms = [one for one in self.metadata().algorithms if one in ALGORITHMS]
        try:
            try:
                found = jwt.decode(token, self.keys(), algorithms=algorithms)
            except InvalidKeyIdError:
                found = jwt.decode(
                    token, self.keys(older=ASKED_ANEW_SECONDS), algorithms=algorithms
                )
        # The library raises TypeError for a header that is JSON of another form.
        except (JoseError, ValueError, TypeError) as error:
            raise IdentityRefused("the provider's token is not signed by the provider") from error
        claims = found.claims
        options: dict[str, Any] = {
            "iss": {"essential": True, "value": self.metadata().issuer},
            "aud": {"essential": True, "value": self.client.client_id},
            "nonce": {"essential": True},
        }
        return CodeIDToken(claims, found.header, options=options)

    def _named(self, claims: dict[str, Any]) -> str:
        claim = self.client.name_claim
        name = claims.get(claim)
        if not isinstance(name, str) or not name:
            raise IdentityRefused(
                "the provider says no {claim}: MINGZHANG_OIDC_NAME_CLAIM names what it says",
                claim=claim,
            )
        if claim == "email" and claims.get("email_verified") is not True:
            raise IdentityRefused("the provider has not verified this address of e-mail")
        return name

    def metadata(self) -> Metadata:
        """Return what the provider says of itself."""
        with self._lock:
            if self._metadata is None or self.clock() - self._metadata[0] > KEPT_SECONDS:
                self._metadata = (self.clock(), self._discovered())
            return self._metadata[1]

    def _discovered(self) -> Metadata:
        issuer = self.client.issuer
        found = fetched("GET", issuer.rstrip("/") + DISCOVERY)
        try:
            metadata = msgspec.convert(found, Metadata)
        except msgspec.ValidationError as error:
            raise Unavailable(
                "what {issuer} says of itself cannot be read: {reason}",
                issuer=issuer,
                reason=str(error),
            ) from error
        if metadata.issuer != issuer:
            raise Unavailable(
                "the provider at {issuer} calls itself {other}: set MINGZHANG_OIDC_ISSUER so",
                issuer=issuer,
                other=metadata.issuer,
            )
        return metadata

    def keys(self, *, older: float = KEPT_SECONDS) -> KeySet:
        """Return the provider's keys, asked for anew when those at hand are older (seconds)."""
        address = self.metadata().jwks_uri
        with self._lock:
            if self._keys is None or self.clock() - self._keys[0] > older:
                self._keys = (self.clock(), imported(fetched("GET", address)))
            return self._keys[1]


def provider_of(settings: Settings) -> OpenIdProvider | None:
    """Return the provider that the settings name; nothing is asked of it yet."""
    issuer, client, secret = (
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
    )
    if issuer is None or client is None or secret is None:
        return None
    return OpenIdProvider(
        Client(issuer, client, secret.get_secret_value(), settings.oidc_name_claim)
    )


def imported(found: dict[str, Any]) -> KeySet:
    """Read a set of keys (RFC 7517); what is of an unknown kind is passed over."""
    try:
        return KeySet.import_key_set({"keys": found.get("keys", [])})
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise Unavailable("the provider's keys cannot be read: sign in by a token") from error


def fetched(method: str, url: str, **sent: Any) -> dict[str, Any]:
    """Return the JSON object that the provider answers; by https alone, but on this machine."""
    place = urlsplit(url)
    if place.scheme != "https" and place.hostname not in LOOPBACK:
        raise Unavailable("the provider is asked by https alone, not at {url}", url=url)
    try:
        with httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as client:
            answer = client.request(method, url, headers={"Accept": "application/json"}, **sent)
        found = msgspec.json.decode(answer.content)
    except (httpx.HTTPError, msgspec.DecodeError) as error:
        raise away(place.hostname) from error
    if not isinstance(found, dict) or answer.is_server_error:
        raise away(place.hostname)
    return found


def away(host: str | None) -> Unavailable:
    """Say that the provider does not answer."""
    return Unavailable(
        "the provider {host} does not answer: sign in by a token, or later", host=host or ""
    )
