"""Sheets of answers to freedom of information requests: cells, layout, and what they add up to."""

from __future__ import annotations

from ukcso.readers.foi._summary import AnswersSummary as AnswersSummary
from ukcso.readers.foi._template import template_rows as template_rows
from ukcso.readers.foi._template import template_workbook as template_workbook
