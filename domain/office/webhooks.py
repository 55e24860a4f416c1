"""Webhooks (推送地址): who is called when there is news in the log, and with which secret.

What the log keeps is who shall be called, since when, by whose order. How far a receiver has been
told is the deliverer's business (infra/webhooks/worker.py), and the secrets are the vault's.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Bounded, Grammar, Sealing
from domain.kernel.refusals import AlreadyExists, Malformed, WrongState
from domain.kernel.unit import Unit

Url: TypeAlias = Annotated[str, Grammar(r"https?://[!-~]+", longest=500)]
Glob: TypeAlias = Annotated[str, Grammar(r"[a-z0-9*?.-]+", longest=100)]
Zone: TypeAlias = Literal["full", "public"]
QUAD = "[A-Za-z0-9+/]{4}"
# 24 to 64 bytes in base64, as Standard Webhooks wants them.
SECRET = (
    f"whsec_(?:(?:{QUAD}){{8,20}}(?:[A-Za-z0-9+/]{{3}}=|{QUAD})?"
    f"|(?:{QUAD}){{8,21}}[A-Za-z0-9+/]{{2}}==)"
)
Secret: TypeAlias = Annotated[dict[str, str], Sealing("secret", pattern=SECRET)]
# For how long what is sent is signed with the secret before the newest, too.
OverlapHours: TypeAlias = Annotated[int, Bounded(0, 168)]
EVERYTHING = "*"


class Webhook(Aggregate):
    """One receiver's address."""

    KIND = "webhook"
    COLLECTION = "webhooks"
    ORDER = 310

    def __init__(self, subject: str) -> None:
        """Start without an address."""
        super().__init__(subject)
        self.url = ""
        # The versions whose secrets the vault holds, the newest last.
        self.secrets: tuple[int, ...] = ()

    @property
    def sealed_name(self) -> str:
        """Return where the vault keeps the secret of this version: each beside the others."""
        return secret_name(self.id, self.version)

    @command(roles=("operator",), opens=None)
    def add(
        self,
        act: Act,
        unit: Unit,
        *,
        url: Url,
        zone: Zone,
        topic: Glob = EVERYTHING,
        sealed: Secret,  # noqa: ARG002 - the executor puts it in the vault
    ) -> None:
        """Call an address from now on, whenever the log has news of a topic."""
        from domain import matching  # noqa: PLC0415 - the table of contents lists this file too

        if self.url:
            raise AlreadyExists(self.id, "it calls an address already: remove it first")
        barred = unit.addresses.barred(url)
        if barred is not None:
            raise Malformed(self.id, "it is not called: {reason}", "/what/url", reason=barred)
        if not matching(topic):
            raise Malformed(self.id, "there is no topic {topic}", "/what/topic", topic=topic)
        self.record(WebhookAdded, act, url=url, zone=zone, topic=topic)

    @command(roles=("operator",))
    def rotate(
        self,
        act: Act,
        *,
        overlap_hours: OverlapHours = 24,
        sealed: Secret,  # noqa: ARG002 - the executor puts it in the vault
    ) -> None:
        """Sign with a new secret; for some hours with the one before as well."""
        self.require_address()
        kept = self.secrets[-1:] if overlap_hours else ()
        forgets = tuple(version for version in self.secrets if version not in kept)
        self.record(WebhookRotated, act, overlap_hours=overlap_hours, forgets=forgets)

    @command(roles=("operator",))
    def resume(self, act: Act) -> None:
        """Call again, also where that had been given up."""
        self.require_address()
        self.record(WebhookResumed, act)

    @command(roles=("operator",))
    def remove(self, act: Act) -> None:
        """Call no more, and destroy the secrets."""
        self.require_address()
        self.record(WebhookRemoved, act, forgets=self.secrets)

    def require_address(self) -> None:
        """Refuse what only goes with an address."""
        if not self.url:
            raise WrongState(self.id, "has-ended", state="removed")


def secret_name(webhook: str, version: int) -> str:
    """Return where the vault keeps the secret that came with a version of a webhook."""
    return f"{webhook}#{version}"


class WebhookAdded(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """An address is called from now on; its secret came with this version."""

    TOPIC = "webhook.added"
    STATE = "active"

    url: str
    zone: str
    topic: str

    def apply(self, webhook: Webhook) -> None:
        """Keep the address."""
        webhook.url = self.url
        webhook.secrets = (self.originator_version,)


class Forgetting(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Secrets of some earlier versions were destroyed."""

    ROW = ()

    forgets: tuple[int, ...]

    def unsealed(self) -> tuple[str, ...]:
        """Name the secrets that are destroyed."""
        return tuple(secret_name(self.originator_id, version) for version in self.forgets)


class WebhookRotated(Forgetting, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A new secret came with this version; for some hours the one before it is used as well."""

    TOPIC = "webhook.rotated"

    overlap_hours: int

    def apply(self, webhook: Webhook) -> None:
        """Keep which secrets there are."""
        kept = tuple(version for version in webhook.secrets if version not in self.forgets)
        webhook.secrets = (*kept, self.originator_version)


class WebhookResumed(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The address is called again."""

    TOPIC = "webhook.resumed"
    ROW = ()


class WebhookRemoved(Forgetting, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The address is called no more."""

    TOPIC = "webhook.removed"
    STATE = "removed"

    def apply(self, webhook: Webhook) -> None:
        """Drop the address."""
        webhook.url = ""
        webhook.secrets = ()
