"""
What a printed number or statement can mean; nothing here loads pandas.

- `Bounds`, `printed_bounds`, `HEDGES`: rounded and hedged numbers.
- `implied_base`, `implied_new`, `implied_part`, `implied_whole`: counts nobody printed.
- `check`, `RELATIONS`, `VERDICTS`: one statement against its operands.
"""

from __future__ import annotations

from ukcso.printed._bounds import Bounds
from ukcso.printed._check import ClaimCheck, check
from ukcso.printed._diagnosis import diagnose
from ukcso.printed._hedges import (
    HEDGES,
    Hedge,
    HedgeRule,
    Printed,
    printed_bounds,
    printed_number,
)
from ukcso.printed._implied_counts import implied_base, implied_new, implied_part, implied_whole
from ukcso.printed._relations import RELATIONS, Kind, Relation, recompute
from ukcso.printed._rounding import grouped, rounded
from ukcso.printed._verdict import VERDICTS, Verdict, judge, meant_by, reading

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
    "check",
    "diagnose",
    "grouped",
    "implied_base",
    "implied_new",
    "implied_part",
    "implied_whole",
    "judge",
    "meant_by",
    "printed_bounds",
    "printed_number",
    "reading",
    "recompute",
    "rounded",
]
