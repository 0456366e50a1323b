"""Mirrors src/ukcso/claims/system/_release.py: who is solved when, and for how long."""

from __future__ import annotations

import pandas as pd
import pytest

import ukcso
from ukcso.claims.system import ReleaseSystem, ReleaseSystems, _release, cell_of, shipped_systems
from ukcso.datasets import load_claims, load_figures, load_releases, pinned

pytestmark = pytest.mark.slow

IMAGES = "nspcc-2018-09-image-offences"


class TestShipped:
    """What is shipped is solved once for as long as the same versions stand."""

    def test_one_object(self) -> None:
        """The same systems serve every caller."""
        assert shipped_systems(across=False) is shipped_systems(across=False)
        assert shipped_systems(across=False) is not shipped_systems(across=True)

    def test_checks_bounds_and_contradictions_share_them(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Once one of them was asked, no system is made for the others."""
        ukcso.implied()
        monkeypatch.setattr(_release, "ReleaseSystem", None)
        assert len(ukcso.contradictions())
        assert len(ukcso.implied("image_offences", "Cumbria"))

    def test_a_frame_of_ones_own_is_not_taken_for_it(self) -> None:
        """Figures that a reader changes bound what they did not, and only for that reader."""
        figures = load_figures()
        doubled = figures.assign(value=figures["value"] * 2)
        filters = {"area": "Lancashire", "release": "nspcc-2020-11-online-flag"}
        before = ukcso.implied(**filters)
        assert not ukcso.implied(**filters, figures=doubled).equals(before)
        pd.testing.assert_frame_equal(before, ukcso.implied(**filters))

    def test_every_dataset_is_told_each_time(self) -> None:
        """Also where the systems were solved long ago."""
        with pinned() as first:
            ukcso.implied("image_offences", "Kent")
        with pinned() as second:
            ukcso.implied("image_offences", "Kent")
        assert first == second
        assert first.keys() >= {"areas", "claims", "figures", "measures", "releases"}


class TestLaziness:
    """Only the releases that speak of what is asked for are solved."""

    def test_releases_of_a_measure(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The others are not even made."""
        made: list[str] = []
        of = ReleaseSystems.of

        def recorded(self: ReleaseSystems, release_id: str) -> ReleaseSystem:
            made.append(release_id)
            return of(self, release_id)

        monkeypatch.setattr(ReleaseSystems, "of", recorded)
        figures, claims = load_figures(version=1), load_claims(version=1)
        ukcso.implied("image_offences", "Lancashire", claims=claims, figures=figures)
        of_measure = {
            *figures.loc[figures["measure"] == "image_offences", "release_id"],
            *claims.loc[claims["measure"] == "image_offences", "release_id"],
            *claims.loc[claims["ref_measure"] == "image_offences", "release_id"],
        }
        assert set(made) == of_measure
        assert len(of_measure) < len(load_releases(version=1)) / 3

    @pytest.mark.parametrize("measure", ["image_offences", "child_sexual_offences"])
    def test_what_is_asked_for_is_what_all_gives(self, measure: str) -> None:
        """A filter changes no row."""
        frames = {"claims": load_claims(version=1), "figures": load_figures(version=1)}
        everything = ukcso.implied(**frames)
        of_measure = everything[everything["measure"] == measure].reset_index(drop=True)
        pd.testing.assert_frame_equal(ukcso.implied(measure, **frames), of_measure)


def test_a_claim_is_no_evidence_of_itself() -> None:
    """What the rest of the release says of an operand is the same as without the claim."""
    claims, figures = load_claims(version=1), load_figures(version=1)
    systems = ReleaseSystems(claims, figures)
    checked = 0
    for claim in claims[claims["release_id"] == IMAGES].itertuples(index=False):
        alike = ukcso.claims.system.cell_of(claim), ukcso.claims.system.reference_of(claim)
        others = claims[claims["claim_id"] != claim.claim_id]
        tightened = systems.of(IMAGES).tightened(alike[0], claim)
        without = ReleaseSystems(others, figures).of(IMAGES).tightened(alike[0], claim)
        # Contradictions that the claim is part of are resolved otherwise without it.
        if tightened and without:
            checked += 1
            assert tightened.within(without) or without.within(tightened)
    assert checked


def test_only_a_figure_that_contradicts_figures_is_doubted() -> None:
    """Two counts of 100 and 150 leave no room for "more than 300" in the two years together."""
    figures = load_figures(version=1)
    exact = figures[figures["hedge"] == "exact"].head(3).reset_index(drop=True)
    spans = [
        ("2016-04-01", "2017-03-31"),
        ("2017-04-01", "2018-03-31"),
        ("2016-04-01", "2018-03-31"),
    ]
    for column, place in (("period_start", 0), ("period_end", 1)):
        exact[column] = [pd.Timestamp(span[place]) for span in spans]
    made_up = exact.assign(
        measure="image_offences",
        breakdown="all",
        area_id="kent",
        unit="offences",
        release_id="made-up",
        value=[100.0, 150.0, 300.0],
        hedge=["exact", "exact", "over"],
    )
    cells = [cell_of(row) for row in made_up.itertuples(index=False)]
    none = load_claims(version=1).head(0)
    assert ReleaseSystems(none, made_up).of("made-up").doubts_figure({cells[2]})
    assert not ReleaseSystems(none, made_up).of("made-up").doubts_figure({cells[0]})
    fitting = made_up.assign(value=[100.0, 150.0, 200.0])
    assert not ReleaseSystems(none, fitting).of("made-up").doubts_figure({cells[2]})
