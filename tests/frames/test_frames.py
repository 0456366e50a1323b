"""The measures as columns: the same numbers and the same nulls on every engine."""

from __future__ import annotations

import importlib.util
import math
import os
import re
import shutil
import subprocess
import sys
import warnings
from datetime import date
from importlib.metadata import version
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ukcso
from ukcso.errors import InvalidInputError, UkcsoWarning
from ukcso.frames import with_growth, with_per_day, with_rate, with_share

pytestmark = pytest.mark.slow

# PySpark 4 warns of pandas 3 when anything imports its pandas API, which we do not use.
NO_PANDAS_3 = "ignore:PySpark does not yet fully support pandas:FutureWarning"
# Dask moves to the plug-in narwhals-dask; until then narwhals reads it itself.
MOVING = "ignore:Dask support is moving out of Narwhals:FutureWarning"
PY4J_SOCKETS = "ignore:unclosed <socket:ResourceWarning"  # py4j leaves them to the collector

SPARK_MARKS = [
    pytest.mark.xdist_group("spark"),  # one session, in one worker
    pytest.mark.filterwarnings(NO_PANDAS_3),
    pytest.mark.filterwarnings(PY4J_SOCKETS),
]
DASK = pytest.param("dask", marks=pytest.mark.filterwarnings(MOVING))
SPARK = pytest.param("pyspark", marks=SPARK_MARKS)

EAGER = ["pandas", "pandas-nullable", "pandas-pyarrow", "polars", "pyarrow"]
LAZY = ["polars-lazy", "duckdb", "ibis", DASK, SPARK]
ORDERED = [*EAGER, "polars-lazy", DASK]

MODULES = {
    "dask": ["dask.dataframe"],
    "ibis": ["ibis", "duckdb", "pyarrow"],
    "duckdb": ["duckdb", "pyarrow"],
    "pandas-nullable": ["pandas"],
    "pandas-pyarrow": ["pyarrow"],
    "polars-lazy": ["polars"],
}
NULL_IS_NAN = ("pandas", "dask")


class Column(NamedTuple):
    """Cells of one kind: float, int, text or day; None is missing."""

    kind: str
    cells: list[Any]


def need(module: str) -> Any:
    """Return an engine's module; skip the test where it is not installed."""
    return pytest.importorskip(module, reason=f"{module} is not installed")


def floats(*values: float | None) -> Column:
    """Return a column of floats."""
    return Column("float", [None if value is None else float(value) for value in values])


def ints(*values: int | None) -> Column:
    """Return a column of whole numbers."""
    return Column("int", list(values))


def text(*values: str | None) -> Column:
    """Return a column of text."""
    return Column("text", list(values))


def days(*values: str | None) -> Column:
    """Return a column of dates, from ISO text."""
    return Column("day", [value and date.fromisoformat(value) for value in values])


class Engine:
    """One way to hold a table: how to make it, and how to read it row by row."""

    def __init__(self, name: str, session: Any = None) -> None:
        self.name, self.session = name, session
        for module in MODULES.get(name, [name]):
            need(module)

    def make(self, **columns: Column) -> Any:
        """Return a frame of this engine, with a column `row` that numbers its rows."""
        size = len(next(iter(columns.values())).cells)
        return self._make(columns | {"row": ints(*range(size))})

    def rows(self, frame: Any) -> list[dict[str, Any]]:
        """Return the rows as dicts, as the engine has ordered them; missing is None."""
        if self.name == "pyspark":
            return [row.asDict() for row in frame.collect()]
        if self.name == "duckdb":
            return [dict(zip(frame.columns, row, strict=True)) for row in frame.fetchall()]
        if self.name.startswith("polars"):
            return frame.lazy().collect().to_dicts()
        if self.name in {"pyarrow", "ibis"}:
            return (frame.to_pyarrow() if self.name == "ibis" else frame).to_pylist()
        frame = frame.compute() if self.name == "dask" else frame
        assert self.name == "dask" or isinstance(frame, pd.DataFrame)
        return [
            {name: self._plain(value) for name, value in row.items()}
            for row in frame.astype(object).to_dict("records")
        ]

    def column(self, frame: Any, name: str) -> list[Any]:
        """Return one column in the order of `row`."""
        return [row[name] for row in sorted(self.rows(frame), key=lambda row: row["row"])]

    def _plain(self, value: Any) -> Any:
        nan = isinstance(value, float) and math.isnan(value)
        return None if value in {pd.NA, pd.NaT} or (nan and self.name in NULL_IS_NAN) else value

    def _make(self, columns: dict[str, Column]) -> Any:
        if self.name == "pyspark":
            types = {"float": "double", "int": "long", "text": "string", "day": "date"}
            # Field by field: a schema written as text cannot hold every name.
            schema = need("pyspark.sql.types").StructType()
            for name, column in columns.items():
                schema = schema.add(name, types[column.kind])
            rows = list(zip(*(c.cells for c in columns.values()), strict=True))
            return self.session.createDataFrame(rows, schema)
        if self.name in {"pandas", "pandas-nullable", "dask"}:
            return self._of_pandas(columns)
        if self.name.startswith("polars"):
            return self._of_polars(columns)
        return self._of_pyarrow(columns)

    def _of_pandas(self, columns: dict[str, Column]) -> Any:
        types = {"float": "float64", "text": "str", "day": "datetime64[s]"}
        types["int"] = "Int64"
        if self.name == "pandas-nullable":
            types |= {"float": "Float64", "text": "string"}
        series = {}
        for name, column in columns.items():
            whole = column.kind == "int" and None not in column.cells
            dtype = "int64" if whole and self.name != "pandas-nullable" else types[column.kind]
            series[name] = pd.Series(column.cells, dtype=dtype)
        frame = pd.DataFrame(series)
        if self.name != "dask":
            return frame
        return need("dask.dataframe").from_pandas(frame, npartitions=3, sort=False)

    def _of_polars(self, columns: dict[str, Column]) -> Any:
        pl = need("polars")
        types = {"float": pl.Float64, "int": pl.Int64, "text": pl.String, "day": pl.Date}
        frame = pl.DataFrame(
            {name: pl.Series(c.cells, dtype=types[c.kind]) for name, c in columns.items()}
        )
        return frame.lazy() if self.name == "polars-lazy" else frame

    def _of_pyarrow(self, columns: dict[str, Column]) -> Any:
        pa = need("pyarrow")
        types = {"float": pa.float64(), "int": pa.int64(), "text": pa.string(), "day": pa.date32()}
        table = pa.table({name: pa.array(c.cells, types[c.kind]) for name, c in columns.items()})
        if self.name == "pandas-pyarrow":
            return table.to_pandas(types_mapper=pd.ArrowDtype)
        if self.name == "duckdb":
            return need("duckdb").from_arrow(table)
        if self.name == "ibis":
            return need("ibis").memtable(table)
        return table


