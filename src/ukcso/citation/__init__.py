"""How to cite a dataset, the package, or the sources behind some rows."""

from ukcso.citation._cite import cite as cite
from ukcso.citation._cite import references as references
from ukcso.citation._works import behind as behind
