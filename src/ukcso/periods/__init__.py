"""Periods of whole days, and the names that people give them."""

from ukcso.periods._period import Period, as_period, financial_year_of

__all__ = ["Period", "as_period", "financial_year_of"]
