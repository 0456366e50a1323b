"""What newer rows change in a dataset, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from ukcso.datasets._columns import DTYPES
from ukcso.datasets._own import version_in
from ukcso.datasets._read import read, schema
from ukcso.datasets._validate import conform
from ukcso.periods import financial_year_of

#: What one cell is called by, where that is not the key: editions of an estimate follow each other.
_CELLS = {"population": ["area_id", "mid_year", "age_band", "basis"]}
#: What rows with an id of their own are about.
_ABOUT = ("measure", "area_id", "period_start")
_CHANGED, _ADDED, _GONE = KINDS = ("changed", "added", "gone")
_FEW = 10
#: Columns of the cells besides those that say where they are.
_FOUND = {
    "change": "text",
    "column": "text",
    "before": "number",
    "after": "number",
    "move": "number",
    "before_text": "text",
    "after_text": "text",
}


@dataclass(frozen=True, slots=True, repr=False)
class Revision:
    """
    What rows of one's own change in a dataset.

    Attributes
    ----------
    dataset
        Name of the dataset.
    against
        The version that it was held against.
    given
        What the rows are called: "own" and their file, or a version.
    cells : DataFrame
        One row for each cell that differs: what it is called by (for `recorded_crime` area_id,
        period_start and offence_code), change ("changed", "added" or "gone"), column, before,
        after, move (after less before), and for cells of text before_text and after_text.
        Changed ones first, the largest move before all others.
    n_before, n_after
        How many rows each of them has.
    """

    dataset: str
    against: int | str
    given: int | str
    cells: pd.DataFrame
    n_before: int
    n_after: int

    @property
    def largest(self) -> pd.DataFrame:
        """The ten cells that moved most."""
        return self.cells[self.cells["change"] == _CHANGED].head(_FEW)

    @property
    def by_area(self) -> pd.DataFrame:
        """
        Cells changed, added and gone, and how far the changed ones moved, by area.

        Codes overlap (86 is in `all`): the moves of an area are those of its cells, not of its
        offences.
        """
        return self._by("area_id", self.cells.get("area_id"))

    @property
    def by_code(self) -> pd.DataFrame:
        """The same by offence code; of printed figures and statements by measure."""
        name = "offence_code" if "offence_code" in self.cells else "measure"
        return self._by(name, self.cells.get(name))

    @property
    def by_year(self) -> pd.DataFrame:
        """The same by year: the financial one that a period begins in, or that of a mid-year."""
        if "mid_year" in self.cells:
            return self._by("year", self.cells["mid_year"])
        starts = self.cells.get("period_start")
        if starts is None:
            return self._by("year", None)
        labels = {day: financial_year_of(day.date()).label for day in starts.dropna().unique()}
        return self._by("year", starts.map(labels))

    def _by(self, name: str, groups: Any) -> pd.DataFrame:
        """Count and add up the cells of each group; without groups there are no rows."""
        columns = [name, *KINDS, "before", "after", "move", "largest_move"]
        if groups is None:
            return pd.DataFrame(columns=columns)
        changed = self.cells["change"] == _CHANGED
        counts = {kind: (self.cells["change"] == kind).astype(int) for kind in KINDS}
        sums = {c: self.cells[c].where(changed, 0.0).fillna(0) for c in ("before", "after", "move")}
        size = self.cells["move"].abs().where(changed)
        table = pd.DataFrame({name: groups, **counts, **sums, "largest_move": size})
        how = dict.fromkeys([*counts, *sums], "sum") | {"largest_move": "max"}
        return table.groupby(name, as_index=False, sort=True).agg(how)[columns]

    def __bool__(self) -> bool:
        return len(self.cells) > 0

    def __repr__(self) -> str:
        counts = self.cells["change"].value_counts()
        words = ", ".join(f"{counts.get(kind, 0):,} {kind}" for kind in KINDS)
        return f"<Revision of {self.dataset}: {words}>"

    def __str__(self) -> str:
        given, against = (
            f"version {it}" if isinstance(it, int) else it for it in (self.given, self.against)
        )
        first = f"{self.dataset}: {given}, {self.n_after:,} rows, against {against}, "
        lines = [f"{first}{self.n_before:,} rows"]
        for kind in KINDS:
            own = self.cells[self.cells["change"] == kind]
            number = "1 cell" if len(own) == 1 else f"{len(own):,} cells"
            lines.append(f"{number} {kind}{self._reach(own)}")
        if len(self.largest):
            lines.append("the largest moves first:")
            lines += [f"  {_said(row)}" for row in rows_of(self.largest)]
        return "\n".join(lines)

    def _reach(self, cells: pd.DataFrame) -> str:
        """Say of which periods cells are."""
        if cells.empty or not {"mid_year", "period_start"} & {*cells}:
            return ""
        if "mid_year" in cells:
            years = cells["mid_year"]
            return f" (mid-{years.min()} to mid-{years.max()})"
        starts = cells["period_start"]
        first, last = (financial_year_of(day.date()).label for day in (starts.min(), starts.max()))
        return f" ({first})" if first == last else f" ({first} to {last})"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(str(self))}</pre>"


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows as mappings."""
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None)]


