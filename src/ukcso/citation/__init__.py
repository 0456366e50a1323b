"""How to cite a dataset, the package, or the sources behind some rows."""

from ukcso.citation._cite import cite, references
from ukcso.citation._works import behind

__all__ = ["behind", "cite", "references"]
