"""Every subcommand; importing a module adds its commands to the application."""

from __future__ import annotations

from ukcso.cli import _claims, _evidence, _lookups, _outputs, _pictures
from ukcso.cli._app import app

__all__ = ["_claims", "_evidence", "_lookups", "_outputs", "_pictures", "app"]
