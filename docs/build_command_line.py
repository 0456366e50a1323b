"""
Write the outputs of docs/command-line.md anew, each by the command that stands above it.

python docs/build_command_line.py
python docs/build_command_line.py --check    fail if the page differs from what comes out
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from build_readme import printed

PAGE = Path(__file__).parent / "command-line.md"
SHOWN = re.compile(r"^(```sh\n(ukcso .*)\n```\n\n```text\n)(?:.*\n)*?(```)$", re.MULTILINE)


def page(text: str) -> str:
    """Return the page with what its commands print, as a pipe has it."""
    return SHOWN.sub(lambda block: block[1] + printed(block[2]) + block[3], text)


def main() -> None:
    """Write the page, or compare it."""
    text = PAGE.read_text(encoding="utf-8")
    if "--check" in sys.argv:
        same = page(text) == text
        sys.stdout.write(f"{PAGE.name}: {'as committed' if same else 'differs'}\n")
        sys.exit(0 if same else 1)
    PAGE.write_text(page(text), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
