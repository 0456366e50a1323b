"""The chart that the plots return: Altair's, saved whole and without a network."""

from __future__ import annotations

import io
import os
import secrets
from pathlib import Path
from typing import Any

import altair as alt

from ukcso._optional import optional
from ukcso.errors import InvalidInputError, listed

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
        if path is None:
            super().save(fp, chosen, **options)  # type: ignore[arg-type]
            return
        if chosen in _TEXTS:
            text = io.StringIO()
            super().save(text, chosen, **options)  # type: ignore[arg-type]
            _place(path, text.getvalue().encode(options.get("encoding", "utf-8")))
        else:
            drawn = io.BytesIO()
            super().save(drawn, chosen, **options)  # type: ignore[arg-type]
            _place(path, drawn.getvalue())


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
