"""The master key is exchanged while the ledger runs; nothing is lost, the old one opens nothing.

Whatever cuts a rotation off, the ledger opens with the one key or the other.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from threading import Event, Thread
from typing import Any

import msgspec
import psycopg
import pytest
from cryptography.exceptions import InvalidTag

from domain.benefits.id_numbers import check_sign
from domain.kernel.refusals import AlreadyTold
from infra.config.errors import Unavailable
from infra.config.settings import Settings
from infra.ledger import Ledger, open_ledger
from infra.master_keys import MASTER, NEXT, exchange, fingerprint
from infra.office import drafts, key_rotation
from infra.office.drafts import DraftedForm
from infra.office.key_rotation import OFFICE, rotate, wrap_office
from infra.vault import Vault
from infra.verify.runner import verify
from scripts.scenarios.office import CLERK, Office, staffed
from scripts.scenarios.stories import (
    a_fund,
    a_scheme,
    approved,
    entitled,
    payments_of,
    release,
)
from tests.api.conftest import catch_up
from tests.conftest import new_database

CHECKS = ("keys-known", "id-numbers", "person-marks", "not-twice")
BODY = "00000119500101001"
PAPERS = {"name": "甲子丑", "id_number": BODY + check_sign(BODY), "account": "9900000011112222"}
OTHER = "person:aid-000000"
DRAFT = DraftedForm("clerk-1", "person.register", "draft-1", {"what.title": "甲"})


def told(office: Office) -> Office:
    """Register, change and erase people, and pay some by a scheme without a key of its own."""
    office.send("person.register", "person:one", by=CLERK, sealed=PAPERS)
    office.send("person.change", "person:one", by=CLERK, sealed={"name": "乙丑寅"})
    office.send("person.register", "person:gone", by=CLERK, sealed={"name": "已去"})
    office.send("person.erase", "person:gone", by=CLERK)
    a_fund(office, holding=100_000_000)
    a_scheme(office, rate=100)
    a_scheme(office, "scheme:keyed", rate=100, sealed={"tag_key": "ab" * 32})
    entitled(office, 3)
    approved(office)
    release(office)
    with office.ledger.connection() as connection:
        drafts.keep(connection, office.ledger.vault, DRAFT)
    return office


@pytest.fixture
def settings(server: Settings, new_settings: Callable[[], Settings]) -> Iterator[Settings]:
    """Give the settings of a ledger that was told something; its keys are its own."""
    with new_database(server) as empty:
        settings = new_settings().model_copy(update={"database_url": empty.database_url})
        with open_ledger(settings) as ledger:
            told(staffed(Office(ledger)))
        yield settings


def master(settings: Settings) -> bytes:
    """Return the master key in use."""
    return (settings.key_folder() / MASTER).read_bytes()


def sealed(ledger: Ledger) -> dict[str, tuple[bytes, bytes]]:
    """Return what the vault has of persons and schemes."""
    with psycopg.connect(ledger.database.owner_url) as owner:
        rows = owner.execute(
            "SELECT subject, wrapped_key, content FROM vault.sealed WHERE content IS NOT NULL"
        ).fetchall()
    return {subject: (key, content) for subject, key, content in rows}


def found(ledger: Ledger, text: str) -> set[str]:
    """Return whom a text finds."""
    with ledger.connection() as connection:
        marks = ledger.vault.marks.of_any(text).values()
        return {entry for _, entry in ledger.vault.marked(connection, marks, most=9)}


def holds(ledger: Ledger) -> None:
    """Verify what a rotation could break."""
    catch_up(ledger)
    results = verify(ledger.pool, CHECKS, decisions=ledger.decisions, vault=ledger.vault)
    breaches = {str(each["check"]): each["breaches"] for each in results}
    assert breaches == {check: [] for check in CHECKS}


def goes_on(each: Ledger) -> None:
    """Read, find and refuse as before, by a ledger that was open all the time."""
    with each.connection() as connection:
        assert each.vault.read(connection, "person:one") == PAPERS
        form = drafts.read(connection, each.vault, *DRAFT[:3])
    assert form == DRAFT.typed
    assert found(each, "乙丑寅") == {"person:one#1"}
    assert found(each, PAPERS["account"]) == {"person:one"}
    assert found(each, "已去") == set()
    again = {"id_number": PAPERS["id_number"]}
    with pytest.raises(AlreadyTold, match="person:one"):
        Office(each).send("person.register", "person:two", by=CLERK, sealed=again)


def test_all_is_sealed_anew_and_nothing_else_changes(settings: Settings) -> None:
    before = master(settings)
    with open_ledger(settings) as ledger, open_ledger(settings) as beside:
        office = Office(ledger)
        paid, marks = payments_of(office), office.rows("SELECT mark FROM vault.all_marks()")
        done = rotate(ledger.database)
        after = master(settings)
        assert (done.former, done.master) == (fingerprint(before), fingerprint(after))
        assert before != after
        for subject, (key, content) in sealed(ledger).items():
            with pytest.raises(InvalidTag):
                Vault(before).open(subject, key, content)
            assert Vault(after).open(subject, key, content)
        assert not {*marks} & {*office.rows("SELECT mark FROM vault.all_marks()")}
        for each in (ledger, beside):
            goes_on(each)
        # Payments keep their names: nobody is paid a month twice.
        with ledger.connection() as connection:
            tag = beside.vault.tag(connection, "scheme:aid", (OTHER, "2007-03", "0"))
        assert f"payment:aid:2007-03:{tag}" in paid
        Office(beside).send("person.register", "person:new", by=CLERK, sealed={"name": "新来"})
        assert found(ledger, "新来") == {"person:new"}
        holds(ledger)
    with open_ledger(settings) as ledger:
        assert rotate(ledger.database).former == fingerprint(after)
        holds(ledger)


def test_writers_beside_it_lose_nothing(settings: Settings) -> None:
    ended, written = Event(), list[str]()

    def write(ledger: Ledger, which: str) -> None:
        office, nth = Office(ledger), 0
        while not ended.is_set():
            name = f"甲{which}{nth}"
            office.send("person.register", f"person:{which}-{nth}", by=CLERK, sealed={"name": name})
            written.append(name)
            nth += 1

    with open_ledger(settings) as ledger, open_ledger(settings) as beside:
        threads = [Thread(target=write, args=each) for each in ((ledger, "a"), (beside, "b"))]
        for thread in threads:
            thread.start()
        for _ in range(3):
            time.sleep(0.3)
            rotate(ledger.database)
        time.sleep(0.3)
        ended.set()
        for thread in threads:
            thread.join()
        assert len(written) > 10
        assert all(len(found(beside, name)) == 1 for name in written)
        holds(beside)


def test_one_that_is_killed_changes_nothing_and_is_sent_again(settings: Settings) -> None:
    """It waits for the append lock, which somebody has, when it is killed."""
    before = master(settings)
    with psycopg.connect(str(settings.database_url)) as holder:
        holder.execute("LOCK TABLE ledger.gate IN EXCLUSIVE MODE")
        process = rotating(settings)
        while not is_waited_for(holder):
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    following = (settings.key_folder() / NEXT).read_bytes()
    assert master(settings) == before
    process = rotating(settings)
    assert process.wait() == 0
    assert process.stdout is not None
    said = msgspec.json.decode(process.stdout.read())
    assert (said["former"], said["master"]) == (fingerprint(before), fingerprint(following))
    with open_ledger(settings) as ledger:
        assert found(ledger, "乙丑寅") == {"person:one#1"}
        holds(ledger)


def rotating(settings: Settings) -> subprocess.Popen[bytes]:
    """Start the command."""
    environment = {
        "MINGZHANG_DATA": str(settings.data_folder),
        "DATABASE_URL": str(settings.database_url),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    command = [sys.executable, "-m", "api.cli", "keys", "rotate", "--json"]
    return subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE)


def is_waited_for(holder: psycopg.Connection) -> bool:
    """Tell whether somebody waits for the append lock."""
    row = holder.execute(
        "SELECT count(*) FROM pg_locks WHERE relation = 'ledger.gate'::regclass AND NOT granted"
    ).fetchone()
    return bool(row and row[0])


@pytest.mark.parametrize("stage", ["exchange", "wrap_anew", "finish"])
def test_one_that_is_cut_off_is_sent_again(
    settings: Settings, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also between the exchange of the files and the end of the transaction."""
    before = master(settings)
    own: Callable[..., Any] = getattr(key_rotation, stage)

    def cut(*given: Any, **more: Any) -> Any:
        own(*given, **more)
        raise InterruptedError(stage)

    with open_ledger(settings) as ledger, monkeypatch.context() as patched:
        patched.setattr(key_rotation, stage, cut)
        with pytest.raises(InterruptedError):
            rotate(ledger.database)
    with open_ledger(settings) as ledger:
        assert master(settings) == before
        assert found(ledger, "乙丑寅") == {"person:one#1"}
        following = (settings.key_folder() / NEXT).read_bytes()
        done = rotate(ledger.database)
        assert (done.former, done.master) == (fingerprint(before), fingerprint(following))
        holds(ledger)


