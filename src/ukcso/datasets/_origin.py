"""What a frame was made from: every function that makes one from datasets says so in attrs."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec

import numpy as np
import pandas as pd

from ukcso.datasets import _read, _scopes

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
_PLAIN = (str, int, float, bool)


def tells_origin(function: Callable[P, pd.DataFrame]) -> Callable[P, pd.DataFrame]:
    """
    Add to ``attrs["ukcso"]`` what it takes to make a frame again.

    - datasets: version by name of every dataset that was read.
    - made_by: the function's name, and its arguments other than the defaults.
    - own: names of the arguments that are a caller's own data, which nobody else has.
    """
    signature = inspect.signature(function)

    @wraps(function)
    def made(*args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
        with _scopes.scope({}) as used:
            frame = function(*args, **kwargs)
        asked: dict[str, Any] = {
            # A number of numpy's reads back as a number only if it is Python's.
            name: value.item() if isinstance(value, np.generic) else value
            for name, value in signature.bind(*args, **kwargs).arguments.items()
            if value is not None and value is not signature.parameters[name].default
        }
        given = {name: it for name, it in asked.items() if isinstance(it, pd.DataFrame)}
        for name, it in given.items():
            used |= _behind(it)
            if _read.is_shipped(it):
                del asked[name]
        frame.attrs["ukcso"] = {
            **frame.attrs.get("ukcso", {}),
            "datasets": dict(sorted(used.items())),
            "made_by": {
                "function": function.__name__,
                "arguments": {
                    name: value if isinstance(value, _PLAIN) else str(value)
                    for name, value in asked.items()
                    if name not in given and not callable(value)
                },
            },
            "own": [name for name in given if name in asked],
        }
        return frame

    return made


def _behind(frame: pd.DataFrame) -> dict[str, int]:
    """Return the datasets that a frame says it is made from."""
    told = frame.attrs.get("ukcso", {})
    loaded: dict[str, int] = {told["dataset"]: told["version"]} if "dataset" in told else {}
    return {**loaded, **told.get("datasets", {})}
