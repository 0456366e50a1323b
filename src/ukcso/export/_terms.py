"""The licences of the sidecars, as descriptors name them."""

from __future__ import annotations

from typing import NamedTuple


class Licence(NamedTuple):
    """A licence by its SPDX name and its address."""

    name: str
    path: str = ""


#: Facts quoted from publications that keep their own rights have no licence to name.
_UNNAMED = Licence("notspecified")
_LICENCES = {
    "MIT": Licence("MIT", "https://opensource.org/license/mit"),
    "Open Government Licence v3.0": Licence(
        "OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ),
    "facts quoted from the named publications": _UNNAMED,
}


def licence(title: str) -> Licence:
    """Return the licence that a sidecar names by its title."""
    return _LICENCES[title]
