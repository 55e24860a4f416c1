"""Views: tables grown from events and from nothing else."""

from projections.accounts.balances import Balances
from projections.accounts.journal import Journal
from projections.core.view import View
from projections.decisions.duplicates import Duplicates
from projections.decisions.roll import RollView
from projections.decisions.stock import Stock
from projections.decisions.ungathered import UngatheredDonations
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
)
