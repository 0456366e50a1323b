"""HTML as a reader's browser has it, where Chromium is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from ukcso import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed")


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """Serve a folder without naming a character set, as many servers do; give its address."""
    handler = partial(_Silent, directory=os.fspath(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_a_saved_page_reads_as_it_was_written(served: str, tmp_path: Path) -> None:
    """A dash is a dash, and every cell is where it belongs."""
    table = tables.trend("image_offences", "Lancashire")
    table.save(tmp_path / "table.html")
    assert CHROMIUM
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    shown = subprocess.run(
        [*command, f"{served}/table.html"], capture_output=True, check=True, timeout=120
    ).stdout.decode()
    assert '<td class="number">\N{EN DASH}<sup>a</sup></td>' in shown
    assert shown.count("<tr>") == 1 + len(table.rows) + shown.count("colspan")
    assert f"<caption>{table.caption}</caption>" in shown