@pytest.fixture(scope="session")
def spark() -> Any:
    """Start one small local session for the whole run."""
    sql = need("pyspark.sql")
    if not (shutil.which("java") or "JAVA_HOME" in os.environ):
        pytest.skip("Spark needs Java, which is not here")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.default.parallelism": "1",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    session = (
        sql.SparkSession.builder.master("local[1]")
        .appName("ukcso")
        .config(map=settings)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return the engine of this name; the session starts where Spark is first asked for."""
    name = request.param
    return Engine(name, request.getfixturevalue("spark") if name == "pyspark" else None)


def on(names: list[Any]) -> pytest.MarkDecorator:
    """Run a test on each of these engines."""
    return pytest.mark.parametrize("engine", names, indirect=True)


every_engine = on([*EAGER, *LAZY])


def same(found: list[Any], expected: list[Any]) -> None:
    """Hold numbers to 1e-12 relative, and nulls to nulls: NaN is neither."""
    assert len(found) == len(expected)
    for place, (one, other) in enumerate(zip(found, expected, strict=True)):
        if other is None or math.isnan(other):
            assert one is None, f"{one!r} at {place}, not null"
        else:
            assert one is not None, f"null at {place}, not {other!r}"
            assert math.isclose(one, other, rel_tol=1e-12, abs_tol=0), (place, one, other)


NAN, INF = math.nan, math.inf
LAZY_NAMES = {"polars-lazy", "duckdb", "ibis", "dask", "pyspark"}


def impossible(value: float | None, above: float = -1) -> bool:
    """Say whether a value is refused: NaN and None are missing."""
    return value is not None and (value < 0 or value in {INF, above})


COUNTS = [*map(float, range(13)), 67.0, 1_234.0, 1e6, 123_456_789.0, 1e15, 10.5, 99.75]
ODD = [None, NAN, INF, -INF, -1.0, 0.5, 4.25, 9.999_999, 5.0, 5.0, 5.0, 5.0, 5.0, 5.0]
EVENTS = COUNTS + ODD
PEOPLE = [*[20_000.0] * 10, *[3.0] * 5, *[56e6] * 5]
PEOPLE += [9.0] * 8 + [None, 0.0, -5.0, NAN, INF, 7.0]


class TestWithRate:
    """Rates with their limits."""

    @every_engine
    @pytest.mark.parametrize("level", [0.5, 0.95, 0.998])
    def test_columns_are_what_the_array_function_gives(self, engine: Engine, level: float) -> None:
        """Value, lower and upper limit agree on every count and, lazily, every oddity."""
        pairs = [
            (count, people)
            for count, people in zip(EVENTS, PEOPLE, strict=True)
            if engine.name in LAZY_NAMES or not (impossible(count) or impossible(people, above=0))
        ]
        frame = engine.make(
            events=floats(*(n for n, _ in pairs)), people=floats(*(n for _, n in pairs))
        )
        result = with_rate(frame, count="events", population="people", per=1_000, level=level)
        expected: list[tuple[Any, ...]] = []
        for count, people in pairs:
            counts = count is not None and 0 <= count < INF
            if not (counts and people is not None and 0 < people < INF):
                expected.append((None, None, None))
                continue
            made = ukcso.rate_interval(count, people, per=1_000, level=level)
            known = count >= 10 or count.is_integer()
            limits = (made.lower, made.upper) if known else (None, None)
            expected.append((made.value, *limits))
        columns = [list(values) for values in zip(*expected, strict=True)]
        for name, values in zip(("rate", "rate_lower", "rate_upper"), columns, strict=True):
            same(engine.column(result, name), values)

    @every_engine
    def test_whole_numbers(self, engine: Engine) -> None:
        """Columns of whole numbers give floats, and their nulls null."""
        frame = engine.make(events=ints(7, 12, None, 3), people=ints(10, 1_000, 10, None))
        result = with_rate(frame, count="events", population="people", per=100)
        made = [ukcso.rate_interval(7, 10, per=100), ukcso.rate_interval(12, 1_000, per=100)]
        same(engine.column(result, "rate"), [made[0].value, made[1].value, None, None])
        same(engine.column(result, "rate_lower"), [made[0].lower, made[1].lower, None, None])
        same(engine.column(result, "rate_upper"), [made[0].upper, made[1].upper, None, None])

    @settings(max_examples=25)
    @given(
        st.lists(st.tuples(st.integers(0, 10**15), st.integers(1, 10**9)), min_size=1, max_size=50),
        st.floats(0.01, 0.9999),
    )
    def test_agrees_on_whatever_comes(self, rows: list[tuple[int, int]], level: float) -> None:
        """Any counts, any populations, any level: as the array function has it."""
        frame = pd.DataFrame(rows, columns=["n", "people"])
        found = with_rate(frame, count="n", population="people", per=1_000, level=level)
        made = ukcso.rate_interval(frame["n"], frame["people"], per=1_000, level=level)
        for name, series in (
            ("rate", made.value),
            ("rate_lower", made.lower),
            ("rate_upper", made.upper),
        ):
            np.testing.assert_allclose(found[name], series, rtol=1e-12, atol=0)

    @pytest.mark.parametrize("per", [0, -1, INF, NAN, "1000", None, True])
    def test_a_bad_per_is_refused(self, per: Any) -> None:
        """The size of the reference population is a number above 0."""
        frame = pd.DataFrame({"n": [1], "people": [2]})
        with pytest.raises(InvalidInputError, match="per must be > 0 and finite"):
            with_rate(frame, count="n", population="people", per=per)

    @pytest.mark.parametrize("level", [95, 0, 1, "0.95", NAN])
    def test_a_bad_level_is_refused(self, level: Any) -> None:
        """95 is not 0.95."""
        frame = pd.DataFrame({"n": [1], "people": [2]})
        for call in (
            lambda: with_rate(frame, count="n", population="people", per=1, level=level),
            lambda: with_share(frame, part="n", whole="people", level=level),
        ):
            with pytest.raises(InvalidInputError, match="level must be a fraction"):
                call()


class TestWithShare:
    """Shares with their limits."""

    @every_engine
    @pytest.mark.parametrize("level", [0.5, 0.95, 0.9999])
    def test_columns_are_what_the_array_function_gives(self, engine: Engine, level: float) -> None:
        """Wilson's limits agree, sharp at 0 and 1; lazily, what cannot be a share is null."""
        pairs: list[tuple[Any, Any]] = [(0, 1), (1, 1), (0, 4_999), (4_999, 4_999), (30, 120)]
        pairs += [(1, 1e9), (1e9 - 1, 1e9), (3, 1e15), (2.5, 7.5), (146, 41_246)]
        bad: list[tuple[Any, Any]] = [(None, 1), (1, None), (None, None), (NAN, 1), (1, NAN)]
        bad += [(0, 0)]
        if engine.name in LAZY_NAMES:
            bad += [(INF, INF), (1, INF), (-1, 5), (1, -5), (-3, -2), (1, 0), (13, 10)]
        frame = engine.make(
            part=floats(*(part for part, _ in pairs + bad)),
            whole=floats(*(whole for _, whole in pairs + bad)),
        )
        result = with_share(frame, part="part", whole="whole", level=level)
        made = [ukcso.share_interval(part, whole, level=level) for part, whole in pairs]
        nulls = [None] * len(bad)
        same(engine.column(result, "share"), [m.value for m in made] + nulls)
        same(engine.column(result, "share_lower"), [m.lower for m in made] + nulls)
        same(engine.column(result, "share_upper"), [m.upper for m in made] + nulls)


