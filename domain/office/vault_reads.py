"""Reads of the vault (查阅敏感信息): who looked at names, ID numbers or accounts, and what for.

Nothing that was read stands in the event: the parts, how many persons', and the digest of the file
that was made of it.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from domain.kernel.aggregate import Act, Aggregate, Event, command
from domain.kernel.ids import Digest, SubjectId
from domain.kernel.money import Measured

ReadPurpose: TypeAlias = Literal["service", "audit", "correction", "payment"]
SealedPart: TypeAlias = Literal["name", "id_number", "account"]
Looked: TypeAlias = Annotated[int, Measured("person", least=0)]


class VaultRead(Aggregate):
    """One look into the vault, or the same file made again and again."""

    KIND = "vault"
    COLLECTION = "vault-reads"
    ORDER = 330

    @command(roles=("clerk", "reviewer", "approver", "treasurer", "auditor"), opens=None)
    def read(
        self,
        act: Act,
        *,
        purpose: ReadPurpose,
        of: SubjectId,
        parts: tuple[SealedPart, ...],
        persons: Looked,
        digest: Digest | None = None,
        shown: tuple[SubjectId, ...] = (),
    ) -> None:
        """Note that somebody looks: at `parts` of so many `persons`, for what `of` is about.

        `shown` names persons or households, where they are few.
        """
        self.record(
            VaultWasRead,
            act,
            purpose=purpose,
            of=of,
            parts=tuple(sorted(set(parts))),
            persons=persons,
            digest=digest or "",
            shown=shown,
        )


class VaultWasRead(Event, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """Somebody was shown names, ID numbers or accounts; `digest` is that of the file, if one.

    `shown` are the persons and households that a look found, or whose file was opened.
    """

    TOPIC = "vault.read"
    STATE = "read"

    purpose: str
    of: str
    parts: tuple[str, ...]
    persons: Annotated[int, Measured("person")]
    digest: str = ""
    shown: tuple[str, ...] = ()
