"""
Measures of counts: numbers in, numbers out; no data files.

- `growth`, `annual_growth`, `index_numbers`, `share`, `rate`, and so many `per_day`.
- Their intervals, each an `Estimate`; `overdispersion`, `funnel_limits`.
- `formulas`: the same for operands of any kind; `limits`: the limits of an interval.
"""

from __future__ import annotations

from ukcso.stats import formulas, limits
from ukcso.stats._estimates import Estimate, require_level, z_score
from ukcso.stats._funnels import funnel_limits, overdispersion
from ukcso.stats._growth import annual_growth, growth, growth_interval, index_numbers
from ukcso.stats._per_time import (
    hours_between,
    minutes_between,
    per_day,
    per_hour,
    per_month,
    per_week,
)
from ukcso.stats._rates import (
    count_interval,
    rate,
    rate_interval,
    rate_ratio,
    rate_ratio_interval,
)
from ukcso.stats._shares import share, share_interval

__all__ = [
    "Estimate",
    "annual_growth",
    "count_interval",
    "formulas",
    "funnel_limits",
    "growth",
    "growth_interval",
    "hours_between",
    "index_numbers",
    "limits",
    "minutes_between",
    "overdispersion",
    "per_day",
    "per_hour",
    "per_month",
    "per_week",
    "rate",
    "rate_interval",
    "rate_ratio",
    "rate_ratio_interval",
    "require_level",
    "share",
    "share_interval",
    "z_score",
]
