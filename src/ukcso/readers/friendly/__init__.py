"""Own figures and claims in a form that people keep: names for ids, one period for two days."""

from __future__ import annotations

from ukcso.readers.friendly._read import claims as claims
from ukcso.readers.friendly._read import figures as figures
