"""What a file is, whatever its name ends in; what is no table is refused by what it is."""

from __future__ import annotations

import re
from pathlib import Path

from ukcso.readers._sheets._sheet import unusable

ZIP = b"PK"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SAVE_AS = "open it in Excel or LibreOffice and save it as XLSX"
#: First bytes, what the file is, the way out.
_OTHERS = (
    (b"%PDF", "is a PDF", "ask for the spreadsheet, or copy its table into one"),
    (b"{\\rtf", "is a text document (RTF)", "copy its table into a spreadsheet"),
    (b"\x1f\x8b", "is packed with gzip", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "is packed with 7-Zip", "unpack it first"),
    (b"Rar!", "is packed with RAR", "unpack it first"),
    (b"PAR1", "is a Parquet file", "read it with pandas"),
    (b"SQLite format 3", "is a database", "export the table that is meant as CSV"),
    (b"\x89PNG", "is a picture", "ask for the spreadsheet"),
    (b"\xff\xd8\xff", "is a picture", "ask for the spreadsheet"),
    (b"GIF8", "is a picture", "ask for the spreadsheet"),
)
_SPREADSHEET_XML = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet|office:document\b")
_HTML = re.compile(rb"<(!doctype html|html|head|body|table|meta|div|script)\b", re.IGNORECASE)
_MAIL = re.compile(rb"(received|from|return-path|mime-version|message-id):[ \t]", re.IGNORECASE)


def refuse_other_kinds(path: Path, head: bytes) -> None:
    """
    Refuse a file that is neither CSV nor a workbook of a kind that is read.

    Raises
    ------
    InvalidInputError
        It is a PDF, a web page, an e-mail; the message says so.
    """
    ending = path.suffix.lower()
    renamed = f", though its name ends in {ending}" if ending in {".xlsx", ".xls", ".ods"} else ""
    for first_bytes, what, way_out in _OTHERS:
        if head.startswith(first_bytes):
            raise unusable(path, what + renamed * ("PDF" in what or "picture" in what), way_out)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"\xff\xfe<\0", b"\xfe\xff\0<")):
        raise unusable(path, f"is a web page or XML{renamed}", _SAVE_AS)
    if not text.startswith(b"<"):
        if _MAIL.match(text):
            raise unusable(path, "is an e-mail", "save its attachment")
        return
    if _SPREADSHEET_XML.search(text):
        raise unusable(path, "is a workbook as plain XML", _SAVE_AS)
    if _HTML.search(text):
        raise unusable(path, f"is a web page (HTML){renamed}", _SAVE_AS)
    if text.startswith(b"<?xml"):
        raise unusable(path, f"is XML, not a table{renamed}", _SAVE_AS)
