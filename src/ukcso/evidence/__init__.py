"""
Which printed number stands for a cell, and what may be set side by side.

- `series`, `revisions`: printed figures, one row per period and release; every value.
- `official_series`: official counts of any area, quarters and members added up.
- `compare`: growth between consecutive periods, blank where it is not comparable.
- `area_table`, `trend_table`: counts, rates, ranks and growth, by area or by period.
- `Evidence`: the printed figures, by cell, and whose coverage is the same.
"""

from __future__ import annotations

from ukcso.evidence._area_table import area_table
from ukcso.evidence._compare import Across, compare
from ukcso.evidence._official import official_series
from ukcso.evidence._operands import BASES, Basis, Cell, Evidence, Nowhere, Operand
from ukcso.evidence._people import FEW_RESIDENTS, add_rates, mid_year
from ukcso.evidence._reasons import REASONS, WHY_NOT_RATE
from ukcso.evidence._releases import Reach, exact_releases
from ukcso.evidence._revisions import revisions
from ukcso.evidence._series import series
from ukcso.evidence._trend_table import trend_table

__all__ = [
    "BASES",
    "FEW_RESIDENTS",
    "REASONS",
    "WHY_NOT_RATE",
    "Across",
    "Basis",
    "Cell",
    "Evidence",
    "Nowhere",
    "Operand",
    "Reach",
    "add_rates",
    "area_table",
    "compare",
    "exact_releases",
    "mid_year",
    "official_series",
    "revisions",
    "series",
    "trend_table",
]
