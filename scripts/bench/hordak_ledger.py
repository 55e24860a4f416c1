"""A ledger of django-hordak: its own tables and triggers, asked through its own models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from moneyed import Money

from scripts.bench import million
from scripts.bench.peers import empty_schema

if TYPE_CHECKING:
    from datetime import date

    from infra.ledger import Ledger

SCHEMA, CURRENCY = "peer_hordak", "CNY"
FEN_A_YUAN = 100
# Our payments as its legs. Its triggers look at each leg; a load that balances need not wait.
LOAD = """
    SET session_replication_role = replica;
    INSERT INTO hordak_transaction (id, uuid, timestamp, date, description)
        OVERRIDING SYSTEM VALUE
    SELECT position, gen_random_uuid(), recorded_at, booked, ''
    FROM views.journal j JOIN views.journal_sayings s ON s.id = j.said
    JOIN ledger.events e ON e.notification_id = j.position
    WHERE line = 1 AND s.topic LIKE 'payment.%%' ORDER BY position;
    INSERT INTO hordak_leg (uuid, transaction_id, account_id, credit, debit, currency, description)
    SELECT gen_random_uuid(), position,
           CASE a.account WHEN %(account)s THEN %(target)s ELSE %(source)s END,
           CASE WHEN value < 0 THEN -value / 100.0 END,
           CASE WHEN value > 0 THEN value / 100.0 END, %(currency)s, ''
    FROM views.journal j JOIN views.journal_accounts a ON a.id = j.account
    JOIN views.journal_sayings s ON s.id = j.said
    WHERE topic LIKE 'payment.%%' ORDER BY position, line;
    SELECT setval(pg_get_serial_sequence('hordak_transaction', 'id'), max(id))
    FROM hordak_transaction;
    SET session_replication_role = DEFAULT;
    ANALYZE hordak_transaction, hordak_leg"""


class HordakLedger:
    """Two accounts between which the payments of our ledger have moved."""

    def __init__(self, ledger: Ledger) -> None:
        """Lay its tables out beside ours and load them."""
        set_up(empty_schema(ledger, SCHEMA))
        from hordak.models import Account, AccountType  # noqa: PLC0415 - once Django is set up

        kind, own = AccountType.expense, [CURRENCY]
        self.source: Any = Account.objects.create(name="out", code="1", type=kind, currencies=own)
        self.target: Any = Account.objects.create(name="spent", code="2", type=kind, currencies=own)
        accounts = {"source": self.source.id, "target": self.target.id}
        with connection.cursor() as cursor:
            cursor.execute(LOAD, accounts | {"account": million.ACCOUNT, "currency": CURRENCY})

    def transfer(self) -> None:
        """Move one fen, committed by itself."""
        self.source.transfer_to(self.target, Money("0.01", CURRENCY))

    def balance(self, as_of: date) -> int:
        """Return what the account of the payments holds, in fen."""
        return int(self.target.get_balance(as_of=as_of)[CURRENCY].amount * FEN_A_YUAN)

    def close(self) -> None:
        """Leave the server."""
        connection.close()


def set_up(place: dict[str, str]) -> None:
    """Configure Django for one schema of a server, and make the tables."""
    settings.configure(
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "OPTIONS": {"options": f"-c search_path={SCHEMA}"},
                "NAME": place["dbname"],
                **{name.upper(): place[name] for name in ("host", "port", "user", "password")},
            }
        },
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        DEFAULT_CURRENCY=CURRENCY,
        CURRENCIES=(CURRENCY,),
    )
    django.setup()
    call_command("migrate", verbosity=0)
