"""`cite` and `references`: the same works as one text, or as a list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pandas as pd

from ukcso._rules import require_choice
from ukcso.citation._bibtex import bibtex
from ukcso.citation._csl import csl_json
from ukcso.citation._works import Work, behind, dataset, package
from ukcso.errors import InvalidInputError, quoted

Style = Literal["text", "bibtex", "csl-json"]


def references(frame: pd.DataFrame) -> list[str]:
    """
    Return the lines that `cite` gives for a frame, one a work.

    What tables and plots print below themselves; raises what `cite` raises.

    Examples
    --------
    >>> import ukcso
    >>> [line[:19] for line in references(ukcso.load_recorded_crime(version=1))]
    ['Home Office (2023).']
    """
    return [_text(work) for work in behind(frame)]


def cite(
    dataset_or_frame: str | pd.DataFrame, *, version: int | None = None, style: Style = "text"
) -> str:
    """
    Return a citation, attribution line included.

    Parameters
    ----------
    dataset_or_frame
        A name from `list_datasets`; "ukcso" for the package; or a frame, for all that
        is behind it: a dataset or some of its rows, a series, a table, or a frame of
        your own with ids of sources.
    version
        Data version of a named dataset; None is the newest shipped.
    style
        "text", one line a work; "bibtex", one entry a work; or "csl-json", one array
        for reference managers and pandoc.

    Returns
    -------
    str
        Each work once: datasets by name, then sources by id.

    Raises
    ------
    UnknownDatasetError
        No such dataset or version.
    InvalidInputError
        An unknown style; a version beside a frame or the package; an id of a source
        that is not in `load_sources`; a frame that neither says what it is from nor
        names a source in every row, or has lost a column that named its sources. pandas
        drops what a frame is from when frames are concatenated or merged, or keeps it and
        drops columns: cite each one before.

    Notes
    -----
    A frame is from the datasets that its ``attrs["ukcso"]`` names: those of numbers
    are cited, those that were only looked up are not. Sources are those named in the
    columns, and levels of the index, `source_id`, `source_ids` (several joined by ";")
    and any that ends in `_source_id`, also with the suffix of a merge: `source_ids_x`.
    docs/citing.md has the rest.

    References
    ----------
    CSL-JSON: Citation Style Language 1.0.2, https://citationstyles.org

    Examples
    --------
    >>> print(cite("recorded_crime", version=1))
    Home Office (2023). Police recorded crime open data: ...

    Everything behind a series, or some rows of it:

    >>> import ukcso
    >>> figures = ukcso.load_figures(version=1)
    >>> bedfordshire = ukcso.series("image_offences", "Bedfordshire", figures=figures)
    >>> for line in cite(bedfordshire).splitlines():
    ...     print(line)
    The ukcso authors (2026). Figures: numbers printed by charities, newspapers and ...
    Northampton Chronicle (2018). Child abuse image offences on the rise in ...
    Royston Crow (2018). [news, title not seen]. https://www.royston-crow.co.uk/...
    >>> print(cite(bedfordshire, style="bibtex").splitlines()[0])
    @misc{ukcso_figures_v1,
    """
    require_choice("style", style, STYLES)
    return STYLES[style](_works(dataset_or_frame, version))


def _works(named: str | pd.DataFrame, version: int | None) -> list[Work]:
    of_dataset = isinstance(named, str) and named != "ukcso"
    if version is not None and not of_dataset:
        msg = f"version goes with the name of a dataset only; got {quoted(version)}"
        raise InvalidInputError(msg)
    if not isinstance(named, str):
        return behind(named)
    return [dataset(named, version) if of_dataset else package()]


def _text(work: Work) -> str:
    year = work.published[:4] or "n.d."
    parts = [f"{work.author} ({year}). {work.title}.", work.note, work.url]
    return " ".join(filter(None, parts))


#: What writes works in each style.
STYLES: dict[str, Callable[[list[Work]], str]] = {
    "text": lambda works: "\n".join(map(_text, works)),
    "bibtex": lambda works: "\n".join(map(bibtex, works)),
    "csl-json": csl_json,
}
