"""Mirrors src/ukcso/claims/_table.py: the shipped claims, and small worlds made up."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import ukcso
from ukcso.claims import VERDICTS, check, check_claims
from ukcso.errors import SchemaError
from ukcso.evidence import BASES
from ukcso.printed import RELATIONS

FIRST_COLUMNS = [
    "claim_id", "relation", "printed", "hedge", "subject", "reference", "recomputed_lower",
    "recomputed_upper", "verdict", "basis", "diagnosis", "would_read", "source_id",
]  # fmt: skip


@pytest.fixture(scope="module")
def checked() -> pd.DataFrame:
    """Return the verdicts on the first version of the shipped claims, by claim."""
    with ukcso.pinned(claims=1, figures=1, releases=1, sources=1):
        return check_claims().set_index("claim_id")


class TestShippedClaims:
    """What the press printed, version 1 of claims and figures."""

    @pytest.mark.parametrize(
        ("claim_id", "verdict", "would_read", "diagnosis"),
        [
            # Bedfordshire, 118 to 200 as 66 per cent: 82 / 118 = 69.49
            ("clm-00104", "differs", "69", "one digit: 69 printed as 66"),
            # Thames Valley, 303 to 369 as 322 per cent: 66 / 303 = 21.78
            ("clm-00164", "differs", "22", "a digit in front: 22 printed as 322"),
            # Kent, 63 to 361 as 573 per cent: 298 / 63 = 473.0; 361 / 63 = 5.73
            ("clm-00062", "differs", "473", "a ratio printed as a change"),
            # Hertfordshire, 6 to 43 as 716 per cent: 37 / 6 = 616.7; 43 / 6 = 7.1667
            ("clm-00157", "differs", "617", "a ratio printed as a change"),
            # South Yorkshire, 1,249 in 2023/24 as over six a day: 1,249 / 366 = 3.41
            ("clm-00455", "differs", "3", None),
            # the same as over 24 a week: 1,249 / (366 / 7) = 23.89
            ("clm-00456", "differs", "23.9", "a year taken as 52 weeks"),
            # Lincolnshire, 119 to 226 as 14 per cent: 89.9; another wave printed 199
            (
                "clm-00266",
                "differs",
                "90",
                "another printed base: 199 in nspcc-2019-06-online-flag",
            ),
            # UK, 22,724 in 2017/18 as every 23 minutes: 525,600 / 22,724 = 23.13
            ("clm-00140", "reproduced", None, None),
            # Lancashire, 674 as nearly two a day: 674 / 365 = 1.85
            ("clm-00113", "reproduced", None, None),
            # 8,224 as 22 a day: 22.53
            ("clm-00153", "truncated", "23", None),
            # 146 of 41,246 as 0.4 per cent: 0.354
            ("clm-00148", "reproduced", None, None),
            # UK, 55,507 in 2015/16 as every 10 minutes: 527,040 / 55,507 = 9.495
            ("clm-00050", "rounded_up", "9", None),
            # 10,058 up 17 per cent: the year before stands only for other areas
            ("clm-00277", "not_comparable", None, None),
            # UK, 10,391 up 16 per cent: the release leaves Scotland out, the base has it
            ("clm-00271", "not_comparable", None, None),
            # UK, 6,156 (41 forces) up 84 per cent: the base is printed for 42 forces
            ("clm-00340", "not_comparable", None, None),
            # England and Wales, over 22,700, which the UK's 22,724 less Northern Ireland's 478
            # contradicts, up 23 per cent on a count that nobody printed
            ("clm-00107", "not_computable", None, None),
            # Norfolk, five-fold: neither count was printed
            ("clm-00029", "not_computable", None, None),
            # Meta, more than 4,000 as about 11 a day: 10.96 or more
            ("clm-00211", "possible", None, None),
            # Lancashire, 419 up 525 per cent on 67, printed in another release: 525.4
            ("clm-00282", "reproduced", None, None),
        ],
    )
    def test_verdicts(
        self,
        checked: pd.DataFrame,
        claim_id: str,
        verdict: str,
        would_read: str | None,
        diagnosis: str | None,
    ) -> None:
        """Each claim gets the verdict that its arithmetic earns."""
        row = checked.loc[claim_id, ["verdict", "would_read", "diagnosis"]]
        assert [None if value is pd.NA else value for value in row] == [
            verdict,
            would_read,
            diagnosis,
        ]

    def test_one_row_per_claim_in_the_published_columns(self, checked: pd.DataFrame) -> None:
        """No claim is left out and none is added."""
        claims = ukcso.load_claims(version=1)
        assert list(checked.reset_index().columns[: len(FIRST_COLUMNS)]) == FIRST_COLUMNS
        assert checked.index.tolist() == claims["claim_id"].tolist()
        assert set(checked["verdict"]) == set(VERDICTS)

    def test_every_verdict_says_what_it_must(self, checked: pd.DataFrame) -> None:
        """Numbers, basis and reasons are there exactly where the verdict calls for them."""
        computed = ~checked["verdict"].isin(["not_comparable", "not_computable"])
        assert (checked["recomputed_lower"].notna() == computed).all()
        assert (checked["basis"].notna() == computed).all()
        assert (checked["why_not"].notna() == ~computed).all()
        corrected = checked["verdict"].isin(["differs", "truncated", "rounded_up"])
        assert (checked["would_read"].notna() == corrected).all()
        assert set(checked["basis"].dropna()) == set(BASES)
        exact = (checked["subject_hedge"] == "exact") & (checked["reference_hedge"] != "over")
        assert (checked["recomputed_lower"] <= checked["recomputed_upper"])[computed].all()
        assert (
            checked.loc[exact & (checked["verdict"] == "possible"), "reference_hedge"] != "exact"
        ).all()

    def test_no_printed_count_is_changed(self, checked: pd.DataFrame) -> None:
        """The operand printed beside a claim is the operand used."""
        claims = ukcso.load_claims(version=1).set_index("claim_id")
        for operand, beside in (("subject", "subject_value"), ("reference", "ref_value")):
            printed = claims[beside].dropna()
            used = checked.loc[printed.index, operand].dropna()
            assert used.equals(printed.loc[used.index].rename(operand))

    def test_types_do_not_depend_on_pandas(self, checked: pd.DataFrame) -> None:
        """Text is text and numbers are floats, even where a column is empty."""
        none = check_claims(ukcso.load_claims(version=1).head(0))
        assert none.dtypes.to_dict() == checked.reset_index().dtypes.to_dict()
        assert none["recomputed_lower"].dtype == np.float64


class TestMemory:
    """What is shipped is checked once in a process."""

    def test_the_caller_owns_what_comes_back(self) -> None:
        """Damage to one result is not in the next, attrs included."""
        first = check_claims()
        first["verdict"] = "damaged"
        first.attrs["ukcso"]["datasets"]["claims"] = 99
        second = check_claims()
        assert "damaged" not in set(second["verdict"])
        newest = ukcso.metadata("claims").version
        assert second.attrs["ukcso"]["datasets"]["claims"] == newest

    def test_the_same_as_what_is_not_remembered(self) -> None:
        """Shipped frames handed over are checked anew, and give the same, origin included."""
        remembered = check_claims()
        claims, figures = ukcso.load_claims(), ukcso.load_figures()
        anew = check_claims(claims, figures)
        pd.testing.assert_frame_equal(remembered, anew)
        assert remembered.attrs["ukcso"]["datasets"] == anew.attrs["ukcso"]["datasets"]


class TestProgress:
    """The caller may watch."""

    def test_the_claims_go_through_it(self) -> None:
        """The wrapper sees every claim once, and the result is the same."""
        seen: list[object] = []

        def watch(items: list[object]) -> list[object]:
            seen.extend(items)
            return items

        claims = ukcso.load_claims(version=1).head(5)
        watched = check_claims(claims, progress=watch)
        assert len(seen) == 5
        pd.testing.assert_frame_equal(watched, check_claims(claims))


class World:
    """A few figures and one claim, made up, in real releases and areas."""

    def __init__(self) -> None:
        self.figures = ukcso.load_figures(version=1).head(0)
        self.claim = ukcso.load_claims(version=1).head(1)

    def figure(self, value: float, **cell: object) -> World:
        """Add a printed number; a cell is image offences in Kent in 2017/18 unless told."""
        row: dict[str, object] = {
            "figure_id": f"fig-{len(self.figures) + 1:05}",
            "measure": "image_offences",
            "breakdown": "all",
            "area_id": "kent",
            "period_start": pd.Timestamp("2017-04-01"),
            "period_end": pd.Timestamp("2018-03-31"),
            "value": float(value),
            "hedge": "exact",
            "unit": "offences",
            "release_id": "nspcc-2018-09-image-offences",
            "source_id": "nspcc-2018-09",
            "period_basis": "stated",
            "note": pd.NA,
        } | cell
        rows = [*self.figures.to_dict("records"), row]
        self.figures = pd.DataFrame(rows, columns=self.figures.columns)
        return self

    def growth(self, printed: str, area_id: str = "kent", **more: object) -> pd.Series:
        """Return the verdict on a growth from 2016/17 to 2017/18."""
        cell = {"measure": "image_offences", "breakdown": "all", "area_id": area_id}
        claim = self.claim.assign(
            relation="growth", printed=printed, hedge="exact", unit="percent",
            **cell, **{f"ref_{name}": value for name, value in cell.items()},
            period_start=pd.Timestamp("2017-04-01"), period_end=pd.Timestamp("2018-03-31"),
            ref_period_start=pd.Timestamp("2016-04-01"), ref_period_end=pd.Timestamp("2017-03-31"),
            subject_value=np.nan, ref_value=np.nan,
            release_id="nspcc-2018-09-image-offences", source_id="nspcc-2018-09",
        ).assign(**more)  # fmt: skip
        return check_claims(claim, self.figures).iloc[0]


BASE = {"period_start": pd.Timestamp("2016-04-01"), "period_end": pd.Timestamp("2017-03-31")}
OTHER_PAGE = {"source_id": "asian-image-2020-08"}
OTHER_WAVE = {"release_id": "nspcc-2019-06-online-flag", **OTHER_PAGE}


class TestWhereOperandsComeFrom:
    """The nearest number that can stand for the operand."""

    def test_the_same_source_comes_first(self) -> None:
        """The page's own counts are used, not another page's."""
        world = (
            World()
            .figure(150)
            .figure(100, **BASE)
            .figure(175, **OTHER_PAGE)
            .figure(120, **BASE, **OTHER_PAGE)
        )
        row = world.growth("50")
        assert (row.verdict, row.subject, row.reference, row.basis) == (
            "reproduced",
            150,
            100,
            "same_source",
        )

    def test_then_the_same_release(self) -> None:
        """A page of the same wave lends its count."""
        row = (
            World()
            .figure(150)
            .figure(100, **BASE, **OTHER_PAGE)
            .figure(90, **BASE, **OTHER_WAVE)
            .growth("50")
        )
        assert (row.verdict, row.reference, row.basis) == ("reproduced", 100, "same_release")
        assert row.reference_source_id == "asian-image-2020-08"

    def test_then_another_release(self) -> None:
        """For a single force, any wave counts the same force; the basis says so."""
        row = World().figure(150).figure(100, **BASE, **OTHER_WAVE).growth("50")
        assert (row.verdict, row.reference, row.basis) == ("reproduced", 100, "other_release")

    def test_an_exact_number_goes_before_a_hedged_one(self) -> None:
        """What a page rounds off, another page of the wave prints in full."""
        world = World().figure(100, hedge="over").figure(150, **OTHER_PAGE).figure(100, **BASE)
        row = world.growth("50")
        assert (row.verdict, row.subject, row.basis) == ("reproduced", 150, "same_release")

    def test_a_hedged_number_of_the_release_goes_before_another_release(self) -> None:
        """A range of the wave itself is nearer than an exact number of another."""
        world = World().figure(100, hedge="over").figure(150, **OTHER_WAVE).figure(100, **BASE)
        row = world.growth("50")
        assert (row.verdict, row.subject, row.subject_hedge) == ("possible", 100, "over")

    def test_the_number_printed_beside_the_claim_is_its_operand(self) -> None:
        """A count in the claim itself beats every figure."""
        row = World().figure(150).figure(100, **BASE).growth("60", subject_value=160.0)
        assert (row.verdict, row.subject) == ("reproduced", 160)

    def test_other_releases_that_were_out_by_then_go_first(self) -> None:
        """A claim of 2018 cannot rest on what was printed in 2023."""
        world = World().figure(150)
        world.figure(100, **BASE, release_id="nspcc-2017-06-online-flag", **OTHER_PAGE)
        world.figure(75, **BASE, release_id="nspcc-2023-02-image-offences", **OTHER_PAGE)
        assert world.growth("50").reference == 100

    @pytest.mark.parametrize(("relation", "printed"), [("share", "120"), ("one_in", "0.8")])
    def test_a_part_above_its_whole(self, relation: str, printed: str) -> None:
        """6 in 5 is no share, as `share` says: there is nothing to compute."""
        world, unit = World().figure(6).figure(5, **BASE), RELATIONS[relation].unit
        row = world.growth(printed, relation=relation, unit=unit)
        assert (row.verdict, row.why_not) == ("not_computable", "part above whole")
        assert (row.subject, row.reference) == (6, 5)

    def test_never_published(self) -> None:
        """A count that nobody printed makes it not computable, and says which."""
        row = World().figure(150).growth("50")
        assert (row.verdict, row.why_not) == ("not_computable", "reference never published")
        assert (row.subject, row.subject_hedge) == (150, "exact")
        row = World().growth("50")
        assert row.why_not == "subject never published; reference never published"


class TestComparability:
    """Groups of forces are compared within one coverage only."""

    def test_another_scope(self) -> None:
        """A UK count does not stand beside one of England, Wales and Northern Ireland."""
        world = World().figure(150, area_id="united-kingdom")
        world.figure(100, area_id="united-kingdom", **BASE, **OTHER_WAVE)
        row = world.growth("50", area_id="united-kingdom")
        assert (row.verdict, row.why_not) == ("not_comparable", "different_scope")

    def test_another_number_of_forces(self) -> None:
        """35 forces do not stand beside a wave that did not print how many answered."""
        world = World().figure(150, area_id="united-kingdom")
        world.figure(
            100,
            area_id="united-kingdom",
            **BASE,
            release_id="nspcc-2024-03-image-offences",
            **OTHER_PAGE,
        )
        row = world.growth("50", area_id="united-kingdom")
        assert (row.verdict, row.why_not) == ("not_comparable", "forces_responding")

    def test_the_same_scope_and_coverage(self) -> None:
        """Two UK waves that both print no number of forces are taken as alike."""
        world = World().figure(150, area_id="united-kingdom")
        world.figure(
            100,
            area_id="united-kingdom",
            **BASE,
            release_id="nspcc-2021-12-image-offences",
            **OTHER_PAGE,
        )
        row = world.growth("50", area_id="united-kingdom")
        assert (row.verdict, row.basis) == ("reproduced", "other_release")

    def test_a_total_printed_only_for_another_scope(self) -> None:
        """A wave's own total has no comparable base where others total other areas."""
        wave = {"release_id": "nspcc-2020-11-online-flag"}
        world = World().figure(150, area_id="england-and-wales", **wave)
        world.figure(100, area_id="england-wales-and-northern-ireland", **BASE, **OTHER_WAVE)
        row = world.growth("50", area_id="england-and-wales", **wave)
        assert (row.verdict, row.why_not) == ("not_comparable", "different_scope")

    def test_a_release_nobody_knows(self) -> None:
        """A reader's own release is comparable with itself only."""
        own = {"release_id": "own-foi-2025", "source_id": "own-2025"}
        world = (
            World().figure(150, area_id="wales", **own).figure(100, area_id="wales", **BASE, **own)
        )
        assert world.growth("50", area_id="wales", **own).verdict == "reproduced"
        assert world.growth("50", area_id="wales").verdict == "not_comparable"


