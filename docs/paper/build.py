"""
Make everything of paper.tex that is a number: two tables, two figures, and the text's numbers.

    python docs/paper/build.py            write them beside paper.tex, figures as PDF too
    python docs/paper/build.py --compile  and paper.pdf, where there is pdflatex
    python docs/paper/build.py --check    write nothing; fail if a committed part differs from
                                          what comes out, or with --compile does not compile

The versions of the data are pinned below, those of the tools in constraints.txt.
"""

from __future__ import annotations

import argparse
import difflib
import shutil
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import ukcso

if TYPE_CHECKING:
    import pandas as pd

HERE = Path(__file__).parent
#: What the paper is made from, whatever is newest when somebody reads it.
VERSIONS = {
    "areas": 1,
    "breaks": 1,
    "claims": 1,
    "figures": 1,
    "measures": 1,
    "offence_codes": 1,
    "population": 1,
    "recorded_crime": 1,
    "releases": 1,
    "sources": 1,
}
CODE, YEAR, AREA = "86", "2022/23", "England and Wales"
RELEASE = "nspcc-2018-09-image-offences"
#: So many areas of the highest and of the lowest rates are tabled.
ENDS = 8
#: Share of the areas at each end that is drawn in before the overdispersion is taken.
DRAWN_IN = 0.1
VERDICTS = ("reproduced", "differs")
#: Several papers printed the same statement; the table has it once.
ONCE = ["relation", "printed", "subject", "reference"]
PAGES = 2
#: Points of a column of the page, as the width of a figure.
COLUMN = 320
#: Compared byte by byte; a PDF has a random identifier, so it is only made.
COMMITTED = ("table1.tex", "table2.tex", "numbers.tex", "figure1.svg", "figure2.svg")


def build(folder: Path) -> None:
    """Write the paper's parts into a folder."""
    with warnings.catch_warnings(action="ignore"), ukcso.pinned(**VERSIONS):
        areas = ukcso.area_table(CODE, YEAR)
        trend = ukcso.trend_table(CODE, AREA, ages="all")
        claims = ukcso.check_claims()
        ranked = areas.sort_values("rank", na_position="last")
        ends = ranked[(ranked["rank"] <= ENDS) | (ranked["rank"] > ranked["rank"].max() - ENDS)]
        caption = f"Obscene publications etc (class 86), {YEAR}: the {ENDS} highest and the "
        caption += f"{ENDS} lowest rates of police force areas"
        printed = claims[claims["release_id"] == RELEASE]
        differing = printed[printed["verdict"] == "differs"].drop_duplicates(ONCE)
        for name, label, table in (
            ("table1", "areas", ukcso.tables.areas(ends, caption=caption)),
            ("table2", "claims", ukcso.tables.claims(differing)),
        ):
            save(folder / f"{name}.tex", table.to_latex(label=label))
        for name, chart in (
            ("figure1", ukcso.plots.trend(trend, width=COLUMN)),
            ("figure2", ukcso.plots.funnel(areas, width=COLUMN)),
        ):
            chart.save(folder / f"{name}.svg")
            chart.save(folder / f"{name}.pdf")
        text = numbers(areas, trend, printed)
    save(folder / "numbers.tex", text)


def save(file: Path, text: str) -> None:
    """Write a text the same on every system."""
    file.write_text(text, encoding="utf-8", newline="\n")


