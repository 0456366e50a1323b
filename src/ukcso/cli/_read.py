"""`ukcso read`: official files as published, to files that every command takes."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from ukcso.cli._app import app
from ukcso.cli._formats import tell
from ukcso.cli._own_data import App, patiently

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

_ENDINGS = (".csv", ".parquet")

read = App(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(read, name="read")


@read.callback()
def _read() -> None:
    """Read a published file, or your own, to CSV or Parquet."""


Files = Annotated[list[Path], Argument(help="The file as published; years may be in several.")]
Output = Annotated[
    Path, Option("--output", "-o", help="Where to write: a path in .csv or .parquet.")
]


@read.command("home-office")
def home_office(
    files: Files,
    output: Output,
    codes: Annotated[
        str, Option(help='"child", "all", or codes with commas between: 86,88A,rape.')
    ] = "child",
) -> None:
    """
    Read the Home Office's recorded crime open data by police force area.

    Example: ukcso read home-office prc-pfa-mar2013-onwards-tables-230726.ods -o crime.csv
    """
    from ukcso.readers import home_office_recorded_crime  # noqa: PLC0415 - loads pandas

    wanted = codes if codes in {"child", "all"} else [code.strip() for code in codes.split(",")]
    _write(output, lambda progress: home_office_recorded_crime(files, wanted, progress=progress))


@read.command("population")
def population(
    files: Files,
    output: Output,
    edition: Annotated[
        str | None, Option(help="What edition it is, where no cover sheet says so.")
    ] = None,
) -> None:
    """
    Read the mid-year population estimates of the Office for National Statistics.

    Example: ukcso read population mye24tablesew.xlsx -o population.csv
    """
    from ukcso.readers import ons_population  # noqa: PLC0415 - loads pandas

    _write(output, lambda progress: ons_population(files, edition, progress=progress))


Own = Annotated[Path, Argument(help="Your CSV, XLSX, XLS or ODS file.")]
OfAll = Annotated[str | None, Option(help="For all rows: an id, or a title that is shipped.")]


@read.command("figures")
def figures(file: Own, output: Output, release: OfAll = None, source: OfAll = None) -> None:
    """
    Read printed numbers of your own, with names for ids.

    Example: ukcso read figures mine.xlsx -o figures.csv --release my-wave --source my-letters
    """
    from ukcso import readers  # noqa: PLC0415 - loads pandas

    _write(output, lambda _: readers.figures(file, release=release, source=source))


@read.command("claims")
def claims(file: Own, output: Output, release: OfAll = None, source: OfAll = None) -> None:
    """
    Read printed statements of your own, with names for ids.

    Example: ukcso read claims mine.xlsx -o claims.csv --release my-wave --source my-letters
    """
    from ukcso import readers  # noqa: PLC0415 - loads pandas

    _write(output, lambda _: readers.claims(file, release=release, source=source))


def _write(output: Path, make: Callable[[Callable[[float], None]], pd.DataFrame]) -> None:
    """Read, write the file whole or not at all, and say on stderr what it holds."""
    from ukcso.outputs import ending_of, frame_as_csv, write_whole  # noqa: PLC0415 - loads pandas

    ending = ending_of(output, _ENDINGS)
    frame = patiently(make)
    if ending == ".parquet":
        from ukcso.outputs import optional  # noqa: PLC0415 - loads pandas

        optional("pyarrow", "export")
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        write_whole(output, buffer.getvalue())
    else:
        write_whole(output, frame_as_csv(frame))
    _tell(output, frame)


def _tell(output: Path, frame: pd.DataFrame) -> None:
    reading: dict[str, Any] = frame.attrs.get("reading", {})
    if "years" not in reading:
        tell(f"{output}: {len(frame):,} rows")
        for note in reading.get("notes", []):
            tell(f"note: {note}")
        return
    years = reading["years"]
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else str(years[0])
    tell(
        f"{output}: {len(frame):,} rows of {reading['areas']} areas, {span} "
        f"({reading['rows']:,} rows read)"
    )
    for note in reading["notes"]:
        tell(f"note: {note}")
