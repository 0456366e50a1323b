"""What tables, pictures and exports share: recipes, stamps, words, sources, extras."""

from __future__ import annotations

from ukcso.outputs._optional import optional
from ukcso.outputs._recipe import AreaAsked, Recipe, SeriesAsked, TrendAsked, made, recipe_of
from ukcso.outputs._sources import caveats, source_line, source_notes
from ukcso.outputs._stamp import Stamp, stamps
from ukcso.outputs._words import capital, counted, day, percent, residents, settings, unit_of

__all__ = [
    "AreaAsked",
    "Recipe",
    "SeriesAsked",
    "Stamp",
    "TrendAsked",
    "capital",
    "caveats",
    "counted",
    "day",
    "made",
    "optional",
    "percent",
    "recipe_of",
    "residents",
    "settings",
    "source_line",
    "source_notes",
    "stamps",
    "unit_of",
]
