"""Calls the receivers of webhooks when the log has news: at least once, in order, one at a time.

One worker calls at a time: the one that holds a lock of the database. For each webhook there is one
task, so that no receiver waits for another and none is called twice at once. What comes while a
receiver is called, or rests, is folded into its next call: it is told of the newest position only.
A call is noted before it begins. A worker that takes over from one that has died waits, for the
receivers that one was calling, until that call is over in any case.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
from cryptography.exceptions import InvalidTag

from domain import decode, matching
from domain.office.webhooks import EVERYTHING, Webhook
from infra.config.retry_pauses import CALL_FAILED, RetryPause
from infra.eventlog.subscription import AsyncSubscription, connect
from infra.webhooks.delivery_state import DeliveryState, Note
from infra.webhooks.http_client import CallResult
from infra.webhooks.message import Hook, News, fold, headers, message
from projections.core import event_log

if TYPE_CHECKING:
    import threading
    from collections.abc import AsyncIterator

    from psycopg import AsyncConnection

    from infra.vault import Vault
    from infra.webhooks.http_client import Caller

LOG = logging.getLogger("mingzhang.deliverer")
SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_ATTEMPTS = 0.1, 1.0
MOST_AT_ONCE = 256
SECRETS = """SELECT n.name, v.wrapped_key, v.content
    FROM unnest(%s::text[]) WITH ORDINALITY n(name, nth), vault.read(n.name) v ORDER BY n.nth"""


@dataclass(frozen=True)
class Pace:
    """How long a call may take, and how long one waits after it, in seconds.

    As set here twelve calls are made over about a day and a half before one is given up.
    """

    call: float = 10.0
    rest: float = 1.0
    retry: RetryPause = CALL_FAILED
    most_attempts: int = 12


@dataclass(frozen=True)
class DeliveryContext:
    """What a worker delivers with."""

    url: str
    vault: Vault
    caller: Caller
    jurisdiction: str
    pace: Pace


class WebhookWorker:
    """Delivers for as long as its connection holds."""

    def __init__(self, connection: AsyncConnection[Any], means: DeliveryContext) -> None:
        """Start without knowing any webhook."""
        self._connection = connection
        self._means = means
        self._state = DeliveryState(connection)
        self._hooks: dict[str, Hook] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._looked = 0
        # The newest event of each topic that a webhook wants, and how far it was looked for.
        self._news: dict[str, News] = {}
        self._searched: dict[str, int] = {}
        self._news_came = asyncio.Event()
        self._calls = asyncio.Semaphore(MOST_AT_ONCE)

    async def deliver(self, changes: AsyncIterator[bool], stopping: threading.Event) -> None:
        """Deliver until told to stop; the end of a connection ends all calls."""
        while not await self._state.take_over(self._means.pace.call + 1):
            if stopping.is_set():
                return
            await asyncio.sleep(SECONDS_BETWEEN_ATTEMPTS)
        async with asyncio.TaskGroup() as group:
            async for _ in changes:
                await self._look(group)
            for task in self._tasks.values():
                task.cancel()

    async def _look(self, group: asyncio.TaskGroup) -> None:
        """Read what is new of the webhooks, and where the news of each topic is."""
        given = {"kind": Webhook.KIND, "after": self._looked}
        found = await self._connection.execute(event_log.OF_KIND_BEHIND, given, binary=True)
        changed: set[str] = set()
        for position, topic, state, recorded_at in await found.fetchall():
            event = decode(topic, state)
            fold(self._hooks, position, recorded_at, event)
            changed.add(event.originator_id)
            self._looked = position
        head = await (await self._connection.execute(event_log.HEAD)).fetchone()
        for topic in {hook.topic for hook in self._hooks.values()}:
            await self._search(topic, head[0] if head else 0)
        await self._leave(changed - self._hooks.keys())
        for subject in changed & self._hooks.keys():
            await self._attend(self._hooks[subject], group)

    async def _leave(self, removed: set[str]) -> None:
        """Call these no more."""
        for subject in removed & self._tasks.keys():
            self._tasks.pop(subject).cancel()
        if removed:
            await self._state.drop(sorted(removed))

    async def _attend(self, hook: Hook, group: asyncio.TaskGroup) -> None:
        """Give a webhook a task of its own; a new one if it is called anew."""
        anew = await self._state.note(hook)
        task = self._tasks.get(hook.subject)
        if task is not None and anew:
            task.cancel()
        if task is None or anew:
            self._tasks[hook.subject] = group.create_task(self._follow(hook), name=hook.subject)

    async def _search(self, topic: str, head: int) -> None:
        """Find the newest event of a topic, and wake the tasks if there is a newer one."""
        after = self._searched.get(topic, 0)
        if head <= after:
            return
        wanted = None if topic == EVERYTHING else list(matching(topic))
        given = {"after": after, "head": head, "topics": wanted}
        found = await (await self._connection.execute(event_log.NEWEST, given)).fetchone()
        self._searched[topic] = head
        if found is not None:
            self._news[topic] = News(*found)
            came, self._news_came = self._news_came, asyncio.Event()
            came.set()

    async def _follow(self, hook: Hook) -> None:
        """Call one receiver whenever there is news and it is due, until that is given up."""
        while (note := await self._state.read(hook)) is not None and note.ended is None:
            await asyncio.sleep(max(note.due, 0))
            came, news = self._news_came, self._news.get(hook.topic)
            if news is None or news.position <= note.position:
                await came.wait()
                continue
            async with self._calls:
                await self._call(hook, note, self._news[hook.topic])

    async def _call(self, hook: Hook, note: Note, news: News) -> None:
        """Make one call, and note what came of it."""
        pace = self._means.pace
        await self._state.call(hook, news.position)
        answer = await self._answer(hook, news)
        if answer.good:
            await self._state.told(hook, news.position, answer, pace.rest)
            return
        attempts = note.attempts + 1
        ended = "gone" if answer.gone else "dead" if attempts >= pace.most_attempts else None
        LOG.warning("%s: call %d: %s", hook.subject, attempts, answer.said)
        # Longer if the receiver asks for it.
        wait = max(pace.retry.seconds(attempts), answer.wait)
        await self._state.failed(hook, news.position, answer, pause=wait, ended=ended)

    async def _answer(self, hook: Hook, news: News) -> CallResult:
        """Sign the message and send it."""
        now = datetime.now(UTC)
        try:
            secrets = await self._secrets(hook, now)
        except (InvalidTag, LookupError, ValueError, msgspec.MsgspecError):
            secrets = []
        if not secrets:
            return CallResult(None, "not called: the vault does not open its secret")
        sent = message(hook, news, self._means.jurisdiction)
        try:
            signed = headers(sent, secrets, now)
            return await self._means.caller.post(hook.url, signed, sent.body.encode())
        except Exception as error:
            # Whatever a receiver's server brings about is a failed call of this receiver alone.
            LOG.exception("%s", hook.subject)
            return CallResult(None, type(error).__name__)

    async def _secrets(self, hook: Hook, now: datetime) -> list[str]:
        """Read the secrets that are used now, the newest first."""
        cursor = self._connection.cursor(binary=True)
        rows = await (await cursor.execute(SECRETS, (hook.names(now),))).fetchall()
        vault = self._means.vault
        return [vault.open(*row)["secret"] for row in rows if row[1] is not None]


def deliver(means: DeliveryContext, stopping: threading.Event) -> None:
    """Deliver until told to stop; connect anew when the database comes back."""
    subscription = AsyncSubscription(means.url, stopping.is_set, lambda: SECONDS_BETWEEN_LOOKS)

    async def work(listening: AsyncConnection[Any]) -> None:
        async with await connect(means.url) as own:
            await WebhookWorker(own, means).deliver(subscription.changes(listening), stopping)

    asyncio.run(subscription.run(work))
