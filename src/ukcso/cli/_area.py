"""The page of `ukcso area`: counts, rates, rank and what was printed of one area."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import pandas as pd

import ukcso
from ukcso.areas import Area
from ukcso.cli._check import row_of
from ukcso.cli._compare import NONE, command_of_change, sources_line
from ukcso.cli._formats import say, show, tell
from ukcso.datasets import rows
from ukcso.errors import InvalidInputError, UnknownAreaError, listed
from ukcso.evidence import FEW_RESIDENTS, WHY_NOT_RATE, total_row
from ukcso.measures import official_table
from ukcso.outputs import LITTLE, RECORDED_NOTE, left_out, rank_in_words

#: What is asked of every area.
_COUNTED = {
    "image_offences": "image offences, printed",
    "86": "86, obscene publications",
    "88A": "88A, sexual grooming",
    "online_child_sexual_offences": "online flag, printed",
}
#: Where official counts are of other classes, and which of these come nearest.
_ELSEWHERE = {
    "scotland": {
        "indecent-photos-of-children": "indecent photos of children",
        "communicating-indecently": "communicating indecently",
    },
    "northern-ireland": {
        "ni-indecent-images-of-children": "indecent images, online",
        "ni-sexual-communication-with-a-child": "sexual communication, online",
    },
}
_RANKED = ("police_force_area", "region")
_SAME = "England and Wales, same year and release"
_ALL = "england-and-wales"
_OF_RANKS = "In brackets are the ranks that fit as well, for such counts vary from year to year."
_MOST_STATEMENTS = 2
_CONFLICT = "†"
#: What makes a statement the same, whoever repeats it.
_STATEMENT = ["relation", "printed", "measure", "breakdown", "period_start", "period_end"]
_STATEMENT += ["ref_measure", "ref_breakdown", "ref_period_start", "subject", "reference"]
#: What a reader wants to see first.
_VERDICTS = ("differs", "truncated", "rounded_up", "possible", "reproduced", "not_comparable")


class Counted(NamedTuple):
    """One thing counted in the area, year by year, and the newest year beside others."""

    label: str
    years: pd.DataFrame
    rate_of_all: float
    #: With its set; empty where there is none.
    rank: str
    #: Periods for which the release is quoted with several values.
    conflicting: frozenset[str] = frozenset()


def show_page(text: str, kind_wanted: str | None = None) -> None:
    """Print the page of an area, or of the force that a local authority lies in."""
    area = _followed(text, kind_wanted)
    with warnings.catch_warnings(action="ignore"):  # each is said below, in the words of the page
        counted = [_counted(name, label, area) for name, label in _COUNTED.items()]
        known = [record for record in counted if record is not None]
        known += _counted_elsewhere(area)
    missing = [label for label in _COUNTED.values() if label not in {r.label for r in known}]
    kind = area.kind.replace("_", " ")
    code = f", {area.gss_code}" if area.gss_code else ""
    say(f"{area.name} ({kind}{code})", bold=True)
    if known:
        _show_newest(known)
        _show_years(known)
    if missing:
        say(f"No count of a year here: {'; '.join(missing)}.")
    for note in _notes(known):
        say(note)
    _show_printed(area)
    _show_commands(area, known)


def _followed(text: str, kind: str | None) -> Area:
    """Return an area; for a local authority, the force that it lies in."""
    try:
        return ukcso.find_area(text, kind=kind)
    except UnknownAreaError as error:
        lies_in = getattr(error, "lies_in", None)
        if lies_in is None:
            raise
        area = ukcso.find_area(lies_in)
        tell(f"{text} lies in {area.name}; an authority's number is not its force's")
        return area


def _counted(name: str, label: str, area: Area) -> Counted | None:
    """Return a measure or code in an area; None where nothing is known of it."""
    try:
        years = ukcso.trend_table(name, area.area_id)
    except InvalidInputError:  # an area outside the tables of England and Wales
        return None
    years = years[years["count"].notna()]
    if years.empty:
        return None
    newest = years.iloc[-1]
    release = newest["release_id"] if pd.notna(newest["release_id"]) else None
    conflicting: frozenset[str] = frozenset()
    if release is not None:
        printed = ukcso.series(name, area.area_id, release=release)
        conflicting = frozenset(printed.loc[printed["conflicting"], "period"])
    try:
        table = ukcso.area_table(name, newest["period"], kind=area.kind, release=release)
        rate_of_all = float(total_row(table, _ALL)["rate"].iloc[0])
    except InvalidInputError:  # a period that is no year has no table
        return Counted(label, years, float("nan"), "", conflicting)
    (beside,) = rows(table[table["area_id"] == area.area_id])
    ranked = area.kind in _RANKED and pd.notna(beside.rank_lower)
    rank = rank_in_words(beside) if ranked else ""
    return Counted(label, years, rate_of_all, rank, conflicting)


def _counted_elsewhere(area: Area) -> list[Counted]:
    """Return the official counts of Scotland or Northern Ireland, whose classes are others."""
    return [
        Counted(label, ukcso.trend_table(code, area.area_id), float("nan"), "")
        for code, label in _ELSEWHERE.get(area.area_id, {}).items()
    ]


def _show_newest(known: list[Counted]) -> None:
    """Print the newest year of each: count, rate, the rate of all."""
    body = []
    for record in known:
        newest = record.years.iloc[-1]
        rate = f"{newest['rate']:.0f} ({newest['lower']:.0f} to {newest['upper']:.0f})"
        body.append(
            [
                record.label,
                newest["period"],
                f"{newest['count']:,.0f}",
                NONE if pd.isna(newest["rate"]) else rate,
                NONE if pd.isna(record.rate_of_all) else f"{record.rate_of_all:.0f}",
            ]
        )
    headings = ["offences recorded", "newest", "count", "rate, 95%", "E. and W."]
    show(headings, body, right=headings[2:])


def _show_years(known: list[Counted]) -> None:
    """Print the counts of every year that any of them has; a star where comparison breaks off."""
    cells: dict[str, dict[str, str]] = {}
    for record in known:
        for year in rows(record.years):
            star = "*" if pd.notna(getattr(year, "break_ids", pd.NA)) else ""
            star += _CONFLICT if year.period in record.conflicting else ""
            cells.setdefault(year.period, {})[record.label] = f"{year.count:,.0f}{star}"
    labels = [record.label for record in known]
    body = [
        [period, *(cells[period].get(label, NONE) for label in labels)] for period in sorted(cells)
    ]
    headings = [label.partition(",")[0] for label in labels]
    show(["year", *headings], body, right=headings)


def _notes(known: list[Counted]) -> list[str]:
    """Say what the numbers mean, what may not be compared, and where they are from."""
    if not known:
        return []
    abouts = [record.years.attrs["ukcso"] for record in known]
    breaks = {
        part
        for record in known
        if "break_ids" in record.years
        for ids in record.years["break_ids"].dropna()
        for part in ids.split(";")
    }
    incomplete = {label for about in abouts for label in about.get("incomplete", ())}
    releases = {
        release
        for record in known
        if "release_id" in record.years
        for release in record.years["release_id"].dropna()
    }
    others = [_other_releases(record) for record in known if left_out(record.years)]
    conflict = any(record.conflicting for record in known)
    ranks = [f"{record.label.partition(',')[0]}, {record.rank}" for record in known if record.rank]
    newest = pd.concat([record.years.tail(1) for record in known])
    why_not = newest["why_not_rate"].dropna().unique()
    few = newest["rate"].notna() & (newest["area_id"] == FEW_RESIDENTS)
    notes = [
        f"Rates are per 100,000 residents aged 0 to 17; E. and W.: {_SAME}.",
        "Intervals are those of chance alone.",
        f"Rank by rate: {'; '.join(ranks)}. {_OF_RANKS} {LITTLE}" if ranks else "",
        RECORDED_NOTE,
        *(f"Rate {NONE}: {WHY_NOT_RATE[reason]}" for reason in why_not),
        "A rate by residents says nothing of so few of them." if few.any() else "",
        f"* not comparable with the year before ({listed(sorted(breaks))})." if breaks else "",
        f"Left out, quarters missing: {listed(sorted(incomplete))}." if incomplete else "",
        f"Printed in {listed(sorted(releases))}." if releases else "",
        f"Releases are not mixed; left out: {'; '.join(others)}." if others else "",
        f"{_CONFLICT} quoted from that release with other values too." if conflict else "",
        sources_line(*(record.years for record in known)),
    ]
    return [note for note in notes if note]


def _other_releases(record: Counted) -> str:
    """Name the other release with counts of the same, or say how many there are."""
    (text,) = left_out(record.years)
    first, *more = text.partition("left out: ")[2].rstrip(".").split(", ")
    said = first if not more else f"{1 + len(more)} releases"
    return f"{record.label.partition(',')[0]}, {said}"


def _show_printed(area: Area) -> None:
    """Print how many statements there are about the area, and the most relevant few."""
    claims = ukcso.load_claims().merge(ukcso.check_claims())
    claims = claims[claims["area_id"] == area.area_id]
    say("")
    if claims.empty:
        say("Printed statements: none is known here.", bold=True)
        return
    counts = claims["verdict"].value_counts()
    verdicts = listed(f"{str(name).replace('_', ' ')} {count}" for name, count in counts.items())
    more = f"; {_MOST_STATEMENTS} shown" if len(claims) > _MOST_STATEMENTS else ""
    say(f"Printed statements: {len(claims)} ({verdicts}){more}", bold=True)
    place = {verdict: at for at, verdict in enumerate(_VERDICTS)}
    order = claims["verdict"].map(place).fillna(len(place))
    newest = claims.assign(order=order).sort_values(
        ["order", "period_end", "claim_id"], ascending=[True, False, True]
    )
    newest = newest.drop_duplicates(_STATEMENT)
    shown = []
    for claim in rows(newest.head(_MOST_STATEMENTS)):
        claim_id, about, printed, operands, recomputed, verdict, _ = row_of(claim)
        about = about.replace(f", {area.name}", "")
        shown.append([claim_id, about, printed, operands, recomputed, verdict])
    show(["claim", "about", "printed", "from", "recomputed", "verdict"], shown)


def _show_commands(area: Area, known: list[Counted]) -> None:
    """Name the commands that go deeper, as they can be typed."""
    name = area.area_id  # without spaces, so that it can be typed as it stands
    official = [record for record in known if record.label == _COUNTED["86"]]
    commands = {f"ukcso check --area {name} --all": "all statements"}
    if any(record.label == _COUNTED["image_offences"] for record in known):
        commands[f"ukcso series image_offences {name}"] = "by release"
    if official:
        year = official[0].years.iloc[-1]["period"]
        if change := command_of_change(official[0].years):
            commands[change] = "is it news?"
        commands[f"ukcso table trend 86 {name}"] = "growth, breaks"
        commands[f"ukcso compare 86 {name} {_ALL}"] = "side by side"
        commands[f"ukcso areas 86 {year} --sort rate --top 10"] = "highest rates"
        commands[f"ukcso cite 86 {name}"] = "references"
    for code in _ELSEWHERE.get(area.area_id, ()):
        commands[f"ukcso show {official_table(code)}"] = "official table"
    show(["to go deeper", "for"], list(commands.items()))
