"""The chart that the plots return: Altair's, saved and shown without a network."""

from __future__ import annotations

import io
import json
import os
import secrets
from typing import Any, cast
from xml.sax.saxutils import escape, quoteattr

import altair as alt

from ukcso._rules import require_choice
from ukcso.errors import InvalidInputError, listed, refusal
from ukcso.outputs import ending_of, optional, path_of, write_whole

_FORMATS = ("html", "json", "pdf", "png", "svg")
_BYTES = ("pdf", "png")
#: HTML holds its scripts; a picture of 700 px is 1,400 dots wide: sharp on paper and on
#: dense screens.
_OPTIONS: dict[str, dict[str, Any]] = {"html": {"inline": True}, "png": {"scale_factor": 2}}
#: Names in the scripts stay inside, for a page may hold several pictures.
_CELL = """<div id="{name}" role="img" aria-label={label}></div>
<script>(() => {{
{scripts}
window.vegaEmbed("#{name}", {spec}, {{"mode": "vega-lite"}});
}})();</script>"""


class OfflineChart(alt.VConcatChart):
    """
    An Altair chart that is saved whole, or not at all, and needs no network.

    Differs from `altair.VConcatChart` in `save`, and in what notebooks show.
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
            PNG has ``scale_factor=2`` unless given.

        Raises
        ------
        InvalidInputError
            Another ending, or a place that cannot be written to.
        MissingDependencyError
            vl-convert, which draws, is not installed.
        """
        path = None
        if not hasattr(fp, "write"):
            if not isinstance(fp, (str, os.PathLike)):
                raise refusal(fp, "fp", "a path or an open file")
            path = path_of("fp", fp)
        if format is not None:
            require_choice("format", format, _FORMATS)
        elif path is not None:
            format = ending_of(path, [f".{known}" for known in _FORMATS])[1:]  # noqa: A001
        else:
            msg = f"format must be given for an open file, one of {listed(_FORMATS)}"
            raise InvalidInputError(msg)
        if format != "json":
            optional("vl_convert", "plots")
        options = {**_OPTIONS.get(format, {}), **options}
        file: io.StringIO | io.BytesIO = io.BytesIO() if format in _BYTES else io.StringIO()
        super().save(file, format, **options)  # type: ignore[arg-type]
        content = file.getvalue()
        if format == "svg":
            content = _with_alt_text(str(content), self)
        if path is None:
            _ = cast("Any", fp).write(content)
        else:
            write_whole(path, content)

    def _repr_mimebundle_(self, *args: Any, **options: Any) -> Any:
        """Return what a notebook shows: all scripts are inside, as in a saved page."""
        if alt.renderers.active not in {"default", "html"}:  # the reader chose another
            return super()._repr_mimebundle_(*args, **options)
        cell = _CELL.format(
            name=f"ukcso-{secrets.token_hex(6)}",
            label=quoteattr(str(self.description)),
            scripts=optional("vl_convert", "plots").javascript_bundle(),
            spec=json.dumps(self.to_dict()).replace("</", "<\\/"),
        )
        return {"text/html": cell, "text/plain": str(self.description)}


def _with_alt_text(svg: str, chart: Any) -> str:
    """Return an SVG that says what it shows: vl-convert leaves the description out."""
    spec = chart.to_dict()
    name = " ".join(spec.get("title", {}).get("text", []))
    spoken = f"<title>{escape(name)}</title><desc>{escape(spec.get('description', ''))}</desc>"
    head, mark, body = svg.partition(">")
    return f'{head} role="img"{mark}{spoken}{body}'
