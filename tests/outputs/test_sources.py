"""Who stands behind an output, and what holds of it."""

from __future__ import annotations

import ukcso
from ukcso.outputs._sources import caveats, source_line, source_notes


class TestSourceLine:
    """`source_line` says who printed and who counted, with versions."""

    def test_one_publisher(self) -> None:
        """A newspaper's numbers are its own, on somebody's figures."""
        with ukcso.pinned(figures=1, population=1):
            frame = ukcso.trend_table("image_offences", "Lancashire")
        assert source_line(frame).startswith(
            "Sources: Lancashire Evening Post on NSPCC, 2023-02 (figures v1); "
            "Office for National Statistics (population v1). ukcso "
        )

    def test_several_publishers_and_releases(self) -> None:
        """They are counted where they are many; claims are named where they were checked."""
        with ukcso.pinned(claims=1, figures=1, sources=1, releases=1):
            frame = ukcso.check_claims()
        works = {line.partition(" (")[0] for line in source_notes(frame)}
        line = source_line(frame)
        assert "publishers on 63 releases (claims v1, figures v1)" in line
        assert 100 < int(line.split()[1]) <= len(works)

    def test_official_counts(self) -> None:
        """What was counted stands before what it was divided by."""
        line = source_line(ukcso.trend_table("86", "Kent", across="allow"))
        assert line.index("Home Office") < line.index("Office for National Statistics")

    def test_own_rows_without_a_release(self) -> None:
        """Rows that name sources only have no release to name."""
        frame = ukcso.load_figures(version=1).head(3)
        frame.attrs["ukcso"]["datasets"] = {"figures": 1}
        line = source_line(frame.drop(columns="release_id"))
        assert line.endswith(f"(figures v1). ukcso {ukcso.__version__}.")
        assert " on " not in line


class TestCaveats:
    """`caveats` are sentences."""

    def test_what_holds_throughout(self) -> None:
        """Once each, without the id of the break, with one full stop."""
        (told,) = caveats(ukcso.trend_table("86", "Kent", across="allow"))
        assert told.startswith("Throughout: Class holds obscene publications")
        assert told.endswith("children.")
        assert caveats(ukcso.trend_table("image_offences", "Lancashire")) == []


def test_own_data_are_named_with_their_file() -> None:
    """A picture says that the counts are the author's own; residents are as shipped."""
    crime = ukcso.load_recorded_crime(version=1)
    origin = {"dataset": "recorded_crime", "version": "own", "file": "prc.ods", "sha256": 64 * "a"}
    crime.attrs["ukcso"] = origin
    with ukcso.pinned(recorded_crime=crime, population=1, offence_codes=1):
        frame = ukcso.trend_table("86", "Kent", across="allow")
    # Also outside of the block: the name of own data says it all.
    assert source_line(frame).startswith(
        "Sources: prc.ods, the author's own data (recorded_crime own); "
        "Office for National Statistics (population v1). ukcso "
    )
    assert any(
        line.startswith("Author's own data (n.d.). prc.ods.") for line in source_notes(frame)
    )
