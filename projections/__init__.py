"""Views: tables grown from events and from nothing else."""

from projections.balances import Balances
from projections.facts import Facts
from projections.journal import Journal
from projections.received import Received
from projections.registers import Registers
from projections.roll import Roll
from projections.stock import Stock
from projections.view import View

VIEWS: tuple[type[View], ...] = (Journal, Balances, Facts, Registers, Roll, Received, Stock)
