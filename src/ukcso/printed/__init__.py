"""
What a printed number or statement can mean; nothing here loads pandas.

- `Bounds`, `printed_bounds`, `HEDGES`: rounded and hedged numbers.
- `implied_base`, `implied_new`, `implied_part`, `implied_whole`: counts nobody printed.
- `check`, `RELATIONS`, `VERDICTS`: one statement against its operands.
- `printed_phrase`, `recomputed_phrase`: the same in words.
"""

from __future__ import annotations

from ukcso.printed._bounds import Bounds, decimal_of
from ukcso.printed._check import ClaimCheck, check
from ukcso.printed._diagnosis import diagnose
from ukcso.printed._hedges import (
    HEDGES,
    Hedge,
    HedgeRule,
    Printed,
    meant_by,
    printed_bounds,
    printed_number,
)
from ukcso.printed._implied_counts import implied_base, implied_new, implied_part, implied_whole
from ukcso.printed._relations import RELATIONS, Kind, Relation, is_above_whole, recompute
from ukcso.printed._rounding import grouped, rounded
from ukcso.printed._verdict import VERDICTS, Verdict, VerdictRule, judge, one_step_from, reading
from ukcso.printed._wording import (
    count_phrase,
    hedge_phrase,
    number_phrase,
    printed_phrase,
    recomputed_phrase,
)

__all__ = [
    "HEDGES",
    "RELATIONS",
    "VERDICTS",
    "Bounds",
    "ClaimCheck",
    "Hedge",
    "HedgeRule",
    "Kind",
    "Printed",
    "Relation",
    "Verdict",
    "VerdictRule",
    "check",
    "count_phrase",
    "decimal_of",
    "diagnose",
    "grouped",
    "hedge_phrase",
    "implied_base",
    "implied_new",
    "implied_part",
    "implied_whole",
    "is_above_whole",
    "judge",
    "meant_by",
    "number_phrase",
    "one_step_from",
    "printed_bounds",
    "printed_number",
    "printed_phrase",
    "reading",
    "recompute",
    "recomputed_phrase",
    "rounded",
]
