"""Pages that another process makes are those that would be made here, and it never stays behind."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from infra.embedded.server import EmbeddedPostgres
from infra.kafka.encoder_process import EncoderProcess, EncoderSource, InlineEncoder, begun
from projections.disclosure.cloud_event import Origin
from scripts.drills.streams import Stream

ORIGIN = Origin("440300", "ledger")


def source_of(stream: Stream) -> EncoderSource:
    return EncoderSource(stream.ledger.database.app_url, ORIGIN)


def test_pages_are_made_as_they_would_be_here(stream: Stream) -> None:
    stream.write(300)
    with (
        closing(EncoderProcess(source_of(stream))) as process,
        stream.ledger.connection() as connection,
    ):
        inline = InlineEncoder(connection, ORIGIN)
        for after in (0, 7, stream.head() - 1, stream.head()):
            assert process.page(after) == inline.page(after)


def test_the_process_ends_when_nobody_can_ask_it_any_more(stream: Stream) -> None:
    child = begun(source_of(stream))
    assert child.stdin
    child.stdin.close()
    assert child.wait(20) == 0


def test_a_process_that_was_killed_is_told_of_and_started_anew(stream: Stream) -> None:
    with closing(EncoderProcess(source_of(stream))) as encoder:
        page = encoder.page(0)
        assert encoder._child
        encoder._child.kill()
        encoder._child.wait()
        with pytest.raises(psycopg.OperationalError, match="has ended"):
            encoder.page(0)
        assert encoder.page(0) == page


def test_a_database_that_is_away_is_told_of_and_found_again(
    stream_of_its_own_server: Stream,
) -> None:
    stream = stream_of_its_own_server
    with closing(EncoderProcess(source_of(stream))) as encoder:
        page = encoder.page(0)
        EmbeddedPostgres(stream.ledger.settings).stop("immediate")
        with pytest.raises(psycopg.OperationalError):
            encoder.page(0)
        stream.ledger.database.restart_if_dead()
        assert encoder.page(0) == page
