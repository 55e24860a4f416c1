"""What goes wrong is said in one form, in two languages, and never as a fault of ours."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import TYPE_CHECKING

import psycopg
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from api.http import tokens
from api.http.language import preferred
from api.http.problems import TokenInvalid, describe, kinds, of_the_store, said
from domain.kernel.refusals import InsufficientFund, Malformed
from infra.config.errors import Unavailable

if TYPE_CHECKING:
    from httpx import Client

CODES = (
    "insufficient-fund purpose-not-allowed earmark-mismatch commitment-exceeded maker-is-checker"
    " duties-conflict period-closed second-person-needed already-exists wrong-state wrong-basis"
    " already-reversed paid-after-stop paid-twice excluded-by-scheme in-another-household"
    " digest-mismatch roll-changed rate-missing not-entitled notice-period-open over-recovery"
    " over-entitled goods-short unit-mismatch area-unknown credit-code-invalid plan-not-filed"
    " small-count"
)
OTHERS = {
    "unknown-subject": 404, "role-missing": 403, "version-conflict": 412, "view-behind": 503,
    "store-unavailable": 503, "key-missing": 400, "token-missing": 401, "token-invalid": 401,
    "not-found": 404, "method-not-allowed": 405, "too-large": 413, "media-type": 415,
    "malformed": 422, "key-reused": 422, "header-too-large": 431, "too-slow": 504,
}  # fmt: skip
SECRET = b"s" * 32


def test_every_code_of_the_contract_has_its_status_and_a_title_in_both_languages() -> None:
    known = kinds()
    for code in CODES.split():
        assert known[code].status == 409, code
    for code, status in OTHERS.items():
        assert known[code].status == status, code
    assert all(kind.zh and kind.en and kind.zh != kind.en for kind in known.values())


def test_a_refusal_carries_its_numbers_as_quantities() -> None:
    refused = InsufficientFund("fund:x", earmark="general", wanted=1001, available=1000)
    assert describe(refused, instance="/v1/commands", language="en") == {
        "type": "/problems/insufficient-fund",
        "code": "insufficient-fund",
        "title": "The fund does not hold enough",
        "status": 409,
        "detail": "fund:x: ¥10.01 is wanted, ¥10.00 is available under earmark general",
        "instance": "/v1/commands",
        "numbers": {
            "wanted": {"value": 1001, "unit": "fen"},
            "available": {"value": 1000, "unit": "fen"},
        },
        "errors": [],
    }


def test_a_malformed_request_points_to_the_wrong_part() -> None:
    told = describe(Malformed("fund:x", "no", "/what/amount"), instance="/", language="zh")
    assert told["errors"] == [{"pointer": "/what/amount", "detail": "fund:x: no"}]
    assert told["title"] == "格式错误"


def test_what_the_store_throws_is_said_in_our_words() -> None:
    assert of_the_store(psycopg.OperationalError("gone")).CODE == "store-unavailable"
    assert of_the_store(psycopg.DataError("NUL")).CODE == "malformed"
    assert of_the_store(psycopg.errors.UndefinedTable("views")).CODE == "view-behind"
    assert said(Unavailable("away")).CODE == "store-unavailable"
    assert said(ZeroDivisionError()).STATUS == 500


def test_a_reader_of_pages_gets_a_page_and_a_program_gets_json(web: Client) -> None:
    page = web.get("/nowhere", headers={"Accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert "未找到" in page.text
    said_so = web.get("/nowhere")
    assert said_so.headers["content-type"] == "application/problem+json"
    assert said_so.json()["instance"] == "/nowhere"


def test_the_title_speaks_the_language_that_is_asked_for(web: Client) -> None:
    english = {"Accept-Language": "en-GB,en;q=0.9"}
    assert web.get("/open/v1/x").json()["title"] == "未找到"
    assert web.get("/open/v1/x", headers=english).json()["title"] == "Not found"
    assert web.get("/open/v1/x?lang=zh", headers=english).json()["title"] == "未找到"
    answer = web.get("/open/v1/x?lang=en")
    assert answer.headers["content-language"] == "en"
    assert answer.json()["code"] == "not-found"


@pytest.mark.parametrize(
    ("header", "language"),
    [("", "zh"), ("en", "en"), ("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("de,en;q=0.1", "en"),
     ("en;q=0, zh;q=0", "zh"), ("en;q=x", "zh"), ("*", "zh"), (",;,", "zh"),
     ("*, en;q=0.5", "en"), ("en;q=0.5, *", "en"), ("en;q=0, *", "zh"), ("zh;q=0, *", "en"),
     ("fr, *;q=0.1", "zh"), ("EN-us;q=0.4, zh-TW;q=0.5", "zh")],
)  # fmt: skip
def test_the_better_liked_language_is_chosen(header: str, language: str) -> None:
    assert preferred(header) == language


def test_a_method_that_an_address_does_not_know_is_named(web: Client) -> None:
    answer = web.delete("/open/v1/funds")
    assert (answer.status_code, answer.json()["code"]) == (405, "method-not-allowed")
    assert "GET" in answer.headers["allow"]
    assert web.get("/v1/funds").headers["www-authenticate"] == "Bearer"


def test_a_token_says_who_and_for_how_long_and_cannot_be_altered() -> None:
    token, claim = tokens.issue(SECRET, by="a", roles=("clerk", "clerk"), ttl=timedelta(minutes=1))
    assert tokens.read(SECRET, token) == claim
    assert claim.roles == ("clerk",)
    header, content, seal = token.split(".")
    unsigned = urlsafe_b64encode(b'{"alg":"none"}').decode()
    other, _ = tokens.issue(SECRET, by="b", roles=("operator",), ttl=timedelta(minutes=1))
    forged = (
        f"{header}.{other.split('.')[1]}.{seal}", f"{header}.{content}.", f"{header}.{content}",
        f"mz1.{content}.{seal}", f"{unsigned}.{content}.", "", "..", "a.b.c",
        f"{header}.{content}.{seal[:-4]}é", token + "x",
    )  # fmt: skip
    for text in forged:
        with pytest.raises(TokenInvalid):
            tokens.read(SECRET, text)
    with pytest.raises(TokenInvalid):
        tokens.read(b"t" * 32, token)


@pytest.mark.parametrize(
    "header",
    ['"alg"', '["alg"]', "1", "null", '{"alg":[]}', '{"alg":"HS256","crit":5}',
     '{"alg":"HS256","crit":[[]]}'],
)  # fmt: skip
def test_a_token_whose_header_has_another_form_is_no_fault_of_ours(header: str) -> None:
    token, _ = tokens.issue(SECRET, by="a", roles=("clerk",), ttl=timedelta(minutes=1))
    _, content, seal = token.split(".")
    written = urlsafe_b64encode(header.encode()).decode().rstrip("=")
    with pytest.raises(TokenInvalid):
        tokens.read(SECRET, f"{written}.{content}.{seal}")


def test_a_token_ends() -> None:
    token, _ = tokens.issue(SECRET, by="a", roles=(), ttl=timedelta(seconds=-1))
    with pytest.raises(TokenInvalid, match="expired"):
        tokens.read(SECRET, token)


def test_a_token_is_a_json_web_token_that_lacks_nothing() -> None:
    key, claims = OctKey.import_key(SECRET), {"sub": "a", "roles": ["clerk"], "exp": 2**40}
    whole = jwt.encode({"alg": "HS256"}, claims, key)
    assert tokens.read(SECRET, whole).by == "a"
    for name in claims:
        rest = {other: value for other, value in claims.items() if other != name}
        with pytest.raises(TokenInvalid):
            tokens.read(SECRET, jwt.encode({"alg": "HS256"}, rest, key))
