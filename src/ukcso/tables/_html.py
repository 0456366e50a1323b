"""Tables as HTML: a fragment with its own style, or a whole page."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING

from ukcso.tables._cells import written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ukcso.tables._table import Table

#: Below a name of its own, so that neither the table nor the page around it changes the other.
_STYLE = """\
{own} {{ width: 100%; border-collapse: collapse; font: 14px Seravek, 'Gill Sans Nova', Ubuntu,
  Calibri, 'DejaVu Sans', source-sans-pro, sans-serif; color: #333333; background: #FFFFFF;
  border: solid #A8A8A8; border-width: 2px 0; }}
{own} caption {{ caption-side: top; text-align: left; font-size: 16px; padding: 4px 5px;
  background: #FFFFFF; }}
{own} th, {own} td {{ text-align: left; font-weight: normal; padding: 3px 5px; border: 0;
  border-top: 1px solid #D3D3D3; }}
{own} thead th {{ vertical-align: bottom; padding: 5px; border: solid #D3D3D3;
  border-width: 0 0 2px; }}
{own} .number {{ text-align: right; font-variant-numeric: tabular-nums; }}
{own} tfoot td {{ font-size: 12px; padding: 4px 5px; border: 0; }}
{own} tfoot tr:first-child td {{ border-top: 2px solid #D3D3D3; padding-top: 8px; }}
{own} sup {{ line-height: 0; }}"""
_PAGE = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
</head>
<body>
{body}</body>
</html>
"""


def html(table: Table, *, document: bool) -> str:
    """Return a table, and a page around it if asked for; its id is the same every time."""
    own = f"ukcso-{hashlib.sha256(str(table.stamp).encode()).hexdigest()[:8]}"
    cells, notes = written(table, escape, "<sup>{}</sup>")
    sides = ["" if column.kind == "words" else ' class="number"' for column in table.columns]
    headings = [escape(column.heading) for column in table.columns]
    across = f'<td colspan="{len(table.columns)}">'
    lines = [
        f"<style>\n{_STYLE.format(own=f'#{own}')}\n</style>",
        f'<table id="{own}">',
        f"<caption>{escape(table.caption)}</caption>",
        "<thead>",
        *_row("th", ' scope="col"', sides, headings),
        "</thead>",
        "<tbody>",
        *(line for row in cells for line in _row("td", "", sides, row)),
        "</tbody>",
        "<tfoot>",
        *(f"<tr>{across}{note}</td></tr>" for note in [*notes, escape(str(table.stamp))]),
        "</tfoot>",
        "</table>",
    ]
    body = "\n".join([*lines, ""])
    return _PAGE.format(title=escape(table.caption), body=body) if document else body


def _row(tag: str, scope: str, sides: Iterable[str], cells: Iterable[str]) -> list[str]:
    inside = zip(sides, cells, strict=True)
    return ["  <tr>", *(f"    <{tag}{scope}{side}>{it}</{tag}>" for side, it in inside), "  </tr>"]
