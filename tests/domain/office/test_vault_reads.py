"""Reads of the vault: each look is kept, in its order, with whose papers and what for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.office.vault_reads import VaultWasRead
from tests.domain.life_machine import Lives, lived
from tests.domain.stories import an_act

if TYPE_CHECKING:
    from domain.office.vault_reads import ReadPurpose, SealedPart

PURPOSES: tuple[ReadPurpose, ...] = ("service", "audit", "correction", "payment")
PARTS: tuple[SealedPart, ...] = ("name", "id_number", "account")


class VaultReadLives(Lives):
    """Anybody looks as often as there is reason to: every look stands in the log, whole."""

    OF = ("vault",)

    def __init__(self) -> None:
        """Begin with nothing looked at."""
        super().__init__()
        self.looks: list[tuple[str, str, str, tuple[str, ...], int, tuple[str, ...]]] = []

    @rule(
        by=st.sampled_from(["clerk-1", "auditor-1"]),
        nth=st.integers(1, 2),
        purpose=st.sampled_from(PURPOSES),
        parts=st.lists(st.sampled_from(PARTS), min_size=1, unique=True),
        shown=st.lists(st.sampled_from(["person:p-1", "household:h-1"]), unique=True),
    )
    def look(
        self, by: str, nth: int, purpose: ReadPurpose, parts: list[SealedPart], shown: list[str]
    ) -> None:
        """Look at the papers of some persons."""
        self.tried(
            "vault.read",
            f"vault:{nth}",
            an_act(by),
            taken=True,
            purpose=purpose,
            of="pay-run:aid:2007-03",
            parts=tuple(parts),
            persons=len(shown),
            shown=tuple(shown),
        )
        self.looks.append(
            (f"vault:{nth}", by, purpose, tuple(sorted(parts)), len(shown), tuple(shown))
        )

    @invariant()
    def every_look_is_kept(self) -> None:
        """Compare what stands with who has looked."""
        found = [event for event in self.books.all() if isinstance(event, VaultWasRead)]
        assert self.looks == [
            (
                each.originator_id,
                each.act.by,
                each.purpose,
                each.parts,
                each.persons,
                each.shown,
            )
            for each in found
        ]


def test_an_event_names_no_person_but_what_was_looked_at() -> None:
    fields = {field.name for field in msgspec.structs.fields(VaultWasRead)}
    said = {"purpose", "of", "parts", "persons", "digest", "shown"}
    assert fields - {"originator_id", "originator_version", "act"} == said
    assert VaultWasRead.PUBLIC is None


TestVaultReadLives = lived(VaultReadLives)
