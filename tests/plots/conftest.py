"""Pictures in these tests are of the first versions, whose numbers the tests have."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import ukcso

V1 = dict.fromkeys(("claims", "figures", "population", "releases", "sources"), 1)


@pytest.fixture(autouse=True)
def _first_versions() -> Iterator[None]:
    with ukcso.pinned(**V1):
        yield
