"""The marks of printed against recomputed numbers."""

from __future__ import annotations

import math
from typing import Any

from ukcso.plots import _style
from ukcso.plots._chart import altair, values
from ukcso.plots._claims_points import VERDICT_MARKS, Drawn
from ukcso.printed import RELATIONS


def drawing(drawn: Drawn) -> Any:
    """Return diagonal, ranges, points and names, the last on top."""
    alt = altair()
    layers = [
        _diagonal(drawn),
        *([_ranges(drawn)] if drawn.has_ranges else []),
        _points(drawn),
        *(_names(drawn) if drawn.named else []),
    ]
    return alt.LayerChart(layer=layers, width=drawn.plot_width, height=drawn.height)


def _axis(drawn: Drawn, field: str) -> Any:
    alt = altair()
    across = field == "printed:Q"
    unit = RELATIONS[drawn.relation].axis
    plain = not drawn.fine
    kind = {"type": "linear"} if plain else {"type": "symlog", "constant": drawn.fine}
    axis = {"format": ",~f", "labelOverlap": False, "labelFlush": False}
    axis |= {"tickCount": 6} if plain else {"values": drawn.ticks(across=across)}
    if not across:
        axis |= {"minExtent": drawn.extent, "maxExtent": drawn.extent}
    return (alt.X if across else alt.Y)(
        field,
        title=f"{'Printed' if across else 'Recomputed'}, {unit}"
        + ("" if plain else " (logarithmic scale)"),
        scale=alt.Scale(domain=list(drawn.ends), nice=False, zero=False, **kind),
        axis=alt.Axis(**axis),
    )


def _diagonal(drawn: Drawn) -> Any:
    alt = altair()
    data = values([{"printed": end, "lower": end} for end in drawn.ends])
    line = alt.Chart(data).mark_line(color=_style.SOFT, strokeWidth=1, strokeDash=[4, 3])
    return line.encode(x=_axis(drawn, "printed:Q"), y=_axis(drawn, "lower:Q"))


def _shown(drawn: Drawn) -> list[str]:
    there = {it["verdict"] for it in drawn.points}
    return [verdict for verdict in VERDICT_MARKS if verdict in there]


def _colour(drawn: Drawn, *, legend: Any = None) -> Any:
    alt = altair()
    shown = _shown(drawn)
    colours = [VERDICT_MARKS[verdict][1] for verdict in shown]
    return alt.Color("verdict:N", scale=alt.Scale(domain=shown, range=colours), legend=legend)


def _legend(drawn: Drawn) -> Any:
    return altair().Legend(
        title=None,
        orient="top",
        direction="horizontal",
        columns=3 if _style.is_narrow(drawn.width) else 5,
        labelExpr="replace(datum.label, '_', ' ')",
        symbolSize=80,
        symbolOpacity=1,
    )


def _ranges(drawn: Drawn) -> Any:
    alt = altair()
    top = drawn.ends[1]
    data = [it | {"upper": min(it["upper"], top)} for it in drawn.points if _is_range(it)]
    bars = alt.Chart(values(data)).mark_rule(strokeWidth=2)
    return bars.encode(
        x=_axis(drawn, "printed:Q"),
        y=_axis(drawn, "lower:Q"),
        y2="upper:Q",
        color=_colour(drawn, legend=_legend(drawn)),
        tooltip=_tips(),
    )


def _is_range(point: dict[str, Any]) -> bool:
    return bool(point["lower"] != point["upper"])


def _points(drawn: Drawn) -> Any:
    """Return a mark at each number; a range has one at either end, where it has one."""
    alt = altair()
    shown = _shown(drawn)
    data = [it | {"end": it["lower"]} for it in drawn.points]
    data += [
        it | {"end": it["upper"]}
        for it in drawn.points
        if _is_range(it) and math.isfinite(it["upper"])
    ]
    shapes = [VERDICT_MARKS[verdict][0] for verdict in shown]
    return (
        alt.Chart(values(_finite(data)))
        .mark_point(filled=True, opacity=0.85, stroke="#FFFFFF", strokeWidth=0.5)
        .encode(
            x=_axis(drawn, "printed:Q"),
            y=_axis(drawn, "end:Q"),
            color=_colour(drawn, legend=_legend(drawn)),
            shape=alt.Shape(
                "verdict:N",
                scale=alt.Scale(domain=shown, range=shapes),
                legend=_legend(drawn),
            ),
            size=alt.condition("datum.verdict === 'differs'", alt.value(100), alt.value(60)),
            tooltip=_tips(),
        )
    )


def _finite(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows without endless numbers, which JSON does not have."""
    return [it | {"upper": it["upper"] if math.isfinite(it["upper"]) else None} for it in data]


def _tips() -> list[Any]:
    alt = altair()
    return [
        alt.Tooltip("claim_id:N", title="Claim"),
        alt.Tooltip("as_printed:N", title="Printed"),
        alt.Tooltip("lower:Q", title="Recomputed, from", format=",.2f"),
        alt.Tooltip("upper:Q", title="to", format=",.2f"),
        alt.Tooltip("verdict:N", title="Verdict"),
        alt.Tooltip("diagnosis:N", title="Diagnosis"),
        alt.Tooltip("source_id:N", title="Source"),
    ]


def _names(drawn: Drawn) -> list[Any]:
    """Return the names, and thin lines to those that stand farther off."""
    alt = altair()
    beside: dict[str, Any] = {part: {"expr": f"datum.{part}"} for part in ("dx", "dy", "align")}
    beside["baseline"] = "middle"
    base = alt.Chart(values(drawn.named)).encode(
        x=_axis(drawn, "printed:Q"), y=_axis(drawn, "lower:Q")
    )
    leads = base.transform_filter("datum.dy !== 0").mark_rule(color=_style.SOFT, strokeWidth=0.7)
    names = base.encode(text="label:N")
    return [
        leads.encode(x2="to_printed:Q", y2="to_lower:Q"),
        names.mark_text(stroke="#FFFFFF", strokeWidth=3, **beside),
        names.mark_text(color=_style.INK, **beside),
    ]
