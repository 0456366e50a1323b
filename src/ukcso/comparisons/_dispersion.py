"""How far counts of areas scatter from one year to another: more than chance alone would."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from ukcso._rules import ShownAsText, require_number
from ukcso.comparisons._year_pairs import LeftOut, YearPair, year_pairs
from ukcso.datasets import cached_by_version
from ukcso.evidence import rated_years
from ukcso.periods import Period

#: Of intervals that nobody looks at.
_ANY_LEVEL = 0.95


class PairOfYears(NamedTuple):
    """Two years that areas were compared over."""

    earlier: str
    later: str
    #: Areas with a count in both, and an offence in one of them.
    areas: int
    #: Pearson's: the sum of (after - n p)^2 / (n p (1 - p)), n being both counts.
    statistic: float
    #: The statistic over areas - 1.
    dispersion: float
    #: Whether growth is per resident; else of counts alone, for some have no estimate.
    has_residents: bool


@dataclass(frozen=True, slots=True)
class YearToYear(ShownAsText):
    """
    What `year_to_year_dispersion` returns.

    Attributes
    ----------
    dispersion
        How many times the variance is that of chance alone; NaN without any pair.
    degrees_of_freedom
        Areas less one, summed over pairs.
    pairs
        The pairs of years used: earlier, later, areas, statistic, dispersion, has_residents.
    left_out
        Years so far apart that are no pair, or are none for some areas: earlier, later,
        areas (how many), why_not (break_in_series, few_areas, no_offences), breaks.
    apart
        How many years lie between the two of a pair.
    of_chance, tau_squared
        A variance of `of_chance` x mean + `tau_squared` x mean^2, fitted to the same pairs:
        what `of_size` takes. `of_chance` is at least 1.
    """

    dispersion: float
    degrees_of_freedom: int
    pairs: tuple[PairOfYears, ...]
    left_out: tuple[LeftOut, ...]
    apart: int
    of_chance: float
    tau_squared: float

    def __str__(self) -> str:
        pairs = f"{len(self.pairs)} pair{'s' if len(self.pairs) != 1 else ''} of years"
        years = f"{self.apart} year{'s' if self.apart != 1 else ''} apart"
        freedom = f"{self.degrees_of_freedom} degrees of freedom"
        return f"{self.dispersion:.2f} ({pairs} {years}, {freedom})"

    def of_size(self, offences: Any, growth: Any = 0.0) -> Any:
        """
        Dispersion of an area by its size: of growth, larger areas scatter further beyond chance.

        Parameters
        ----------
        offences
            Offences in both years together, >= 0; a number or an array.
        growth
            The growth of the others, a fraction > -1.

        Returns
        -------
        number or array
            `of_chance` + 2 `tau_squared` n p (1 - p), p = (1 + growth) / (2 + growth): the
            variance of the later count, given both, over that of chance alone. At least 1.

        Examples
        --------
        >>> import ukcso
        >>> usual = ukcso.year_to_year_dispersion(ukcso.panel("86", ["Kent", "Essex", "Surrey"]))
        >>> bool(usual.of_size(200) <= usual.of_size(4000))
        True
        """
        share = (1 + growth) / (2 + growth)
        return self.of_chance + 2 * self.tau_squared * offences * share * (1 - share)

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data, for `attrs`."""
        return {
            **{name: getattr(self, name) for name in self.__slots__},
            "pairs": [pair._asdict() for pair in self.pairs],
            "left_out": [pair._asdict() for pair in self.left_out],
        }


