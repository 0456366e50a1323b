"""Printed statements as inequalities between whole numbers, and their solver."""

from __future__ import annotations

from ukcso.claims.system._consistency import doubted
from ukcso.claims.system._inequalities import Unknown
from ukcso.claims.system._release import ReleaseSystem, ReleaseSystems, shipped_systems
from ukcso.claims.system._statements import Statement, cell_of, reference_of

__all__ = [
    "ReleaseSystem",
    "ReleaseSystems",
    "Statement",
    "Unknown",
    "cell_of",
    "doubted",
    "reference_of",
    "shipped_systems",
]
