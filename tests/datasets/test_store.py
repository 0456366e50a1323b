"""Mirrors src/ukcso/datasets/_store.py, with _metadata.py: what is shipped, and is damaged."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ukcso
from ukcso import datasets
from ukcso.datasets import _store
from ukcso.errors import DatasetIntegrityError, UkcsoError, UnknownDatasetError

pytestmark = pytest.mark.slow

PACKAGE = Path(ukcso.__file__).parent
INSIDE = Path("datasets") / "data"


def run(root: Path, code: str) -> str:
    """Run code in a fresh process that finds the package under `root`; return what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", textwrap.dedent(code)],
        env=environment,
        cwd=root.parent,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def caught(root: Path, dataset: str) -> tuple[str, str]:
    """Load a dataset from a damaged copy; return the error's class and message."""
    output = run(
        root,
        f"""
        from ukcso import datasets
        try:
            datasets.load({dataset!r})
        except Exception as error:
            print(type(error).__name__)
            print(error)
        """,
    )
    name, _, message = output.partition("\n")
    return name, message


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder that holds a copy of the package, free to be damaged."""
    root = tmp_path / "copy"
    shutil.copytree(PACKAGE, root / "ukcso", ignore=shutil.ignore_patterns("__pycache__"))
    return root


class TestDamagedInstallation:
    """What was released is checked byte for byte, in a process of its own."""

    def test_one_changed_byte_is_noticed(self, copy: Path) -> None:
        """The message names the file, the expected and the found hash, and a way out."""
        file = copy / "ukcso" / INSIDE / "breaks" / "v1.csv"
        content = file.read_bytes()
        damaged = content.replace(b"4,622", b"4,623")
        assert len(damaged) == len(content)
        file.write_bytes(damaged)
        name, message = caught(copy, "breaks")
        assert name == "DatasetIntegrityError"
        assert "breaks/v1.csv" in message
        assert datasets.metadata("breaks", 1).sha256 in message
        assert hashlib.sha256(damaged).hexdigest() in message
        assert "reinstall" in message

    def test_changed_line_ends_are_noticed(self, copy: Path) -> None:
        """A checkout that turns LF into CRLF is not what was released."""
        file = copy / "ukcso" / INSIDE / "measures" / "v1.csv"
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
        assert caught(copy, "measures")[0] == "DatasetIntegrityError"

    def test_other_datasets_still_load(self, copy: Path) -> None:
        """Damage to one file does not keep the others from loading."""
        (copy / "ukcso" / INSIDE / "breaks" / "v1.csv").write_bytes(b"")
        code = "from ukcso import datasets; print(len(datasets.load_measures()))"
        assert run(copy, code).strip() == "14"

    def test_broken_row_with_right_hash_is_noticed(self, copy: Path) -> None:
        """A file that breaks its schema does not load even where its hash is right."""
        file = copy / "ukcso" / INSIDE / "recorded_crime_scotland" / "v1.csv"
        content = file.read_bytes()
        damaged = content.replace(
            b"1996-04-01,1997-03-31,all-crimes", b"1996-04-01,1997-03-30,all-crimes"
        )
        assert damaged != content
        file.write_bytes(damaged)
        sidecar = file.with_suffix(".toml")
        old, new = (hashlib.sha256(c).hexdigest() for c in (content, damaged))
        sidecar.write_text(sidecar.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        name, message = caught(copy, "recorded_crime_scotland")
        assert name == "DatasetIntegrityError"
        assert "recorded_crime_scotland/v1.csv breaks its own schema" in message
        assert "row 0, column period_start: '1996-04-01' (period_start must be 1 April" in message

    @pytest.mark.parametrize("change", ["added = 1\n", ""])
    def test_sidecar_entries_are_exact(self, copy: Path, change: str) -> None:
        """An unknown entry, or a missing one, is named."""
        sidecar = copy / "ukcso" / INSIDE / "breaks" / "v1.toml"
        lines = sidecar.read_text(encoding="utf-8").splitlines(keepends=True)
        text = "".join(lines if change else [line for line in lines if not line.startswith("rows")])
        sidecar.write_text(text + change, encoding="utf-8")
        name, message = caught(copy, "breaks")
        assert name == "DatasetIntegrityError"
        assert (
            f"breaks/v1.toml: missing or unknown entries: {'added' if change else 'rows'}"
            in message
        )

    def test_loads_from_a_zip(self, copy: Path, tmp_path: Path) -> None:
        """From a zip on the path, data load and `path` gives a file that can be read."""
        archive = tmp_path / "package.zip"
        with zipfile.ZipFile(archive, "w") as target:
            for file in sorted((copy / "ukcso").rglob("*")):
                target.write(file, file.relative_to(copy))
        output = run(
            archive,
            """
            import ukcso
            from ukcso import datasets
            print(ukcso.__file__)
            print(len(datasets.list_datasets()), len(datasets.load_figures(version=1)))
            with datasets.path("figures", version=1) as csv:
                print(csv.read_bytes().count(b"\\n"))
            print(csv.exists())
            """,
        )
        origin, counts, lines, left = output.split("\n")[:4]
        assert archive.name in origin
        assert counts == f"{len(datasets.list_datasets())} 1313"
        assert lines == "1314"
        assert left == "False"


#: What goes wrong with a file, and what the message says of it.
DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder missing": (shutil.rmtree, "folder breaks"),
    "folder empty": (lambda f: [file.unlink() for file in f.iterdir()], "no file of any version"),
    "a file for a folder": (lambda f: (shutil.rmtree(f), f.write_bytes(b"")), "folder breaks"),
    "CSV missing": (lambda f: (f / "v1.csv").unlink(), "breaks/v1.csv"),
    "sidecar missing": (lambda f: (f / "v1.toml").unlink(), "breaks/v1.toml"),
    "sidecar empty": (lambda f: (f / "v1.toml").write_bytes(b""), "missing or unknown entries"),
    "sidecar no TOML": (lambda f: (f / "v1.toml").write_bytes(b"rows = "), "breaks/v1.toml"),
    "sidecar no UTF-8": (lambda f: (f / "v1.toml").write_bytes(b"\xff"), "breaks/v1.toml"),
    "sidecar in words": (lambda f: sidecar(f, "rows", '"ten"'), "rows cannot be 'ten'"),
    "other rows": (lambda f: sidecar(f, "rows", "11"), "expected 11 rows, found 10"),
    "other hash": (lambda f: sidecar(f, "sha256", '"0"'), "expected SHA-256 0, found"),
    "CSV no UTF-8": (lambda f: rewritten(f, b"break_id,area_id\n\xff,x\n"), "utf-8"),
    "CSV empty": (lambda f: rewritten(f, b""), "breaks/v1.csv"),
    "CSV not closed": (lambda f: rewritten(f, b'break_id\n"brk'), "breaks/v1.csv"),
    "CSV of another table": (lambda f: rewritten(f, b"a,b\n1,2\n"), "break_id is missing"),
}


def sidecar(folder: Path, entry: str, value: str) -> None:
    """Give an entry of a sidecar another value."""
    lines = (folder / "v1.toml").read_text(encoding="utf-8").splitlines()
    changed = [f"{entry} = {value}" if line.startswith(f"{entry} =") else line for line in lines]
    (folder / "v1.toml").write_text("\n".join(changed), encoding="utf-8")


def rewritten(folder: Path, content: bytes) -> None:
    """Replace a CSV, and its hash in the sidecar."""
    (folder / "v1.csv").write_bytes(content)
    sidecar(folder, "sha256", f'"{hashlib.sha256(content).hexdigest()}"')


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data that the package reads, free to be damaged."""
    shutil.copytree(PACKAGE / INSIDE, tmp_path / "data")
    monkeypatch.setattr(_store, "STORE", _store.Store(tmp_path / "data"))
    return tmp_path / "data"


