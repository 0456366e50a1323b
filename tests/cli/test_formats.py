"""Mirrors src/ukcso/cli/_formats.py: every command at every width, in pipes and on terminals."""

from __future__ import annotations

import os
import re
import shlex
import struct
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import ukcso
from ukcso.cli import _formats, _layout

pytestmark = pytest.mark.slow

WIDTHS = (60, 80, 100, 132, None)
FRAMES = [
    "datasets",
    *(f"show {name}" for name in ukcso.list_datasets()["dataset"]),
    "areas",
    'areas "Herts Police"',
    "areas 86 2022/23",
    "areas 86 2022/23 --sort rate --top 10",
    "check --all",
    "areas image_offences 2017/18",
    "series image_offences UK",
    "series 86 Kent",
    "revisions image_offences UK 2016/17",
    "implied online_child_sexual_offences Lancashire",
    "claim growth 66 --subject 200 --reference 118",
    "check",
    "table areas 86 2018/19",
    "table trend image_offences Lancashire",
    "table figures image_offences UK",
    "table claims --release nspcc-2018-09-image-offences",
]


def pieces(text: str) -> Counter[str]:
    """Return the words of a text, and the ids of its lists, with how often each is there."""
    return Counter(re.findall(r"[^\s;]+", text))


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("command", FRAMES)
def test_no_cell_loses_a_character(run, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """At every width each word of each column that stays is printed, and whole."""
    tables = []
    layout = _layout.table

    def spy(headings, rows, width, **options):
        lines, left_out = layout(headings, rows, width, **options)
        kept = [place for place, name in enumerate(headings) if name not in left_out]
        columns = [[row[place] for row in rows] for place in kept]
        # What rows share is said above them, once: a line of "heading: cell".
        above = " ".join(line for line in lines if ": " in line) if width else ""
        for place, cells in zip(kept, columns, strict=True):
            once = cells and f"{headings[place]}: {cells[0]}".split(" ")[0] in above
            tables.append(" ".join(dict.fromkeys(cells) if once else cells))
        gone.update(left_out)
        longest = max((len(piece) for piece in pieces(" ".join(map(str, rows)))), default=0)
        plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines]
        assert width is None or max(map(len, plain)) <= max(width, longest + len("  "))
        sections = options.get("sections", ())
        assert width is not None or len(lines) == 2 + len(rows) + len({*sections})
        return lines, left_out

    monkeypatch.setattr(_layout, "table", spy)
    for width in WIDTHS:
        tables.clear()
        gone: set[str] = set()
        monkeypatch.setattr(_formats, "screen", lambda *_, width=width: width)
        result = run(*shlex.split(command))
        assert result.code in {0, 1}
        assert not pieces(" ".join(tables)) - pieces(result.out)
        told = " ".join(result.err.split())
        assert all(name in told for name in gone)
        assert bool(gone) == ("no room for" in told)
        assert width is not None or not gone


def on_a_terminal(width: int, *arguments: str) -> str:
    """Return what a terminal of a width shows, styles and all."""
    import fcntl  # noqa: PLC0415 - not on Windows
    import pty  # noqa: PLC0415
    import termios  # noqa: PLC0415

    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    process = subprocess.Popen(
        [sys.executable, "-m", "ukcso", *arguments], stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    process.wait()
    return shown.decode()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals of this kind")
class TestTerminal:
    """What a person sees."""

    @pytest.mark.parametrize("width", [60, 80])
    def test_ids_are_whole(self, width: int) -> None:
        """`revisions` shows its figure ids, however narrow."""
        shown = on_a_terminal(width, "revisions", "image_offences", "UK", "2016/17")
        assert {"fig-00462", "fig-00996", "fig-00995"} <= set(re.findall(r"fig-\w+", shown))
        assert max(map(len, shown.splitlines())) <= width

    def test_a_table_is_for_reading(self) -> None:
        """No Markdown source; the caption is bold."""
        shown = on_a_terminal(80, "table", "trend", "image_offences", "Lancashire")
        assert "<sup>" not in shown
        assert "\\" not in shown
        assert "|" not in shown
        assert shown.startswith("\x1b[1mChild abuse image offences")

    def test_columns_that_go_are_named(self) -> None:
        """On stderr, which a terminal shows too."""
        shown = on_a_terminal(60, "series", "image_offences", "UK")
        assert "no room for published, n_sources, conflicting; --format csv has every" in " ".join(
            shown.split()
        )


class TestFormats:
    """csv, json, markdown and latex of frames and of rows."""

    ROWS = ({"id": "a|b_c", "value": 2.0, "none": None, "far": float("inf")},)

    @pytest.mark.parametrize(
        ("form", "written"),
        [
            ("csv", "id,value,none,far\na|b_c,2,,inf\n"),
            (
                "markdown",
                """| id     | value   | none   | far   |
|:-------|:--------|:-------|:------|
| a\\|b_c | 2       |        | inf   |
""",
            ),
            (
                "text",
                "id     value  none  far\n───────────────────────\na|b_c      2        inf\n\n",
            ),
        ],
    )
    def test_rows(self, capsys, form: str, written: str) -> None:
        """Whole numbers have no decimals, missing cells are empty."""
        _formats.write(list(self.ROWS), _formats.Format(form))
        assert capsys.readouterr().out == written

    def test_json_has_no_infinity(self, capsys) -> None:
        """Nor has a missing number another word than null."""
        _formats.write(list(self.ROWS), _formats.Format.json)
        assert '"far": null' in capsys.readouterr().out

    def test_latex_escapes_and_aligns(self, capsys) -> None:
        """Numbers stand to the right."""
        _formats.write(list(self.ROWS), _formats.Format.latex)
        out = capsys.readouterr().out
        assert out.startswith("\\begin{tabular}{lrrr}\n\\toprule\n")
        assert r"a|b\_c & 2 &  & inf \\" in out

    def test_formulas_are_text(self, run, tmp_path: Path) -> None:
        """A cell of a user's file that a spreadsheet would run begins with an apostrophe."""
        figures = ukcso.load_figures().head(1).assign(hedge="=1+1")
        figures.to_csv(tmp_path / "own.csv", index=False)
        out = run("validate", "figures", str(tmp_path / "own.csv"), "--format", "csv").out
        assert "'=1+1" in out
