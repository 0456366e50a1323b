"""
UK child-safety offence statistics: what was recorded, what was printed about it.

Aggregate published statistics only. Offences recorded are not offences committed.

- Datasets: `list_datasets`, `load`, `load_<dataset>`, `metadata`, `path`, `validate`,
  `pinned`, `revise`, `combine`.
- Periods and areas: `Period`, `financial_year_of`, `find_area`, `Area`.
- Measures, numbers in and numbers out: `growth`, `annual_growth`, `index_numbers`,
  `rate`, `share`, `per_hour`, `per_day`, `per_week`, `per_month`, `minutes_between`,
  `hours_between`.
- Their intervals: `count_interval`, `rate_interval`, `growth_interval`, `rate_ratio`,
  `rate_ratio_interval`, `share_interval`, `standardised_ratio`, `Estimate`; `adjusted`.
- How areas vary: `overdispersion`, `between_areas`, `funnel_limits`.
- Rounded and hedged numbers: `Bounds`, `printed_bounds`, `implied_base`,
  `implied_new`, `implied_whole`, `implied_part`.
- Evidence: `panel`, `trend_table`, `series`, `official_series`, `compare`, `revisions`.
- Areas and years side by side: `area_table`, `change_table`, `trend`,
  `year_to_year_dispersion`.
- Claims: `check`, `check_claims`, `ClaimCheck`; what they imply: `implied`,
  `contradictions`.
- Outputs: `tables`, `plots`, `export`, `cite`; `verify` makes a stamped table again.
- Errors: all are `UkcsoError`; warnings are `UkcsoWarning`.

Names load on first use: importing this package loads neither pandas nor numpy.
"""

from __future__ import annotations

import os
import re
from importlib import import_module

# The stub beside this file is the one list of public names, for programs and type checkers:
# each line says where a name lives, and it is loaded from there on first use. The loader reads
# it from a zip too.
_STUB: bytes = __loader__.get_data(f"{__path__[0]}{os.sep}__init__.pyi")
_HOMES: dict[str, str] = {
    name: home
    for home, name in re.findall(
        r"^from (\S+) import \(?\s*(\w+) as \2", _STUB.decode(), re.MULTILINE
    )
}
_MODULES = sorted(name for name, home in _HOMES.items() if home == __name__)

__all__ = sorted(_HOMES.keys() - {*_MODULES, "__version__", "formulas"})  # noqa: PLE0605 - one list


def __getattr__(name: str) -> object:
    """Load a public name, or a module of this package, on first use."""
    home = _HOMES.get(name)
    if home is None:
        msg = f"module 'ukcso' has no attribute {name!r}"
        raise AttributeError(msg)
    value = (
        import_module(f"{home}.{name}") if home == __name__ else getattr(import_module(home), name)
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names, and what says which module this is."""
    return sorted({*_HOMES, "__all__", "__doc__", "__file__", "__name__"})
