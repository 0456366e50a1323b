"""What tables, pictures and exports share: recipes, stamps, words, sources, extras."""

from __future__ import annotations

from ukcso.outputs._csv import FORMULA_MARKS, csv_text, runs_as_formula
from ukcso.outputs._optional import optional
from ukcso.outputs._place import ending_of, write_whole
from ukcso.outputs._recipe import AreaAsked, Recipe, SeriesAsked, TrendAsked, frame_of, recipe_of
from ukcso.outputs._sources import caveats, source_line, source_notes
from ukcso.outputs._stamp import Stamp, stamps
from ukcso.outputs._words import capital, counted, day, percent, residents, settings, unit_of

__all__ = [
    "FORMULA_MARKS",
    "AreaAsked",
    "Recipe",
    "SeriesAsked",
    "Stamp",
    "TrendAsked",
    "capital",
    "caveats",
    "counted",
    "csv_text",
    "day",
    "ending_of",
    "frame_of",
    "optional",
    "percent",
    "recipe_of",
    "residents",
    "runs_as_formula",
    "settings",
    "source_line",
    "source_notes",
    "stamps",
    "unit_of",
    "write_whole",
]
