"""The sidecar beside each CSV: where it is from, under what licence, its hash."""

from __future__ import annotations

import tomllib
from calendar import month_name
from dataclasses import dataclass, fields
from html import escape

from ukcso.datasets._own import OWN, Own
from ukcso.errors import DatasetIntegrityError, listed

#: What is not known of data of somebody's own.
NOT_STATED = "not stated"
#: Estimates of residents are of 30 June of a year.
_MID_YEAR = "-06-30"


@dataclass(frozen=True, slots=True, repr=False)
class Metadata:
    """
    Provenance of one version of one dataset.

    Column types, units and allowed values are not here: they live in the schema.
    """

    dataset: str
    #: "own" of data of somebody's own that stand in its place.
    version: int | str
    title: str
    publisher: str
    publication: str
    #: A link, or "dataset:sources" where every row names its own source.
    source_url: str
    #: ISO day or month of publication; "various" where rows have their own.
    published: str
    #: ISO day the facts were last read from the source.
    retrieved: str
    licence: str
    #: The sentence the licence asks re-users to print.
    attribution: str
    #: Area, period and what is left out.
    coverage: str
    #: accredited official statistics, official statistics, or compiled.
    status: str
    #: Known faults and oddities of the source, which are shipped as they are.
    known_issues: str
    sha256: str
    rows: int
    #: First and last ISO day spoken of; empty where rows have no period.
    period_start: str
    period_end: str
    #: The version this one replaces, and which cells moved by how much.
    supersedes: int | None = None
    changes: str = ""

    @property
    def is_own(self) -> bool:
        """Whether it is data of somebody's own that stand in the place of the dataset."""
        return self.version == OWN

    @property
    def covers(self) -> str:
        """
        From when to when the rows reach; empty where they have no period.

        Examples
        --------
        >>> import ukcso
        >>> ukcso.metadata("recorded_crime", version=1).covers
        'April 2012 to June 2023'
        """
        if not self.period_start:
            return ""
        of_residents = self.period_start.endswith(_MID_YEAR)
        named = _middle if of_residents else _month
        return f"{named(self.period_start)} to {named(self.period_end)}"

    def __repr__(self) -> str:
        reach = f", covers {self.covers}" if self.covers else ""
        name = self.dataset + (", own data" if self.is_own else f" version {self.version}")
        return f"<Metadata of {name}: {self.title}; {self.rows:,} rows{reach}>"

    def _repr_html_(self) -> str:
        facts = [(field.name, getattr(self, field.name)) for field in fields(self)]
        lines = [f"<tr><th>{name}</th><td>{escape(str(fact))}</td></tr>" for name, fact in facts]
        return f"<table>{''.join(lines)}</table>"

    def _repr_markdown_(self) -> str:
        facts = [(field.name, str(getattr(self, field.name))) for field in fields(self)]
        lines = [
            f"| {name} | {' '.join(fact.split()).replace('|', '&#124;')} |" for name, fact in facts
        ]
        return "\n".join(["| entry | holds |", "|:---|:---|", *lines])


def _month(day: str) -> str:
    year, month, _ = day.split("-")
    return f"{month_name[int(month)]} {year}"


def _middle(day: str) -> str:
    return f"mid-{day[:4]}"


_ENTRIES = {field.name for field in fields(Metadata)} - {"dataset", "version"}
_WHOLE_NUMBERS = {"rows", "supersedes"}
_ONLY_LATER = {"supersedes", "changes"}


def damaged(file: str, why: object) -> DatasetIntegrityError:
    """Return the error of a file that is not as it was released."""
    msg = f"{file} is not the file that was released: {why}; reinstall ukcso"
    return DatasetIntegrityError(msg)


def parse_sidecar(dataset: str, version: int, content: bytes) -> Metadata:
    """
    Read a sidecar.

    Raises
    ------
    DatasetIntegrityError
        It is no TOML, or an entry is missing, unknown or of another type.
    """
    file = f"{dataset}/v{version}.toml"
    try:
        facts = tomllib.loads(content.decode())
    except ValueError as error:  # of TOML or of UTF-8
        raise damaged(file, error) from error
    missing = sorted(_ENTRIES - _ONLY_LATER - facts.keys())
    if wrong := missing + sorted(facts.keys() - _ENTRIES):
        msg = f"{file}: missing or unknown entries: {listed(wrong)}"
        raise DatasetIntegrityError(msg)
    for name, fact in facts.items():
        if type(fact) is not (int if name in _WHOLE_NUMBERS else str):
            msg = f"{file}: {name} cannot be {fact!r}; reinstall ukcso"
            raise DatasetIntegrityError(msg)
    return Metadata(dataset=dataset, version=version, **facts)


def own_metadata(own: Own, shipped: Metadata) -> Metadata:
    """Return what is known of data of somebody's own in the place of a shipped dataset."""
    start, end = _reach(own)
    return Metadata(
        dataset=own.dataset,
        version=OWN,
        title=f"{shipped.title}: own data",
        publisher="own data",
        publication=own.file or "rows of somebody's own, from no file that is named",
        source_url="",
        published="",
        retrieved="",
        licence=NOT_STATED,
        attribution="",
        coverage=f"{len(own.frame):,} rows of somebody's own in the place of {own.dataset}",
        status=OWN,
        known_issues="",
        sha256=own.sha256,
        rows=len(own.frame),
        period_start=start,
        period_end=end,
    )


def _reach(own: Own) -> tuple[str, str]:
    """Return the first and the last ISO day that rows speak of; empty where they have no period."""
    if own.frame.empty:
        return "", ""
    if "mid_year" in own.frame:
        years = own.frame["mid_year"]
        return f"{years.min()}{_MID_YEAR}", f"{years.max()}{_MID_YEAR}"
    if "period_start" in own.frame:
        first, last = own.frame["period_start"].min(), own.frame["period_end"].max()
        return first.date().isoformat(), last.date().isoformat()
    return "", ""
