"""Pages that another process makes are those that would be made here, and it never stays behind."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from infra.embedded.server import EmbeddedPostgres
from infra.kafka.batch import read
from infra.kafka.encoder_process import EncoderSource, Maker, begun
from scripts.drills.streams import Stream

JURISDICTION = "440300"


def source_of(stream: Stream) -> EncoderSource:
    return EncoderSource(stream.ledger.database.app_url, JURISDICTION)


def test_pages_are_made_as_they_would_be_here(stream: Stream) -> None:
    stream.write(300)
    with closing(Maker(source_of(stream))) as maker, stream.ledger.connection() as connection:
        for after in (0, 7, stream.head() - 1, stream.head()):
            assert maker.page(after) == read(connection, JURISDICTION, after)


def test_the_process_ends_when_nobody_can_ask_it_any_more(stream: Stream) -> None:
    child = begun(source_of(stream))
    assert child.stdin
    child.stdin.close()
    assert child.wait(20) == 0


def test_a_process_that_was_killed_is_told_of_and_started_anew(stream: Stream) -> None:
    with closing(Maker(source_of(stream))) as maker:
        page = maker.page(0)
        assert maker._child
        maker._child.kill()
        maker._child.wait()
        with pytest.raises(psycopg.OperationalError, match="has ended"):
            maker.page(0)
        assert maker.page(0) == page


def test_a_database_that_is_away_is_told_of_and_found_again(
    stream_of_its_own_server: Stream,
) -> None:
    stream = stream_of_its_own_server
    with closing(Maker(source_of(stream))) as maker:
        page = maker.page(0)
        EmbeddedPostgres(stream.ledger.settings).stop("immediate")
        with pytest.raises(psycopg.OperationalError):
            maker.page(0)
        stream.ledger.database.restart_if_dead()
        assert maker.page(0) == page
