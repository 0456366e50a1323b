"""Mirrors src/ukcso/areas.py, one class per public function."""

from __future__ import annotations

import pickle
from collections import Counter

import pytest

import ukcso
from ukcso.areas import _key, all_areas, find_area, force_areas
from ukcso.datasets import load_areas, load_local_authorities
from ukcso.errors import InvalidInputError, UkcsoError, UkcsoWarning, UnknownAreaError


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
            # names that data version 2 brings
            ("Yorkshire and Humber", "yorkshire-and-the-humber"),
            ("Greater London", "london"),
            ("Dyfed\N{EN DASH}Powys", "dyfed-powys"),
            ("Dyfed\N{EM DASH}Powys Police", "dyfed-powys"),
            ("Dyfed\N{NON-BREAKING HYPHEN}Powys", "dyfed-powys"),
            ("D&C", "devon-and-cornwall"),
            ("Heddlu Gwent", "gwent"),
            ("Heddlu De Cymru", "south-wales"),
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
        assert repr(london) == "<Area london: London, region, E12000007>"
        assert repr(find_area("Guernsey")) == "<Area guernsey: Guernsey, crown dependency>"
        assert hash(london) == hash(find_area("london"))

    def test_names_are_nobody_elses(self) -> None:
        """No name of an area is also the name of another one of its kind."""
        names = Counter(
            (area.kind, key)
            for area in all_areas().values()
            for key in {_key(n) for n in (area.area_id, area.name, *area.aliases)}
        )
        assert [name for name, count in names.items() if count > 1] == []

    def test_names_hold_under_every_pin(self) -> None:
        """An alias of version 2 finds its area where version 1 is pinned, and is not read there."""
        with ukcso.pinned(areas=1) as used:
            assert find_area("D&C").area_id == "devon-and-cornwall"
            assert "Herts" in find_area("hertfordshire").aliases
        assert used == {"areas": 1}


class TestLocalAuthorities:
    """A local authority is known as what it is: no area that figures are of."""

    @pytest.mark.parametrize(
        ("text", "lies_in"),
        [
            ("Maidstone", "kent"),
            ("maidstone borough council", "kent"),
            ("Leeds", "west-yorkshire"),
            ("Leeds City Council", "west-yorkshire"),
            ("Brighton & Hove", "sussex"),
            ("Bristol", "avon-and-somerset"),
            ("City of Bristol", "avon-and-somerset"),
            ("Bristol, City of", "avon-and-somerset"),
            ("Hull", "humberside"),
            ("Herefordshire", "west-mercia"),
            ("County Durham", "durham"),
            ("London Borough of Barnet", "metropolitan"),
            ("Stoke on Trent", "staffordshire"),
            ("Kings Lynn and West Norfolk", "norfolk"),
            ("Cardiff", "south-wales"),
        ],
    )
    def test_where_it_lies(self, text: str, lies_in: str) -> None:
        """The error says in which area it lies, and survives pickling."""
        with pytest.raises(UnknownAreaError, match=f"lies in {all_areas()[lies_in]}") as caught:
            find_area(text)
        pickled = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
        assert (pickled.lies_in, str(pickled)) == (lies_in, str(caught.value))

    def test_the_message_says_why(self) -> None:
        """Name as it is written, area, and why it is not taken for the area."""
        with pytest.raises(UnknownAreaError) as caught:
            find_area("BRISTOL")
        assert str(caught.value) == (
            "Bristol lies in Avon and Somerset; figures here are of police force areas, and the "
            "number of a force is not that of a local authority in it"
        )

    def test_each_is_an_area_or_lies_in_one(self) -> None:
        """All 318 are found by the name they are listed under; four are an area's name too."""
        areas = {area.gss_code: area.area_id for area in all_areas().values()}
        same = []
        lookup = load_local_authorities()
        for name, code in zip(lookup["lad_name"], lookup["pfa_code"], strict=True):
            try:
                found, is_area = find_area(str(name)).area_id, True
            except UnknownAreaError as error:
                found, is_area = error.lies_in or "", False
            assert found == areas[str(code)]
            if is_area:
                same.append(str(name))
        assert sorted(same) == ["City of London", "Dorset", "North Yorkshire", "Wiltshire"]

    def test_what_is_no_name_lies_nowhere(self) -> None:
        """A misspelling has no place."""
        with pytest.raises(UnknownAreaError) as caught:
            find_area("Lancashure")
        assert caught.value.lies_in is None


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


@pytest.mark.parametrize(
    ("text", "lies_in"),
    [
        ("E07000110", "kent"),
        ("Merthyr Tydfil County Borough Council", "south-wales"),
        ("Dudley MBC", "west-midlands"),
        ("The Vale of Glamorgan", "south-wales"),
        ("Herefordshire", "west-mercia"),
    ],
)
def test_authorities_as_councils_and_tables_write_them(text: str, lies_in: str) -> None:
    """By code and by official name; local_authorities.csv says which police force area."""
    with pytest.raises(UnknownAreaError) as caught:
        find_area(text)
    assert caught.value.lies_in == lies_in


def test_no_such_kind() -> None:
    """A kind that is none is refused, also where the name is clear."""
    with pytest.raises(InvalidInputError, match="no kind 'bogus'"):
        find_area("Kent", kind="bogus")
