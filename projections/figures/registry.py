"""Every figure that can be asked for by name: the report's, those beside it, what plans measure."""

from projections.figures.catalogue import BESIDE, BY_ID
from projections.figures.catalogue.targets import TARGETS

KNOWN = BY_ID | {figure.id: figure for figure in (*BESIDE, *TARGETS)}
