"""
Pictures of what the evidence and claim functions return, as Altair charts.

- `trend`: one area over time. `ranking`, `funnel`, `tile_map`: areas in one period.
- `change`: growth of areas from one year to another, against their size.
- `claims`: printed statements against what their operands give.

A chart is saved with no browser and no network: ``.save("kent.svg")``, also .png, .pdf
and .html, where everything is inside the file.
"""

from __future__ import annotations

from ukcso.plots._change import change
from ukcso.plots._claims import claims
from ukcso.plots._funnel import funnel
from ukcso.plots._ranking import ranking
from ukcso.plots._tile_map import tile_map
from ukcso.plots._trend import trend

__all__ = ["change", "claims", "funnel", "ranking", "tile_map", "trend"]
