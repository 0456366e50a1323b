"""
The kinds of column: text, days and whole numbers; decimals are pandera's own.

Every dtype is spelled out, so a frame has the same types on pandas 2.2 and 3.
"""

from __future__ import annotations

from numbers import Number
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from pandera.dtypes import immutable
from pandera.engines import pandas_engine


@immutable
class _Kind(pandas_engine.DataType):
    """A kind of column: one dtype, and one way into it from what users have."""

    type: Any
    words: ClassVar[str]

    def coerce_value(self, value: Any) -> Any:
        """Return one cell converted, or raise: so pandera finds the failing cells."""
        return self.coerce(pd.Series([value])).iloc[0]

    def check(self, pandera_dtype: Any, data_container: Any = None) -> Any:
        """Say whether a column has exactly this dtype."""
        found = pandera_dtype if data_container is None else data_container.dtype
        return found == self.type

    def __str__(self) -> str:
        return self.words


class Text(_Kind):
    """
    `StringDtype("python")` with `pd.NA`, whatever the pandas version.

    pandera's own string type means another dtype on pandas 3 (missing is NaN)
    than on pandas 2, and another again where pyarrow is installed.
    """

    type = pd.StringDtype("python")
    words = "text"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as text; 38.0 is "38", for a column with a gap holds floats."""
        if not isinstance(data_container.dtype, pd.StringDtype):
            cells = [_without_zeros(cell) for cell in data_container.array]
            data_container = pd.Series(cells, data_container.index, object, data_container.name)
        return data_container.astype(self.type)


def _without_zeros(cell: object) -> object:
    """Write a float as its shortest decimal, and leave anything else as it is."""
    if not isinstance(cell, (float, np.floating)) or not np.isfinite(cell):
        return cell
    return np.format_float_positional(cell + 0.0, trim="-")  # no -0


class Day(_Kind):
    """
    `datetime64[ns]` without a time, from dates or from ISO text only.

    pandas would read 01/04/2017 as 4 January.
    """

    type = np.dtype("datetime64[ns]")
    words = "day"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as days."""
        if pd.api.types.is_datetime64_any_dtype(data_container.dtype):
            return data_container.astype(self.type)
        is_text = data_container.dtype == Text.type
        if not is_text and data_container.map(lambda cell: isinstance(cell, Number)).any():
            msg = "a number is no day"
            raise TypeError(msg)
        return pd.to_datetime(data_container, format="%Y-%m-%d", exact=True).astype(self.type)


class Whole(_Kind):
    """`int64` from whole numbers only: a plain conversion would cut 3.7 down to 3."""

    type = np.dtype("int64")
    words = "whole number"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as whole numbers."""
        if data_container.dtype == self.type:
            return data_container
        return pd.to_numeric(data_container).astype("Int64").astype(self.type)


class WholeOrEmpty(_Kind):
    """`Int64` from whole numbers and empty cells only."""

    type = pd.Int64Dtype()
    words = "whole number or empty"

    def coerce(self, data_container: Any) -> Any:
        """Return the column as whole numbers with `pd.NA`."""
        return pd.to_numeric(data_container).astype(self.type)
