"""Every figure that can be asked for by name: the report's, and what plans are measured by."""

from projections.figures.catalogue import BY_ID
from projections.figures.catalogue.targets import TARGETS

KNOWN = BY_ID | {figure.id: figure for figure in TARGETS}
