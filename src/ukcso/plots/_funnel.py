"""Rates of areas against their population, with control limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from ukcso.errors import InvalidInputError
from ukcso.outputs import AreaAsked, funnel_in_words, joined, number_of
from ukcso.plots import _style
from ukcso.plots._areas import Areas
from ukcso.plots._chart import Canvas, along, altair, chart, dashed, looks, names, points, tips
from ukcso.plots._labels import placed
from ukcso.printed import grouped
from ukcso.stats import control_limits

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Unpack

    import altair as alt

    from ukcso.periods import Period

#: How far the curves go beyond the smallest and the largest area.
_BEYOND = 1.15
_STEPS = 160
#: How an area looks by its position: in words, shape, colour and size.
_LOOKS = {
    "inside": ("within the limits", "circle", _style.BLUE, 50),
    "95": ("outside 95%", "square", _style.ORANGE, 50),
    "99_8": ("outside 99.8%", "diamond", _style.VERMILION, 110),
}
_HIGHLIGHTED = 150
_DASHES = {"95": [5, 3], "99_8": [1, 0], "rate": [1, 2]}


def funnel(  # noqa: PLR0913 - what is drawn, and how
    measure_or_code: str | int | pd.DataFrame,
    period: Period | str | None = None,
    *,
    highlight: str | Sequence[str] | None = None,
    areas: Sequence[str] | None = None,
    width: float = 700,
    title: str | None = None,
    **asked: Unpack[AreaAsked],
) -> alt.VConcatChart:
    """
    Draw the rates of areas against their population, with control limits.

    An area within the limits does not differ from the pooled rate by more than chance
    and the differences between most areas allow; one outside does, for reasons that the
    picture does not know. Which ones are outside depends on how the limits are widened.

    Parameters
    ----------
    measure_or_code, period, highlight, areas, width, title, **asked
        As in `ranking`.

    Returns
    -------
    altair.VConcatChart
        ``.save("funnel.svg")``, also .png, .pdf, .html.

    Raises
    ------
    InvalidInputError
        As in `ranking`; or fewer than half of the areas of the table have a rate.
    UnknownAreaError, MissingDependencyError
        As in `ranking`.

    Notes
    -----
    The limits are those of `funnel_limits`, 95 and 99.8 per cent, by the additive model of
    the whole table, as its column `funnel` is; below the picture stand the numbers of both
    models, and the areas whose position depends on the model.

    Examples
    --------
    >>> chart = funnel("86", "2018/19", highlight="Kent")
    >>> chart.title.text
    ['Obscene publications etc (class 86), police force areas, 2018/19']
    """
    table = Areas("funnel", measure_or_code, period, highlight, areas, width, title, asked)
    if table.why_not_ranked:
        msg = f"no funnel can be drawn. {table.why_not_ranked}"
        raise InvalidInputError(msg)
    plane = _Plane(table)
    unlabelled = sorted(set(plane.wanted["name"]) - set(plane.labels["name"]))
    positions = plane.points["funnel"]
    facts = [
        f"{side.capitalize()} the 99.8% limit: {joined(names_there)}."
        for side in ("above", "below")
        if (names_there := plane.points.loc[positions == f"{side}_99_8", "name"].tolist())
    ]
    between = number_of(int(positions.str.endswith("_95").sum()), "area")
    notes = funnel_in_words(table.frame)
    if unlabelled:
        notes.append(f"Not labelled: {joined(unlabelled)}.")
    return table.finished(
        plane.plot(),
        "Funnel plot",
        subtitle=", against the number of residents",
        notes=notes,
        facts=[*facts, f"Between the 95% and the 99.8% limit: {between}."],
    )


class _Plane(Canvas):
    """
    The plane of rates against population.

    Attributes
    ----------
    table
        What is drawn.
    ends
        Of the axis of populations.
    curves
        The limits, from below the smallest population to above the largest.
    top
        Of the axis of rates: above every point, and above the curves where they matter.
    points
        The areas with the look of their position, and where they are in pixels.
    wanted, labels
        Those that should be named; those there is room for.
    """

    def __init__(self, table: Areas) -> None:
        self.table = table
        people, rates = table.shown["population"], table.shown["rate"]
        self.ends = [people.min() / _BEYOND, people.max() * _BEYOND]
        self.curves = self._curves()
        self.top = 1.12 * max(rates.max(), self.curves["upper_99_8"].median())
        super().__init__(table.width, (260, 380), [grouped(self.top, 0)], table.per)
        places = [_LOOKS[place.partition("_")[2] or place] for place in table.shown["funnel"]]
        marked = table.shown["highlighted"]
        self.points = table.shown.assign(
            position=[words for words, *_ in places],
            size=np.where(marked, _HIGHLIGHTED, [size for *_, size in places]),
            label=table.shown["name"],
            x=self.plot_width * along(np.log(people), *np.log(self.ends)),
            y=self.height * (1 - rates / self.top),
        )
        # Highlighted ones first: they must have room; then those furthest outside.
        wanted = self.points[marked | (self.points["funnel"] != "inside")]
        order = 2 * wanted["highlighted"] + wanted["funnel"].str.endswith("99_8")
        self.wanted = wanted.loc[order.sort_values(ascending=False, kind="stable").index]
        self.labels = placed(self.wanted, self.points, self, self.size * 1.1)

    def _curves(self) -> pd.DataFrame:
        grid = np.geomspace(self.ends[0], self.ends[1], _STEPS)
        origin = self.table.origin
        # Of the whole table, of which the rows may be a part.
        per, tau_squared = origin["per"], origin["funnel"]["tau_squared"]
        pooled = origin["pooled_rate"] / per
        limits = control_limits(pooled, grid, per=per, tau_squared=tau_squared)
        return pd.DataFrame({"population": grid, "pooled_rate": origin["pooled_rate"], **limits})

    def plot(self) -> Any:
        """Return the curves, the points and their names, the last on top."""
        words, shapes, colours, _ = zip(*_LOOKS.values(), strict=True)
        dots = points(
            self.points,
            **looks("position", words, altair.Legend(), shape=shapes, color=colours),
            tooltip=[*self.table.tips(), *tips(("position", "Position", ""))],
        )
        layers = [self._at(self._limits(), "limit"), self._at(dots, "rate")]
        if len(self.labels):
            base = self._at(chart(self.labels), "rate").encode(text="label:N")
            layers += names(base, fontWeight="bold")
        return self.layered(*layers).resolve_scale(strokeDash="independent")

    def _at(self, base: Any, field: str) -> Any:
        """Place marks by population and rate."""
        ticks = [m * 10**power for power in range(3, 10) for m in (1, 2, 5)]
        x = self.x(
            "population",
            "Residents of these ages (logarithmic scale)",
            {"type": "log", "domain": self.ends, "nice": False},
            values=[tick for tick in ticks if self.ends[0] <= tick <= self.ends[1]],
            grid=False,
        )
        return base.encode(x=x, y=self.y(field, {"domain": [0, self.top], "nice": False}))

    def _limits(self) -> Any:
        """Return the limits and the pooled rate, told apart by their dashes."""
        pooled = f"pooled rate {self.table.number(self.table.origin['pooled_rate'])}"
        words = dict(zip(_DASHES, ("95% limits", "99.8% limits", pooled), strict=True))
        lines = self.curves.drop(columns="rate", errors="ignore").melt(
            "population", var_name="curve", value_name="limit"
        )
        lines["level"] = lines["curve"].str.partition("_")[2].map(words)
        # Left out rather than clipped: Vega numbers its clips anew in every picture.
        lines = lines[lines["limit"] <= self.top]
        dashes = {words[name]: dash for name, dash in _DASHES.items()}
        return dashed(lines, dashes, 2 if self.narrow else 3)
