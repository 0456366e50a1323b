"""Mirrors words/_area_names.py: labels of rows and columns."""

from __future__ import annotations

import pytest

from ukcso.areas import all_areas
from ukcso.readers.foi.words._area_names import AreaNames

NAMES = AreaNames()


@pytest.mark.parametrize(
    ("text", "area_id"),
    [
        ("Met", "metropolitan"),
        ("Metropolitan Police (London)", "metropolitan"),
        ("GMP", "greater-manchester"),
        ("Devon and Cornwall Constabulary", "devon-and-cornwall"),
        ("D&C", "devon-and-cornwall"),
        ("Heddlu Gwent Police", "gwent"),
        ("Gwent Police / Heddlu Gwent", "gwent"),
        ("Hampshire & IOW", "hampshire"),
        ("S. Wales", "south-wales"),
        ("N Yorks", "north-yorkshire"),
        ("South Wales Police (SWP)", "south-wales"),
        ("PSNI", "northern-ireland"),
        ("Police Scotland", "scotland"),
        ("BTP", "british-transport-police"),
        ("Isle of Man Constabulary", "isle-of-man"),
        ("Kent*", "kent"),
        ("Kent [note 2]", "kent"),
        ("Kent (1)", "kent"),
        ("1. Kent", "kent"),
        ("KENT POLICE", "kent"),
        ("E23000032", "kent"),
        ("West Midlands", "west-midlands"),
    ],
)
def test_a_force_as_people_write_it(text: str, area_id: str) -> None:
    """Marks, numbers and the words for a force around a name say nothing else."""
    name = NAMES.read(text)
    assert name is not None
    assert name.kind == "area"
    assert name.area is not None
    assert name.area.area_id == area_id
    assert name.answers


@pytest.mark.parametrize(
    "text", ["Kentt", "Sussex (Brighton only)", "Kent & Essex", "Manchester Police", "Yorkshire"]
)
def test_what_is_no_name_is_not_guessed(text: str) -> None:
    """A misspelt name, a part of a force, two forces: unknown."""
    assert NAMES.read(text) is not None
    assert NAMES.known(text) is None


@pytest.mark.parametrize("text", ["Leeds", "Leeds City Council", "Kent County Council", "Bristol"])
def test_a_local_authority_is_no_force(text: str) -> None:
    """Also a county council, which is in no list here."""
    name = NAMES.read(text)
    assert name is not None
    assert (name.kind, name.area) == ("authority", None)


@pytest.mark.parametrize("text", ["Total", "TOTAL:", "Grand total", "All forces", "Total (43)"])
def test_totals(text: str) -> None:
    """However they are called."""
    name = NAMES.read(text)
    assert name is not None
    assert name.kind == "total"


def test_a_region_with_the_name_of_a_force() -> None:
    """It is the region where the others are."""
    name = NAMES.read("West Midlands")
    assert name is not None
    region = NAMES.as_region(name).area
    assert region is not None
    assert region.area_id == "west-midlands-region"


@pytest.mark.parametrize("text", ["FOI_Kent_2023", "Response from Kent Police to the request"])
def test_the_force_that_a_title_speaks_of(text: str) -> None:
    """It is found among other words."""
    assert [area.area_id for area in NAMES.mentioned(text)] == ["kent"]


def test_every_force_is_known_by_name_and_alias() -> None:
    """No rule of labels stands in the way of a name."""
    for area in all_areas().values():
        if area.kind == "police_force_area":
            for text in (area.name, f"{area.name} Police", *area.aliases):
                name = NAMES.known(text)
                assert name is not None, text
                assert name.area == area, text
