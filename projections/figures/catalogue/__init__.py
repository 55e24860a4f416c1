"""All figures: to add one, add it to the file of its programme; every door then shows it."""

from projections.figures.catalogue import aid, charity, community, lottery
from projections.figures.definitions import Definition

FIGURES: tuple[Definition, ...] = (
    *aid.FIGURES,
    *lottery.FIGURES,
    *charity.FIGURES,
    *community.FIGURES,
)
BY_ID = {figure.id: figure for figure in FIGURES}
