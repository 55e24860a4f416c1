"""All figures, by the chapters of the yearly report: to add one, add it to its chapter's file."""

from projections.figures.catalogue import (
    assistance,
    charity,
    community,
    lottery,
    organisations,
    social_work,
    special_affairs,
    veterans,
    welfare,
)
from projections.figures.definitions import Definition

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
