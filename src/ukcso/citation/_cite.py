"""`cite` and `references`: the same works as one text, or as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from ukcso._rules import require_choice
from ukcso.citation._bibtex import bibtex
from ukcso.citation._csl import csl_json
from ukcso.citation._works import behind, dataset, package
from ukcso.errors import InvalidInputError

if TYPE_CHECKING:
    import pandas as pd

    from ukcso.citation._works import Work

Style = Literal["text", "bibtex", "csl-json"]
STYLES = ("text", "bibtex", "csl-json")


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
    r"""
    Return a citation, attribution line included.

    Parameters
    ----------
    dataset_or_frame
        A name from `list_datasets`; "ukcso" for the package; or a frame, for all
        that is behind it: a dataset as loaded or some of its rows, what `series`,
        `official_series`, `compare`, `revisions`, `area_table`, `trend_table`,
        `check_claims` or `implied` return, or a frame of your own with ids of
        sources.
    version
        Data version of a named dataset; None is the newest shipped. A frame and the
        package have theirs.
    style
        "text", one line a work; "bibtex", one entry a work; or "csl-json", one array
        for reference managers and pandoc.

    Returns
    -------
    str
        Each work once: datasets by name, then sources by id. Empty, or an empty
        array, where a frame has a column of sources and names none.

    Raises
    ------
    UnknownDatasetError
        No such dataset or version.
    InvalidInputError
        An unknown style; a version beside a frame or the package; a frame that
        neither says what it is from nor has sources; an id of a source that is not
        in `load_sources`.

    Notes
    -----
    A frame is from the datasets that its ``attrs["ukcso"]`` names. Those of numbers
    are cited; those in which names and definitions were looked up only where the
    frame is one of them. Sources are those named in the columns, and levels of the
    index, `source_id`, `source_ids` (several joined by ";") and any that ends in
    `_source_id`. `implied` and `contradictions` name statements, not sources: they
    bring the datasets `figures` and `claims` only.

    The line that a dataset's licence asks for is in every style, in BibTeX and
    CSL-JSON as `note`. Nothing is made up: a title that was not seen is in brackets,
    and a publication without a known date has none. The author of a source is the
    body that published it. `annote` is our remark on a source, such as that its month
    was inferred; usual styles do not print it.

    BibTeX entries are all @misc, with `year`, `month` and, where the day is known,
    `date`; `urldate`, `version` and `type` are read by biblatex. They need the LaTeX
    package url or hyperref.

    References
    ----------
    CSL-JSON: Citation Style Language 1.0.2, https://citationstyles.org

    Examples
    --------
    >>> print(cite("recorded_crime", version=1))
    Home Office (2023). Police recorded crime open data: ...
    >>> print(cite("ukcso", style="bibtex").splitlines()[0])
    @misc{ukcso,

    Everything behind a series, or some rows of it:

    >>> import ukcso
    >>> figures = ukcso.load_figures(version=1)
    >>> told = ukcso.series("image_offences", "Bedfordshire", figures=figures)
    >>> for line in cite(told).splitlines():
    ...     print(line)
    The ukcso authors (2026). Figures: numbers printed by charities, newspapers and ...
    Northampton Chronicle (2018). Child abuse image offences on the rise in ...
    Royston Crow (2018). [news, title not seen]. https://www.royston-crow.co.uk/...
    >>> print(cite(told, style="bibtex"))
    @misc{ukcso_figures_v1,
    ...
    @misc{royston-crow-2018-09,
      author = {{Royston Crow}},
      title = {{[news, title not seen]}},
      year = {2018},
      month = sep,
      howpublished = {\url{https://www.royston-crow.co.uk/...}},
      annote = {page says the figures came out on Thursday of the week before ...},
    }

    Official counts have no sources of rows, only a dataset:

    >>> cite(ukcso.official_series("86", "Kent", version=1))
    'Home Office (2023). Police recorded crime open data: ...'

    >>> import json
    >>> [item] = json.loads(cite("recorded_crime", version=1, style="csl-json"))
    >>> item["type"], item["issued"]
    ('dataset', {'date-parts': [[2023, 10, 19]]})
    """
    require_choice("style", style, STYLES)
    works = _works(dataset_or_frame, version)
    if style == "csl-json":
        return csl_json(works)
    return "\n".join(map(_text if style == "text" else bibtex, works))


def _works(asked: str | pd.DataFrame, version: int | None) -> list[Work]:
    named = isinstance(asked, str) and asked != "ukcso"
    if version is not None and not named:
        msg = f"version goes with the name of a dataset only; got {version!r}"
        raise InvalidInputError(msg)
    if not isinstance(asked, str):
        return behind(asked)
    return [dataset(asked, version) if named else package()]


def _text(work: Work) -> str:
    year = work.date[0] if work.date else "n.d."
    parts = [f"{work.author} ({year}). {work.heading}.", work.note, work.url]
    return " ".join(part for part in parts if part)
