"""
Series of every library in and out: as arrays of numbers, missing as NaN, and back.

pandas has an index, which all Series of a call must share; polars, PyArrow and whatever
else narwhals knows have places only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ukcso.errors import InvalidInputError, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt


def series_of(value: Any) -> Any:
    """Return a pandas Series as it is, one of another library as narwhals has it, or None."""
    if is_pandas(value):
        return value
    if type(value).__module__.partition(".")[0] in {"builtins", "numpy"}:
        return None
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - only a caller who has a Series pays for it

    try:
        series = nw.from_native(value, series_only=True)
    except TypeError:
        return None
    # Another library with an index would lose it.
    return None if series.implementation.is_pandas_like() else series


def is_pandas(value: object) -> bool:
    """Say whether a value is a Series of pandas."""
    return type(value).__name__ == "Series" and type(value).__module__.startswith("pandas")


def require_alike(series: Mapping[str, Any]) -> None:
    """Refuse Series, by argument, of different libraries, and of pandas with other indexes."""
    kinds = {
        name: "pandas" if is_pandas(s) else s.implementation.value for name, s in series.items()
    }
    if len(set(kinds.values())) > 1:
        listing = listed(f"{name} of {kind}" for name, kind in kinds.items())
        msg = f"Series must be of one library; got {listing}"
        raise InvalidInputError(msg)
    first = next(iter(series), "")
    for name, other in series.items():
        if kinds[name] == "pandas" and not other.index.equals(series[first].index):
            msg = (
                f"{first} and {name} must share one index; align them first, "
                f"for instance with {name}.reindex({first}.index)"
            )
            raise InvalidInputError(msg)


def array_of(value: Any, name: str) -> Any:
    """Return an array or a Series as an array of numbers, missing as NaN."""
    import numpy as np  # noqa: PLC0415 - a scalar call must not load numpy

    series = series_of(value)
    dtype = getattr(value if series is None else series, "dtype", None)
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        masked = isinstance(value, np.ma.MaskedArray)
        return np.ma.filled(value.astype(np.float64), np.nan) if masked else value
    if is_pandas(value):
        if isinstance(dtype, np.dtype) and dtype.kind in "iuf":
            return value.to_numpy()
        if value.dtype.kind in "iuf" or (value.dtype.kind == "O" and value.isna().all()):
            return np.asarray(value.to_numpy(dtype=np.float64, na_value=np.nan))
    elif series is not None:
        import narwhals.stable.v2 as nw  # noqa: PLC0415 - loaded by `series_of`

        if series.dtype.is_numeric() or (series.dtype == nw.Unknown and series.is_null().all()):
            return series.cast(nw.Float64).to_numpy()
    kind = type(value).__name__ if dtype is None else f"dtype {dtype}"
    msg = (
        f"{name} must be a number, or a numpy array or pandas Series (or one of polars or "
        f"PyArrow) of numbers; got {kind}"
    )
    raise InvalidInputError(msg)


def like(inputs: Sequence[Any], result: npt.NDArray[np.float64]) -> Any:
    """Wrap a result as the Series that went in: library, index, name, nullable or not."""
    names = {series.name for series in inputs}
    name = names.pop() if len(names) == 1 else None
    if not is_pandas(inputs[0]):
        return frame_like(inputs[0], {name or "": result})[name or ""]
    import pandas as pd  # noqa: PLC0415 - only a caller who has a Series pays for pandas

    series = pd.Series(result, index=inputs[0].index, name=name)
    if any(pd.api.types.is_extension_array_dtype(series.dtype) for series in inputs):
        return series.astype("Float64").mask(series.isna(), pd.NA)
    return series


def frame_like(column: Any, columns: Mapping[str, npt.NDArray[np.float64]]) -> Any:
    """Return columns as a frame of a Series' library, with its index; of pandas for an array."""
    series = series_of(column)
    if series is None or is_pandas(series):
        import pandas as pd  # noqa: PLC0415 - only a caller of this pays for pandas

        return pd.DataFrame(columns, index=getattr(series, "index", None))
    import narwhals.stable.v2 as nw  # noqa: PLC0415 - loaded by `series_of`

    frame = nw.from_dict(columns, dict.fromkeys(columns, nw.Float64), backend=series.implementation)
    return frame.with_columns(nw.all().fill_nan(None)).to_native()
