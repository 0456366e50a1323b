"""
Printed statements, recomputed, each with a verdict.

- `check`: one statement against operands you give.
- `check_claims`: every shipped statement against the shipped figures.
- `implied`: bounds of the counts that nobody printed.
- `contradictions`: statements that cannot all be true.
"""

from __future__ import annotations

from ukcso.claims._explain import explain as explain
from ukcso.claims._implied import contradictions as contradictions
from ukcso.claims._implied import implied as implied
from ukcso.claims._table import check_claims as check_claims
from ukcso.claims._wording import about as about
from ukcso.claims._wording import operands_phrase as operands_phrase
from ukcso.claims._wording import remark as remark
from ukcso.claims._wording import slip as slip
from ukcso.printed import VERDICTS as VERDICTS
from ukcso.printed import ClaimCheck as ClaimCheck
from ukcso.printed import check as check
from ukcso.printed import hedge_phrase as hedge_phrase
from ukcso.printed import number_phrase as number_phrase
from ukcso.printed import printed_phrase as printed_phrase
from ukcso.printed import recomputed_phrase as recomputed_phrase
