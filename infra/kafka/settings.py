"""How the broker is reached, and how topics are made: the environment's KAFKA_*."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class KafkaSettings(BaseSettings):
    """The settings of the relay, by the names that Kafka's own clients give them."""

    model_config = SettingsConfigDict(
        frozen=True, env_ignore_empty=True, env_prefix="KAFKA_", validate_default=True
    )

    # Brokers to begin with: host:port, several with commas.
    bootstrap: str = Field(min_length=1)
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] | None = None
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    ssl_cafile: str | None = None
    ssl_certfile: str | None = None
    ssl_keyfile: str | None = None
    ssl_password: SecretStr | None = None
    ssl_check_hostname: bool = True
    # Of topics that are made; those that exist stay as they are.
    partitions: int = Field(3, ge=1, le=1000)
    # -1: what the broker is set to.
    replication: int = Field(-1, ge=-1, le=100)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Refuse half of a login."""
        login = (self.sasl_mechanism, self.sasl_username, self.sasl_password)
        if self.security_protocol.startswith("SASL_") and None in login:
            raise ValueError(
                f"KAFKA_SECURITY_PROTOCOL={self.security_protocol} needs KAFKA_SASL_MECHANISM,"
                " KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD"
            )
        return self

    def client(self) -> dict[str, Any]:
        """Return what every client of kafka-python is given."""
        return {
            "bootstrap_servers": [each.strip() for each in self.bootstrap.split(",")],
            "security_protocol": self.security_protocol,
            "sasl_mechanism": self.sasl_mechanism,
            "sasl_plain_username": self.sasl_username,
            "sasl_plain_password": plain(self.sasl_password),
            "ssl_cafile": self.ssl_cafile,
            "ssl_certfile": self.ssl_certfile,
            "ssl_keyfile": self.ssl_keyfile,
            "ssl_password": plain(self.ssl_password),
            "ssl_check_hostname": self.ssl_check_hostname,
            "request_timeout_ms": 10_000,
            "bootstrap_timeout_ms": 10_000,
            "reconnect_backoff_max_ms": 1_000,
        }


def plain(secret: SecretStr | None) -> str | None:
    """Take a secret out of its wrapping."""
    return None if secret is None else secret.get_secret_value()
