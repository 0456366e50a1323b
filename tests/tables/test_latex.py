"""LaTeX as a reader of a paper sees it: compiled, where pdflatex is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import warnings

import pandas as pd
import pytest

import ukcso
from ukcso import tables

pytestmark = pytest.mark.skipif(
    shutil.which("pdflatex") is None, reason="pdflatex is not installed"
)

ARTICLE = r"""\documentclass{article}
\usepackage[a4paper,margin=2cm]{geometry}
\usepackage{booktabs,longtable}
\begin{document}
Before, see Table~\ref{none}.
%s
After.
\end{document}
"""
OWN = pd.DataFrame({"team": ["[a] & b", "*c", "d_e £ 5%", "all"], "n": [3, 9, 20, 32]})


def quietly(make):
    """Make something whose warnings are tested elsewhere."""
    with warnings.catch_warnings(action="ignore"):
        return make()


KINDS = {
    "areas": lambda: tables.areas("86", "2018/19", total="England and Wales"),
    "ten areas": lambda: tables.areas(ukcso.area_table("86", "2018/19").head(10), total="England"),
    "printed": lambda: tables.areas("image_offences", "2017/18"),
    "trend": lambda: tables.trend("86", "Kent", across="allow"),
    "figures": lambda: tables.figures("image_offences", "UK"),
    "claims": lambda: tables.claims(release="nspcc-2018-09-image-offences"),
    "counts": lambda: tables.counts(
        OWN,
        label="team",
        count="n",
        total="all",
        suppress_below=5,
        caption="& % $ # _ { } ~ ^ \\ \N{EN DASH} £ < > | [1]",
    ),
}


def compiled(text: str, folder) -> str:
    """Compile a document and return the log."""
    (folder / "table.tex").write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "table.tex"],  # noqa: S607
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=120,
    )
    log = done.stdout.decode("utf-8", "replace")
    assert done.returncode == 0, log[-1500:]
    return log


@pytest.mark.parametrize("kind", list(KINDS))
def test_alone(kind: str, tmp_path) -> None:
    """Each kind compiles as a document, and nothing sticks out of the page."""
    log = compiled(quietly(KINDS[kind]).to_latex(document=True), tmp_path)
    wide = [float(it) for it in re.findall(r"Overfull \\hbox \(([\d.]+)pt", log)]
    assert max(wide, default=0) < 3
    assert "Float too large" not in log


def test_inside_an_article(tmp_path) -> None:
    """All together in one that loads booktabs and longtable, and no other package of ours."""
    text = "\n".join(quietly(make).to_latex() for make in KINDS.values())
    compiled(ARTICLE % text, tmp_path)
