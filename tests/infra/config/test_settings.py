import os
import re
import stat
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict
from pydantic import ValidationError

from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.postgres.database import open_database, with_role

NAMES = {
    "MINGZHANG_DATA": "/srv/books",
    "DATABASE_URL": "postgresql://owner@db/books",
    "MINGZHANG_PORT": "0",
    "MINGZHANG_HOST": "0.0.0.0",  # noqa: S104 - read, not listened on
    "MINGZHANG_JURISDICTION": "440304",
    "MINGZHANG_ZONE": "Asia/Urumqi",
    "KAFKA_BOOTSTRAP": "broker:9092",
    "MINGZHANG_OIDC_ISSUER": "https://id.example.test",
    "MINGZHANG_OIDC_CLIENT_ID": "mingzhang",
    "MINGZHANG_OIDC_CLIENT_SECRET": "known-to-two",
    "MINGZHANG_OIDC_NAME_CLAIM": "email",
}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_without_environment_the_contract_s_defaults_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.data_folder == tmp_path / ".mingzhang"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.jurisdiction, settings.zone) == ("440300", "Asia/Shanghai")
    assert settings.database_url is None
    assert settings.kafka_bootstrap is None


def test_every_name_of_the_contract_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in NAMES.items():
        monkeypatch.setenv(name, value)
    settings = Settings()
    assert settings.data_folder == Path("/srv/books")
    assert settings.database_url == NAMES["DATABASE_URL"]
    assert (settings.host, settings.port) == (NAMES["MINGZHANG_HOST"], 0)
    assert (settings.jurisdiction, settings.zone) == ("440304", "Asia/Urumqi")
    assert settings.kafka_bootstrap == "broker:9092"
    assert (settings.oidc_issuer, settings.oidc_client_id) == (
        "https://id.example.test",
        "mingzhang",
    )
    assert settings.oidc_name_claim == "email"
    assert settings.oidc_client_secret
    assert settings.oidc_client_secret.get_secret_value() == "known-to-two"
    assert "known-to-two" not in repr(settings)


def test_an_empty_name_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("MINGZHANG_PORT", "")
    assert Settings().database_url is None
    assert Settings().port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MINGZHANG_PORT", "65536"),
        ("MINGZHANG_PORT", "web"),
        ("MINGZHANG_JURISDICTION", "44"),
        ("MINGZHANG_ZONE", "Mars/Olympus"),
        ("MINGZHANG_OIDC_ISSUER", "https://id.example.test"),
        ("MINGZHANG_OIDC_CLIENT_SECRET", "alone"),
        ("MINGZHANG_WITHOUT", "gravity"),
    ],
)
def test_a_setting_out_of_its_range_is_refused(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name):
        Settings()


def test_a_key_is_made_once_and_kept(settings: Settings) -> None:
    first = settings.secret("master")
    assert len(first) == 32
    assert settings.secret("master") == first
    assert settings.secret("other") != first


def test_processes_that_race_for_a_key_get_the_same_one(settings: Settings) -> None:
    with ProcessPoolExecutor(8, mp_context=get_context("fork")) as pool:
        keys = set(pool.map(settings.secret, ["raced"] * 64))
    assert len(keys) == 1
    assert [path.name for path in (settings.data_folder / "keys").iterdir()] == ["raced"]


def test_nobody_else_can_open_the_keys(settings: Settings) -> None:
    old_mask = os.umask(0)
    try:
        settings.secret("master")
    finally:
        os.umask(old_mask)
    folder = settings.data_folder / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "master").stat().st_mode) == 0o600


def test_a_damaged_key_is_never_used(settings: Settings) -> None:
    settings.secret("master")
    (settings.data_folder / "keys" / "master").write_bytes(b"short")
    with pytest.raises(Unavailable, match="holds 5 bytes"):
        settings.secret("master")


def test_a_given_database_is_used_and_none_is_embedded(settings: Settings) -> None:
    given = settings.model_copy(update={"database_url": "postgresql://boss:pw@db:5433/books"})
    with open_database(given) as database:
        assert database.owner_url == given.database_url
        assert not database.embedded
        assert not database.restart_if_dead()
        assert re.fullmatch(
            r"postgresql://mingzhang_app_books:[0-9a-f]{64}@db:5433/books", database.app_url
        )
        assert given.secret("app-password").hex() not in database.app_url
    assert not (given.data_folder / "postgres").exists()


def password_in(address: str) -> str:
    return str(conninfo_to_dict(address)["password"])


def test_without_an_owner_s_password_the_application_s_is_the_data_folder_s(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And each ledger's on a server is its own."""
    monkeypatch.delenv("PGPASSWORD", raising=False)
    given = settings.model_copy(update={"database_url": "postgresql://boss@db/books"})
    with open_database(given) as database:
        there = database.app_url
    for another in ({"database_url": "postgresql://boss@db/other"}, {"data_folder": tmp_path}):
        with open_database(given.model_copy(update=another)) as database:
            assert password_in(database.app_url) != password_in(there)
    with open_database(given) as database:
        assert database.app_url == there


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://boss:p%40w@db:5433/books?sslmode=require",
        "host=db port=5433 dbname=books user=boss password=p@w sslmode=require",
        "postgresql:///books?host=/run/postgresql&user=boss",
        "host=one,two port=5432,5433 dbname='two words' user=boss",
        "postgresql://boss@[::1]:5433/books",
    ],
)
def test_another_role_s_address_differs_in_the_login_alone(address: str) -> None:
    before = conninfo_to_dict(address)
    after = conninfo_to_dict(with_role(address, role="reader", password="a/b"))
    logins = {"user": "reader", "password": "a/b"}
    assert after == {**before, **logins}


def test_an_address_that_is_none_is_refused_in_words() -> None:
    with pytest.raises(Unavailable, match="DATABASE_URL"):
        with_role("mysql://db/books", role="reader", password="x")
