"""What a hostile or a broken provider answers, and that it signs nobody in."""

from __future__ import annotations

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, NamedTuple

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, OctKey, RSAKey

from infra.config.errors import Unavailable
from infra.office.openid_provider import (
    ASKED_ANEW_SECONDS,
    Client,
    IdentityRefused,
    OpenIdProvider,
    ProviderAnswer,
    SignInAttempt,
)

CLIENT, SECRET = "mingzhang", "known-to-two"
COME_BACK = "http://127.0.0.1/desk/sign-in/return"
ATTEMPT = SignInAttempt("state-1", "nonce-1", "verifier-1", "/desk")


def rsa(name: str) -> RSAKey:
    """Make a key pair."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


class Soon(NamedTuple):
    """So many seconds after the test begins, or before."""

    seconds: int


@dataclass
class Answering:
    """A provider whose answers a test sets; it counts what it was asked."""

    url: str = ""
    keys: list[Key] = field(default_factory=list)
    token: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def of(self, path: str) -> tuple[int, Any]:
        """Answer a path."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/auth",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/jwks",
                "id_token_signing_alg_values_supported": ["none", "HS256", "RS256", "ES256"],
            } | self.metadata
        if path == "/jwks":
            return 200, {"keys": [key.as_dict(private=False) for key in self.keys]}
        return (200, {"id_token": self.token}) if self.token else (400, {"error": "invalid_grant"})

    def signed(self, key: Key | None = None, alg: str = "RS256", **changed: Any) -> None:
        """Answer with a token whose claims are good but for those changed; None leaves one out."""
        now = int(time.time())
        good = {
            "iss": self.url, "sub": "s-1", "aud": CLIENT, "exp": now + 300, "iat": now,
            "nonce": ATTEMPT.nonce, "preferred_username": "clerk-1",
        }  # fmt: skip
        claims = {name: told for name, told in (good | changed).items() if told is not None}
        key = key or self.keys[0]
        kid = {"kid": key.kid} if key.kid else {}
        self.token = jwt.encode({"alg": alg, **kid}, claims, key, algorithms=[alg])


@pytest.fixture(scope="module")
def key() -> RSAKey:
    """Make the provider's key once."""
    return rsa("one")


@pytest.fixture
def provider(key: RSAKey) -> Iterator[Answering]:
    """Serve a provider with a good token."""
    answering = Answering(keys=[key])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, content = answering.of(self.path)
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815 - the library's name

        def log_message(self, *_: object) -> None:
            """Write nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    answering.url = f"http://127.0.0.1:{server.server_port}"
    answering.signed()
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield answering
    server.shutdown()
    server.server_close()


def asking(provider: Answering, clock: Callable[[], float] = time.monotonic) -> OpenIdProvider:
    """Return a new process's view of it."""
    return OpenIdProvider(Client(provider.url, CLIENT, SECRET), clock)


def name_of(ours: OpenIdProvider, **changed: str) -> str:
    """Come back from the provider with a good answer, but for what is changed."""
    said = {"state": ATTEMPT.state, "code": "c-1", "issuer": "", "error": ""} | changed
    return ours.name(ATTEMPT, ProviderAnswer(**said), COME_BACK)


def test_a_good_token_names_who_signed_in(provider: Answering) -> None:
    assert name_of(asking(provider)) == "clerk-1"
    assert name_of(asking(provider), issuer=provider.url) == "clerk-1"


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": Soon(-120)}, {"exp": None}, {"iat": None}, {"sub": None},
        {"iss": "https://evil.example"}, {"iss": None}, {"aud": "another"}, {"aud": None},
        {"aud": [CLIENT, "another"], "azp": "another"}, {"nonce": "of-before"}, {"nonce": None},
        {"nbf": Soon(600)}, {"iat": Soon(600)},
        {"preferred_username": None}, {"preferred_username": ""}, {"preferred_username": ["x"]},
        {"exp": "soon"}, {"aud": 7},
    ],
)  # fmt: skip
def test_a_token_with_a_wrong_claim_signs_nobody_in(
    changed: dict[str, Any], provider: Answering
) -> None:
    now = int(time.time())
    told: dict[str, Any] = {
        name: now + value.seconds if isinstance(value, Soon) else value
        for name, value in changed.items()
    }
    provider.signed(**told)
    with pytest.raises(IdentityRefused):
        name_of(asking(provider))