class TestWithPerDay:
    """Events per calendar day."""

    @every_engine
    def test_columns_are_what_the_array_function_gives(self, engine: Engine) -> None:
        """Leap years, centuries, single days; a missing day is null, lazily a bad one too."""
        spans = [("2018-04-01", "2019-03-31"), ("2019-04-01", "2020-03-31")]
        spans += [("2000-02-28", "2000-03-01"), ("1900-02-28", "1900-03-01")]
        spans += [("2024-02-29", "2024-02-29"), ("2020-12-31", "2021-01-01")]
        spans += [("1999-01-01", "2101-12-31")]
        odd: list[tuple[Any, Any]] = [(None, "2020-01-01"), ("2020-01-01", None)]
        odd += [("2020-01-01", "2020-01-02")] * 2
        counts = [8_224.0, 0.0, 6.0, 6.0, 6.5, 1.0, 1e9, 1.0, 1.0, None, NAN]
        if engine.name in LAZY_NAMES:
            odd += [("2020-01-01", "2020-01-02"), ("2020-01-02", "2020-01-01")]
            counts += [-1.0, 1.0]
        frame = engine.make(
            n=floats(*counts),
            first=days(*(start for start, _ in spans + odd)),
            last=days(*(end for _, end in spans + odd)),
        )
        result = with_per_day(frame, count="n", start="first", end="last")
        expected = [
            ukcso.per_day(count, ukcso.Period(*map(date.fromisoformat, span)))
            for count, span in zip(counts[: len(spans)], spans, strict=True)
        ]
        same(engine.column(result, "per_day"), expected + [None] * len(odd))

    def test_the_time_of_day_does_not_count(self) -> None:
        """A period that ends on its last day at 23:00 has as many days as one at 01:00."""
        frame = pd.DataFrame(
            {
                "n": [10, 10],
                "start": pd.to_datetime(["2020-01-01 22:00", "2020-01-01 03:00"]),
                "end": pd.to_datetime(["2020-01-10 01:00", "2020-01-10 23:00"]),
            }
        )
        result = with_per_day(frame, count="n", start="start", end="end")
        assert list(result["per_day"]) == [1.0, 1.0]

    def test_dates_as_text_are_refused(self) -> None:
        """The message names the column and its type."""
        frame = pd.DataFrame({"n": [1], "start": ["2020-01-01"], "end": ["2020-01-02"]})
        with pytest.raises(InvalidInputError, match=r"start must be a column of dates.*String"):
            with_per_day(frame, count="n", start="start", end="end")


