"""What stands over rows of answers: titles, sections, the names of the sheet and its file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ukcso.areas import Area
from ukcso.periods import Period
from ukcso.readers.foi.words._area_names import AreaName, AreaNames
from ukcso.readers.foi.words._offences import ideas_of
from ukcso.readers.foi.words._period_names import period_in

_LONGEST_SECTION = 120


@dataclass(frozen=True, slots=True)
class Context:
    """What stands over rows of answers: titles, sections, the names of sheet and file."""

    area: AreaName | None = None
    period: Period | None = None
    #: The nearest text that names an offence.
    offence: str = ""
    #: The nearest text.
    title: str = ""


def under(text: str, context: Context, names: AreaNames, *, is_section: bool = False) -> Context:
    """Return what stands over the rows below a text."""
    if len(text) > _LONGEST_SECTION and is_section:
        return context
    area = names.known(text)
    if area is None and not is_section:
        areas = names.mentioned(text)
        area = AreaName("area", areas[0].name, areas[0]) if len(areas) == 1 else None
    period = period_in(text) if not is_section or len(text.split()) <= 8 else None  # noqa: PLR2004 - a heading, no note
    return replace(
        context,
        area=area or context.area,
        period=period or context.period,
        offence=text if ideas_of(text) else context.offence,
        title=text,
    )


def context_of(file: str, sheet: str, names: AreaNames, *, alone: bool) -> Context:
    """Return what the names of a file and a sheet say of its rows."""
    stem = re.sub(r"\.\w{2,5}$", "", file)
    texts = [stem, *([] if alone else [sheet])]
    areas: list[Area] = []
    context = Context()
    for text in texts:
        spoken = text.replace("_", " ")
        areas = names.mentioned(text) or areas
        context = replace(
            context,
            period=period_in(spoken) or context.period,
            offence=spoken if ideas_of(spoken) else context.offence,
        )
    area = AreaName("area", areas[0].name, areas[0]) if len(areas) == 1 else None
    return replace(context, area=area, title=texts[-1])
