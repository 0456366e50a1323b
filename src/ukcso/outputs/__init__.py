"""What tables, pictures and exports share: recipes, stamps, words, sources, extras."""

from __future__ import annotations

from ukcso.outputs._csv import FORMULA_MARKS, csv_text, runs_as_formula
from ukcso.outputs._optional import optional
from ukcso.outputs._place import ending_of, write_whole
from ukcso.outputs._recipe import AreaAsked, Recipe, SeriesAsked, TrendAsked, frame_of, recipe_of
from ukcso.outputs._sources import caveats, left_out, release_names, source_line, source_notes
from ukcso.outputs._stamp import Stamp, stamps
from ukcso.outputs._words import (
    RECORDED,
    capital,
    counted,
    counted_in,
    day,
    digits,
    intervals,
    joined,
    number_of,
    per_residents,
    percent,
    residents,
    settings,
    span,
    unit_of,
)

__all__ = [
    "FORMULA_MARKS",
    "RECORDED",
    "AreaAsked",
    "Recipe",
    "SeriesAsked",
    "Stamp",
    "TrendAsked",
    "capital",
    "caveats",
    "counted",
    "counted_in",
    "csv_text",
    "day",
    "digits",
    "ending_of",
    "frame_of",
    "intervals",
    "joined",
    "left_out",
    "number_of",
    "optional",
    "per_residents",
    "percent",
    "recipe_of",
    "release_names",
    "residents",
    "runs_as_formula",
    "settings",
    "source_line",
    "source_notes",
    "span",
    "stamps",
    "unit_of",
    "write_whole",
]
