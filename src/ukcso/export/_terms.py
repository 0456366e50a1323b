"""The licences of the sidecars, as descriptors name them."""

from __future__ import annotations

from typing import NamedTuple

from ukcso.datasets import NOT_STATED


class Licence(NamedTuple):
    """A licence by its SPDX name and its address."""

    name: str
    path: str = ""


#: By the title that a sidecar gives it.
LICENCES = {
    "MIT": Licence("MIT", "https://opensource.org/license/mit"),
    "Open Government Licence v3.0": Licence(
        "OGL-UK-3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
    ),
    # data of the user's own
    NOT_STATED: Licence("notspecified"),
    # publications that keep their own rights: there is no licence to name
    "facts quoted from the named publications": Licence("notspecified"),
}
