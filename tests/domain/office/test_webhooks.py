"""Webhooks: added once, resumed, their secrets rotated and destroyed; only outside is called."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from api.commands.values import sealed
from domain.kernel.refusals import AlreadyExists, Malformed, UnknownSubject, WrongState
from domain.office.webhooks import SECRET, Webhook
from tests.domain.in_memory_unit import InMemoryLedger
from tests.domain.life_machine import Lives, lived
from tests.domain.stories import an_act

HOOK = "webhook:finance"
URL = "https://receiver.example.org/news?from=440300"
OPERATOR = an_act("operator-1")


def send(books: InMemoryLedger, verb: str, subject: str = HOOK, **what: Any) -> None:
    """Send a command; the door has put the secret away before the domain sees it."""
    if verb in ("add", "rotate"):
        what["sealed"] = None
    books.send(f"webhook.{verb}", subject, OPERATOR, **what)


def added(**more: Any) -> InMemoryLedger:
    books = InMemoryLedger()
    send(books, "add", **({"url": URL, "zone": "public"} | more))
    return books


def kept(books: InMemoryLedger) -> tuple[str, ...]:
    """Return where the vault holds secrets: each command's own, less what events have destroyed."""
    held: dict[str, None] = {}
    for event in books.all():
        for name in event.unsealed():
            del held[name]
        if event.TOPIC in ("webhook.added", "webhook.rotated"):
            held[f"{event.originator_id}#{event.originator_version}"] = None
    return tuple(held)


def test_an_address_is_added_once_and_again_only_after_it_was_removed() -> None:
    books = added()
    with pytest.raises(AlreadyExists):
        send(books, "add", url=URL, zone="public")
    send(books, "remove")
    send(books, "add", url="https://other.example.org/", zone="full")
    assert books.load(Webhook, HOOK).url == "https://other.example.org/"


@pytest.mark.parametrize("verb", ["rotate", "resume", "remove"])
def test_what_was_never_added_or_is_removed_is_acted_on_no_more(verb: str) -> None:
    with pytest.raises(UnknownSubject):
        send(InMemoryLedger(), verb)
    books = added()
    send(books, "remove")
    with pytest.raises(WrongState):
        send(books, verb)


def test_a_rotation_keeps_the_secret_before_it_and_destroys_the_one_before_that() -> None:
    books = added()
    send(books, "rotate")
    assert kept(books) == (f"{HOOK}#1", f"{HOOK}#2")
    send(books, "rotate", overlap_hours=1)
    assert kept(books) == (f"{HOOK}#2", f"{HOOK}#3")


def test_a_rotation_without_overlap_destroys_all_secrets_before_it() -> None:
    books = added()
    send(books, "rotate")
    send(books, "rotate", overlap_hours=0)
    assert kept(books) == (f"{HOOK}#3",)


def test_a_removal_destroys_all_secrets() -> None:
    books = added()
    send(books, "rotate")
    send(books, "remove")
    assert kept(books) == ()


def test_an_address_inside_is_refused_where_it_stands() -> None:
    with pytest.raises(Malformed) as refused:
        added(url="https://192.168.0.7/")
    assert refused.value.pointer == "/what/url"


def test_a_topic_that_there_is_not_is_refused_where_it_stands() -> None:
    with pytest.raises(Malformed) as refused:
        added(topic="found.*")
    assert refused.value.pointer == "/what/topic"
    assert added(topic="fund.*").stored


@pytest.mark.parametrize("length", [24, 31, 32, 33, 48, 62, 63, 64])
def test_a_secret_has_24_to_64_bytes_in_base64(length: int) -> None:
    read = sealed(("secret",), f"^(?:{SECRET})$")
    assert read({"secret": f"whsec_{b64encode(bytes(length)).decode()}"})


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"secret": ""},
        {"secret": "whsec_"},
        {"secret": "A" * 44},
        {"secret": f"whsec_{'A' * 28}"},
        {"secret": f"whsec_{'A' * 88}"},
        {"secret": f"whsec_{'A' * 33}"},
        {"secret": f"whsec_{'A' * 42}-="},
        {"secret": f"whsec_{'A' * 32}\n"},
        {"secret": 7},
        {"secrets": f"whsec_{'A' * 32}"},
    ],
)
def test_another_secret_is_refused(wrong: object) -> None:
    read = sealed(("secret",), f"^(?:{SECRET})$")
    with pytest.raises(ValueError, match="secret"):
        read(wrong)


class WebhookLives(Lives):
    """Two webhooks; anybody tries anything, and a model says what then holds."""

    OF = ("webhook",)
    subjects = st.sampled_from((HOOK, "webhook:press"))

    def __init__(self) -> None:
        """Begin without any."""
        super().__init__()
        self.active: dict[str, list[int]] = {}
        self.versions: dict[str, int] = {}

    def begin(self) -> InMemoryLedger:
        """Begin with empty books."""
        return InMemoryLedger()

    def done(self, verb: str, subject: str, *, allowed: bool, **what: Any) -> bool:
        """Try an act; count the versions of its subject."""
        more = {"sealed": None} if verb in ("add", "rotate") else {}
        if not self.tried(f"webhook.{verb}", subject, OPERATOR, taken=allowed, **what, **more):
            return False
        self.versions[subject] = self.versions.get(subject, 0) + 1
        return True

    @rule(subject=subjects, topic=st.sampled_from(("*", "fund.*", "grant.paid.v1")))
    def add(self, subject: str, topic: str) -> None:
        """Add an address where there is none."""
        allowed = subject not in self.active
        if self.done("add", subject, allowed=allowed, url=URL, zone="full", topic=topic):
            self.active[subject] = [self.versions[subject]]

    @rule(subject=subjects, hours=st.sampled_from((0, 1, 24, 168)))
    def rotate(self, subject: str, hours: int) -> None:
        """Rotate its secret."""
        allowed = subject in self.active
        if self.done("rotate", subject, allowed=allowed, overlap_hours=hours):
            last = self.active[subject][-1:] if hours else []
            self.active[subject] = [*last, self.versions[subject]]

    @rule(subject=subjects)
    def resume(self, subject: str) -> None:
        """Ask for calls again."""
        self.done("resume", subject, allowed=subject in self.active)

    @rule(subject=subjects)
    def remove(self, subject: str) -> None:
        """Remove it."""
        if self.done("remove", subject, allowed=subject in self.active):
            del self.active[subject]

    @invariant()
    def the_vault_holds_what_is_still_used_and_nothing_else(self) -> None:
        """Compare the secrets that are left with the model, and with what the aggregate knows."""
        wanted = {f"{subject}#{v}" for subject, used in self.active.items() for v in used}
        assert set(kept(self.books)) == wanted
        for subject, used in self.active.items():
            assert self.books.load(Webhook, subject).secrets == tuple(used)


TestWebhookLives = lived(WebhookLives, examples=60, steps=20)
