"""Printed statements as inequalities between whole numbers, and their solver."""

from __future__ import annotations

from ukcso.claims.system._consistency import doubted as doubted
from ukcso.claims.system._inequalities import Unknown as Unknown
from ukcso.claims.system._release import ReleaseSystem as ReleaseSystem
from ukcso.claims.system._release import ReleaseSystems as ReleaseSystems
from ukcso.claims.system._release import shipped_systems as shipped_systems
from ukcso.claims.system._release import systems_of as systems_of
from ukcso.claims.system._statements import KINDS as KINDS
from ukcso.claims.system._statements import Statement as Statement
from ukcso.claims.system._statements import cell_of as cell_of
from ukcso.claims.system._statements import reference_of as reference_of