def test_an_entry_that_does_not_open_stops_it_by_name(settings: Settings) -> None:
    with psycopg.connect(str(settings.database_url)) as owner:
        owner.execute("UPDATE vault.sealed SET content = '\\x00' WHERE subject = 'person:one'")
    before = master(settings)
    with open_ledger(settings) as ledger:
        with pytest.raises(Unavailable, match="person:one"):
            rotate(ledger.database)
        assert master(settings) == before
        Office(ledger).send("person.register", "person:after", by=CLERK, sealed={"name": "其后"})
        assert found(ledger, "其后") == {"person:after"}


def test_a_number_as_it_was_written_before_format_8_stays_taken(settings: Settings) -> None:
    wide = PAPERS["id_number"].translate({ord(n): ord(n) + 0xFEE0 for n in "0123456789X"})
    with open_ledger(settings) as ledger, psycopg.connect(ledger.database.owner_url) as owner:
        was = ledger.vault.seal("person:one", {**PAPERS, "id_number": wide})
        owner.execute(
            "UPDATE vault.sealed SET wrapped_key = %s, content = %s WHERE subject = 'person:one'",
            (was.wrapped_key, was.content),
        )
        owner.commit()
        rotate(ledger.database)
        again = {"id_number": PAPERS["id_number"]}
        with pytest.raises(AlreadyTold, match="person:one"):
            Office(ledger).send("person.register", "person:two", by=CLERK, sealed=again)
        holds(ledger)


