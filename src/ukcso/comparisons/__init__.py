"""
Areas and years set side by side: whether a difference is more than usual.

- `area_table`: counts, rates, ranks and funnel positions of all areas in one year.
"""

from __future__ import annotations

from ukcso.comparisons._area_table import area_table as area_table