AREAS = ("kent", "kent", "essex", "kent", "kent", "essex", None, "kent", "essex", "kent", "essex")
YEARS = (2017, 2016, 2016, 2014, 2019, 2017, 2017, None, 2018, 2018, 2020)
VALUES = (200.0, 118.0, 0.0, 20.0, -5.0, 7.0, 9.0, 4.0, NAN, 300.5, 11.0)


def expected_growth(keys: list[Any], values: Any, back: int) -> list[float | None]:
    """Return the growth of every row, looked up by its key (series, number of the period)."""
    known = {key: value for key, value in zip(keys, values, strict=True) if None not in key}
    found: list[float | None] = []
    for key, new in zip(keys, values, strict=True):
        old = None if None in key else known.get((*key[:-1], key[-1] - back))
        usable = old is not None and new is not None and old > 0 and new >= 0
        found.append(ukcso.growth(old, new) if usable else None)
    return found


class TestWithGrowth:
    """Growth, matched on the period."""

    @every_engine
    @pytest.mark.parametrize("periods", [1, 2])
    def test_years(self, engine: Engine, periods: int) -> None:
        """A missing year gives null, never the year before it; rows may stand in any order."""
        # A negative value is null where nothing is run, and refused in memory.
        values = [n if n >= 0 or engine.name in LAZY_NAMES else NAN for n in VALUES]
        frame = engine.make(area=text(*AREAS), year=ints(*YEARS), n=floats(*values))
        result = with_growth(frame, value="n", by=["area"], period="year", periods=periods)
        expected = expected_growth(list(zip(AREAS, YEARS, strict=True)), VALUES, periods)
        assert sum(value is not None for value in expected) == 2
        same(engine.column(result, "growth"), expected)

    @every_engine
    def test_financial_years(self, engine: Engine) -> None:
        """2017/18 and 2017-18 follow 2016/17; 1999/00 follows 1998/99."""
        years = text("2017-18", "1998/99", "2016/17", "2019/20", "1999/00", None)
        frame = engine.make(year=years, n=floats(200, 10, 118, 7, 15, 1))
        result = with_growth(frame, value="n", period="year")
        same(engine.column(result, "growth"), [(200 - 118) / 118, None, None, None, 5 / 10, None])

    @every_engine
    @pytest.mark.parametrize(
        ("unit", "expected"),
        [
            ("year", [None, None, None, 1.5, 0.5, None]),
            ("quarter", [None, 0.5, None, None, 3 / 3.75, None]),
            ("month", [None, None, 1.5, None, None, None]),
        ],
    )
    def test_dates(self, engine: Engine, unit: str, expected: list[float | None]) -> None:
        """A date stands for its month, so last days of quarters of different lengths follow."""
        ends = ["2020-03-31", "2020-06-30", "2020-07-31", "2021-03-31", "2021-06-30", None]
        values = floats(2, 3, 7.5, 5, 4.5, 1)
        if unit == "quarter":
            ends[2:4], values = ["2020-12-31", "2021-03-31"], floats(2, 3, 7.5, 3.75, 4.5, 1)
            expected = [None, 0.5, None, 3.75 / 7.5 - 1, 4.5 / 3.75 - 1, None]
        frame = engine.make(end=days(*ends), n=values)
        with warnings.catch_warnings():
            if unit == "quarter":  # neighbours, see below
                warnings.simplefilter("ignore", UkcsoWarning)
            result = with_growth(frame, value="n", period="end", unit=unit)
        same(engine.column(result, "growth"), expected)

    @every_engine
    def test_neighbouring_quarters_are_warned_of(self, engine: Engine) -> None:
        """Lazy or not, the arguments tell; the numbers stay, and the message says what to ask."""
        frame = engine.make(end=days("2020-03-31", "2020-06-30"), n=floats(2, 3))
        for asked, months, right in (
            ({"unit": "quarter"}, "quarter", "periods=4 compares with the quarter"),
            ({"unit": "quarter", "periods": 3}, "9 months", "periods=4 compares with the quarter"),
            ({"unit": "month", "periods": 3}, "quarter", "periods=12 compares with the month"),
        ):
            match = f"growth on the {months} before .*{right} of the year before"
            with pytest.warns(UkcsoWarning, match=match) as caught:
                result = with_growth(frame, value="n", period="end", **asked)
            # Dask warns of what it does itself.
            assert sum(warning.category is UkcsoWarning for warning in caught) == 1
            expected = 0.5 if months == "quarter" else None
            same(engine.column(result, "growth"), [None, expected])

    def test_whole_years_and_whole_numbers_are_not_warned_of(self) -> None:
        """Four quarters are a year, and numbers of periods may be anything."""
        dated = pd.DataFrame({"end": pd.to_datetime(["2019-06-30", "2020-06-30"]), "n": [2, 3]})
        numbered = pd.DataFrame({"end": [2019, 2020], "n": [2, 3]})
        for frame, asked in (
            (dated, {"unit": "quarter", "periods": 4}),
            (dated, {"unit": "month", "periods": 12}),
            (dated, {}),
            (numbered, {}),
        ):
            assert with_growth(frame, value="n", period="end", **asked)["growth"][1] == 0.5

    @every_engine
    def test_several_columns_tell_series_apart(self, engine: Engine) -> None:
        """A series is an area and an offence; each looks back on itself alone."""
        areas, codes = ["kent"] * 4 + ["essex"] * 2, [1, 1, 2, 2, 1, 2]
        years, values = [2016, 2017, 2016, 2017, 2017, 2017], [10.0, 20.0, 5.0, 4.0, 7.0, 8.0]
        frame = engine.make(
            area=text(*areas), code=ints(*codes), year=ints(*years), n=floats(*values)
        )
        result = with_growth(frame, value="n", by=["area", "code"], period="year")
        same(engine.column(result, "growth"), [None, 1.0, None, -0.2, None, None])

    @on(ORDERED)
    def test_rows_keep_their_order(self, engine: Engine) -> None:
        """Growth is added to the rows as they stand, on engines whose rows have an order."""
        size = 5_000
        year = [1 + place * 7_919 % size for place in range(size)]  # 7,919 is prime
        result = with_growth(engine.make(year=ints(*year), n=ints(*year)), value="n", period="year")
        rows = engine.rows(result)
        assert [row["row"] for row in rows] == list(range(size))
        same(
            [row["growth"] for row in rows],
            [1 / (n - 1) if n > 1 else None for n in year],
        )

    @on(EAGER)
    def test_a_period_that_stands_twice_is_refused_in_memory(self, engine: Engine) -> None:
        """The message names the first row that repeats a period of its series."""
        frame = engine.make(
            area=text("kent", "essex", "essex", "kent"),
            year=text("2016/17", "2017/18", "2017-18", "2016/17"),
            n=floats(1, 2, 3, 4),
        )
        expected = r"again there is area 'essex', year '2017-18' \(2 such rows\)"
        with pytest.raises(InvalidInputError, match=expected):
            with_growth(frame, value="n", by="area", period="year")

    @on(LAZY)
    def test_a_period_that_stands_twice_gives_null_where_nothing_is_run(
        self, engine: Engine
    ) -> None:
        """No row is doubled; growth from the ambiguous year is null, all else is as it was."""
        years, values = (2016, 2017, 2017, 2018, 2019), (10.0, 20.0, 30.0, 40.0, 50.0)
        frame = engine.make(year=ints(*years), n=floats(*values))
        result = with_growth(frame, value="n", period="year")
        same(engine.column(result, "growth"), [None, 1.0, 2.0, None, 0.25])

    @on(EAGER)
    @pytest.mark.parametrize("label", ["2017/19", "2017", "18/19", "2017/18 Q1", "soon", ""])
    def test_text_that_is_no_financial_year_is_refused_in_memory(
        self, engine: Engine, label: str
    ) -> None:
        """The message quotes the first of them."""
        frame = engine.make(year=text("2016/17", label, None), n=floats(1, 2, 3))
        with pytest.raises(InvalidInputError, match=f"such as 2017/18; got '{label}'"):
            with_growth(frame, value="n", period="year")

    @on(LAZY)
    def test_text_that_is_no_financial_year_gives_null_where_nothing_is_run(
        self, engine: Engine
    ) -> None:
        """Neither the row itself nor any other is compared with it."""
        years = text("2016/17", "2017/19", "2017/18", "2018", "soon", "")
        frame = engine.make(year=years, n=floats(10, 20, 30, 40, 50, 60))
        result = with_growth(frame, value="n", period="year")
        same(engine.column(result, "growth"), [None, None, 2.0, None, None, None])

    @pytest.mark.parametrize("name", ["pandas", "polars"])
    def test_categories_are_text(self, name: str) -> None:
        """Categories of areas, and of financial years, are matched by what they say."""
        frame = Engine(name).make(
            area=text("kent", "kent", "essex"),
            year=text("2016/17", "2017/18", "2017/18"),
            n=floats(2, 3, 4),
        )
        if name == "pandas":
            frame = frame.astype({"area": "category", "year": "category"})
        else:
            category = need("polars").Categorical
            frame = frame.cast({"area": category, "year": category})
        result = with_growth(frame, value="n", by="area", period="year")
        same(Engine(name).column(result, "growth"), [None, 0.5, None])

    @pytest.mark.parametrize("periods", [0, -1, 1.0, "1", True, None])
    def test_periods_are_whole_numbers_above_0(self, periods: Any) -> None:
        """Anything else is refused."""
        frame = pd.DataFrame({"year": [2016], "n": [1]})
        with pytest.raises(InvalidInputError, match="periods must be a whole number >= 1"):
            with_growth(frame, value="n", period="year", periods=periods)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"unit": "week"}, "unit must be one of year, quarter, month; got 'week'"),
            ({"unit": "month"}, "unit 'month' needs a period column of dates; 'year' is Int64"),
            ({"period": "n"}, "period must be a column of whole numbers, dates.*'n' is Float64"),
            ({"period": "when"}, "period: there is no column 'when'; columns: year, area, n"),
            ({"by": "place"}, "by: there is no column 'place'"),
            ({"by": ["area", "area"]}, "by must be different columns.*got area, area"),
            ({"by": ["year"]}, "by must be different columns, none of them the period"),
            ({"by": 3}, "by must be the name of a column; got 3"),
            ({"by": [None]}, "by must be the name of a column; got None"),
        ],
    )
    def test_columns_that_cannot_be_matched_are_refused(
        self, arguments: dict[str, Any], message: str
    ) -> None:
        """The message names the argument and what it may be."""
        frame = pd.DataFrame({"year": [2016], "area": ["kent"], "n": [1.5]})
        with pytest.raises(InvalidInputError, match=message):
            with_growth(frame, **({"value": "n", "period": "year"} | arguments))

    def test_own_columns_of_the_names_used_inside_are_left_alone(self) -> None:
        """Columns made on the way never meet those of the frame."""
        frame = pd.DataFrame({"UKCSO_match": [2016, 2017], "ukcso__old": [1.0, 2.0]})
        result = with_growth(frame, value="ukcso__old", period="UKCSO_match")
        assert list(result.columns) == ["UKCSO_match", "ukcso__old", "growth"]
        assert result["growth"][1] == 1.0

    @pytest.mark.filterwarnings(NO_PANDAS_3)  # pandera loads it where it is installed
    def test_agrees_with_the_shipped_data(self) -> None:
        """Growth of every quarter of recorded crime is what pandas finds by its labels."""
        frame = ukcso.load_recorded_crime(version=1)
        # Some are negative: offences moved to another quarter.
        frame["offences"] = frame["offences"].astype("float64").where(frame["offences"] >= 0)
        result = with_growth(
            frame, value="offences", by=["area_id", "offence_code"], period="period_start"
        )
        keys = ["area_id", "offence_code", "period_start"]
        earlier = frame.set_index(keys)["offences"]
        before = frame[keys].assign(period_start=frame["period_start"] - pd.DateOffset(years=1))
        old = earlier.reindex(pd.MultiIndex.from_frame(before)).to_numpy()
        new = frame["offences"]
        expected = ((new - old) / old).where(old > 0)
        pd.testing.assert_series_equal(result["growth"], expected, check_names=False, rtol=1e-12)


