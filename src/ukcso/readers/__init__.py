"""Files as people and offices keep them, read to frames valid against the schemas."""

from __future__ import annotations

from ukcso.readers._answers import Answers as Answers
from ukcso.readers._answers import answers as answers
from ukcso.readers._home_office import home_office_recorded_crime as home_office_recorded_crime
from ukcso.readers._own_rows import own_rows as own_rows
from ukcso.readers._population import ons_population as ons_population
from ukcso.readers.foi import AnswersSummary as AnswersSummary
from ukcso.readers.foi import template_rows as template_rows
from ukcso.readers.foi import template_workbook as template_workbook
from ukcso.readers.friendly import claims as claims
from ukcso.readers.friendly import figures as figures

#: What a user calls; all other names are for the rooms of the house.
__all__ = ["Answers", "AnswersSummary", "answers", "claims", "figures"]
__all__ += ["home_office_recorded_crime", "ons_population"]
