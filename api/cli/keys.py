"""`mingzhang keys`: the ledger's keys by their fingerprints, and the master key's rotation."""

from __future__ import annotations

import psycopg
import typer

from api.cli.output import Json, language, say
from api.http.translation import told
from domain.kernel.sentences import Sentence
from infra.config.settings import Settings
from infra.ledger import prepare
from infra.office.key_rotation import rotate as exchange
from infra.postgres.database import open_database
from infra.postgres.identity import prints_of

keys = typer.Typer(no_args_is_help=True, help="The ledger's keys: which they are, a new one.")


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.add_typer(keys, name="keys")


@keys.command()
def show(as_json: Json = False) -> None:
    """Print the fingerprints of the keys that the ledger is sealed with."""
    with open_database(Settings()) as database:
        identity = prepare(database)
        with psycopg.connect(database.app_url) as connection:
            found = {"ledger": str(identity.ledger), **prints_of(connection)}
    said = "\n".join(f"{name:<12} {print_}" for name, print_ in found.items())
    say(found if as_json else said, as_json=as_json)


@keys.command()
def rotate(as_json: Json = False) -> None:
    """Exchange the master key for a new one while the ledger runs; safe to send again."""
    settings = Settings()
    with open_database(settings) as database:
        identity = prepare(database)
        done = exchange(database)
    found = {"ledger": str(identity.ledger), **done._asdict()}
    sentence = Sentence(
        "the master key is another one: {former} has become {master}; {entries} entries, {schemes}"
        " schemes and {papers} papers of the office are sealed anew; appends waited {seconds} s."
        " Save {folder} with the backups; the former key stays there for older ones",
        former=done.former,
        master=done.master,
        entries=str(done.entries),
        schemes=str(done.schemes),
        papers=str(done.papers_of_office),
        seconds=str(done.seconds_locked),
        folder=settings.key_folder(),
    )
    say(found if as_json else told(sentence, language()), as_json=as_json)