BAD = {
    # Which call, the columns, and what the message says of column, rule, value and row.
    "count": ("with_rate", {"n": floats(5, -123, -4)}, "count, column 'n', must be >= 0", 1, -123),
    "integers": ("with_rate", {"n": ints(5, -123, 4)}, "count, column 'n', must be >= 0", 1, -123),
    "infinite": ("with_rate", {"n": floats(5, 1, INF)}, "count, column 'n', must be >= 0", 2, INF),
    "nobody": (
        "with_rate",
        {"people": floats(1, None, 0)},
        "population, column 'people', must be > 0",
        2,
        0,
    ),
    "part": ("with_share", {"n": floats(-2, 0, 1)}, "part, column 'n', must be >= 0", 0, -2),
    "whole": (
        "with_share",
        {"people": floats(300, -5, 1)},
        "whole, column 'people', must be >= 0",
        1,
        -5,
    ),
    "part above": (
        "with_share",
        {"n": floats(NAN, 201, None)},
        "part, column 'n', must be at most the whole",
        1,
        201,
    ),
    "part of nothing": (
        "with_share",
        {"n": floats(1, 1, 1), "people": floats(1, 1, 0)},
        "part, column 'n', must be at most the whole",
        2,
        1,
    ),
    "events": ("with_per_day", {"n": floats(1, 1, -1)}, "count, column 'n', must be >= 0", 2, -1),
    "value": ("with_growth", {"n": floats(1, -1, 1)}, "value, column 'n', must be >= 0", 1, -1),
}


