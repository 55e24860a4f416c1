"""All figures: to add one, add it to the file of its chapter of the yearly report.

The files stand in folders named as those of `domain/` that their events come from; `chapter` of a
figure is the report's number: 1 social_work, 2 assistance, 3 welfare and lottery, 4 charity,
5 community, 6 veterans, 7 organisations, 8 special_affairs. Their order here is the report's.
A figure with `beside` is not printed by the report.
"""

from projections.figures.catalogue.benefits import assistance, welfare
from projections.figures.catalogue.bodies import organisations, social_work, veterans
from projections.figures.catalogue.funds import charity, lottery
from projections.figures.catalogue.registers import community, special_affairs
from projections.figures.definition import Definition

ALL: tuple[Definition, ...] = (
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
FIGURES = tuple(figure for figure in ALL if not figure.beside)
BESIDE = tuple(figure for figure in ALL if figure.beside)
BY_ID = {figure.id: figure for figure in FIGURES}
