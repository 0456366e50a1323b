"""An empty sheet for answers that reads back: a row a force, a column a financial year."""

from __future__ import annotations

import io
from datetime import date

from ukcso.areas import all_areas
from ukcso.periods import Period

_YEARS = 5
_NATIONS = ("northern-ireland", "scotland")


def template_rows(last_year: Period | None = None) -> list[list[str | None]]:
    """
    Return the rows of an empty sheet for answers.

    Parameters
    ----------
    last_year
        The last of its five financial years; else the last that is over.

    Examples
    --------
    >>> rows = template_rows(Period.parse("2024/25"))
    >>> rows[0], rows[1][:2], len(rows)
    (['Police force', '2020/21', ..., 'Status', 'Notes'], ['Avon and Somerset', None], 47)
    """
    last = last_year or _last_over(date.today())  # noqa: DTZ011 - the user's own day
    years = [last.previous(n).label for n in range(_YEARS - 1, 0, -1)] + [last.label]
    areas = all_areas().values()
    forces = [
        area for area in areas if area.kind == "police_force_area" or area.area_id in _NATIONS
    ]
    forces += [area for area in areas if area.kind == "non_territorial_force"]
    names = sorted(area.name for area in forces)
    heading: list[str | None] = ["Police force", *years, "Status", "Notes"]
    return [heading, *([name, *[None] * (_YEARS + 2)] for name in names)]


def _last_over(today: date) -> Period:
    year = today.year - 1 if today >= date(today.year, 4, 1) else today.year - 2
    return Period.financial_year(year)


def template_workbook(last_year: Period | None = None) -> bytes:
    """Return the sheet as an XLSX workbook, which the extra `readers` writes."""
    from openpyxl import Workbook  # type: ignore[import-untyped] # noqa: PLC0415 - CSV needs none
    from openpyxl.styles import Font  # type: ignore[import-untyped] # noqa: PLC0415

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "Answers"
    for row in template_rows(last_year):
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = 28
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
