"""Mirrors src/ukcso/areas.py, one class per public function."""

from __future__ import annotations

from collections import Counter

import pytest

from ukcso.areas import _EVERYDAY_NAMES, _key, all_areas, find_area, force_areas
from ukcso.datasets import load_areas
from ukcso.errors import UkcsoError, UkcsoWarning, UnknownAreaError


class TestFindArea:
    """`find_area` finds by any name and never guesses."""

    @pytest.mark.parametrize(
        ("text", "area_id"),
        [
            ("lancashire", "lancashire"),
            ("Lancashire", "lancashire"),
            ("LANCASHIRE CONSTABULARY", "lancashire"),
            ("Lancashire Police", "lancashire"),
            ("Herts Police", "hertfordshire"),
            ("Met", "metropolitan"),
            ("metropolitan police", "metropolitan"),
            ("GMP", "greater-manchester"),
            ("PSNI", "northern-ireland"),
            ("Police Scotland", "scotland"),
            ("Devon & Cornwall", "devon-and-cornwall"),
            ("devon and cornwall police", "devon-and-cornwall"),
            ("  Devon   and Cornwall ", "devon-and-cornwall"),
            ("Avon & Somerset", "avon-and-somerset"),
            ("London, City of", "city-of-london"),
            ("London", "london"),
            ("west-midlands", "west-midlands"),
            ("West Midlands Police", "west-midlands"),
            ("West Midlands (region)", "west-midlands-region"),
            ("Durham Police", "durham"),
            ("UK", "united-kingdom"),
            ("England & Wales", "england-and-wales"),
            ("E23000003", "lancashire"),
            ("e23000003", "lancashire"),
            ("K02000001", "united-kingdom"),
            ("dorset+hampshire", "dorset+hampshire"),
            ("Hampshire & Isle of Wight Constabulary", "hampshire"),
            ("British Transport Police", "british-transport-police"),
        ],
    )
    def test_known_names(self, text: str, area_id: str) -> None:
        """Ids, names, aliases, everyday names and codes are found, whatever the case."""
        assert find_area(text).area_id == area_id

    def test_a_name_of_two_kinds_is_the_force(self) -> None:
        """With a warning that names the other, unless a kind says which is meant."""
        with pytest.warns(UkcsoWarning, match="'West Midlands' .* be west-midlands-region"):
            assert find_area("West Midlands").kind == "police_force_area"
        assert find_area("west midlands", kind="region").area_id == "west-midlands-region"
        assert find_area("west midlands", kind="police_force_area").area_id == "west-midlands"

    @pytest.mark.parametrize("area_id", load_areas()["area_id"])
    def test_every_area_is_found_by_id_name_and_code(self, area_id: str) -> None:
        """Whatever the dataset calls an area finds that area and no other."""
        area = all_areas()[area_id]
        for name in filter(None, (area.area_id, area.name, area.gss_code, *area.aliases)):
            assert find_area(name, kind=area.kind) == area

    @pytest.mark.parametrize(
        "text", ["Yorkshire", "Devon", "", "Midlands", "police", "E99999999", None, 7]
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        """A part of a name is not taken for the name."""
        with pytest.raises(UnknownAreaError, match="no area"):
            find_area(text)

    def test_the_message_lists_the_nearest(self) -> None:
        """A misspelling is answered with what was probably meant."""
        with pytest.raises(UnknownAreaError, match="nearest: Lancashire"):
            find_area("Lancashure")
        with pytest.raises(LookupError, match="North Yorkshire"):
            find_area("Yorkshire")

    def test_the_error_is_a_lookup_error_of_this_package(self) -> None:
        """Callers may catch it either way."""
        assert issubclass(UnknownAreaError, UkcsoError)
        assert issubclass(UnknownAreaError, LookupError)

    def test_an_area_tells_what_the_dataset_holds(self) -> None:
        """Missing cells are None, lists are tuples."""
        london = find_area("London")
        assert london.members == ("city-of-london", "metropolitan")
        assert (london.kind, london.nation, london.region) == ("region", "england", None)
        assert find_area("Guernsey").gss_code is None
        assert "PSNI" in find_area("Northern Ireland").aliases
        assert str(london) == "London"
        assert hash(london) == hash(find_area("london"))

    def test_everyday_names_are_nobody_elses(self) -> None:
        """No everyday name is also the name of another area."""
        assert _EVERYDAY_NAMES.keys() <= all_areas().keys()
        names = Counter(
            key
            for area in all_areas().values()
            for key in {_key(n) for n in (area.area_id, area.name, *area.aliases)}
        )
        assert [name for name, count in names.items() if count > 1] == []


class TestForceAreas:
    """`force_areas` goes down to single forces."""

    @pytest.mark.parametrize(
        ("area_id", "count"),
        # 43 forces of England and Wales; Scotland and Northern Ireland have one each
        [
            ("england", 39),
            ("wales", 4),
            ("england-and-wales", 43),
            ("united-kingdom", 45),
            ("great-britain", 44),
            ("lancashire", 1),
        ],
    )
    def test_counts(self, area_id: str, count: int) -> None:
        """Nations and groups hold as many forces as they are known to have."""
        assert len(force_areas(area_id)) == count

    def test_regions_and_wales_make_up_england_and_wales(self) -> None:
        """Every force area lies in exactly one region, or in Wales."""
        regions = [force_areas(a.area_id) for a in all_areas().values() if a.kind == "region"]
        parts = [*regions, force_areas("wales")]
        assert sum(map(len, parts)) == 43
        assert frozenset().union(*parts) == force_areas("england-and-wales")
