"""What a frame was made from: every function that makes one from datasets says so in attrs."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import wraps
from typing import Any, ParamSpec

import numpy as np
import pandas as pd

from ukcso.datasets import _scopes, _store
from ukcso.datasets._own import OWN, version_in
from ukcso.errors import InvalidInputError
from ukcso.periods import Period

P = ParamSpec("P")


def tells_origin(function: Callable[P, pd.DataFrame]) -> Callable[P, pd.DataFrame]:
    """
    Add to ``attrs["ukcso"]`` what it takes to make a frame again.

    - datasets: version by name of every dataset that was read.
    - made_by: the function's name, and its arguments other than the defaults, each spelt
      one way: 100000.0 is 100000, "FY2017-18" is "2017/18".
    - own: names of the arguments that are a caller's own data, which nobody else has.
    - sources_in: columns that name sources of the rows, where there are some.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def with_origin(*args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
        scope = _scopes.Scope({})
        with scope:
            frame = function(*args, **kwargs)
        used, own, arguments = dict(scope.used), [], {}
        for name, value in signature.bind(*args, **kwargs).arguments.items():
            if isinstance(value, pd.DataFrame):
                held = _store.STORE.holds(value)
                used |= _behind(value, held=held)
                if not held:
                    own.append(name)
            elif value is not None and not callable(value):
                plain = _plain(name, value)
                if plain != signature.parameters[name].default:
                    arguments[name] = plain
        named = [name for name in frame if has_sources(name) and frame[name].notna().any()]
        frame.attrs["ukcso"] = {
            **frame.attrs.get("ukcso", {}),
            **({"sources_in": named} if named else {}),
            "datasets": dict(sorted(used.items())),
            "made_by": {"function": function.__name__, "arguments": arguments},
            "own": own,
        }
        return frame

    return with_origin


def has_sources(name: object) -> bool:
    """Say whether a column is one of ids of sources, also with the suffix that a merge adds."""
    return isinstance(name, str) and re.search(r"(^|_)source_id", name) is not None


def _plain(name: str, value: object) -> str | float | bool | list[Any]:
    """Return an argument as it is written to a file and read back, spelt one way."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Iterable) and not isinstance(value, (str, Period)):
        return [_plain(name, one) for one in value]
    if name in {"measure_or_code", "offence_code"}:  # a code may be a whole number
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if name in {"period", "periods", "against"}:
        with suppress(InvalidInputError):  # one that the function reads in its own way
            return str(Period.parse(str(value)))
    return str(value)


def _behind(frame: pd.DataFrame, *, held: bool) -> dict[str, int | str]:
    """
    Return the datasets that a frame says it is made from.

    Rows as somebody read them from a file of their own are no dataset unless they are pinned.
    """
    origin: dict[str, Any] = frame.attrs.get("ukcso", {})
    is_loaded = "dataset" in origin and (held or origin.get("version") != OWN)
    loaded = {origin["dataset"]: version_in(origin)} if is_loaded else {}
    return {**loaded, **origin.get("datasets", {})}
