"""
Printed statements, recomputed, each with a verdict.

- `check`: one statement against operands you give.
- `check_claims`: every shipped statement against the shipped figures.
- `implied`: bounds of the counts that nobody printed.
- `contradictions`: statements that cannot all be true.
"""

from __future__ import annotations

from ukcso.claims._explain import explain
from ukcso.claims._implied import contradictions, implied
from ukcso.claims._table import check_claims
from ukcso.claims._wording import about, operands_phrase, remark
from ukcso.printed import (
    VERDICTS,
    ClaimCheck,
    check,
    hedge_phrase,
    number_phrase,
    printed_phrase,
    recomputed_phrase,
)

__all__ = [
    "VERDICTS",
    "ClaimCheck",
    "about",
    "check",
    "check_claims",
    "contradictions",
    "explain",
    "hedge_phrase",
    "implied",
    "number_phrase",
    "operands_phrase",
    "printed_phrase",
    "recomputed_phrase",
    "remark",
]