class TestDamage:
    """Whatever is wrong with a file, it is one error of ours that names it."""

    @pytest.mark.parametrize(("damage", "words"), DAMAGES.values(), ids=list(DAMAGES))
    def test_is_always_an_integrity_error(
        self, root: Path, damage: Callable[[Path], object], words: str
    ) -> None:
        """A loader refuses the dataset, and others still load."""
        damage(root / "breaks")
        with pytest.raises(DatasetIntegrityError, match=words):
            datasets.load_breaks()
        assert len(datasets.load_measures()) == 14

    @pytest.mark.parametrize("damage", ["folder missing", "sidecar no TOML", "sidecar missing"])
    def test_facts_are_refused_too(self, root: Path, damage: str) -> None:
        """The list of datasets and the facts of one need the sidecars only."""
        DAMAGES[damage][0](root / "breaks")
        with pytest.raises(DatasetIntegrityError):
            datasets.metadata("breaks")
        with pytest.raises(DatasetIntegrityError):
            datasets.list_datasets()

    def test_a_path_is_one_without_a_block_too(self) -> None:
        """Where the package lies on disk."""
        file = datasets.path("breaks", version=1)
        with file as csv:
            assert csv.read_bytes() == file.read_bytes()
        assert len(pd.read_csv(file)) == len(datasets.load("breaks", 1))

    def test_a_file_that_is_gone_has_no_path(self, root: Path) -> None:
        """`path` says so before anybody opens it."""
        (root / "breaks" / "v1.csv").unlink()
        with pytest.raises(DatasetIntegrityError, match=r"breaks/v1\.csv .* it is missing"):
            datasets.path("breaks")

    def test_a_damaged_zip(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a zip, what cannot be unpacked is damaged too."""
        archive = tmp_path / "data.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
            for file in (PACKAGE / INSIDE / "breaks").iterdir():
                target.write(file, f"breaks/{file.name}")
            place = target.getinfo("breaks/v1.csv").header_offset + 60
        content = bytearray(archive.read_bytes())
        content[place : place + 200] = bytes(200)
        archive.write_bytes(content)
        monkeypatch.setattr(_store, "STORE", _store.Store(zipfile.Path(archive)))
        with pytest.raises(DatasetIntegrityError, match=r"breaks/v1\.csv"):
            datasets.load_breaks()


class TestProcesses:
    """Threads and forked processes load side by side."""

    def test_eight_threads_load_at_once(self) -> None:
        """In a fresh process every thread gets a whole frame of its own, all alike."""
        output = run(
            PACKAGE.parent,
            """
            import threading
            from concurrent.futures import ThreadPoolExecutor
            import pandas as pd
            from ukcso import datasets

            start = threading.Barrier(8)

            def load(_):
                start.wait()
                return [datasets.load(n) for n in ("recorded_crime", "figures", "areas")]

            with ThreadPoolExecutor(8) as pool:
                results = list(pool.map(load, range(8)))
            for mine in results:
                for frame, first in zip(mine, results[0]):
                    pd.testing.assert_frame_equal(frame, first)
                    assert frame.attrs == first.attrs
            print(len({id(frame) for mine in results for frame in mine}), len(results[0][0]))
            """,
        )
        assert output.split() == ["24", "35640"]

    @pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
    def test_a_child_waits_for_no_thread_of_its_parent(self) -> None:
        """Processes forked while another thread loads get their frames all the same."""
        output = run(
            PACKAGE.parent,
            """
            import os, signal, threading
            from ukcso import datasets
            from ukcso.datasets import _store

            loading, done = threading.Event(), threading.Event()

            def load():
                while not done.is_set():
                    with _store.LOCK:
                        loading.set()
                        _store.STORE._frames.clear()
                        for name in ("figures", "claims", "sources"):
                            datasets.load(name, 1)
                        loading.clear()

            thread = threading.Thread(target=load)
            thread.start()
            ended = []
            for _ in range(6):
                loading.wait()
                child = os.fork()
                if not child:
                    signal.alarm(30)
                    amid = loading.is_set()
                    frames = [datasets.load(name, 1) for name in ("breaks", "figures", "claims")]
                    os._exit(amid or [len(frame) for frame in frames] != [10, 1313, 512])
                ended.append(os.waitpid(child, 0)[1])
            done.set()
            thread.join()
            print(ended)
            """,
        )
        assert output.strip() == "[0, 0, 0, 0, 0, 0]"


class TestUnknown:
    """Asking for what is not shipped lists what is."""

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "", None, "Figures", "figure", 1, "figures/", ["figures"]]
    )
    @pytest.mark.parametrize(
        "function",
        [
            datasets.load,
            datasets.metadata,
            datasets.path,
            datasets.schema,
            lambda name: datasets.validate(pd.DataFrame(), name),
        ],
        ids=["load", "metadata", "path", "schema", "validate"],
    )
    def test_unknown_dataset(self, function: Callable[[Any], object], name: object) -> None:
        """The message repeats the name and lists every dataset."""
        with pytest.raises(UnknownDatasetError) as caught_error:
            function(name)
        message = str(caught_error.value)
        assert message.startswith(f"no dataset {name!r}; there are: areas, breaks, claims, ")
        assert all(known in message for known in datasets.list_datasets()["dataset"])

    @pytest.mark.parametrize("big", ["x" * 1_000_000, 10**6000], ids=["text", "number"])
    @pytest.mark.parametrize(
        "ask",
        [
            datasets.load,
            lambda big: datasets.load("figures", big),
            lambda big: datasets.pinned(figures=big),
            lambda big: datasets.load_figures(as_of=big),
        ],
        ids=["load", "version", "pinned", "as_of"],
    )
    def test_long_input_is_cut(self, ask: Callable[[Any], object], big: object) -> None:
        """A megabyte of input, or a number too long to write, is no part of a message."""
        with pytest.raises(UkcsoError) as caught_error:
            ask(big)
        assert len(str(caught_error.value)) < 1000

    @pytest.mark.parametrize("version", [0, 99, -1, "1", True, 1.0, "newest", [1]])
    @pytest.mark.parametrize(
        "function",
        [
            lambda v: datasets.load("figures", v),
            lambda v: datasets.metadata("figures", v),
            lambda v: datasets.path("figures", v),
            lambda v: datasets.load_figures(version=v),
        ],
        ids=["load", "metadata", "path", "load_figures"],
    )
    def test_unknown_version(self, function: Callable[[Any], object], version: object) -> None:
        """The message repeats the version and lists those there are."""
        with pytest.raises(UnknownDatasetError) as caught_error:
            function(version)
        assert str(caught_error.value) == f"no version {version!r} of figures; there are: 1, 2"

    def test_version_of_the_list_is_known(self) -> None:
        """A version taken from list_datasets, a numpy number, is a version."""
        version: Any = datasets.list_datasets()["version"].to_numpy()[0]
        assert type(version).__name__ == "int64"
        assert datasets.load("areas", version=version).attrs["ukcso"]["version"] == 1

    def test_error_is_a_lookup_error(self) -> None:
        """Code that catches LookupError catches it."""
        assert issubclass(UnknownDatasetError, LookupError)
