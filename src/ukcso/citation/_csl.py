"""Works as CSL-JSON, which reference managers and pandoc read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ukcso.citation._works import Work

#: The type of CSL 1.0.2 nearest to each kind of work.
TYPES = {
    "dataset": "dataset",
    "software": "software",
    "press_release": "webpage",
    "news": "article-newspaper",
    "official_statistics": "report",
    "report": "report",
    "briefing": "report",
    "disclosure_log": "webpage",
}


def csl_json(works: Iterable[Work]) -> str:
    """Return works as one JSON array."""
    return json.dumps([_item(work) for work in works], ensure_ascii=False, indent=2)


def _item(work: Work) -> dict[str, Any]:
    # A newspaper is what an article stands in; who publishes the paper is not known.
    body = "container-title" if work.kind == "news" else "publisher"
    fields: dict[str, Any] = {
        "id": work.key,
        "type": TYPES[work.kind],
        "title": work.title,
        "author": [{"literal": work.author}],
        "issued": _date(work.published),
        body: work.author,
        "URL": work.url,
        "accessed": _date(work.retrieved if work.url else ""),
        "version": work.version,
        "genre": work.genre,
        "note": work.note,
        "annote": work.remark,
    }
    return {name: value for name, value in fields.items() if value}


def _date(iso: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in iso.split("-")]]} if iso else {}
