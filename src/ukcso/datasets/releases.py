"""Waves of statistics, each compiled the same way by one body."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandera.typing import DataFrame

from ukcso.datasets._kinds import Day, Text, WholeOrEmpty
from ukcso.datasets._read import read
from ukcso.datasets._schema import IDENTIFIER, YEAR_MONTH, AnySpans, column, or_empty, row_of, rule

METHODS = ("foi", "recorded_crime", "survey", "estimate", "administrative")


class Releases(AnySpans, key="release_id"):
    """One wave of statistics; values inside one may be compared with each other."""

    release_id: Text = column("identifier, for ever", has_form=IDENTIFIER)
    publisher: Text = column("the body that compiled it")
    title: Text = column("descriptive title, ours")
    method: Text = column("how it was compiled", isin=METHODS)
    published: Text = or_empty("month, yyyy-mm; empty where not known", has_form=YEAR_MONTH)
    measure: Text = row_of("measures.measure", "main measure")
    period_start: Day = column("first day of the whole span")
    period_end: Day = column("last day of the whole span, inclusive")
    scope_area_id: Text = row_of("areas.area_id", "area its totals speak of")
    forces_responding: WholeOrEmpty = or_empty(
        "forces that answered; empty where not printed", unit="forces", ge=0
    )
    forces_asked: WholeOrEmpty = or_empty(
        "forces that were asked; empty where not printed", unit="forces", ge=0
    )
    note: Text = or_empty("what a reader must know")

    @rule("forces_responding", "must not exceed forces_asked where both are known")
    @staticmethod
    def _no_more_answers_than_questions(frame: pd.DataFrame) -> Any:
        return frame["forces_responding"] <= frame["forces_asked"]


def load_releases(version: int | None = None) -> DataFrame[Releases]:
    """
    Waves of statistics, each compiled the same way by one body.

    One row per release, 12 columns; columns, units and allowed values are those of
    `Releases`, see also the codebook in docs/datasets.md.

    **Use:** values of one release may be compared with each other. Two releases may
    differ in scope, forces responding and recording rules.
    **Coverage:** `forces_responding` of `forces_asked`, empty where not printed.
    **Source, licence, retrieval date:** ``metadata("releases")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (releases, 12)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> releases = load_releases(version=1).set_index("release_id")
    >>> wave = releases.loc["nspcc-2019-06-online-flag"]
    >>> int(wave.forces_responding), int(wave.forces_asked)
    (40, 44)
    """
    return read(Releases, version)
