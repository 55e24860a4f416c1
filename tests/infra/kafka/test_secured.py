"""The relay at brokers that ask who comes, as KAFKA_* of its environment tell it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.config.settings import Settings
from scripts.broker.broker import Broker, Secured
from scripts.drills.streams import RelayProcess, Stream
from tests.infra.kafka.certificates import Authority
from tests.infra.kafka.conftest import streamed

PASSWORD = "open sesame"
PROPERTIES = """
listener.name.sasl_plaintext.sasl.enabled.mechanisms=PLAIN
listener.name.sasl_ssl.sasl.enabled.mechanisms=SCRAM-SHA-512
listener.name.sasl_plaintext.plain.sasl.jaas.config=\
org.apache.kafka.common.security.plain.PlainLoginModule required user_relay="{password}";
listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config=\
org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.ssl.ssl.client.auth=required
ssl.keystore.type=PEM
ssl.keystore.location={broker}
ssl.truststore.type=PEM
ssl.truststore.location={authority}
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("certificates") / "ours")


@pytest.fixture(scope="module")
def secured(authority: Authority) -> Iterator[Broker]:
    """Run a broker with three doors that ask who comes, and an open one to read by."""
    properties = PROPERTIES.format(
        password=PASSWORD, broker=authority.give("broker"), authority=authority.certificate
    )
    scram = f"SCRAM-SHA-512=[name=relay,password={PASSWORD}]"
    doors = Secured(("SSL", "SASL_PLAINTEXT", "SASL_SSL"), properties, ("--add-scram", scram))
    with Broker(secured=doors) as broker:
        yield broker


@pytest.fixture
def guarded(ledger_settings: Settings, secured: Broker) -> Iterator[Stream]:
    """Give a stream whose relays have no door yet."""
    with streamed(ledger_settings, secured) as stream:
        yield stream


def a_login(secured: Broker, protocol: str, mechanism: str, password: str) -> dict[str, str]:
    return {
        "KAFKA_BOOTSTRAP": secured.doors[protocol],
        "KAFKA_SECURITY_PROTOCOL": protocol,
        "KAFKA_SASL_MECHANISM": mechanism,
        "KAFKA_SASL_USERNAME": "relay",
        "KAFKA_SASL_PASSWORD": password,
    }


def test_a_relay_says_its_password(guarded: Stream, secured: Broker) -> None:
    guarded.kafka = a_login(secured, "SASL_PLAINTEXT", "PLAIN", PASSWORD)
    with RelayProcess(guarded):
        assert guarded.breaches() == []


def test_a_relay_says_its_password_to_a_broker_that_it_knows(
    guarded: Stream, secured: Broker, authority: Authority
) -> None:
    guarded.kafka = a_login(secured, "SASL_SSL", "SCRAM-SHA-512", PASSWORD)
    guarded.kafka["KAFKA_SSL_CAFILE"] = str(authority.certificate)
    with RelayProcess(guarded):
        assert guarded.breaches() == []


def test_a_relay_shows_its_certificate(
    guarded: Stream, secured: Broker, authority: Authority
) -> None:
    own = str(authority.give("relay"))
    guarded.kafka = {
        "KAFKA_BOOTSTRAP": secured.doors["SSL"],
        "KAFKA_SECURITY_PROTOCOL": "SSL",
        "KAFKA_SSL_CAFILE": str(authority.certificate),
        "KAFKA_SSL_CERTFILE": own,
        "KAFKA_SSL_KEYFILE": own,
    }
    with RelayProcess(guarded):
        assert guarded.breaches() == []


def test_a_wrong_password_is_told_as_the_reason(guarded: Stream, secured: Broker) -> None:
    guarded.kafka = a_login(secured, "SASL_PLAINTEXT", "PLAIN", "close sesame")
    with RelayProcess(guarded):
        stand = guarded.wait_for(lambda stand: stand.failures > 0)
    assert stand.state == "waiting"
    assert "does it refuse KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD?" in stand.reason
    assert "close sesame" not in stand.reason


def test_a_broker_of_another_authority_is_not_trusted_and_the_reason_says_so(
    guarded: Stream, secured: Broker, tmp_path: Path
) -> None:
    guarded.kafka = a_login(secured, "SASL_SSL", "SCRAM-SHA-512", PASSWORD)
    guarded.kafka["KAFKA_SSL_CAFILE"] = str(Authority(tmp_path / "others").certificate)
    with RelayProcess(guarded):
        stand = guarded.wait_for(lambda stand: stand.failures > 0)
    assert stand.state == "waiting"
    assert "certificate verify failed" in stand.reason
