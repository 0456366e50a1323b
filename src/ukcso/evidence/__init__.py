"""
Which printed number stands for a cell, and what may be set side by side.

- `panel`: counts and rates by area and period, official or printed, tidy.
- `series`, `revisions`: printed figures, one row per period and release; every value.
- `official_series`: official counts of any area, quarters and members added up.
- `compare`: growth between consecutive periods, blank where it is not comparable.
- `rated_areas`, `rated_years`: counts and rates of all areas of a kind, in one year or in all.
- `parting`: the breaks between two periods of one release.
- `trend_table`: counts, rates and growth of one area, by period.
- `Evidence`: the printed figures, by cell, and whose coverage is the same.
"""

from __future__ import annotations

from ukcso.evidence._area_table import rated_areas as rated_areas
from ukcso.evidence._area_table import rated_years as rated_years
from ukcso.evidence._area_table import total_row as total_row
from ukcso.evidence._breaks import Break as Break
from ukcso.evidence._breaks import parting as parting
from ukcso.evidence._columns import AREA as AREA
from ukcso.evidence._columns import ORIGIN as ORIGIN
from ukcso.evidence._columns import RATE as RATE
from ukcso.evidence._columns import shaped as shaped
from ukcso.evidence._compare import Across as Across
from ukcso.evidence._compare import compare as compare
from ukcso.evidence._coverage import publication as publication
from ukcso.evidence._official import official_series as official_series
from ukcso.evidence._operands import BASES as BASES
from ukcso.evidence._operands import Basis as Basis
from ukcso.evidence._operands import Cell as Cell
from ukcso.evidence._operands import Evidence as Evidence
from ukcso.evidence._operands import Nowhere as Nowhere
from ukcso.evidence._operands import Operand as Operand
from ukcso.evidence._panel import areas_of as areas_of
from ukcso.evidence._panel import panel as panel
from ukcso.evidence._people import FEW_RESIDENTS as FEW_RESIDENTS
from ukcso.evidence._people import add_rates as add_rates
from ukcso.evidence._people import mid_year as mid_year
from ukcso.evidence._reasons import REASONS as REASONS
from ukcso.evidence._reasons import WHY_NOT_RATE as WHY_NOT_RATE
from ukcso.evidence._reasons import warn_about as warn_about
from ukcso.evidence._releases import Reach as Reach
from ukcso.evidence._releases import chosen as chosen
from ukcso.evidence._releases import exact_releases as exact_releases
from ukcso.evidence._releases import reaches as reaches
from ukcso.evidence._releases import spans_of as spans_of
from ukcso.evidence._series import revisions as revisions
from ukcso.evidence._series import series as series
from ukcso.evidence._trend_table import trend_table as trend_table
