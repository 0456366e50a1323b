"""The old container of Office files, OLE2: its streams, and what an XLS says in its records."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_END = 0xFFFFFFFA  # from here on, numbers of sectors say what is not one
_BIFF8 = 0x0600
_SMALL = 4096  # streams below it stand in a stream of their own
_HEADER_SECTORS = 109

_BOUNDSHEET, _BOF, _EOF, _FILEPASS = 0x0085, 0x0809, 0x000A, 0x002F
_FORMULA, _BOOLERR, _MULRK = 0x0006, 0x0205, 0x00BD
#: NUMBER, LABEL, RK, LABELSST, RSTRING beside them.
_FILLED = {_FORMULA, _BOOLERR, _MULRK, 0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6}
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def streams(content: bytes) -> dict[str, bytes]:
    """
    Return the streams of a compound file by name.

    Raises
    ------
    ValueError, IndexError, struct.error
        It is damaged.
    """
    shift, small_shift = struct.unpack_from("<HH", content, 30)
    if shift not in {9, 12} or small_shift != 6:  # noqa: PLR2004 - all that there are
        msg = "no sizes of sectors"
        raise ValueError(msg)
    size = 1 << shift
    sectors = [content[at : at + size] for at in range(size, len(content), size)]
    (directory,) = struct.unpack_from("<I", content, 48)
    small_start, _, more_start, _ = struct.unpack_from("<IIII", content, 60)
    fat_sectors = [n for n in struct.unpack_from("<109I", content, 76) if n < _END]
    while more_start < _END and len(fat_sectors) <= len(sectors):
        *further, more_start = struct.unpack(f"<{size // 4}I", sectors[more_start])
        fat_sectors += [n for n in further if n < _END]
    fat = _numbers([sectors[n] for n in fat_sectors])
    entries = b"".join(_chain(sectors, fat, directory))
    facts = [_entry(entries[at : at + 128]) for at in range(0, len(entries) - 127, 128)]
    root = b"".join(_chain(sectors, fat, facts[0].start))
    smalls = [root[at : at + 64] for at in range(0, len(root), 64)]
    small_fat = _numbers(list(_chain(sectors, fat, small_start)))
    named: dict[str, bytes] = {}
    for entry in facts:
        if entry.kind == 2:  # noqa: PLR2004 - a stream
            of_size = (smalls, small_fat) if entry.size < _SMALL else (sectors, fat)
            named[entry.name] = b"".join(_chain(*of_size, entry.start))[: entry.size]
    return named


class _Entry(NamedTuple):
    name: str
    kind: int
    start: int
    size: int


def _entry(text: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", text, 64)
    start, size = struct.unpack_from("<II", text, 116)
    return _Entry(
        text[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, start, size
    )


def _numbers(sectors: Sequence[bytes]) -> list[int]:
    text = b"".join(sectors)
    return list(struct.unpack(f"<{len(text) // 4}I", text[: len(text) // 4 * 4]))


def _chain(sectors: Sequence[bytes], fat: Sequence[int], start: int) -> Iterator[bytes]:
    """Go from sector to sector; a chain that bites its tail is damage."""
    for _ in range(len(sectors) + 1):
        if start >= _END:
            return
        yield sectors[start]
        start = fat[start]
    msg = "a chain of sectors without an end"
    raise ValueError(msg)


class Extent(NamedTuple):
    """What the records of one sheet say."""

    height: int
    width: int
    errors: dict[tuple[int, int], str]


def is_locked(stream: bytes) -> bool:
    """Say whether a workbook's records are encrypted."""
    return any(kind == _FILEPASS for kind, _, _ in _records(stream))


def extents(stream: bytes) -> dict[str, Extent]:
    """
    Return how far the filled cells of each sheet reach, and its errors, by its name.

    Raises
    ------
    ValueError, struct.error
        A record is cut off.
    """
    names: dict[int, str] = {}
    found: dict[str, Extent] = {}
    sheet, depth = None, 0
    errors: dict[tuple[int, int], str] = {}
    height = width = 0
    (version,) = struct.unpack_from("<H", stream, 4)
    for kind, at, length in _records(stream):
        if kind == _BOUNDSHEET:
            (start,) = struct.unpack_from("<I", stream, at)
            names[start] = _name(stream[at + 6 : at + length], old=version < _BIFF8)
        elif kind == _BOF:
            depth += 1
            if depth == 1:
                sheet, errors, height, width = names.get(at - 4), {}, 0, 0
        elif kind == _EOF:
            depth -= 1
            if depth == 0 and sheet is not None:
                found[sheet] = Extent(height, width, errors)
        elif depth == 1 and kind in _FILLED:  # below are charts, with numbers of their own
            row, column = struct.unpack_from("<HH", stream, at)
            height = max(height, row + 1)
            last = (
                struct.unpack_from("<H", stream, at + length - 2)[0] if kind == _MULRK else column
            )
            width = max(width, last + 1)
            if error := _error(kind, stream[at : at + length]):
                errors[row, column] = error
    return found


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Go through the records: kind, where the content starts, its length."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if not kind and not length:
            return  # padding
        yield kind, at + 4, length
        at += 4 + length


def _name(text: bytes, *, old: bool) -> str:
    """Return a sheet's name; before 1997 it has no flag that says how wide its letters are."""
    length = text[0]
    if old:
        return text[1 : 1 + length].decode("windows-1252", "replace")
    letters = text[2 : 2 + 2 * length] if text[1] & 1 else text[2 : 2 + length]
    return letters.decode("utf-16-le" if text[1] & 1 else "latin-1", "replace")


def _error(kind: int, record: bytes) -> str | None:
    """Return the error that a cell shows, if it does."""
    if kind == _BOOLERR and record[7]:
        return _ERRORS.get(record[6], "#N/A")
    if kind == _FORMULA and record[12:14] == b"\xff\xff" and record[6] == 2:  # noqa: PLR2004 - an error
        return _ERRORS.get(record[8], "#N/A")
    return None
