"""
Write what README.md shows anew: until when the data reach, and by the commands that stand
above them its table and its picture.

Run it from anywhere after a number, a table or a plot changed; the picture with the versions
of docs/paper/constraints.txt:
python docs/build_readme.py
python docs/build_readme.py --check    fail if the README differs from what comes out
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import sys
import tempfile
import textwrap
from pathlib import Path
from unittest import mock

import ukcso
from ukcso.cli import main as command_line

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
TABLE = re.compile(
    r"(<!-- table -->\n```sh\n(ukcso [^\n]*)\n```\n\n)(.*?)(?=\n<!-- end of table -->)", re.DOTALL
)
REACH = re.compile(r"(?<=<!-- reach -->\n).*?(?=<!-- end of reach -->)", re.DOTALL)
PICTURE = re.compile(r"<!-- picture -->\n```sh\n(ukcso .* --output (\S+))\n```\n\n!\[[^]]*\]\(\2\)")


def with_table(text: str) -> str:
    """Return the README with the reach of the data and the table that its command prints."""
    text = REACH.sub(lambda _: reach(), text)
    return TABLE.sub(lambda found: found[1] + shown(found[2]), text)


def shown(command: str) -> str:
    """Return what a command prints: Markdown as it is, lines as on a terminal of 80 columns."""
    out = printed(command)
    if "--format markdown" in command:
        return out
    lines = [line for long in out.splitlines() for line in textwrap.wrap(long, 80) or [""]]
    return "\n".join(["```text", *lines, "```", ""])


def reach() -> str:
    """Return until when the newest version of each dataset reaches, a row each."""
    lines = ["| dataset | covers |", "|---|---|"]
    for name in dict.fromkeys(ukcso.list_datasets()["dataset"]):
        facts = ukcso.metadata(name)
        if facts.covers:
            lines.append(f"| `{name}`, version {facts.version} | {facts.covers} |")
    return "\n".join([*lines, ""])


def picture(text: str) -> tuple[Path, str]:
    """Return the committed file of the README's picture, and what its command draws."""
    found = PICTURE.search(text)
    if found is None:
        sys.exit("README.md has no picture with its command")
    command, name = found.groups()
    with tempfile.TemporaryDirectory() as scratch:
        drawn = Path(scratch) / name
        drawn.parent.mkdir(parents=True)
        printed(command, Path(scratch))
        return ROOT / name, drawn.read_text(encoding="utf-8")


def printed(command: str, folder: Path = ROOT) -> str:
    """Run a command line in a folder; return what it prints."""
    out, back = io.StringIO(), Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.object(sys, "argv", shlex.split(command)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(io.StringIO()) as told,
            contextlib.suppress(SystemExit),
        ):
            command_line()
    finally:
        os.chdir(back)
    if "error:" in told.getvalue().lower():
        sys.exit(told.getvalue())
    return out.getvalue()


def main() -> None:
    """Write both, or compare."""
    text = README.read_text(encoding="utf-8")
    file, drawn = picture(text)
    if "--check" in sys.argv:
        fresh = {
            "README.md": with_table(text) == text,
            file.name: file.is_file() and file.read_text(encoding="utf-8") == drawn,
        }
        for name, same in fresh.items():
            sys.stdout.write(f"{name}: {'as committed' if same else 'differs'}\n")
        sys.exit(0 if all(fresh.values()) else 1)
    README.write_text(with_table(text), encoding="utf-8", newline="\n")
    file.write_text(drawn, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
