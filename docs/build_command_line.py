"""
Write the outputs of docs/command-line.md and docs/is-it-news.md anew, each by the command that
stands above it.

python docs/build_command_line.py
python docs/build_command_line.py --check    fail if a page differs from what comes out
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from build_readme import printed

PAGES = [Path(__file__).parent / name for name in ("command-line.md", "is-it-news.md")]
SHOWN = re.compile(r"^(```sh\n(ukcso .*)\n```\n\n```text\n)(?:.*\n)*?(```)$", re.MULTILINE)


def page(text: str) -> str:
    """Return the page with what its commands print, as a pipe has it."""
    return SHOWN.sub(lambda block: block[1] + printed(block[2]) + block[3], text)


def main() -> None:
    """Write the pages, or compare them."""
    texts = {file: file.read_text(encoding="utf-8") for file in PAGES}
    if "--check" in sys.argv:
        same = {file: page(text) == text for file, text in texts.items()}
        for file, is_same in same.items():
            sys.stdout.write(f"{file.name}: {'as committed' if is_same else 'differs'}\n")
        sys.exit(0 if all(same.values()) else 1)
    for file, text in texts.items():
        file.write_text(page(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
