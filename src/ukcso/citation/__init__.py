"""How to cite a dataset, the package, or the sources behind some rows."""

from ukcso.citation._cite import cite, references

__all__ = ["cite", "references"]