class TestImpossibleValues:
    """Refused in memory as in numbers; null where nothing is run."""

    @on(EAGER)
    @pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
    def test_in_memory_they_are_refused(self, engine: Engine, bad: Any) -> None:
        """The message gives argument, column, rule, first bad value, row and how many."""
        function, columns, rule, row, value = bad
        with pytest.raises(InvalidInputError) as caught:
            CALLS[function](small(engine, **columns))
        told = str(caught.value)
        assert told.startswith(rule)
        label = f" (label {row})" if engine.name.startswith("pandas") else ""
        assert re.search(rf"; got {value}(\.0)? at position {row}{re.escape(label)} \(", told)
        assert told.endswith(
            "(2 bad of 3)" if columns.get("n") == BAD["count"][1]["n"] else "of 3)"
        )

    @on(EAGER)
    def test_an_end_before_its_start_is_refused(self, engine: Engine) -> None:
        """A period that runs backwards has no pace; one with a missing day is missing."""
        end = days("2016-04-01", None, "2018-03-31")
        message = r"^end, column 'end', must be on or after the start; got .* at position 2 "
        with pytest.raises(InvalidInputError, match=message):
            CALLS["with_per_day"](small(engine, end=end))

    @on(LAZY)
    @pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
    def test_lazily_they_are_null(self, engine: Engine, bad: Any) -> None:
        """Only the row itself is null, and growth from it."""
        function, columns, _, row, _ = bad
        result = CALLS[function](small(engine, **columns))
        assert engine.column(result, NEW[function][0])[row] is None

    @pytest.mark.parametrize("label", ["kent", ("kent", 2016), pd.Timestamp("2020-01-01")])
    def test_pandas_gives_the_label(self, label: Any) -> None:
        """The row is told by its label too."""
        frame = pd.DataFrame({"n": [1.0, -1.0], "of": [2.0, 2.0]})
        frame.index = pd.Index([0, label], tupleize_cols=False)
        with pytest.raises(InvalidInputError, match=re.escape(f"at position 1 (label {label!r})")):
            with_share(frame, part="n", whole="of")


NAMES = ["force.name", "a b", 'quo"te', "ti`ck", "^n$", "*", "^", "a,b", "a'b", "{x}", "?", "--"]
NAMES += ["new\nline", "a.b.c", "$", "(x)", "[x]", "#", "n*", "a;b", "select"]
REFUSED_NAMES = {
    "polars": {"^n$", "*"},
    "polars-lazy": {"^n$", "*"},
    "duckdb": {"*"},
    "pyspark": {"*", "force.name", "a.b.c", "ti`ck"},
}
if importlib.util.find_spec("duckdb") and version("duckdb").startswith("1."):
    REFUSED_NAMES["duckdb"] |= {"force.name", "a.b.c", 'quo"te'}


