"""
What a printed number or statement can mean; nothing here loads pandas.

- `Bounds`, `printed_bounds`, `HEDGES`: rounded and hedged numbers.
- `implied_base`, `implied_new`, `implied_part`, `implied_whole`: counts nobody printed.
- `check`, `RELATIONS`, `VERDICTS`: one statement against its operands.
- `printed_phrase`, `recomputed_phrase`: the same in words.
"""

from __future__ import annotations

from ukcso.printed._bounds import Bounds as Bounds
from ukcso.printed._bounds import decimal_of as decimal_of
from ukcso.printed._check import ClaimCheck as ClaimCheck
from ukcso.printed._check import check as check
from ukcso.printed._diagnosis import diagnose as diagnose
from ukcso.printed._hedges import HEDGES as HEDGES
from ukcso.printed._hedges import Hedge as Hedge
from ukcso.printed._hedges import HedgeRule as HedgeRule
from ukcso.printed._hedges import Printed as Printed
from ukcso.printed._hedges import meant_by as meant_by
from ukcso.printed._hedges import printed_bounds as printed_bounds
from ukcso.printed._hedges import printed_number as printed_number
from ukcso.printed._implied_counts import implied_base as implied_base
from ukcso.printed._implied_counts import implied_new as implied_new
from ukcso.printed._implied_counts import implied_part as implied_part
from ukcso.printed._implied_counts import implied_whole as implied_whole
from ukcso.printed._relations import RELATIONS as RELATIONS
from ukcso.printed._relations import Kind as Kind
from ukcso.printed._relations import Relation as Relation
from ukcso.printed._relations import is_above_whole as is_above_whole
from ukcso.printed._relations import recompute as recompute
from ukcso.printed._rounding import grouped as grouped
from ukcso.printed._rounding import range_phrase as range_phrase
from ukcso.printed._rounding import rounded as rounded
from ukcso.printed._verdict import VERDICTS as VERDICTS
from ukcso.printed._verdict import Verdict as Verdict
from ukcso.printed._verdict import VerdictRule as VerdictRule
from ukcso.printed._verdict import judge as judge
from ukcso.printed._verdict import one_step_around as one_step_around
from ukcso.printed._verdict import reading as reading
from ukcso.printed._wording import count_phrase as count_phrase
from ukcso.printed._wording import hedge_phrase as hedge_phrase
from ukcso.printed._wording import number_phrase as number_phrase
from ukcso.printed._wording import printed_phrase as printed_phrase
from ukcso.printed._wording import recomputed_phrase as recomputed_phrase
