"""Periods of whole days, and the names that people give them."""

from ukcso.periods._period import Period as Period
from ukcso.periods._period import as_period as as_period
from ukcso.periods._period import financial_year_of as financial_year_of
