"""Where this ledger lives and how it is reached: the environment, and its keys."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from infra.config.data_folder import in_plain_words, ledgers_of, make_data_folder
from infra.config.egress_policy import Outside, networks
from infra.config.errors import Unavailable
from infra.config.optimisations import Optimisations

KEY_BYTES = 32
# What a file of a key may not let others do: read, write, run.
OTHERS = 0o007


class Settings(BaseSettings):
    """The environment that every command reads (docs/contract.md, section 0)."""

    model_config = SettingsConfigDict(
        frozen=True, env_ignore_empty=True, populate_by_name=True, validate_default=True
    )

    data_folder: Path = Field(Path(".mingzhang"), validation_alias="MINGZHANG_DATA")
    database_url: str | None = Field(None, validation_alias="DATABASE_URL")
    port: int = Field(8000, ge=0, le=65535, validation_alias="MINGZHANG_PORT")
    host: str = Field("127.0.0.1", validation_alias="MINGZHANG_HOST")
    jurisdiction: str = Field(
        "440300", pattern=r"^\d{6}$", validation_alias="MINGZHANG_JURISDICTION"
    )
    # Whose day it is: no act on money is dated after today there.
    zone: str = Field("Asia/Shanghai", validation_alias="MINGZHANG_ZONE")
    kafka_bootstrap: str | None = Field(None, validation_alias="KAFKA_BOOTSTRAP")
    # Networks inside which webhooks may call, also by http and at any port: "10.1.0.0/16, ::1/128".
    webhook_allow: str = Field("", validation_alias="MINGZHANG_WEBHOOK_ALLOW")

    # Who signs people in at the desk beside our tokens (OpenID Connect): all three, or none.
    oidc_issuer: str | None = Field(None, validation_alias="MINGZHANG_OIDC_ISSUER")
    oidc_client_id: str | None = Field(None, validation_alias="MINGZHANG_OIDC_CLIENT_ID")
    oidc_client_secret: SecretStr | None = Field(
        None, validation_alias="MINGZHANG_OIDC_CLIENT_SECRET"
    )
    # What the provider says that is the name to which the ledger grants roles.
    oidc_name_claim: str = Field("preferred_username", validation_alias="MINGZHANG_OIDC_NAME_CLAIM")

    # Optimisations that are turned off, to find or to rule out a fault: "group-commit, prefetch".
    without: str = Field("", validation_alias="MINGZHANG_WITHOUT")

    @field_validator("data_folder")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        """Keep the folder when a later step changes its working folder."""
        return folder.expanduser().absolute()

    @field_validator("zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        """Refuse what names no time zone."""
        try:
            ZoneInfo(name)
        except (OSError, KeyError, ValueError) as unknown:
            raise ValueError(f"{name} is no time zone such as Asia/Shanghai") from unknown
        return name

    @field_validator("webhook_allow")
    @classmethod
    def _networks(cls, said: str) -> str:
        """Refuse what names no networks."""
        networks(said)
        return said

    @field_validator("without")
    @classmethod
    def _optimisations(cls, names: str) -> str:
        """Refuse what names no optimisation."""
        Optimisations.all_but(names)
        return names

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse half a provider."""
        said = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(said) and not all(said):
            raise ValueError("MINGZHANG_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET go together")
        return self

    @property
    def optimisations(self) -> Optimisations:
        """Tell which optimisations are on."""
        return Optimisations.all_but(self.without)

    @property
    def outside(self) -> Outside:
        """Tell which addresses the server may call."""
        return Outside(networks(self.webhook_allow))

    def secret(self, name: str) -> bytes:
        """Give the 32 random bytes kept under a name; the first caller makes them, for ever.

        What a ledger is sealed with is asked for by `saved_secret` once there is a ledger.
        """
        folder = self.key_folder()
        with in_plain_words(self.data_folder):
            if not (folder / name).exists():
                _make_key(folder / name)
        return self.saved_secret(name)

    def saved_secret(self, name: str, *, ledger: str = "") -> bytes:
        """Give the bytes kept under a name; `Unavailable` where they are not there, or not whole.

        A key that everybody on the machine may read is refused too. `ledger` says whose key it is.
        """
        ledger = ledger or ledgers_of(self.data_folder)
        file = self.key_folder() / name
        with in_plain_words(self.data_folder):
            if not file.exists():
                raise Unavailable(
                    "the key {file} of the ledger {ledger} is missing: put the saved {name} back;"
                    " another one opens nothing, so none is made",
                    file=file,
                    ledger=ledger,
                    name=name,
                )
            _require_private(file)
            key = file.read_bytes()
        if len(key) != KEY_BYTES:
            raise Unavailable(
                "{file} holds {found} bytes, not {wanted}: put the saved {name} of the ledger"
                " {ledger} back",
                file=file,
                found=str(len(key)),
                wanted=str(KEY_BYTES),
                name=name,
                ledger=ledger,
            )
        return key

    def key_folder(self) -> Path:
        """Give the folder of the keys, which nobody but its owner can open."""
        folder = self.data_folder / "keys"
        make_data_folder(self.data_folder)
        with in_plain_words(self.data_folder):
            folder.mkdir(mode=0o700, exist_ok=True)
        return folder


def _require_private(file: Path) -> None:
    """Refuse a key that is not its owner's alone."""
    if file.stat().st_mode & OTHERS:
        raise Unavailable(
            "everybody on this machine may open the key {file}: chmod 600 {file}, and ask who has"
            " read it",
            file=file,
        )


def _make_key(place: Path) -> None:
    """Write a new key whole before anybody can see it; whoever comes second keeps the first's."""
    draft = place.with_name(f".{place.name}-{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            place.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
