"""The switches of all optimisations: each can be turned off, and the answers stay the same."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True)
class Optimisations:
    """What makes the ledger faster and nothing else. Off, its simple twin does the same work.

    A new optimisation is a field here, a class beside its simple twin behind one interface, and a
    test that runs both and compares (tests/infra/commands/test_optimisations.py names them). Which
    of the two is used is chosen where the ledger is opened (infra/ledger.py), a part is started
    (infra/parts.py), the app is built (api/app.py) or a page is made (api/pages/rendering.py).
    """

    # The next page is read while one is folded, and large rows are sent in a thread meanwhile
    # (infra/projector/prefetch.py, projections/core/copy_writer.py).
    prefetch: bool = True
    parallel_copy: bool = True
    # Views are folded by pages; off, the library's runner folds event by event
    # (infra/projector/projector.py, library_runner.py).
    paged_projection: bool = True
    # Distinct persons of figures, kept between questions (projections/figures/person_counts.py).
    remembered_counts: bool = True
    response_cache: bool = True
    # Commands that wait at the same time are decided and appended together.
    group_commit: bool = True
    # Aggregates stay in memory between units of work.
    aggregate_cache: bool = True
    # What a pay run drew up stays in memory for its release and its lists.
    pay_run_cache: bool = True
    # The call of ledger.append() is encoded here and prepared, instead of by psycopg.
    libpq_statement: bool = True
    # Many events go to the database in COPY's binary form, what is alike encoded once.
    binary_copy: bool = True
    # The relay's next page is encoded in a process of its own.
    encoder_process: bool = True
    # A chunk of a streaming command is saved while the next one is decided.
    pipelined_save: bool = True
    # Constant texts of pages are translated when a template is compiled.
    translated_templates: bool = True

    @classmethod
    def all_but(cls, names: str) -> Self:
        """Turn off the optimisations named, separated by commas; `ValueError` for an unknown one.

        A name is a field's with hyphens: `group-commit, response-cache`.
        """
        known = {field.name.replace("_", "-"): field.name for field in fields(cls)}
        off = [name.strip() for name in names.split(",") if name.strip()]
        unknown = sorted(set(off) - known.keys())
        if unknown:
            raise ValueError(f"no optimisation {', '.join(unknown)}; there are {', '.join(known)}")
        return cls(**{known[name]: False for name in off})