def test_no_payment_is_named_by_a_key_that_the_ledger_does_not_know(settings: Settings) -> None:
    """The files are exchanged, the ledger is not yet: as a process that is killed leaves them."""
    parts = (OTHER, "2007-03", "0")
    with open_ledger(settings) as ledger, ledger.connection() as connection:
        named = ledger.vault.tag(connection, "scheme:aid", parts)
        settings.secret(NEXT)
        exchange(settings.key_folder())
        ledger.vault.forget()
        with pytest.raises(Unavailable, match="scheme:aid"):
            ledger.vault.tag(connection, "scheme:aid", parts)
    with open_ledger(settings) as ledger, ledger.connection() as connection:
        assert ledger.vault.tag(connection, "scheme:aid", parts) == named


def test_a_draft_that_is_kept_meanwhile_keeps_its_own_key(settings: Settings) -> None:
    later = DRAFT._replace(typed={"what.title": "乙"})

    class Meanwhile(Vault):
        def wrap(self, subject: str, key: bytes) -> bytes:
            with ledger.connection() as connection:
                drafts.keep(connection, ledger.vault, later)
            return super().wrap(subject, key)

    with open_ledger(settings) as ledger, psycopg.connect(ledger.database.owner_url) as owner:
        assert wrap_office(owner, OFFICE[0], ledger.vault, Meanwhile(bytes(32))) == 0
        owner.commit()
        with ledger.connection() as connection:
            assert drafts.read(connection, ledger.vault, *DRAFT[:3]) == later.typed
