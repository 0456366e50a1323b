"""Mirrors src/ukcso/claims/system/_totals.py: what adds up, and what does not."""

from __future__ import annotations

import pytest

from ukcso import Period
from ukcso.claims.system._totals import totals
from ukcso.evidence import Cell


def cell(period: str = "2017/18", area: str = "kent", breakdown: str = "all") -> Cell:
    """Return a cell of image offences."""
    import pandas as pd  # noqa: PLC0415 - for its days only

    span = Period.parse(period)
    return Cell("image_offences", breakdown, area, pd.Timestamp(span.start), pd.Timestamp(span.end))


def words(*cells: Cell, some_elsewhere: bool = False, units: tuple[str, ...] = ()) -> list[str]:
    """Return every rule in words, without what it is about."""
    unit_of = dict(zip(cells, units or ["offences"] * len(cells), strict=True))
    rules = totals(unit_of, some_elsewhere=some_elsewhere)
    return [rule.words().removeprefix("Child abuse image offences") for rule in rules]


GROUP = "kent+surrey+sussex"


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        # two years, and the two together
        ([cell("2016/17"), cell("2016/17 to 2017/18")],
         [", Kent, 2016/17 to 2017/18 is the sum of its periods"]),
        # two years apart
        ([cell("2016/17"), cell("2017/18")], []),
        # a quarter of a year
        ([cell("2017/18 Q1"), cell()], [", Kent, 2017/18 is the sum of its periods"]),
        # a member of a group, once the two others are told apart
        ([cell(), cell(area=GROUP)],
         [", Kent, Surrey and Sussex, 2017/18 is the sum of its areas"]),
        ([cell(), cell(area="surrey")], []),
        # areas of other years
        ([cell(), cell("2016/17", GROUP)], []),
        ([cell(), cell(breakdown="offence:possession")],
         [" (offence:possession), Kent, 2017/18 is a part of all"]),
        # ages: 4 to 10 is within 0 to 12, 11 to 13 is not
        ([cell(breakdown="victim_age:4-10"), cell(breakdown="victim_age:0-12")],
         [" (victim_age:4-10), Kent, 2017/18 is a part of victim_age:0-12"]),
        ([cell(breakdown="victim_age:11-13"), cell(breakdown="victim_age:0-12")], []),
        # a platform is one of a group of them
        ([cell(breakdown="platform:instagram"), cell(breakdown="platform:meta")],
         [" (platform:instagram), Kent, 2017/18 is a part of platform:meta"]),
        ([cell(breakdown="platform:snapchat"), cell(breakdown="platform:meta")], []),
        ([cell(breakdown="platform:snapchat"), cell(breakdown="platform:known")],
         [" (platform:snapchat), Kent, 2017/18 is a part of platform:known"]),
        ([cell(breakdown="platform:not_recorded"), cell(breakdown="platform:known")], []),
    ],
)  # fmt: skip
def test_rules(cells: list[Cell], rules: list[str]) -> None:
    """What the cells spoken of have to do with each other."""
    assert words(*cells) == rules


def test_classes_of_offence_add_up_to_no_more_than_all() -> None:
    """An offence is of one class."""
    classes = [cell(breakdown=f"offence:{name}") for name in ("possession", "prohibited_images")]
    assert ", Kent, 2017/18: its classes of offence are parts of it" in words(cell(), *classes)


def test_offences_are_not_victims() -> None:
    """Counts of other units are not parts of each other."""
    part = cell(breakdown="victim_age:13")
    assert words(cell(), part, units=("offences", "victims")) == []


def test_a_country_may_hold_more_than_its_forces() -> None:
    """British Transport Police has no area."""
    country = [cell(area="england-and-wales"), cell(area="wales")]
    (rule,) = words(*country, some_elsewhere=True)
    assert rule == ", England and Wales, 2017/18 is at least the sum of its areas"
