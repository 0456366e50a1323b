"""
Areas and years set side by side: whether a difference is more than usual.

- `area_table`: counts, rates, ranks and funnel positions of all areas in one year.
- `change_table`: the change of every area between two years, and whether it is usual.
- `year_to_year_dispersion`: how far counts scatter from year to year beyond chance.
- `trend`: the average yearly change of one area, with a step at each break; `trend_of` a table.
"""

from __future__ import annotations

from ukcso.comparisons._area_table import area_table as area_table
from ukcso.comparisons._change_limits import SIDES as SIDES
from ukcso.comparisons._change_limits import change_limits as change_limits
from ukcso.comparisons._change_rows import WHY_NOT_JUDGED as WHY_NOT_JUDGED
from ukcso.comparisons._change_table import change_table as change_table
from ukcso.comparisons._dispersion import YearToYear as YearToYear
from ukcso.comparisons._dispersion import year_to_year_dispersion as year_to_year_dispersion
from ukcso.comparisons._trend import trend as trend
from ukcso.comparisons._trend_model import trend_of as trend_of
from ukcso.comparisons._trend_result import Trend as Trend
