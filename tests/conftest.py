"""What all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# A machine with two busy cores is no reason to fail; the same seeds every time on CI.
settings.register_profile("ukcso", deadline=None, max_examples=100, derandomize="CI" in os.environ)
settings.load_profile("ukcso")
