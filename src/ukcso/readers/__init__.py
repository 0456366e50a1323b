"""Files as people and offices keep them, read to frames valid against the schemas."""

from __future__ import annotations

from ukcso.readers._home_office import home_office_recorded_crime as home_office_recorded_crime
from ukcso.readers._own_rows import own_rows as own_rows
from ukcso.readers._population import ons_population as ons_population

#: What a user calls; all other names are for the rooms of the house.
__all__ = ["home_office_recorded_crime", "ons_population"]
