"""Files as people and offices keep them, read to frames valid against the schemas."""

from __future__ import annotations

from ukcso.readers._home_office import home_office_recorded_crime as home_office_recorded_crime
from ukcso.readers._population import ons_population as ons_population

__all__ = ["home_office_recorded_crime", "ons_population"]
