"""
UK child-safety offence statistics: what was recorded, what was printed about it.

Aggregate published statistics only. Offences recorded are not offences committed.

- Datasets: `list_datasets`, `load`, `load_<dataset>`, `metadata`, `path`, `validate`,
  `pinned`.
- Periods and areas: `Period`, `financial_year_of`, `find_area`, `Area`.
- Measures, numbers in and numbers out: `growth`, `annual_growth`, `index_numbers`,
  `rate`, `share`, `per_hour`, `per_day`, `per_week`, `per_month`, `minutes_between`,
  `hours_between`.
- Their intervals: `count_interval`, `rate_interval`, `growth_interval`, `rate_ratio`,
  `rate_ratio_interval`, `share_interval`, `Estimate`; `overdispersion`, `funnel_limits`.
- Rounded and hedged numbers: `Bounds`, `printed_bounds`, `implied_base`,
  `implied_new`, `implied_whole`, `implied_part`.
- Evidence: `series`, `official_series`, `compare`, `revisions`, `area_table`,
  `trend_table`.
- Claims: `check`, `check_claims`, `ClaimCheck`; what they imply: `implied`,
  `contradictions`.
- Outputs: `tables`, `plots`, `export`, `cite`; `verify` makes a stamped table again.
- Errors: all are `UkcsoError`.

Names load on first use: importing this package loads neither pandas nor numpy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ukcso.areas import Area, find_area
    from ukcso.bounds import Bounds
    from ukcso.changes import annual_growth, growth, growth_interval, index_numbers
    from ukcso.citation import cite
    from ukcso.claims import ClaimCheck, check, check_claims, contradictions, implied
    from ukcso.datasets import (
        Metadata,
        list_datasets,
        load,
        load_areas,
        load_breaks,
        load_claims,
        load_figures,
        load_local_authorities,
        load_measures,
        load_offence_codes,
        load_population,
        load_recorded_crime,
        load_recorded_crime_national,
        load_recorded_crime_northern_ireland,
        load_recorded_crime_scotland,
        load_releases,
        load_sources,
        metadata,
        path,
        pinned,
        validate,
    )
    from ukcso.errors import (
        DatasetIntegrityError,
        InvalidInputError,
        MissingDependencyError,
        NotComparableError,
        SchemaError,
        UkcsoError,
        UnknownAreaError,
        UnknownDatasetError,
    )
    from ukcso.estimates import Estimate
    from ukcso.evidence import (
        area_table,
        compare,
        official_series,
        revisions,
        series,
        trend_table,
    )
    from ukcso.funnels import funnel_limits, overdispersion
    from ukcso.pace import (
        hours_between,
        minutes_between,
        per_day,
        per_hour,
        per_month,
        per_week,
    )
    from ukcso.periods import Period, financial_year_of
    from ukcso.printed import printed_bounds
    from ukcso.rates import (
        count_interval,
        rate,
        rate_interval,
        rate_ratio,
        rate_ratio_interval,
    )
    from ukcso.shares import share, share_interval
    from ukcso.unprinted import implied_base, implied_new, implied_part, implied_whole
    from ukcso.verification import Verification, verify

__version__ = "0.1.0"

__all__ = [
    "Area",
    "Bounds",
    "ClaimCheck",
    "DatasetIntegrityError",
    "Estimate",
    "InvalidInputError",
    "Metadata",
    "MissingDependencyError",
    "NotComparableError",
    "Period",
    "SchemaError",
    "UkcsoError",
    "UnknownAreaError",
    "UnknownDatasetError",
    "Verification",
    "annual_growth",
    "area_table",
    "check",
    "check_claims",
    "cite",
    "compare",
    "contradictions",
    "count_interval",
    "financial_year_of",
    "find_area",
    "funnel_limits",
    "growth",
    "growth_interval",
    "hours_between",
    "implied",
    "implied_base",
    "implied_new",
    "implied_part",
    "implied_whole",
    "index_numbers",
    "list_datasets",
    "load",
    "load_areas",
    "load_breaks",
    "load_claims",
    "load_figures",
    "load_local_authorities",
    "load_measures",
    "load_offence_codes",
    "load_population",
    "load_recorded_crime",
    "load_recorded_crime_national",
    "load_recorded_crime_northern_ireland",
    "load_recorded_crime_scotland",
    "load_releases",
    "load_sources",
    "metadata",
    "minutes_between",
    "official_series",
    "overdispersion",
    "path",
    "per_day",
    "per_hour",
    "per_month",
    "per_week",
    "pinned",
    "printed_bounds",
    "rate",
    "rate_interval",
    "rate_ratio",
    "rate_ratio_interval",
    "revisions",
    "series",
    "share",
    "share_interval",
    "trend_table",
    "validate",
    "verify",
]

# Where each public name lives; held against the imports above by a test.
_MODULES = {
    "areas": ("Area", "find_area"),
    "bounds": ("Bounds",),
    "changes": ("annual_growth", "growth", "growth_interval", "index_numbers"),
    "citation": ("cite",),
    "claims": ("ClaimCheck", "check", "check_claims", "contradictions", "implied"),
    "errors": (
        "DatasetIntegrityError",
        "InvalidInputError",
        "MissingDependencyError",
        "NotComparableError",
        "SchemaError",
        "UkcsoError",
        "UnknownAreaError",
        "UnknownDatasetError",
    ),
    "estimates": ("Estimate",),
    "evidence": (
        "area_table",
        "compare",
        "official_series",
        "revisions",
        "series",
        "trend_table",
    ),
    "funnels": ("funnel_limits", "overdispersion"),
    "pace": (
        "hours_between",
        "minutes_between",
        "per_day",
        "per_hour",
        "per_month",
        "per_week",
    ),
    "periods": ("Period", "financial_year_of"),
    "printed": ("printed_bounds",),
    "rates": (
        "count_interval",
        "rate",
        "rate_interval",
        "rate_ratio",
        "rate_ratio_interval",
    ),
    "shares": ("share", "share_interval"),
    "unprinted": ("implied_base", "implied_new", "implied_part", "implied_whole"),
    "verification": ("Verification", "verify"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}
_SUBMODULES = ("datasets", "errors", "export", "formulas", "frames", "plots", "tables")


def __getattr__(name: str) -> object:
    """Load a public name, or a module of this package, on first use."""
    if name in __all__:
        found = getattr(import_module(f"ukcso.{_HOME.get(name, 'datasets')}"), name)
    elif name in _SUBMODULES:
        found = import_module(f"ukcso.{name}")
    else:
        msg = f"module 'ukcso' has no attribute {name!r}"
        raise AttributeError(msg)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, *_SUBMODULES})
