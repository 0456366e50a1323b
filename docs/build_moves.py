"""
Print, as Markdown for the changelog, how far published answers move from data version 1 to now.

python docs/build_moves.py
"""

from __future__ import annotations

import sys
import warnings
from collections import Counter

import pandas as pd

import ukcso

#: Trends whose rates are compared: a measure or code, and areas.
TRENDS = {
    "86": ("Dyfed-Powys", "Gwent", "North Wales", "South Wales", "Wales", "England and Wales"),
    "image_offences": ("Scotland", "United Kingdom"),
    "online_child_sexual_offences": ("Northern Ireland", "Scotland"),
}
VERSIONED = ("areas", "claims", "figures", "population", "releases", "sources")


def lines() -> list[str]:
    """Return the lines: rates, then verdicts, then what claims imply."""
    return [*rates(), *verdicts(), *implications()]


def rates() -> list[str]:
    """Compare rates by residents aged 0 to 17, year by year."""
    told = []
    for code, areas in TRENDS.items():
        for area in areas:
            first, now = (_rates(code, area, old=old) for old in (True, False))
            both = pd.concat([first, now], axis=1, keys=["v1", "now"])
            moved = (both["now"] / both["v1"] - 1).dropna()
            gained = int((both["v1"].isna() & both["now"].notna()).sum())
            reach = ", none that was there" if moved.empty else _reach(moved)
            years = "year has" if gained == 1 else "years have"
            told.append(f"- Rates of {area}, {code}: {gained} more {years} one{reach}.")
    return told


def _rates(code: str, area: str, *, old: bool) -> pd.Series[float]:
    with ukcso.pinned(**dict.fromkeys(VERSIONED, 1) if old else {}):
        table = ukcso.trend_table(code, area)
    return table.set_index(["period", "release_id"] if "release_id" in table else "period")[
        "rate"
    ].astype(float)


def _reach(moved: pd.Series[float]) -> str:
    low, high = moved.min(), moved.max()
    return f"; {len(moved)} that were there move by {low:+.1%} to {high:+.1%}"


def verdicts() -> list[str]:
    """Count verdicts, and the statements whose own verdict is another one now."""
    with ukcso.pinned(**dict.fromkeys(VERSIONED, 1)):
        first = ukcso.check_claims().set_index("claim_id")["verdict"].astype(str)
    now = ukcso.check_claims().set_index("claim_id")["verdict"].astype(str)
    same = now.loc[first.index]
    moved = Counter(f"{a} to {b}" for a, b in zip(first, same, strict=True) if a != b)
    counts = [
        f"{name} {(first == name).sum()} to {(now == name).sum()}"
        for name in sorted({*first, *now})
    ]
    changed = ", ".join(f"{name} ({number})" for name, number in sorted(moved.items())) or "none"
    return [
        f"- Verdicts, of {len(first)} statements to {len(now)}: {', '.join(counts)}.",
        f"- Statements of version 1 with another verdict: {changed}.",
    ]


def implications() -> list[str]:
    """Count cells that claims bound, and contradictions."""
    with ukcso.pinned(**dict.fromkeys(VERSIONED, 1)):
        first = len(ukcso.implied()), _sets(ukcso.contradictions())
    now = len(ukcso.implied()), _sets(ukcso.contradictions())
    cells, against = (f"{old} to {new}" for old, new in zip(first, now, strict=True))
    return [f"- Cells that claims imply: {cells}; sets that contradict themselves: {against}."]


def _sets(statements: pd.DataFrame) -> int:
    return len(statements[["release_id", "contradiction"]].drop_duplicates())


if __name__ == "__main__":
    warnings.simplefilter("ignore", UserWarning)
    sys.stdout.write("\n".join(lines()) + "\n")