def _said(row: dict[str, Any]) -> str:
    """Write one changed cell in a line."""
    where = ", ".join(_plain(row[name]) for name in row if name not in _FOUND)
    before, after = (
        _plain(row[f"{side}_text"] if pd.isna(row[side]) else row[side])
        for side in ("before", "after")
    )
    if pd.isna(row["move"]):
        return f"{where}: {row['column']} {before} to {after}"
    return f"{where}: {before} to {after} ({row['move']:+,.15g})"


def _plain(cell: Any) -> str:
    """Write a cell as people read it."""
    if pd.isna(cell):
        return "empty"
    if isinstance(cell, pd.Timestamp):
        return cell.date().isoformat()
    return f"{cell:,.15g}" if isinstance(cell, float) else str(cell)


def revise(dataset: str, frame: pd.DataFrame, *, version: int | None = None) -> Revision:
    """
    What a newer release changes in a dataset: cells changed, added and gone.

    Parameters
    ----------
    dataset
        A name from `list_datasets`.
    frame
        Rows that fit its schema, as `readers` give them.
    version
        The version to hold them against; None is the pinned one, else the newest shipped.

    Returns
    -------
    Revision
        ``.cells``, the largest move first; ``.largest`` ten of them; how much moved
        ``.by_area``, ``.by_code`` and ``.by_year``; ``str()`` says it in lines. True where
        anything differs. Of `population` one cell is one area, year, age band and basis,
        whatever the edition: the preferred estimate is taken.

    Raises
    ------
    SchemaError
        The frame does not fit the schema.
    UnknownDatasetError
        The dataset or version is not shipped.

    Examples
    --------
    >>> import ukcso
    >>> crime = ukcso.load_recorded_crime(version=1)
    >>> crime.loc[crime.index[0], "offences"] += 5
    >>> revision = revise("recorded_crime", crime.iloc[:-1], version=1)
    >>> revision
    <Revision of recorded_crime: 1 changed, 0 added, 1 gone>
    >>> revision.largest[["offence_code", "move"]].values.tolist()
    [['11A', 5.0]]
    """
    before = read(schema(dataset), version)
    after = conform(frame, schema(dataset), dataset)
    given = after.attrs.get("ukcso", {})
    is_named = given.get("dataset") == dataset
    return Revision(
        dataset=dataset,
        against=version_in(before.attrs["ukcso"]),
        given=version_in(given) if is_named else "own rows",
        cells=compared(dataset, before, after),
        n_before=len(before),
        n_after=len(after),
    )


def compared(dataset: str, before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Return the cells in which rows of a dataset differ, the largest move first."""
    declared = schema(dataset).to_schema()
    keys = _CELLS.get(dataset, list(declared.unique))
    values = [str(name) for name in after if name not in {*declared.unique, "preferred"}]
    numbers = [name for name in values if pd.api.types.is_numeric_dtype(after[name])]
    both = _one_a_cell(before, keys).merge(
        _one_a_cell(after, keys),
        how="outer",
        on=keys,
        suffixes=("_before", "_after"),
        indicator="change",
    )
    both["change"] = both["change"].map(
        {"both": _CHANGED, "right_only": _ADDED, "left_only": _GONE}
    )
    # Rows with an id of their own say what they are about; the others are called by it.
    about = [name for name in _ABOUT if name in values and len(keys) == 1]
    for name in about:
        both[name] = both[f"{name}_after"].fillna(both[f"{name}_before"])
    keys = [*keys, *about]
    parts = [_of_column(both, keys, name, is_number=name in numbers) for name in values]
    alone = both[both["change"] != _CHANGED]
    shown = (numbers or values)[0]
    parts.append(_of_column(alone, keys, shown, is_number=shown in numbers, every=True))
    cells = pd.concat(parts, ignore_index=True)
    order = cells.assign(
        size=-cells["move"].abs(), kind=cells["change"].map({k: i for i, k in enumerate(KINDS)})
    ).sort_values(["kind", "size", *keys], kind="stable")
    return cells.loc[order.index].reset_index(drop=True)


def _one_a_cell(frame: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    if "preferred" in frame:
        frame = frame.sort_values("preferred", ascending=False, kind="stable")
    return frame.drop_duplicates(keys)


def _of_column(
    both: pd.DataFrame, keys: list[str], name: str, *, is_number: bool, every: bool = False
) -> pd.DataFrame:
    """Return the cells of one column that differ, or all of them."""
    before, after = both.get(f"{name}_before"), both[f"{name}_after"]
    if before is None:  # a column that only a later version has
        before = pd.Series(pd.NA, both.index, dtype=after.dtype)
    differ = (before != after).astype("boolean").fillna(value=True)
    differ &= ~(before.isna() & after.isna()) & (both["change"] == _CHANGED)
    rows = both.index if every else both.index[differ.astype(bool)]
    found = both.loc[rows, [*keys, "change"]].assign(column=name)
    for side, cells in (("before", before[rows]), ("after", after[rows])):
        found[side] = cells.astype("Float64").astype(float) if is_number else float("nan")
        found[f"{side}_text"] = pd.NA if is_number else cells.map(_plain, na_action="ignore")
    found["move"] = found["after"] - found["before"]
    types = {column: DTYPES[kind] for column, kind in _FOUND.items()}
    return found[[*keys, *_FOUND]].astype(types)
