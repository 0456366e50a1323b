"""The chart that the plots return: Altair's, saved whole and without a network."""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path
from typing import Any, cast
from xml.sax.saxutils import escape

import altair as alt

from ukcso.errors import InvalidInputError, listed
from ukcso.outputs import optional

_TEXTS, _BYTES = ("html", "json", "svg"), ("pdf", "png")
#: A picture of 700 px is 1,400 dots wide: sharp on paper and on dense screens.
_SCALE = 2


class OfflineChart(alt.VConcatChart):
    """
    An Altair chart that is saved whole, or not at all.

    Differs from `altair.VConcatChart` in `save` only.
    """

    def save(  # type: ignore[override]
        self,
        fp: str | os.PathLike[str] | Any,
        format: str | None = None,  # noqa: A002 - Altair's name for it
        **options: Any,
    ) -> None:
        """
        Save as svg, png, pdf, html or json, with no browser and no network.

        Parameters
        ----------
        fp
            A path, whose ending says the format, or an open file. A file that is there
            is replaced once the new one is complete.
        format
            One of svg, png, pdf, html, json; None goes by the ending.
        **options
            What `altair.Chart.save` takes. HTML is stand-alone unless ``inline=False``;
            PNG has ``scale_factor=2`` unless told.

        Raises
        ------
        InvalidInputError
            Another ending, or a place that cannot be written to.
        MissingDependencyError
            vl-convert, which draws, is not installed.
        """
        path = Path(fp) if isinstance(fp, (str, os.PathLike)) else None
        chosen = _format(path, format)
        if chosen != "json":
            optional("vl_convert", "plots")
        if chosen == "html":
            options.setdefault("inline", True)
        if chosen == "png":
            options.setdefault("scale_factor", _SCALE)
        drawn: io.StringIO | io.BytesIO = io.StringIO() if chosen in _TEXTS else io.BytesIO()
        if path is None and chosen != "svg":
            super().save(fp, chosen, **options)  # type: ignore[arg-type]
            return
        super().save(drawn, chosen, **options)  # type: ignore[arg-type]
        content = drawn.getvalue()
        if chosen == "svg":
            content = _with_alt_text(str(content), self)
        if path is None:
            _ = cast("Any", fp).write(content)
            return
        if isinstance(content, str):
            content = content.encode(options.get("encoding", "utf-8"))
        _place(path, content)


def _with_alt_text(svg: str, chart: Any) -> str:
    """Return an SVG that says what it shows: vl-convert leaves the description out."""
    told = chart.to_dict()
    name = " ".join(told.get("title", {}).get("text", []))
    spoken = f"<title>{escape(name)}</title><desc>{escape(told.get('description', ''))}</desc>"
    head, mark, body = svg.partition(">")
    return f'{head} role="img"{mark}{spoken}{body}'


def _format(path: Path | None, asked: str | None) -> str:
    known = sorted((*_TEXTS, *_BYTES))
    ending = path.suffix[1:].lower() if path else ""
    if asked in known or (asked is None and ending in known):
        return asked or ending
    if asked is not None:
        msg = f"format must be one of {listed(known)}; got {asked!r}"
    elif path is None:
        msg = f"format must be told for an open file, one of {listed(known)}"
    else:
        msg = f"the file must end in one of .{listed(known).replace(', ', ', .')}; got {path.name}"
    raise InvalidInputError(msg)


def _place(path: Path, content: bytes) -> None:
    """Write beside the file and move into place, so that no half of one is ever there."""
    target = path.resolve()
    beside = target.with_name(f".{secrets.token_hex(6)}.part")
    try:
        beside.write_bytes(content)
        beside.replace(target)
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}"
        raise InvalidInputError(msg) from error
    finally:
        beside.unlink(missing_ok=True)
