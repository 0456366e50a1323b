"""What tables, pictures and exports share: recipes, stamps, words, sources, extras."""

from __future__ import annotations

from ukcso.errors import optional as optional
from ukcso.outputs._change import before_of as before_of
from ukcso.outputs._change import change_in_words as change_in_words
from ukcso.outputs._change import change_notes as change_notes
from ukcso.outputs._change import in_percent as in_percent
from ukcso.outputs._change import why_not as why_not
from ukcso.outputs._csv import FORMULA_MARKS as FORMULA_MARKS
from ukcso.outputs._csv import csv_text as csv_text
from ukcso.outputs._csv import runs_as_formula as runs_as_formula
from ukcso.outputs._place import ending_of as ending_of
from ukcso.outputs._place import path_of as path_of
from ukcso.outputs._place import write_whole as write_whole
from ukcso.outputs._recipe import AreaAsked as AreaAsked
from ukcso.outputs._recipe import ChangeAsked as ChangeAsked
from ukcso.outputs._recipe import Recipe as Recipe
from ukcso.outputs._recipe import SeriesAsked as SeriesAsked
from ukcso.outputs._recipe import TrendAsked as TrendAsked
from ukcso.outputs._recipe import frame_of as frame_of
from ukcso.outputs._recipe import recipe_of as recipe_of
from ukcso.outputs._recipe import require_options as require_options
from ukcso.outputs._sources import caveats as caveats
from ukcso.outputs._sources import left_out as left_out
from ukcso.outputs._sources import own_source as own_source
from ukcso.outputs._sources import release_names as release_names
from ukcso.outputs._sources import source_line as source_line
from ukcso.outputs._sources import source_notes as source_notes
from ukcso.outputs._stamp import Stamp as Stamp
from ukcso.outputs._stamp import stamps as stamps
from ukcso.outputs._words import RECORDED as RECORDED
from ukcso.outputs._words import RECORDED_NOTE as RECORDED_NOTE
from ukcso.outputs._words import capital as capital
from ukcso.outputs._words import counted as counted
from ukcso.outputs._words import counted_in as counted_in
from ukcso.outputs._words import day as day
from ukcso.outputs._words import digits as digits
from ukcso.outputs._words import intervals as intervals
from ukcso.outputs._words import joined as joined
from ukcso.outputs._words import number_of as number_of
from ukcso.outputs._words import per_residents as per_residents
from ukcso.outputs._words import percent as percent
from ukcso.outputs._words import residents as residents
from ukcso.outputs._words import settings as settings
from ukcso.outputs._words import span as span
from ukcso.outputs._words import unit_of as unit_of
