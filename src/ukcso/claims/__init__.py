"""
Printed statements, recomputed, each with a verdict.

- `check`: one statement against operands you give.
- `check_claims`: every shipped statement against the shipped figures.
- `implied`: bounds of the counts that nobody printed.
- `contradictions`: statements that cannot all be true.
"""

from __future__ import annotations

from ukcso.claims._check import ClaimCheck, check
from ukcso.claims._implied import contradictions, implied
from ukcso.claims._table import check_claims
from ukcso.claims._verdict import VERDICTS

__all__ = ["VERDICTS", "ClaimCheck", "check", "check_claims", "contradictions", "implied"]
