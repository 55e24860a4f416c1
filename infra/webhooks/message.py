"""Webhooks as the deliverer sees them: folded from their events, and what each is sent.

The message says that there is news, and up to where; the feed stays the truth. Both its id and its
bytes follow from the webhook and the position alone: who is told twice sees that it is the same.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import msgspec
from standardwebhooks import Webhook as Signing

from domain.office.webhooks import (
    EVERYTHING,
    WebhookAdded,
    WebhookRemoved,
    WebhookResumed,
    WebhookRotated,
    secret_name,
)
from projections.disclosure.cloud_event import instant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from domain.kernel.aggregate import Event

TYPE = "ledger.news"
FEEDS = {"full": "/v1/events", "public": "/open/v1/events"}
ID_BYTES = 16


class Secret(NamedTuple):
    """A secret's name in the vault, and until when it is used if another has taken its place."""

    name: str
    until: datetime | None = None


class Hook(msgspec.Struct):
    """A webhook that is to be called."""

    subject: str
    url: str
    zone: str
    topic: str
    # Where it was added: news begins there.
    added_at: int
    # The last event that let it be called anew.
    version: int
    secrets: tuple[Secret, ...]

    def take(self, event: Event, recorded_at: datetime) -> None:
        """Change as the event says."""
        match event:
            case WebhookRotated():
                over = recorded_at + timedelta(hours=event.overlap_hours)
                kept = (self.secrets[-1]._replace(until=over),) if event.overlap_hours else ()
                self.secrets = (*kept, secret_of(event))
            case WebhookResumed():
                self.version = event.originator_version

    def names(self, now: datetime) -> list[str]:
        """Return the secrets that are used at a moment, the newest first."""
        used = [each.name for each in self.secrets if each.until is None or now < each.until]
        return used[::-1]


def secret_of(event: Event) -> Secret:
    """Return the secret that came with an event."""
    return Secret(secret_name(event.originator_id, event.originator_version))


def fold(hooks: dict[str, Hook], position: int, recorded_at: datetime, event: Event) -> None:
    """Let an event of a webhook change which there are."""
    subject = event.originator_id
    match event:
        case WebhookAdded():
            hooks[subject] = Hook(
                subject,
                url=event.url,
                zone=event.zone,
                topic=event.topic,
                added_at=position,
                version=event.originator_version,
                secrets=(secret_of(event),),
            )
        case WebhookRemoved():
            del hooks[subject]
        case _:
            hooks[subject].take(event, recorded_at)


class News(NamedTuple):
    """The newest event that a receiver wants to hear of, and when it was recorded."""

    position: int
    time: datetime


class WebhookMessage(NamedTuple):
    """What is sent: its id, and its body."""

    id: str
    body: str


def message(hook: Hook, news: News, jurisdiction: str) -> WebhookMessage:
    """Write that there is news up to a position."""
    feed = FEEDS[hook.zone]
    if hook.topic != EVERYTHING:
        feed += f"?topic={quote(hook.topic, safe='*')}"
    said = {
        "type": TYPE,
        "timestamp": instant(news.time),
        "data": {
            "source": f"/{jurisdiction}",
            "webhook": hook.subject,
            "position": news.position,
            "zone": hook.zone,
            "feed": feed,
        },
    }
    body = msgspec.json.encode(said)
    named = hashlib.blake2b(f"{hook.added_at}\n".encode() + body, digest_size=ID_BYTES)
    return WebhookMessage(f"msg_{named.hexdigest()}", body.decode())


def headers(sent: WebhookMessage, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """Sign a message as Standard Webhooks says, once with each secret."""
    signatures = (Signing(each).sign(sent.id, now, sent.body) for each in secrets)
    return {
        "Content-Type": "application/json",
        "User-Agent": "Mingzhang",
        "webhook-id": sent.id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
