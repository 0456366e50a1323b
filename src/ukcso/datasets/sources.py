"""Pages and documents that printed figures."""

from __future__ import annotations

from pandera.typing import DataFrame

from ukcso.datasets._kinds import Text
from ukcso.datasets._read import read
from ukcso.datasets._schema import IDENTIFIER, YEAR_MONTH_OR_DAY, Table, column, or_empty

KINDS = ("press_release", "news", "official_statistics", "report", "briefing", "disclosure_log")
#: Best first: the body itself, a paper that reported it, a copy of such a report.
QUALITIES = ("primary", "press", "repost")


class Sources(Table, key="source_id"):
    """One page or document that printed figures."""

    source_id: Text = column("identifier, for ever", has_form=IDENTIFIER)
    kind: Text = column("what sort of document it is", isin=KINDS)
    publisher: Text = column("who published it")
    title: Text = or_empty("title as printed; empty where not seen")
    published: Text = or_empty(
        "ISO day or month; empty where not known", has_form=YEAR_MONTH_OR_DAY
    )
    url: Text = column("where it was read", has_form=r"^https?://\S+$")
    quality: Text = column("how near it is to who counted", isin=QUALITIES)
    note: Text = or_empty("what a reader must know")


def load_sources(version: int | None = None) -> DataFrame[Sources]:
    """
    Pages and documents that printed figures.

    One row per document, 8 columns; columns and allowed values are those of
    `Sources`, see also the codebook in docs/datasets.md.

    **Quality:** primary (the body itself), press, repost (a copy of a report).
    **Dates:** ISO day or month. The month inside an id is that of the release where
    the page shows none; `published` is then empty.
    **Source, licence, retrieval date:** ``metadata("sources")``.

    Parameters
    ----------
    version
        As in `load`.

    Returns
    -------
    DataFrame of shape (sources, 8)

    Raises
    ------
    UnknownDatasetError, DatasetIntegrityError
        As in `load`.

    Examples
    --------
    >>> sources = load_sources(version=1)
    >>> bool(sources.source_id.is_unique)
    True
    """
    return read(Sources, version)
