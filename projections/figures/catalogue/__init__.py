"""All figures, by the chapters of the yearly report: to add one, add it to its chapter's file."""

from projections.figures.catalogue.benefits import assistance, welfare
from projections.figures.catalogue.bodies import organisations, social_work, veterans
from projections.figures.catalogue.funds import charity, lottery
from projections.figures.catalogue.registers import community, special_affairs
from projections.figures.definition import Definition

FIGURES: tuple[Definition, ...] = (
    *social_work.FIGURES,
    *assistance.FIGURES,
    *welfare.FIGURES,
    *lottery.FIGURES,
    *charity.FIGURES,
    *community.FIGURES,
    *veterans.FIGURES,
    *organisations.FIGURES,
    *special_affairs.FIGURES,
)
BY_ID = {figure.id: figure for figure in FIGURES}