def year_to_year_dispersion(panel: pd.DataFrame, *, apart: int = 1) -> YearToYear:
    """
    How many times further counts scatter from year to year than chance alone would let them.

    Of each two comparable years, every area's counts are held against one growth for
    all areas; what is left over, in units of Poisson's variance, is the dispersion.

    Parameters
    ----------
    panel
        A frame of `panel` with one measure or code, by year; or rows of one's own with
        area_id (or name), period (text, `Period` or a calendar year), count and, where
        known, population. Missing counts are left out.
    apart
        How many years lie between the two of a pair, >= 1. Dispersion grows with them, so a
        change over three years is held against pairs three years apart.

    Returns
    -------
    `YearToYear`
        dispersion, degrees_of_freedom, pairs (used) and left_out (with the reason); both are
        tuples of records, which `pandas.DataFrame` makes a table of.

    Raises
    ------
    InvalidInputError
        A column is missing or not of its kind, several measures, a period that is not one
        year, a negative count, an area and year twice in one release; `apart` below 1.

    Notes
    -----
    With counts a and b of an area, n = a + b and residents P, the later count is expected to
    be n p, p = R Pb / (Pa + R Pb), the common growth R being such that expected and recorded
    add up to the same. Pearson's statistic is the sum of (b - n p)^2 / (n p (1 - p)), and
    the dispersion its sum over all pairs over the sum of (areas - 1). It is the dispersion
    of a quasi-Poisson model of a pair, with area, year and the logarithm of residents [1]_.

    Two years with a break of recording or law between them are no pair. Nor is the City of
    London ever an area of one, or an area without any offence in both years. A pair in
    which some area has no estimate of residents is held together by counts alone, which
    its `has_residents` says. Of several releases of printed figures each pair is from one.

    References
    ----------
    .. [1] P. McCullagh and J. A. Nelder, Generalized Linear Models, 2nd ed., Chapman and
       Hall 1989, section 6.2.3.

    Examples
    --------
    >>> import warnings
    >>> import ukcso
    >>> with warnings.catch_warnings(action="ignore"):
    ...     usual = year_to_year_dispersion(ukcso.panel("86"))
    >>> print(usual)
    7.33 (8 pairs of years 1 year apart, 328 degrees of freedom)
    >>> [pair.earlier for pair in usual.left_out]
    ['2013/14', '2014/15']
    """
    words = "a whole number >= 1"
    years = require_number("apart", apart, words, lambda value: value >= 1 and value % 1 == 0)
    pairs, left_out = year_pairs(panel, int(years))
    return dispersion_of(pairs, left_out, int(years))


@cached_by_version
def usual_of(
    measure_or_code: str, year: Period, kind: str, ages: str, release: str | None
) -> YearToYear:
    """
    Return the year-to-year dispersion of all areas of a kind.

    Parameters
    ----------
    measure_or_code
        By its own name.
    year
        One that its table reaches; the others begin in the same month.
    kind, ages, release
        As in `panel`.
    """
    years, _, _ = rated_years(
        measure_or_code, [year], kind, release, ages=ages, per=1.0, level=_ANY_LEVEL
    )
    return dispersion_of(*year_pairs(years, 1), 1)


def dispersion_of(pairs: Sequence[YearPair], left_out: Iterable[LeftOut], apart: int) -> YearToYear:
    """Return the dispersion of some pairs of years."""
    used = tuple(map(_described, pairs))
    freedom = sum(pair.areas - 1 for pair in used)
    statistic = math.fsum(pair.statistic for pair in used)
    dispersion = statistic / freedom if freedom else math.nan
    of_chance, tau_squared = _by_size(pairs) if freedom else (math.nan, math.nan)
    return YearToYear(dispersion, freedom, used, tuple(left_out), apart, of_chance, tau_squared)


def _described(pair: YearPair) -> PairOfYears:
    areas, statistic = len(pair.areas), math.fsum(pair.squares)
    ends = (str(pair.earlier), str(pair.later))
    return PairOfYears(*ends, areas, statistic, statistic / (areas - 1), pair.has_residents)


def _by_size(pairs: Sequence[YearPair]) -> tuple[float, float]:
    """
    Fit a variance of phi x mean + tau^2 x mean^2, phi >= 1 and tau^2 >= 0, by two moments.

    A squared residual is expected to be (phi + 2 tau^2 v)(1 - h): v is the variance by
    chance, h its share in that of the pair, which the common growth takes. The moments are
    the sum of the squares, and their sum with weights of the root of v: between taking each
    area alike and letting the largest alone decide.
    """
    sizes = np.concatenate([pair.sizes for pair in pairs])
    squares = np.concatenate([pair.squares for pair in pairs])
    free = np.concatenate([1 - pair.sizes / pair.sizes.sum() for pair in pairs])
    roots = np.sqrt(sizes)
    moments = np.array(
        [[weights @ free, weights @ (free * sizes)] for weights in (roots**0, roots)]
    )
    found = np.array([squares.sum(), roots @ squares])
    try:
        phi, slope = np.linalg.solve(moments, found)
    except np.linalg.LinAlgError:  # all areas are of one size
        phi, slope = 0.0, -1.0
    if slope > 0 and phi < 1:
        phi, slope = 1.0, (found[0] - moments[0, 0]) / moments[0, 1]
    if slope <= 0:
        phi, slope = max(1.0, found[0] / moments[0, 0]), 0.0
    return float(phi), float(slope / 2)
