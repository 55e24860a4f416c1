"""Commands that save chunk by chunk: while one chunk is being saved, the next one is decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.commands import receipts
from api.commands.decision import Decided, call, check_role, mentioned, refs
from api.commands.pipelined_save import Behind, batch_of
from domain.kernel.refusals import KeyReused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import psycopg

    from api.commands.executor import Letter
    from api.commands.retry import Try
    from infra.commands.unit_of_work import Books


class Streaming:
    """One order that is decided chunk by chunk."""

    def __init__(self, books: Books, letter: Letter, how: Try) -> None:
        """Check what can be checked before the first chunk."""
        self._books = books
        self._order = order = letter.orders[0]
        self._how = how
        self._extra: dict[str, Any] = {}
        sender = letter.sender_of(order)
        books.prefetch(mentioned(letter.orders, sender.by))
        check_role(books, order, sender.by, sender.roles)
        self._act = order.act_of(sender.by, letter.key)
        if any(event.act != self._act for _, event in self._earlier()):
            raise KeyReused("", f"key {letter.key} was used for other content; take a new key")

    def decided(self, saving: Sequence[psycopg.Connection]) -> Decided:
        """Decide to the end. The last chunk is then pending, those before it are saved."""
        books = self._books
        with Behind(saving) as behind:
            for _ in self._chunks():
                if not self._how.dry_run:
                    behind.save(batch_of(books, soft=self._how.soft))
                books.discard()
        order, made = self._order, refs(books.pending)
        version = books.find(order.contract.kind, order.subject).version
        before = [(place, refs([event])[0]) for place, event in self._earlier()]
        start = len(books.alike)
        return Decided(order, self._act.key, start, made, version, self._extra, before)

    def _chunks(self) -> Iterator[None]:
        self._extra = (yield from call(self._books, self._order, self._act)) or {}

    def _earlier(self) -> receipts.Earlier:
        """Return what the key has done to the subject before: an earlier try may have died."""
        if self._how.dry_run:
            return []
        connection = self._books.connection
        return receipts.earlier(connection, self._order.subject, self._act.key)