class TestOddNames:
    """Odd names of columns work, or are refused by name; never another column's values."""

    @every_engine
    @pytest.mark.parametrize("name", NAMES)
    def test_they_work_or_are_refused(self, engine: Engine, name: str) -> None:
        """Each argument in turn has the odd name; a column `n` stands beside it."""
        calls = {
            "rate": lambda frame: with_rate(frame, count=name, population="n", per=10),
            "share": lambda frame: with_share(frame, part=name, whole="n"),
            "growth": lambda frame: with_growth(frame, value=name, period="year"),
        }
        expected = {"rate": [0.5, 0.75], "share": [0.05, 0.075], "growth": [None, 0.5]}
        values = floats(2, 3)
        for new, call in calls.items():
            frame = engine.make(**{"n": floats(40, 40), "year": ints(2016, 2017), name: values})
            if name in REFUSED_NAMES.get(engine.name, ()):
                with pytest.raises(InvalidInputError, match=re.escape(repr(name))):
                    call(frame)
            else:
                same(engine.column(call(frame), new), expected[new])

    @every_engine
    @pytest.mark.parametrize("name", NAMES)
    def test_a_series_is_told_by_an_odd_name(self, engine: Engine, name: str) -> None:
        """`by` may be any column that the engine knows as one."""
        frame = engine.make(
            **{"n": floats(2, 3, 4), "year": ints(1, 2, 2), name: text("kent", "kent", "essex")}
        )
        if name in REFUSED_NAMES.get(engine.name, ()):
            with pytest.raises(InvalidInputError, match=re.escape(repr(name))):
                with_growth(frame, value="n", by=name, period="year")
        else:
            result = with_growth(frame, value="n", by=name, period="year")
            same(engine.column(result, "growth"), [None, 0.5, None])
            assert engine.column(result, name) == ["kent", "kent", "essex"]

    def test_a_column_that_duckdb_takes_for_all(self) -> None:
        """It is refused wherever it stands: selecting it by its name doubles the others."""
        frame = need("duckdb").sql("""select 1 as n, 40 as "of", 2016 as year, 2 as "*" """)
        for call in (
            lambda: with_rate(frame, count="n", population="of", per=10),
            lambda: with_growth(frame, value="n", period="year"),
        ):
            with pytest.raises(InvalidInputError, match=re.escape("does not take '*'")):
                call()

    @on(EAGER)
    def test_no_name_is_a_name_in_memory(self, engine: Engine) -> None:
        """An empty name is one like any other."""
        frame = engine.make(**{"n": floats(2, 3), "year": ints(1, 2), "": text("a", "a")})
        result = with_growth(frame, value="n", by="", period="year")
        same(engine.column(result, "growth"), [None, 0.5])


CALLS = {
    "with_rate": lambda frame, **kw: with_rate(
        frame, **({"count": "n", "population": "people", "per": 1_000} | kw)
    ),
    "with_share": lambda frame, **kw: with_share(frame, **({"part": "n", "whole": "people"} | kw)),
    "with_per_day": lambda frame, **kw: with_per_day(
        frame, **({"count": "n", "start": "start", "end": "end"} | kw)
    ),
    "with_growth": lambda frame, **kw: with_growth(
        frame, **({"value": "n", "by": ["area"], "period": "start"} | kw)
    ),
}
NEW = {
    "with_rate": ["rate", "rate_lower", "rate_upper"],
    "with_share": ["share", "share_lower", "share_upper"],
    "with_per_day": ["per_day"],
    "with_growth": ["growth"],
}
every_function = pytest.mark.parametrize("function", CALLS)


def small(engine: Engine, **columns: Column) -> Any:
    """Return a frame that every function can work on, some columns being others."""
    own = {
        "n": floats(5, 12, 20),
        "people": floats(100, 200, 300),
        "start": days("2016-04-01", "2017-04-01", "2018-04-01"),
        "end": days("2017-03-31", "2018-03-31", "2019-03-31"),
        "area": text("kent", "kent", "kent"),
    }
    return engine.make(**(own | columns))


