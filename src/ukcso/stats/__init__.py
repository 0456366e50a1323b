"""
Measures of counts: numbers in, numbers out; no data files.

- `growth`, `annual_growth`, `index_numbers`, `share`, `rate`, and so many `per_day`.
- Their intervals, each an `Estimate`; `standardised_ratio`.
- How areas vary: `overdispersion`, `between_areas`, `funnel_limits`; `control_limits` of a
  funnel whose pooled rate is known.
- `adjusted`: p values of several tests.
- `formulas`: the same for operands of any kind; `limits`: the limits of an interval.
"""

from __future__ import annotations

from ukcso.stats import formulas as formulas
from ukcso.stats import limits as limits
from ukcso.stats._adjust import adjusted as adjusted
from ukcso.stats._dispersion import BetweenAreas as BetweenAreas
from ukcso.stats._dispersion import between_areas as between_areas
from ukcso.stats._dispersion import overdispersion as overdispersion
from ukcso.stats._estimates import Estimate as Estimate
from ukcso.stats._estimates import require_dispersion as require_dispersion
from ukcso.stats._estimates import require_level as require_level
from ukcso.stats._estimates import z_score as z_score
from ukcso.stats._funnels import control_limits as control_limits
from ukcso.stats._funnels import funnel_limits as funnel_limits
from ukcso.stats._growth import annual_growth as annual_growth
from ukcso.stats._growth import growth as growth
from ukcso.stats._growth import growth_interval as growth_interval
from ukcso.stats._growth import index_numbers as index_numbers
from ukcso.stats._per_time import hours_between as hours_between
from ukcso.stats._per_time import minutes_between as minutes_between
from ukcso.stats._per_time import per_day as per_day
from ukcso.stats._per_time import per_hour as per_hour
from ukcso.stats._per_time import per_month as per_month
from ukcso.stats._per_time import per_week as per_week
from ukcso.stats._rates import count_interval as count_interval
from ukcso.stats._rates import rate as rate
from ukcso.stats._rates import rate_interval as rate_interval
from ukcso.stats._ratios import rate_ratio as rate_ratio
from ukcso.stats._ratios import rate_ratio_interval as rate_ratio_interval
from ukcso.stats._ratios import standardised_ratio as standardised_ratio
from ukcso.stats._shares import share as share
from ukcso.stats._shares import share_interval as share_interval
