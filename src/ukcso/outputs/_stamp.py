"""The line under an output that says how to make it again; written here, and read back."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ukcso._version import __version__
from ukcso.datasets import is_own, metadata, resolve_version
from ukcso.errors import InvalidInputError, UnknownDatasetError

_FILE = r"\w+ (?:v\d+ \w+|own (?:[^,]+? )?[0-9a-f]{12})"
_ARGUMENTS = r"""(?:'[^']*'|"[^"]*"|[^()'"])*"""
_STAMP = re.compile(
    r"ukcso (?P<package>\d[\w.+]*): "
    rf"(?P<function>\w+)\((?P<arguments>{_ARGUMENTS})\), "
    rf"(?P<rows>\d+) rows?(?: from (?P<datasets>{_FILE}(?:, {_FILE})*))?"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """
    What made a table, and from what.

    Examples
    --------
    >>> stamp = Stamp("areas", {"measure_or_code": "86", "period": "2018/19"}, 43, {"areas": 1})
    >>> print(stamp)
    ukcso ...: areas(measure_or_code='86', period='2018/19'), 43 rows from areas v1 ...
    >>> stamps(str(stamp))[0][1] == stamp
    True

    Data of somebody's own are there with their file:

    >>> print(Stamp("areas", {}, 43, {"recorded_crime": "own prc-2026.ods 3f2a91c0d1e2"}))
    ukcso ...: areas(), 43 rows from recorded_crime own prc-2026.ods 3f2a91c0d1e2
    """

    #: A function of `ukcso.tables`.
    function: str
    arguments: Mapping[str, Any]
    #: How many rows stand in the table.
    rows: int
    #: Version by dataset; own data in its place by their name.
    datasets: Mapping[str, int | str]
    #: Names of arguments that were a caller's own data.
    own: tuple[str, ...] = ()
    package: str = __version__
    #: First characters of the SHA-256 by dataset, where the stamp was read.
    digests: Mapping[str, str] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        arguments = [f"{name}={value!r}" for name, value in self.arguments.items()]
        arguments += [f"{name}=own" for name in self.own]
        files = [_written(name, version) for name, version in self.datasets.items()]
        rows = "1 row" if self.rows == 1 else f"{self.rows} rows"
        line = f"ukcso {self.package}: {self.function}({', '.join(arguments)}), {rows}"
        return f"{line} from {', '.join(files)}" if files else line

    def check_files(self) -> None:
        """
        Refuse a stamp of files that are not those of this release, or not pinned.

        Raises
        ------
        UnknownDatasetError
            A version is not shipped, or is another file here; or own data that it names are
            not pinned.
        """
        for name, written in self.digests.items():
            version = self.datasets[name]
            if is_own(version):
                resolve_version(name, version)
            elif (here := digest(name, version)) != written:
                msg = f"made from {name} v{version} {written}; here {name} v{version} is {here}"
                raise UnknownDatasetError(msg)


def _written(dataset: str, version: int | str) -> str:
    """Write a dataset with its version and the hash of its file."""
    if is_own(version):
        return f"{dataset} {version}"
    return f"{dataset} v{version} {digest(dataset, version)}"


def digest(dataset: str, version: int | str) -> str:
    """Return the first characters of the SHA-256 of a dataset's file."""
    return metadata(dataset, version).sha256[:12]


def stamps(text: str) -> list[tuple[int, Stamp]]:
    """
    Find every stamp in a text without markup, each with where it begins.

    Raises
    ------
    InvalidInputError
        What a stamp says was asked for cannot be read.
    """
    return [(match.start(), _read(match)) for match in _STAMP.finditer(text)]


def _read(match: re.Match[str]) -> Stamp:
    files = [file.partition(" ") for file in (match["datasets"] or "").split(", ") if file]
    arguments, own = _arguments(match["arguments"])
    return Stamp(
        match["function"],
        arguments,
        int(match["rows"]),
        {name: _version(said) for name, _, said in files},
        own,
        match["package"],
        {name: said.rpartition(" ")[2] for name, _, said in files},
    )


def _version(said: str) -> int | str:
    """Return a version as a stamp says it, before the hash of its file; own data by their name."""
    return said if is_own(said) else int(said.split(maxsplit=1)[0].removeprefix("v"))


def _arguments(text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Read keyword arguments that are literals, or the bare word for own data."""
    try:
        call: Any = ast.parse(f"call({text})", mode="eval").body
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        own = tuple(name for name, value in given.items() if isinstance(value, ast.Name))
        return {name: ast.literal_eval(it) for name, it in given.items() if name not in own}, own
    except (SyntaxError, ValueError):
        msg = f"the stamp's arguments cannot be read: {text}"
        raise InvalidInputError(msg) from None
