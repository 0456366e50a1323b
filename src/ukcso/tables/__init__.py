"""
Publication tables, with their sources, their caveats and a stamp to make them again by.

- `areas`: one measure in one year, area by area.
- `trend`: one measure in one area, year by year.
- `change`: growth of areas from one year to another, and whether it is usual.
- `figures`: what was printed for one measure in one area, release by release.
- `claims`: printed statements, recomputed, with their verdicts.
- `counts`: counts of your own, with disclosure control.

Nothing is computed here: a table shows what a function of the package returned. Each
is a `Table`, with `to_html`, `to_latex`, `to_markdown`, `to_csv` and `save`.
"""

from __future__ import annotations

from ukcso.tables._areas import areas
from ukcso.tables._change import change
from ukcso.tables._claims import claims
from ukcso.tables._counts import counts
from ukcso.tables._figures import figures
from ukcso.tables._latex import tex as tex
from ukcso.tables._table import Table
from ukcso.tables._text import pipe_table as pipe_table
from ukcso.tables._trend import trend
from ukcso.tables._verify import Verification, verify

__all__ = [
    "Table",
    "Verification",
    "areas",
    "change",
    "claims",
    "counts",
    "figures",
    "trend",
    "verify",
]
