"""
Which printed number stands for a cell, and what may be set side by side.

- `Evidence`: the printed figures, by cell, and whose coverage is the same.
"""

from __future__ import annotations

from ukcso.evidence._operands import BASES, Basis, Cell, Evidence, Nowhere, Operand

__all__ = ["BASES", "Basis", "Cell", "Evidence", "Nowhere", "Operand"]
