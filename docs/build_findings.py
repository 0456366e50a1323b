"""Write docs/findings.md from the shipped data, version 1; nothing in it is typed."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

import ukcso
from ukcso.areas import all_areas
from ukcso.claims import VERDICTS, contradictions
from ukcso.periods import Period
from ukcso.printed import printed_phrase, recomputed_phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PAGE = Path(__file__).parent / "findings.md"
CODE, MEASURE = "86", "image_offences"
YEARS = ("2016/17", "2017/18")
#: The last year of the first version of the official table.
LATEST = "2022/23"
FIRST = dict.fromkeys(("areas", "population", "recorded_crime"), 1)
#: Share of the forces at each end that is drawn in before a model is fitted.
DRAWN_IN = 0.1


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a Markdown table; empty cells for what is missing."""
    lines = ["| " + " | ".join(headings) + " |", "|" + "---|" * len(headings)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return [*lines, ""]


def _cell(value: Any) -> str:
    return "" if pd.isna(value) else str(value).replace("|", "\\|")


def about(claim: Any) -> str:
    """Name what a claim speaks of."""
    area = all_areas()[claim.area_id]
    part = "" if claim.breakdown == "all" else f", {claim.breakdown}"
    period = Period(claim.period_start, claim.period_end)
    return f"{claim.measure.replace('_', ' ')}{part}, {area}, {period}"


def verdicts(checked: pd.DataFrame) -> list[str]:
    """Return how many claims have each verdict, in all and release by release."""
    counts = checked["verdict"].value_counts()
    lines = ["## How many reproduce", ""]
    lines += table(
        ("verdict", "claims", "meaning"),
        [(f"`{v}`", counts.get(v, 0), rule.meaning) for v, rule in VERDICTS.items()],
    )
    computed = checked[~checked["verdict"].isin(["not_comparable", "not_computable"])]
    sound = computed["verdict"].isin(["reproduced", "truncated", "rounded_up", "possible"])
    lines += [
        (
            f"Of {len(checked)} printed statements, {len(computed)} can be recomputed. Of "
            f"those, {sound.sum()} agree with their operands, at least if digits were cut off "
            f"or rounded up; {(~sound).sum()} do not."
        ),
        "",
        "### By release",
        "",
    ]
    per = pd.crosstab(checked["release_id"], checked["verdict"])
    per = per.reindex(columns=list(VERDICTS), fill_value=0)
    lines += table(
        ("release", *(v.replace("_", " ") for v in VERDICTS)),
        [(f"`{name}`", *row) for name, row in zip(per.index, per.to_numpy(), strict=True)],
    )
    return lines


def differing(checked: pd.DataFrame) -> list[str]:
    """Return the claims whose operands do not give the printed number, and why."""
    claims = ukcso.load_claims(version=1).set_index("claim_id")
    found = checked[checked["verdict"] == "differs"].set_index("claim_id")
    rows = []
    for claim_id, row in found.iterrows():
        claim = claims.loc[claim_id]
        printed = printed_phrase(claim["relation"], claim["printed"], claim["hedge"])
        ends = row["recomputed_lower"], row["recomputed_upper"]
        recomputed = recomputed_phrase(claim["relation"], *ends, claim["printed"])
        basis = row["basis"].replace("_", " ")
        rows.append((claim_id, about(claim), printed, recomputed, row["diagnosis"], basis))
    head = ("claim", "about", "printed", "recomputed", "slip that explains it", "operands from")
    return [
        "## Which do not, and why",
        "",
        (
            "A slip is named only where one alone explains the number. Where an operand is "
            "from another release, that release may have counted later or otherwise."
        ),
        "",
        *table(head, rows),
    ]


def against_official() -> list[str]:
    """Return FOI counts of image offences beside official counts of code 86, by force."""
    crime = ukcso.load_recorded_crime(version=1)
    crime = crime[crime["offence_code"] == CODE]
    figures = ukcso.load_figures(version=1)
    printed = figures[
        (figures["measure"] == MEASURE)
        & (figures["breakdown"] == "all")
        & (figures["hedge"] == "exact")
        & figures["area_id"].isin(crime["area_id"].unique())
    ]
    lines = ["## FOI answers against official counts", ""]
    lines += [
        (
            "Image offences as forces answered the NSPCC, and the Home Office's class 86, "
            "which also holds material not of children. Every exact value that was printed is "
            "a row."
        ),
        "",
    ]
    for label in YEARS:
        year = Period.parse(label)
        start, end = pd.Timestamp(year.start), pd.Timestamp(year.end)
        inside = crime[(crime["period_start"] >= start) & (crime["period_end"] <= end)]
        official = inside.groupby("area_id")["offences"].sum()
        told = printed[(printed["period_start"] == start) & (printed["period_end"] == end)]
        told = told.drop_duplicates(["area_id", "value"]).sort_values(["area_id", "value"])
        names = told["area_id"].map(lambda area_id: all_areas()[area_id].name)
        told = told.assign(official=told["area_id"].map(official), name=names)
        apart = 100 * (told["value"] - told["official"]) / told["official"]
        lines += [
            f"### {label}",
            "",
            (
                f"{(apart.abs() <= 5).sum()} of {len(told)} values lie within 5 per cent of "
                f"the official count, {(apart.abs() <= 10).sum()} within 10."
            ),
            "",
        ]
        lines += table(
            ("force area", "FOI", "official", "apart, per cent"),
            [
                (
                    all_areas()[row.area_id].name,
                    f"{row.value:,.0f}",
                    f"{row.official:,}",
                    f"{a:+.1f}",
                )
                for row, a in zip(told.itertuples(), apart, strict=True)
            ],
        )
    return lines


def between_forces() -> list[str]:
    """Return how far the rates of forces lie apart, by each model of a funnel."""
    with warnings.catch_warnings(action="ignore"), ukcso.pinned(**FIRST):
        areas = ukcso.area_table(CODE, LATEST)
    areas = areas[areas["rank"].notna()]
    expected = _expected(areas)
    parts = (areas["count"] - expected) ** 2 / expected
    leaning = parts.idxmax()
    name, share = areas["name"][leaning], 100 * parts[leaning] / parts.sum()
    others = areas.drop(leaning)
    apart = ukcso.overdispersion(areas["count"], expected)
    without = ukcso.overdispersion(others["count"], _expected(others))
    drawn_in = ukcso.overdispersion(areas["count"], expected, winsorise=DRAWN_IN)
    additive = _funnel(areas, "additive", DRAWN_IN)
    tau_squared = additive.attrs["ukcso"]["tau_squared"]
    drawn = f"{100 * DRAWN_IN:g} per cent of the forces at either end drawn in"
    models = [
        ("multiplicative", f"{apart:.1f} times", _funnel(areas, "multiplicative", 0.0)),
        (
            f"multiplicative, {drawn}",
            f"{drawn_in:.1f} times",
            _funnel(areas, "multiplicative", DRAWN_IN),
        ),
        (f"additive, {drawn}", f"tau squared {tau_squared:.4f}", additive),
    ]
    return [
        "## How far forces lie apart",
        "",
        (
            f"In {LATEST} the variance between {len(areas)} forces, in class {CODE} per resident "
            f"aged 0 to 17, was {apart:.1f} times what chance alone gives. That number leans on "
            f"one force: {name} makes up {share:.0f} per cent of it, and without it there remain "
            f"{without:.1f}. With {drawn} it is {drawn_in:.1f}. Taken as a variance of the forces' "
            f"own rates, the same at every size, it is a tau squared of {tau_squared:.4f}: a "
            f"spread of about {100 * tau_squared**0.5:.0f} per cent around the rate of all. Which "
            "forces lie outside depends on the model."
        ),
        "",
        *table(
            ("model of the limits", "how far apart", "outside 95%", "of them outside 99.8%"),
            [(model, number, *_outside(areas, limits)) for model, number, limits in models],
        ),
    ]


def _expected(areas: pd.DataFrame) -> pd.Series:
    """Return the counts that each area would have at the rate of all."""
    return areas["population"] * areas["count"].sum() / areas["population"].sum()


def _funnel(areas: pd.DataFrame, model: Any, winsorise: float) -> pd.DataFrame:
    counts, people = areas["count"], areas["population"]
    return ukcso.funnel_limits(counts, people, per=1.0, model=model, winsorise=winsorise)


def _outside(areas: pd.DataFrame, limits: pd.DataFrame) -> list[str]:
    """Return the areas outside the limits of each level, by name."""
    rates = limits["rate"]
    outside = {
        level: (rates < limits[f"lower_{level}"]) | (rates > limits[f"upper_{level}"])
        for level in ("95", "99_8")
    }
    return [", ".join(areas["name"][where]) or "none" for where in outside.values()]


def implications() -> list[str]:
    """Return the counts nobody printed that the rest pins, and what contradicts itself."""
    found = ukcso.implied()
    pinned = found[found["lower"] == found["upper"]]
    closed = found[found["upper"].notna()]
    lines = [
        "## What is implied",
        "",
        (
            f"{len(found)} counts were never printed exactly. The rest of their release bounds "
            f"{len(closed)} of them from both sides and pins {len(pinned)} to one number. "
            "Areas are taken to add up to their totals: where a force did not answer, what is "
            "pinned is what the release counted, not what was recorded."
        ),
        "",
    ]
    lines += table(
        ("count", "must be", "by", "release"),
        [
            (about(row), f"{row.lower:,}", row.bounded_by.replace(";", ", "), f"`{row.release_id}`")
            for row in pinned.itertuples()
        ],
    )
    clashes = contradictions()
    sets = clashes.groupby(["release_id", "contradiction"]).ngroups
    lines += ["## What cannot all be true", ""]
    lines += [
        (
            f"{sets} smallest sets of statements of one release contradict each other, each "
            "number taken at its word."
        ),
        "",
    ]
    lines += table(
        ("release", "set", "statement", "says"),
        [
            (f"`{row.release_id}`", row.contradiction, row.statement_id, row.statement)
            for row in clashes.itertuples()
        ],
    )
    return lines


def page() -> str:
    """Return the text of the page."""
    checked = ukcso.check_claims(ukcso.load_claims(version=1), ukcso.load_figures(version=1))
    lines = [
        "<!-- Generated by docs/build_findings.py from version 1 of the datasets. -->",
        "",
        "# Findings",
        "",
        (
            "What the press and charities printed about offences recorded, set against the "
            "numbers it rests on. A verdict is on the arithmetic, not on the people; a rise "
            "in recording is not a rise in abuse."
        ),
        "",
        *verdicts(checked),
        *differing(checked),
        *against_official(),
        *between_forces(),
        *implications(),
    ]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