class TestFrames:
    """What holds for all four functions."""

    @every_engine
    @every_function
    def test_the_same_engine_comes_out(self, engine: Engine, function: str) -> None:
        """Type, columns and rows stay; the new columns stand behind them."""
        frame = small(engine)
        names = list(frame.columns) if engine.name != "polars-lazy" else [*frame.collect_schema()]
        if engine.name == "pyarrow":
            names = frame.column_names
        result = CALLS[function](frame)
        assert type(result) is type(frame)
        rows = engine.rows(result)
        assert list(rows[0]) == names + NEW[function]
        before = sorted(engine.rows(frame), key=lambda row: row["row"])
        after = sorted(rows, key=lambda row: row["row"])
        assert [{name: row[name] for name in names} for row in after] == before

    @every_engine
    @every_function
    def test_no_rows_give_no_rows(self, engine: Engine, function: str) -> None:
        """An empty frame is answered with an empty frame."""
        frame = engine.make(n=floats(), people=floats(), start=days(), end=days(), area=text())
        assert engine.rows(CALLS[function](frame)) == []

    @every_engine
    @every_function
    def test_a_missing_column_is_named(self, engine: Engine, function: str) -> None:
        """The message names the argument, the column and the columns there are."""
        argument = {"with_share": "part", "with_growth": "value"}.get(function, "count")
        message = f"{argument}: there is no column 'offences'; columns: n, people, start"
        with pytest.raises(InvalidInputError, match=message):
            CALLS[function](small(engine), **{argument: "offences"})

    @every_engine
    @every_function
    def test_a_column_of_text_is_refused(self, engine: Engine, function: str) -> None:
        """The message names the argument, the column and its type."""
        argument = {"with_share": "part", "with_growth": "value"}.get(function, "count")
        message = f"{argument} must be a column of numbers; 'area' is String"
        with pytest.raises(InvalidInputError, match=message):
            CALLS[function](small(engine), **{argument: "area"})

    @every_engine
    @every_function
    def test_a_column_in_the_way_is_named(self, engine: Engine, function: str) -> None:
        """A column of the name to be added, in any case, is not overwritten."""
        new = NEW[function][-1]
        frame = engine.make(**{new.upper(): floats(1.0), "n": floats(1.0)})
        message = f"already has a column '{new.upper()}', where the new column '{new}' would go"
        with pytest.raises(InvalidInputError, match=message):
            CALLS[function](frame)

    @every_function
    @pytest.mark.parametrize("frame", [None, 3, {"n": [1]}, [1], pd.Series([1.0]), np.ones(3)])
    def test_what_is_no_frame_is_refused(self, function: str, frame: Any) -> None:
        """The message lists the engines and says what came."""
        message = f"frame must be a dataframe of pandas, .*; got {type(frame).__name__}"
        with pytest.raises(InvalidInputError, match=message):
            CALLS[function](frame)

    def test_two_columns_of_one_name_are_refused(self) -> None:
        """Which of the two was meant cannot be known."""
        frame = pd.DataFrame([[1, 2]], columns=["n", "n"])
        with pytest.raises(InvalidInputError, match="two columns of one name"):
            with_share(frame, part="n", whole="n")

    @every_function
    def test_pandas_keeps_its_index_and_the_frame_itself(self, function: str) -> None:
        """Labels may be anything, even twice the same; the frame that came in is unchanged."""
        frame = small(Engine("pandas")).set_axis(["b", "a", "b"])
        before = frame.copy()
        result = CALLS[function](frame)
        assert list(result.index) == ["b", "a", "b"]
        pd.testing.assert_frame_equal(frame, before)
        plain = CALLS[function](before.reset_index(drop=True))
        np.testing.assert_array_equal(result[NEW[function]], plain[NEW[function]])

    @pytest.mark.parametrize(
        ("name", "dtype"),
        [
            ("pandas", "float64"),
            ("pandas-nullable", "Float64"),
            ("pandas-pyarrow", "double[pyarrow]"),
        ],
    )
    @every_function
    def test_pandas_keeps_its_kind_of_number(self, function: str, name: str, dtype: str) -> None:
        """Nullable columns give nullable ones."""
        result = CALLS[function](small(Engine(name)))
        assert {str(result[new].dtype) for new in NEW[function]} == {dtype}

    def test_numbers_of_any_width_are_numbers(self) -> None:
        """Small integers do not overflow, decimals and sums of DuckDB are read."""
        relation = need("duckdb").sql(
            "select 200::utinyint n, sum(i)::hugeint people, 7.50::decimal(5, 2) d "
            "from range(26) t(i)"
        )
        result = with_rate(relation, count="n", population="people", per=10**6)
        assert result.fetchall()[0][3] == 200 * 10**6 / 325
        assert with_share(relation, part="d", whole="people").fetchall()[0][3] == 7.5 / 325
        pl = need("polars")
        frame = pl.DataFrame({"n": pl.Series([200], dtype=pl.UInt8), "of": [1.5]})
        found = with_rate(frame, count="n", population="of", per=1_000)
        assert found["rate"][0] == 200 * 1_000 / 1.5

    def test_narwhals_frames_are_taken(self) -> None:
        """A frame that narwhals has wrapped is answered with the frame inside it."""
        frame = nw.from_native(pd.DataFrame({"n": [1], "of": [4]}))
        result = with_share(frame, part="n", whole="of")
        assert isinstance(result, pd.DataFrame)
        assert result["share"][0] == 0.25

    def test_no_engine_is_loaded_that_was_not_asked_for(self) -> None:
        """Importing the module loads narwhals, and no dataframe library, schema or data."""
        code = "import sys, ukcso.frames; print(*sys.modules)"
        run = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        )
        loaded = set(run.stdout.split())
        assert "narwhals" in loaded
        heavy = {"pandas", "polars", "pyarrow", "pandera", "scipy", "numpy", "ukcso.datasets"}
        assert not loaded & heavy


def failing(engine: Engine) -> Any:
    """Return a lazy frame with a known schema that fails as soon as it is run."""

    def fail(*_: Any) -> Any:
        msg = "it was run"
        raise RuntimeError(msg)

    if engine.name == "polars-lazy":
        frame = small(engine)
        return frame.map_batches(fail, schema=frame.collect_schema())
    if engine.name == "dask":
        frame = small(engine)
        return frame.map_partitions(fail, meta=frame._meta)
    if engine.name == "pyspark":
        bad = need("pyspark.sql.functions").udf(fail, "double")
        return small(engine).withColumn("n", bad("n"))
    if engine.name == "ibis":
        error = need("ibis").udf.scalar.builtin(
            fail, name="error", signature=(("string",), "float64")
        )
        return small(engine).mutate(n=error("it was run"))
    query = "select * replace (if(n > 0, error('it was run')::double, n) as n) from small"
    return small(engine).query("small", query)


class TestLazy:
    """Lazy in, lazy out."""

    @on(LAZY)
    def test_nothing_is_run(self, engine: Engine) -> None:
        """A frame that fails when run passes through all four functions, and fails later."""
        frame = failing(engine)
        results = [call(frame) for call in CALLS.values()]
        assert {type(result) for result in results} == {type(frame)}
        for result in results:
            with pytest.raises(Exception, match="it was run"):
                engine.rows(result)
