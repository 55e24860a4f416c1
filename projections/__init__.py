"""Views: tables grown from events and from nothing else."""

from projections.accounts.balances import Balances
from projections.accounts.bank_movements import BankMovements
from projections.accounts.journal import Journal
from projections.core.view import View
from projections.decision_views.duplicates import Duplicates
from projections.decision_views.great_acts import GreatActs
from projections.decision_views.roll import RollView
from projections.decision_views.stock import Stock
from projections.decision_views.ungathered import UngatheredDonations
from projections.facts import Facts
from projections.registers import Payments, Registers

VIEWS: tuple[type[View], ...] = (
    Journal,
    Balances,
    Facts,
    Registers,
    Payments,
    RollView,
    UngatheredDonations,
    Stock,
    Duplicates,
    BankMovements,
    GreatActs,
)