class TestDiagnosisFromOtherFigures:
    """A slip that only the other printed numbers show."""

    def test_another_periods_base(self) -> None:
        """30 per cent on 100 is 50 per cent on the 87 of two years before."""
        older = {
            "period_start": pd.Timestamp("2015-04-01"),
            "period_end": pd.Timestamp("2016-03-31"),
        }
        world = World().figure(130).figure(100, **BASE).figure(80, **older)
        assert world.growth("62.5").diagnosis == "another period's base: 80 of 2015/16"

    def test_another_printed_base(self) -> None:
        """Another wave's count of the base year explains it."""
        world = World().figure(150).figure(100, **BASE).figure(90, **BASE, **OTHER_WAVE)
        assert (
            world.growth("67").diagnosis == "another printed base: 90 in nspcc-2019-06-online-flag"
        )


class TestBadFrames:
    """A user's own frames are checked before anything is computed."""

    def test_every_bad_cell_is_listed(self) -> None:
        """Both broken cells are in the message and in .failures."""
        claims = ukcso.load_claims(version=1).head(3)
        claims.loc[0, "relation"] = "roughly"
        claims.loc[2, "printed"] = "a lot"
        with pytest.raises(SchemaError) as caught:
            check_claims(claims)
        assert {"relation", "printed"} <= set(caught.value.failures["column"])
        assert "roughly" in str(caught.value)

    def test_agrees_with_check(self) -> None:
        """The table says what `check` says of the same operands."""
        row = World().figure(200).figure(118, **BASE).growth("66")
        alone = check("growth", "66", subject=200, reference=118)
        assert (row.verdict, row.recomputed_lower, row.diagnosis) == (
            alone.verdict,
            alone.recomputed,
            alone.diagnosis,
        )
