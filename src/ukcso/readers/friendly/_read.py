"""`figures` and `claims`: files as people keep them, to frames valid against the schemas."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping

import pandas as pd

from ukcso.datasets import conform, schema
from ukcso.errors import SchemaError
from ukcso.readers._origin import files_of, own_id, own_origin
from ukcso.readers.friendly._rows import Row, claim, figure
from ukcso.readers.friendly._table import Line, Problem, lines_of, raise_problems

#: Names of columns, and the letters of the headings that mean them.
_SHARED: Mapping[str, Collection[str]] = {
    "measure": ("measure", "whatiscounted", "counted", "offence", "offencetype", "crime", "what"),
    "breakdown": ("breakdown",),
    "area": (
        "area",
        "areaid",
        "areaname",
        "force",
        "policeforce",
        "forcename",
        "place",
        "forcearea",
        "where",
    ),
    "period": ("period", "year", "financialyear", "when", "years", "periodcovered", "date"),
    "period_start": ("periodstart", "from", "start", "firstday"),
    "period_end": ("periodend", "to", "end", "lastday", "until"),
    "hedge": ("hedge", "qualifier"),
    "unit": ("unit",),
    "release": ("release", "releaseid"),
    "source": ("source", "sourceid"),
    "period_basis": ("periodbasis", "basis"),
    "note": ("note", "notes", "remark", "comment", "remarks", "comments"),
    "published": ("published", "publishedon", "datepublished", "publicationdate"),
}
_OF_FIGURES = {
    "figure_id": ("figureid", "id"),
    "value": (
        "value",
        "number",
        "count",
        "figure",
        "offences",
        "offencesrecorded",
        "total",
        "numberofoffences",
    ),
    **_SHARED,
}
_OF_CLAIMS = {
    "claim_id": ("claimid", "id"),
    "relation": ("relation", "kind", "statement", "type", "change"),
    "printed": ("printed", "asprinted", "number", "printednumber", "value", "figure", "says"),
    **_SHARED,
    "ref_measure": ("refmeasure", "referencemeasure", "ofmeasure"),
    "ref_breakdown": ("refbreakdown", "referencebreakdown"),
    "ref_area": ("refarea", "refareaid", "referencearea"),
    "ref_period": (
        "refperiod",
        "referenceperiod",
        "against",
        "comparedwith",
        "comparedto",
        "earlierperiod",
        "since",
        "versus",
        "vs",
        "baseline",
    ),
    "ref_period_start": ("refperiodstart", "referencefrom", "referencestart"),
    "ref_period_end": ("refperiodend", "referenceto", "referenceend"),
    "subject_value": ("subjectvalue", "subject", "after", "newvalue"),
    "ref_value": ("refvalue", "reference", "referencevalue", "before", "oldvalue"),
}
#: Which column here a column of the schemas is from.
_FROM = {"area_id": "area", "ref_area_id": "ref_area"}
_FROM |= {"release_id": "release", "source_id": "source"}
#: What a reference is taken from where a column of its own does not say it.
_OF_REFERENCE = {"relation", "measure", "area", "breakdown", "period"}
_FIRST_OWN = 90_001


def figures(
    path: str | os.PathLike[str], *, release: str | None = None, source: str | None = None
) -> pd.DataFrame:
    r"""
    Read printed numbers of your own: CSV, XLSX, XLS or ODS, a row each, names for ids.

    Parameters
    ----------
    path
        The file. Its headings are measure, area, period (or from and to, as ISO days), value,
        and as far as there are such columns hedge, breakdown, unit, release, source, note,
        period_basis, figure_id; title rows may stand above. Areas and measures by any of their
        names, periods as people write them ("2017/18"), values as printed ("over 500",
        "1,234", "<5").
    release, source
        For all rows, where there is no such column or a cell is empty: an id, or a title that
        is shipped. Ids of your own need rows of their own beside them in `pinned`. Where
        nothing is said it is the file itself, by an id that begins with own-, which needs no
        row; ``attrs["reading"]`` tells it.

    Returns
    -------
    DataFrame
        Valid against the schema of `figures`, for `pinned`. Where nothing is said, the
        breakdown is `all`, the hedge exact, the unit that of the measure, the period stated,
        and ids count from fig-90001.

    Raises
    ------
    SchemaError
        A cell cannot be read; `.failures` lists every one of them (row, column, value, rule,
        sheet, cell as Excel names it).
    InvalidInputError
        The file cannot be read, or lacks a column.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mine.csv")
    ...     _ = file.write_text(
    ...         "measure,area,period,value,release,source\n"
    ...         "indecent images,Herts Police,2017/18,over 500,my-wave,my-letters\n"
    ...     )
    ...     mine = figures(file)
    >>> mine[["measure", "area_id", "value", "hedge"]].values.tolist()
    [['image_offences', 'hertfordshire', 500.0, 'over']]
    """
    return _read("figures", path, _OF_FIGURES, figure, {"release": release, "source": source})


def claims(
    path: str | os.PathLike[str], *, release: str | None = None, source: str | None = None
) -> pd.DataFrame:
    r"""
    Read printed statements of your own: CSV, XLSX, XLS or ODS, a row each, names for ids.

    Parameters
    ----------
    path
        As for `figures`; instead of value the headings are relation ("growth", "fall", "share",
        "per day") and printed ("66%", "nearly 40"). What the subject is held against is in
        ref_period (or "against"), ref_measure, ref_area, ref_breakdown: one that is empty is as
        the subject's, as long as another is filled. Printed operands are in subject_value and
        ref_value. Keep percentages as text: a cell that Excel shows as 66% holds 0.66.
    release, source
        As for `figures`.

    Returns
    -------
    DataFrame
        Valid against the schema of `claims`, for `pinned`; ids count from clm-90001. A fall is
        a growth below zero.

    Raises
    ------
    SchemaError, InvalidInputError
        As for `figures`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "mine.csv")
    ...     _ = file.write_text(
    ...         "relation,printed,measure,area,period,against,subject,reference\n"
    ...         "rise,66%,indecent images,Bedfordshire,2017/18,2016/17,200,118\n"
    ...     )
    ...     mine = claims(file, release="my-wave", source="my-letters")
    >>> import ukcso
    >>> ukcso.check_claims(mine)[["verdict", "would_read"]].values.tolist()
    [['differs', '69']]
    """
    return _read("claims", path, _OF_CLAIMS, claim, {"release": release, "source": source})


def _read(
    dataset: str,
    path: str | os.PathLike[str],
    headings: Mapping[str, Collection[str]],
    make: Callable[[Line], Row],
    for_all: Mapping[str, str | None],
) -> pd.DataFrame:
    """Return the rows of a file as a frame of a dataset."""
    (file,) = files_of("path", [path] if isinstance(path, (str, os.PathLike)) else path)
    lines = lines_of(file, headings)
    bare: set[str] = set()
    for line in lines:
        given = {name: text for name, text in for_all.items() if text is not None}
        cells = {**given, **line.cells}
        bare |= {"release", "source"} - cells.keys()
        line.cells = {"release": own_id(file.name), "source": own_id(file.name), **cells}
    _require(lines, ["value"] if dataset == "figures" else ["relation", "printed"])
    rows = [make(line) for line in lines]
    _number(rows, next(iter(headings)))
    names = list(schema(dataset).to_schema().columns)
    frame = pd.DataFrame(rows, columns=names, dtype=object)
    try:
        checked = conform(frame, dataset)
    except SchemaError as error:
        for failure in error.failures.dropna(subset="row").to_dict("records"):
            _blame(lines[failure["row"]], failure["column"], failure["rule"])
    raise_problems(file, lines)
    checked.attrs["ukcso"] = own_origin(dataset, [file])
    if bare:
        lacking = " and ".join(sorted(bare))
        note = f"rows without a {lacking} have the file itself for it: {own_id(file.name)}"
        checked.attrs["reading"] = {"notes": [note]}
    return checked


def _require(lines: list[Line], numbers: list[str]) -> None:
    """Note once in each sheet which columns it lacks that every row needs."""
    known: set[str] = set()
    for line in lines:
        there = {*line.places, *line.cells}
        needed = ["measure", "area", *numbers]
        if not {"period_start", "period_end"} <= there:
            needed.append("period")
        line.lacking = frozenset(name for name in needed if name not in there)
        if line.sheet not in known:
            known.add(line.sheet)
            line.problems += [
                Problem(
                    line.heading,
                    name,
                    None,
                    f"there must be a column of {name}",
                    line.sheet,
                    f"row {line.heading}",
                )
                for name in needed
                if name in line.lacking
            ]


def _blame(line: Line, column: str, rule: str) -> None:
    """Note what the schema says of a cell, unless more was said of it before."""
    name = _FROM.get(column, column)
    if name.endswith(("period_start", "period_end")) and name not in line.places:
        name = name.rpartition("_")[0]
    blamed = {problem.column for problem in line.problems} | line.lacking
    follows = {"measure", "relation"} & blamed if name == "unit" else set()
    if name.startswith("ref_"):
        follows = {it for it in blamed if it in _OF_REFERENCE or it.startswith("ref_")}
    if name not in blamed and not follows:
        line.refuse(name, rule)


def _number(rows: list[Row], name: str) -> None:
    """Give rows without an id one that no shipped row has."""
    taken = {row[name] for row in rows}
    number = _FIRST_OWN
    for row in rows:
        if row[name] is None:
            while (own := f"{'fig' if name == 'figure_id' else 'clm'}-{number:05}") in taken:
                number += 1
            taken.add(own)
            row[name] = own
