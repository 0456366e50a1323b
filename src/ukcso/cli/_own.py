"""A user's own CSV files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ukcso import datasets
from ukcso.datasets import read_own_csv

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def own(file: Path, dataset: str) -> pd.DataFrame:
    """Read and check a user's CSV."""
    frame = datasets.validate(read_own_csv(file, datasets.schema(dataset)), dataset)
    return frame.reset_index(drop=True)  # errors count rows as a spreadsheet, results do not
