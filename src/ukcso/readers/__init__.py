"""Files as people and offices keep them, read to frames valid against the schemas."""

from __future__ import annotations

from ukcso.readers._own_rows import own_rows as own_rows