@pytest.mark.parametrize("late", [-50, 50])
def test_clocks_may_be_a_minute_apart(late: int, provider: Answering) -> None:
    now = int(time.time())
    provider.signed(iat=now + late, exp=now + late + 1 if late < 0 else now + 300)
    assert name_of(asking(provider)) == "clerk-1"


def test_a_token_that_another_signed_is_refused(provider: Answering) -> None:
    """A foreign key, one under the right id, `none`, and our own secret as a key."""
    _, claims, seal = provider.token.split(".")
    unsigned = urlsafe_b64encode(b'{"alg": "none"}').decode().rstrip("=")
    tokens = [f"{unsigned}.{claims}.", f"{unsigned}.{claims}.{seal}", "", "x", "a.b.c"]
    tokens.append(provider.token[:-3])
    provider.signed(rsa("foreign"))
    tokens.append(provider.token)
    provider.signed(rsa("one"))
    tokens.append(provider.token)
    provider.signed(OctKey.import_key(SECRET, {"kid": "one"}), "HS256")
    tokens.append(provider.token)
    for token in tokens:
        provider.token = token
        with pytest.raises(IdentityRefused):
            name_of(asking(provider))


@pytest.mark.parametrize(
    "changed",
    [
        {"state": ""}, {"state": "another"}, {"code": ""}, {"error": "access_denied"},
        {"error": "server_error", "code": ""}, {"issuer": "https://evil.example"},
    ],
)  # fmt: skip
def test_an_answer_that_was_not_asked_for_is_refused(
    changed: dict[str, str], provider: Answering
) -> None:
    with pytest.raises(IdentityRefused):
        name_of(asking(provider), **changed)


def test_a_provider_that_names_itself_in_answers_must_do_so(provider: Answering) -> None:
    """Else an answer of another provider could be mixed up with its own (RFC 9207)."""
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    ours = asking(provider)
    with pytest.raises(IdentityRefused):
        name_of(ours)
    assert name_of(ours, issuer=provider.url) == "clerk-1"


def test_keys_are_kept_and_a_rotation_is_noticed(provider: Answering, key: RSAKey) -> None:
    now = [0.0]
    ours = asking(provider, lambda: now[0])
    for _ in range(3):
        name_of(ours)
    assert provider.asked.count("/jwks") == 1
    provider.keys = [rsa("two"), ECKey.generate_key("P-256", {"kid": "three"}), key]
    provider.signed()
    with pytest.raises(IdentityRefused):
        name_of(ours)
    assert provider.asked.count("/jwks") == 1, "forged key ids must not make us ask at will"
    now[0] = ASKED_ANEW_SECONDS + 1
    assert name_of(ours) == "clerk-1"
    provider.signed(provider.keys[1], "ES256")
    assert name_of(ours) == "clerk-1"
    assert provider.asked.count("/jwks") == 2


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"}, {"token_endpoint": 7}, {"jwks_uri": None},
        {"jwks_uri": "http://evil.example/jwks"}, {"token_endpoint": "ftp://127.0.0.1x/"},
    ],
)  # fmt: skip
def test_a_provider_that_is_not_what_it_says_is_not_asked_further(
    metadata: dict[str, Any], provider: Answering
) -> None:
    provider.metadata = metadata
    with pytest.raises(Unavailable):
        name_of(asking(provider))


@pytest.mark.parametrize("content", [b"", b"[]", b"<html>", b'"x"'])
def test_a_provider_that_answers_something_else_is_away(
    content: bytes, provider: Answering, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "of", lambda _: (200, content))
    with pytest.raises(Unavailable, match="does not answer"):
        name_of(asking(provider))


def test_an_address_of_e_mail_counts_when_the_provider_has_verified_it(
    provider: Answering,
) -> None:
    by_mail = OpenIdProvider(Client(provider.url, CLIENT, SECRET, "email"))
    for verified, named in ((True, True), (False, False), ("true", False), (None, False)):
        provider.signed(email="clerk@example.test", email_verified=verified)
        if named:
            assert name_of(by_mail) == "clerk@example.test"
        else:
            with pytest.raises(IdentityRefused):
                name_of(by_mail)
