"""A workbook's zip archive: what is in it, and whether it may be unpacked."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from ukcso.errors import InvalidInputError
from ukcso.readers._sheets._sheet import MOST_UNPACKED, unusable

_MOST_PARTS = 10_000
#: A sheet of one word repeated shrinks to a two hundredth; what shrinks more is made to.
_MOST_SHRUNK = 400
_HARMLESS_BYTES = 2**25
_BLOCK = 2**20
_ENCRYPTED = 0x1
_AGAIN = "download or save it again"
PASSWORD = "is protected by a password"  # noqa: S105 - it says so
UNLOCK = "open it, save it without the password, and read that"

_OTHER_ARCHIVES = (
    ("xl/workbook.bin", "is a binary workbook (XLSB)", "save it as XLSX"),
    ("word/document.xml", "is a Word document", "copy its table into a spreadsheet"),
    ("ppt/presentation.xml", "is a presentation", "copy its table into a spreadsheet"),
    ("Index/Document.iwa", "is a document of Apple's Numbers or Pages", "export it as XLSX"),
    ("Index.zip", "is a document of Apple's Numbers or Pages", "export it as XLSX"),
)


class Archive:
    """The parts of a workbook, read block by block; no more than its directory declares."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._path = path
        self._archive = archive
        # some programs write Windows' separators, which the format does not have
        self._names = {part.filename.replace("\\", "/"): part for part in archive.infolist()}
        self.sizes = {name: part.file_size for name, part in self._names.items()}
        self.kind = self._kind()

    def _kind(self) -> Literal["ods", "xlsx"]:
        if "encrypted-package" in self.sizes:
            raise unusable(self._path, PASSWORD, UNLOCK)
        if any(name.rpartition("/")[2] == "workbook.xml" for name in self.sizes):
            return "xlsx"
        if "content.xml" in self.sizes:
            if b"encryption-data" in self.whole("META-INF/manifest.xml"):
                raise unusable(self._path, PASSWORD, UNLOCK)
            return "ods"
        for part, what, way_out in _OTHER_ARCHIVES:
            if part in self.sizes:
                raise unusable(self._path, what, way_out)
        what = "is a zip archive, not a workbook"
        raise unusable(self._path, what, "unpack it and name the file that is meant")

    def require_bounded(self) -> None:
        """Refuse a workbook that unpacks to more than any table that is read here."""
        unpacked = sum(self.sizes.values())
        if unpacked > MOST_UNPACKED:
            what = f"unpacks to {unpacked / 2**20:,.0f} MB, and no table that is read here has "
            what += f"over {MOST_UNPACKED / 2**20:,.0f}"
            raise unusable(
                self._path, what, "keep the sheets that are meant in a file of their own"
            )

    def whole(self, name: str) -> bytes:
        """Return a small part; nothing where there is none."""
        if name not in self.sizes:
            return b""
        if self.sizes[name] > _HARMLESS_BYTES:
            raise unusable(self._path, f"has a part {name} that no workbook has so large", _AGAIN)
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """Unpack a part block by block."""
        with self._archive.open(self._names[name]) as part:
            while block := part.read(_BLOCK):
                yield block


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """
    Open a workbook, once its directory says that it can be unpacked.

    Raises
    ------
    InvalidInputError
        It is cut off or damaged, would unpack out of all proportion, is protected, or is no
        workbook. So is what the body of a `with` block finds damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _bound(path, archive.infolist())
            yield Archive(path, archive)
    except InvalidInputError:
        raise
    except RuntimeError as error:
        if "password" not in str(error):
            raise unusable(path, "is damaged", _AGAIN) from None
        raise unusable(path, PASSWORD, UNLOCK) from None
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        KeyError,
        IndexError,
        OverflowError,
        struct.error,
    ):
        raise unusable(path, "is cut off or damaged", _AGAIN) from None


def _bound(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Refuse, by the directory of an archive, what is locked or too large to be unpacked."""
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise unusable(path, PASSWORD, UNLOCK)
    if len(parts) > _MOST_PARTS:
        raise unusable(path, f"has {len(parts):,} parts", "no workbook has; ask who sent it")
    if any(
        part.file_size > max(_HARMLESS_BYTES, _MOST_SHRUNK * part.compress_size) for part in parts
    ):
        unpacked = sum(part.file_size for part in parts)
        what = f"would unpack to {unpacked / 2**20:,.0f} MB, out of all proportion to its size"
        raise unusable(path, what, "it may be made to do harm; ask who sent it")
