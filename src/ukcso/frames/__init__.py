"""
The measures as new columns of a dataframe, in whatever engine the frame came.

pandas, polars (eager and lazy), PyArrow, DuckDB, PySpark, Ibis and Dask, all through
one set of expressions; `ukcso.rate` and its like are for numbers, arrays and Series.

- A lazy frame stays lazy: only its schema (names and types of columns) is read.
- An impossible value (a negative count, a population of 0, a part above its whole) is
  refused in frames that are in memory, as in numbers: pandas, polars, PyArrow. A lazy
  frame cannot be searched without running it, so there it gives null; `with_rate` says
  how to count them.
- A missing value and a result that is undefined (growth from 0) are null. Null is what the
  engine calls missing; only pandas without nullable types, and so Dask, writes it NaN.
- A column name that the engine takes for a pattern or a path (``*``, on polars ``^n$``,
  on Spark and on DuckDB before version 2 ``force.name``) is refused by name.
- Limits of counts are the public-health convention: exact below 10, Byar's from 10 on.
  No engine knows the exact limits, so those of 0 to 9 are constants; a count below 10
  that is no whole number has null limits, where `ukcso.rate_interval` computes them.
- Numbers come out as 64-bit floats, nothing is rounded, and rows keep their order and
  pandas its index. `with_growth` says where a join makes an exception of that.
"""

from __future__ import annotations

from ukcso.frames._growth import with_growth
from ukcso.frames._measures import with_per_day, with_rate, with_share

__all__ = ["with_growth", "with_per_day", "with_rate", "with_share"]
