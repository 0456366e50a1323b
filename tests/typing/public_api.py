"""Type-checked, never run: every public name, and what an IDE and a type checker make of it."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_type

import altair as alt
import numpy as np
import numpy.typing as npt

import ukcso
from ukcso import errors, export, frames, plots, tables

if TYPE_CHECKING:
    import pandas as pd


def one_number() -> None:
    """A number for numbers."""
    assert_type(ukcso.growth(118, 200), float)
    assert_type(ukcso.annual_growth(118, 200, 3), float)
    assert_type(ukcso.rate(50, 20_000.0, per=1_000), float)
    assert_type(ukcso.rate_ratio(12, 1_000, 10, 2_000), float)
    assert_type(ukcso.share(1, 2), float)
    assert_type(ukcso.per_hour(8_224.0, "2018/19"), float)
    assert_type(ukcso.per_day(8_224, "2018/19"), float)
    assert_type(ukcso.per_week(8_224, 365), float)
    assert_type(ukcso.per_month(8_224, ukcso.Period.parse("2018/19")), float)
    assert_type(ukcso.minutes_between(8_224, "2018/19"), float)
    assert_type(ukcso.hours_between(8_224, "2018/19"), float)


def arrays_and_series(array: npt.NDArray[np.float64], series: pd.Series[Any]) -> None:
    """What goes in comes out; either operand may be a single number."""
    assert_type(ukcso.growth(array, array), npt.NDArray[Any])
    assert_type(ukcso.growth(series, series), "pd.Series[Any]")
    assert_type(ukcso.growth(series, 5), "pd.Series[Any]")
    assert_type(ukcso.growth(5, series), "pd.Series[Any]")
    assert_type(ukcso.rate(5, series, per=1_000), "pd.Series[Any]")
    assert_type(ukcso.share(1, array), npt.NDArray[Any])
    assert_type(ukcso.per_day(series, "2018/19"), "pd.Series[Any]")
    assert_type(ukcso.overdispersion(series, array), float)
    assert_type(ukcso.index_numbers(series, "2016/17"), "pd.Series[Any]")


def intervals(series: pd.Series[Any]) -> None:
    """An estimate of what went in."""
    assert_type(ukcso.count_interval(5.0), ukcso.Estimate[float])
    assert_type(ukcso.rate_interval(5, 1_000.0, per=1_000), ukcso.Estimate[float])
    assert_type(ukcso.growth_interval(118, 200), ukcso.Estimate[float])
    assert_type(ukcso.share_interval(1, 2), ukcso.Estimate[float])
    assert_type(ukcso.rate_ratio_interval(12, 1_000, 10, 2_000), ukcso.Estimate[float])
    assert_type(ukcso.rate_interval(series, series, per=1_000).lower, "pd.Series[Any]")
    assert_type(ukcso.growth_interval(118, 200, dispersion=7), ukcso.Estimate[float])
    assert_type(ukcso.standardised_ratio(50, 40), ukcso.Estimate[float])
    assert_type(ukcso.adjusted(series, "bh"), "pd.Series[Any]")
    assert_type(ukcso.funnel_limits(series, series, per=1_000), "pd.DataFrame")
    assert_type(ukcso.funnel_limits(series, series, per=1, model="additive"), "pd.DataFrame")
    assert_type(ukcso.between_areas(series, series, winsorise=0.1), ukcso.BetweenAreas)
    assert_type(ukcso.between_areas(series, series).tau_squared, float)


def periods_bounds_and_areas() -> None:
    """Value types keep their own type."""
    assert_type(ukcso.Period.parse("2017/18").next(), ukcso.Period)
    assert_type(ukcso.financial_year_of("2018-03-31"), ukcso.Period)
    assert_type(ukcso.printed_bounds("66") * 2, ukcso.Bounds)
    assert_type(ukcso.implied_base("525", new=419).integers(), range)
    assert_type(ukcso.implied_new("525", old=67), ukcso.Bounds)
    assert_type(ukcso.implied_part("20", whole=67), ukcso.Bounds)
    assert_type(ukcso.implied_whole("20", part=67), ukcso.Bounds)
    assert_type(ukcso.find_area("Met"), ukcso.Area)


def datasets() -> None:
    """Loaders give frames; those of one dataset know its schema, so their own type is longer."""
    with ukcso.pinned(figures=1), ukcso.path("figures") as file:
        assert_type(file, Path)
    assert_type(ukcso.list_datasets(), "pd.DataFrame")
    assert_type(ukcso.load("figures", version=1), "pd.DataFrame")
    assert_type(ukcso.load_areas().shape, tuple[int, int])
    assert_type(ukcso.load_breaks().shape, tuple[int, int])
    assert_type(ukcso.load_claims().shape, tuple[int, int])
    assert_type(ukcso.load_figures(as_of="2019-12-31").shape, tuple[int, int])
    assert_type(ukcso.load_local_authorities().shape, tuple[int, int])
    assert_type(ukcso.load_measures().shape, tuple[int, int])
    assert_type(ukcso.load_offence_codes().shape, tuple[int, int])
    assert_type(ukcso.load_population().shape, tuple[int, int])
    assert_type(ukcso.load_recorded_crime().shape, tuple[int, int])
    assert_type(ukcso.load_recorded_crime_national().shape, tuple[int, int])
    assert_type(ukcso.load_recorded_crime_northern_ireland().shape, tuple[int, int])
    assert_type(ukcso.load_recorded_crime_scotland().shape, tuple[int, int])
    assert_type(ukcso.load_releases().shape, tuple[int, int])
    assert_type(ukcso.load_sources().shape, tuple[int, int])
    assert_type(ukcso.validate(ukcso.load("figures"), "figures"), "pd.DataFrame")
    assert_type(ukcso.revise("figures", ukcso.load("figures", 1)), ukcso.Revision)
    assert_type(ukcso.combine("figures", ukcso.load("figures", 1)), "pd.DataFrame")
    assert_type(ukcso.metadata("figures"), ukcso.Metadata)
    assert_type(ukcso.metadata("figures").rows, int)


def evidence_and_claims() -> None:
    """Frames, and frozen results."""
    assert_type(ukcso.series("image_offences", "UK"), "pd.DataFrame")
    assert_type(ukcso.official_series("86", "Kent"), "pd.DataFrame")
    assert_type(ukcso.compare(ukcso.series("image_offences", "UK")), "pd.DataFrame")
    assert_type(ukcso.revisions("image_offences", "UK", "2016/17"), "pd.DataFrame")
    assert_type(ukcso.area_table("86", "2022/23"), "pd.DataFrame")
    assert_type(ukcso.change_table("86", "2022/23", areas=["Kent"]), "pd.DataFrame")
    assert_type(ukcso.year_to_year_dispersion(ukcso.panel("86")), ukcso.YearToYear)
    assert_type(ukcso.panel(["86", "88A"], ["Kent"], "2022/23"), "pd.DataFrame")
    warnings.simplefilter("error", ukcso.UkcsoWarning)
    assert_type(ukcso.trend_table("86", "Kent"), "pd.DataFrame")
    trend: ukcso.Trend = ukcso.trend("86", "Kent", periods="2015/16 to 2022/23")
    assert_type(trend.annual_change, float)
    assert_type(trend.steps, "pd.DataFrame")
    assert_type(ukcso.check("growth", "66", subject=200, reference=118), ukcso.ClaimCheck)
    assert_type(ukcso.check_claims(figures=ukcso.load_figures()), "pd.DataFrame")
    assert_type(ukcso.implied("image_offences", "Lancashire"), "pd.DataFrame")
    assert_type(ukcso.contradictions(), "pd.DataFrame")
    assert_type(ukcso.cite("figures", style="bibtex"), str)


def columns_of_any_engine(frame: pd.DataFrame) -> None:
    """A frame of the engine that went in."""
    assert_type(frames.with_rate(frame, count="n", population="p", per=1_000), "pd.DataFrame")
    assert_type(frames.with_share(frame, part="n", whole="p"), "pd.DataFrame")
    assert_type(frames.with_per_day(frame, count="n", start="s", end="e"), "pd.DataFrame")
    assert_type(frames.with_growth(frame, value="n", by="area", period="p"), "pd.DataFrame")
    assert_type(ukcso.frames.with_rate(frame, count="n", population="p", per=1), "pd.DataFrame")


def outputs(frame: pd.DataFrame) -> None:
    """Tables, charts and files, by module and from the package."""
    assert_type(tables.areas("86", "2018/19", total="England and Wales"), tables.Table)
    assert_type(tables.trend("86", "Kent").to_latex(label="tab:kent"), str)
    assert_type(tables.change("86", "2022/23", areas="Kent"), tables.Table)
    assert_type(tables.figures("image_offences", "UK").save("figures.html"), Path)
    assert_type(tables.claims(verdict="differs").to_markdown(), str)
    assert_type(tables.counts(frame, label="team", count="offences"), tables.Table)
    assert_type(ukcso.tables.trend("86", "Kent"), ukcso.tables.Table)
    assert_type(tables.verify("paper.tex"), tables.Verification)
    assert_type(ukcso.verify("paper.tex"), ukcso.Verification)
    assert_type(plots.trend("86", "Kent"), alt.VConcatChart)
    assert_type(plots.ranking("86", "2018/19", highlight="Kent"), alt.VConcatChart)
    assert_type(plots.funnel("86", "2018/19"), alt.VConcatChart)
    assert_type(plots.change("86", "2022/23", adjust="none"), alt.VConcatChart)
    assert_type(plots.tile_map("86", "2018/19"), alt.VConcatChart)
    assert_type(plots.claims(relation="growth"), alt.VConcatChart)
    assert_type(ukcso.plots.trend("86", "Kent"), alt.VConcatChart)
    assert_type(export.export("data", ["areas"], "sqlite"), list[Path])
    assert_type(export.read_back("data", "areas"), "pd.DataFrame")
    assert_type(ukcso.export.export("data"), list[Path])


def mistakes() -> None:
    """Every error is one of ours, and the builtin it refines."""
    try:
        ukcso.load("figurs")
    except ukcso.SchemaError as error:
        assert_type(error.failures, "pd.DataFrame")
    except (ukcso.UnknownDatasetError, ukcso.UnknownAreaError) as error:
        lookup: LookupError = error
        raise lookup from None
    except (ukcso.InvalidInputError, ukcso.NotComparableError) as error:
        value: ValueError = error
        raise value from None
    except ukcso.MissingDependencyError as error:
        missing: ImportError = error
        raise missing from None
    except (ukcso.DatasetIntegrityError, errors.UkcsoError) as error:
        ours: ukcso.UkcsoError = error
        raise ours from None