def numbers(areas: pd.DataFrame, trend: pd.DataFrame, claims: pd.DataFrame) -> str:
    """Return a macro for every number of the text."""
    told = areas.attrs["ukcso"]
    by_period = trend.set_index("period")
    ranked = areas.dropna(subset="rank").sort_values("rank")
    highest, lowest = ranked.iloc[0], ranked.iloc[-1]
    grown = trend[trend["comparable"]]
    reproduced, differing = (int((claims["verdict"] == it).sum()) for it in VERDICTS)
    outside = int((ranked["funnel"] != "inside").sum())
    leaning, apart, without, drawn_in = between(ranked)
    counts, people = ranked["count"], ranked["population"]
    limits = ukcso.funnel_limits(counts, people, per=1.0, model="additive", winsorise=DRAWN_IN)
    tau_squared = limits.attrs["ukcso"]["tau_squared"]
    found = {
        "FirstYear": trend["period"].iloc[0],
        "LastYear": trend["period"].iloc[-1],
        "FirstCount": f"{trend['count'].iloc[0]:,.0f}",
        "LastCount": f"{trend['count'].iloc[-1]:,.0f}",
        "LastPerDay": f"{by_period.loc[YEAR, 'per_day']:,.0f}",
        "Comparable": f"{len(grown)}",
        "NotComparable": f"{int(trend['why_not'].notna().sum())}",
        "Forces": f"{len(areas)}",
        "Ranked": f"{len(ranked)}",
        "PooledRate": f"{told['pooled_rate']:,.0f}",
        "Overdispersion": f"{apart:,.0f}",
        "OverdispersionWithout": f"{without:,.0f}",
        "OverdispersionDrawnIn": f"{drawn_in:,.0f}",
        "Leaning": leaning,
        "TauSquared": f"{tau_squared:.3f}",
        "HighestName": highest["name"],
        "HighestRate": f"{highest['rate']:,.0f}",
        "LowestName": lowest["name"],
        "LowestRate": f"{lowest['rate']:,.0f}",
        "Outside": f"{outside}",
        "Lie": "lies" if outside == 1 else "lie",
        "Claims": f"{len(claims)}",
        "Reproduced": f"{reproduced}",
        "Differing": f"{differing}",
        "Other": f"{len(claims) - reproduced - differing}",
        "Package": ukcso.__version__,
    }
    lines = [f"\\newcommand{{\\n{name}}}{{{value}}}" for name, value in found.items()]
    return "\n".join(["% Written by build.py: do not edit.", *lines, ""])


def between(areas: pd.DataFrame) -> tuple[str, float, float, float]:
    """
    Return on which area the overdispersion leans most, and what it is.

    As it stands; without that area; with the areas at either end drawn in.
    """

    def expected(some: pd.DataFrame) -> pd.Series:
        return some["population"] * some["count"].sum() / some["population"].sum()

    counts, usual = areas["count"], expected(areas)
    leaning = ((counts - usual) ** 2 / usual).idxmax()
    others = areas.drop(leaning)
    return (
        str(areas["name"][leaning]),
        ukcso.overdispersion(counts, usual),
        ukcso.overdispersion(others["count"], expected(others)),
        ukcso.overdispersion(counts, usual, winsorise=DRAWN_IN),
    )


def check(folder: Path) -> int:
    """Tell how committed parts differ from those in a folder; return how many do."""
    differing = 0
    for name in COMMITTED:
        committed = HERE / name
        old = committed.read_text(encoding="utf-8") if committed.is_file() else ""
        new = (folder / name).read_text(encoding="utf-8")
        if old != new:
            differing += 1
            lines = difflib.unified_diff(
                old.splitlines(), new.splitlines(), f"committed {name}", "made", lineterm="", n=0
            )
            sys.stderr.write("\n".join(line[:200] for line in lines) + "\n")
    sys.stdout.write(f"{len(COMMITTED) - differing} of {len(COMMITTED)} parts as committed\n")
    return differing


def compile_in(folder: Path) -> None:
    """Make paper.pdf in a folder that has its parts, where LaTeX is installed."""
    pdflatex = shutil.which("pdflatex")
    if pdflatex is None:
        sys.stdout.write("paper.tex not compiled: there is no pdflatex here\n")
        return
    shutil.copy(HERE / "paper.tex", folder)
    for _ in range(2):  # the second run fills in the references
        done = subprocess.run(  # noqa: S603 - a program found by its own name
            [pdflatex, "-interaction=nonstopmode", "-halt-on-error", "paper.tex"],
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            sys.exit(done.stdout[-2000:])
    if "undefined references" in done.stdout:
        sys.exit("paper.tex refers to what is not there")
    if f"({PAGES} pages" not in done.stdout:
        sys.exit(f"paper.tex is no longer of {PAGES} pages")
    sys.stdout.write(f"paper.tex compiles to {PAGES} pages\n")


def main() -> None:
    """Build, then do what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.strip().partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare with what is committed")
    parser.add_argument("--compile", action="store_true", help="make paper.pdf")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        build(folder)
        if asked.compile:
            compile_in(folder)
        if asked.check:
            sys.exit(1 if check(folder) else 0)
        for file in folder.iterdir():
            if file.suffix in {".tex", ".svg", ".pdf"}:
                shutil.copy(file, HERE)


if __name__ == "__main__":
    main()
