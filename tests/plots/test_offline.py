"""Pictures as files: every kind in every format, without a network, whole or not at all."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

import ukcso
from ukcso.errors import InvalidInputError, MissingDependencyError
from ukcso.plots import _style

alt = pytest.importorskip("altair")
pytest.importorskip("vl_convert")
image = pytest.importorskip("PIL.Image")
from ukcso import plots  # noqa: E402 - after the check that Altair is there

pytestmark = pytest.mark.slow

V1 = ukcso.pinned(claims=1, figures=1, population=1, releases=1, sources=1)
with warnings.catch_warnings(action="ignore"), V1:
    TABLE = ukcso.area_table("86", "2018/19")
    MANY_MISSING = ukcso.area_table("image_offences", "2017/18")
    KENT = ukcso.trend_table("86", "Kent", across="allow")
    CHECKED = ukcso.check_claims()

AREAS = ["Devon and Cornwall", "Metropolitan Police", "Kent"]
KINDS: dict[str, Any] = {
    "trend": lambda width=700, **of: plots.trend(KENT, width=width, **of),
    "areas": lambda width=700, **of: plots.trend("86", AREAS, width=width, **of),
    "ranking": lambda width=700, **of: plots.ranking(TABLE, highlight="Kent", width=width, **of),
    "funnel": lambda width=700, **of: plots.funnel(TABLE, highlight="Kent", width=width, **of),
    "tile_map": lambda width=700, **of: plots.tile_map(TABLE, highlight="Kent", width=width, **of),
    "claims": lambda width=700, **of: plots.claims(CHECKED, width=width, **of),
}
#: An element that loads something from elsewhere.
FETCHED = re.compile(r"<(?:script|link)[^>]+(?:src|href)=")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)
every_kind = pytest.mark.parametrize("kind", KINDS)


def strings(value: Any) -> Iterator[str]:
    """Go through all text in a specification's titles."""
    yield from value if isinstance(value, list) else [value]


class TestSave:
    """`save` of a chart that the plots return."""

    @every_kind
    @pytest.mark.parametrize("width", [320, 700])
    def test_nothing_is_clipped(self, kind: str, width: int) -> None:
        """The picture is not empty, its edges are blank, and it is about as wide as asked."""
        file = io.BytesIO()
        KINDS[kind](width).save(file, format="png")
        picture = image.open(file).convert("L")
        assert len(picture.getcolors(256)) > 10
        dark = picture.point(lambda level: 255 * (level < 250)).getbbox()
        assert dark is not None
        margin = 2 * _style.PADDING - 4
        assert dark[0] >= margin
        assert dark[1] >= margin
        assert dark[2] <= picture.width - margin
        assert dark[3] <= picture.height - margin
        assert 0.8 * width < picture.width / 2 < 1.03 * width

    @every_kind
    def test_svg_has_all_words(self, kind: str, tmp_path: Path) -> None:
        """It is well-formed, holds title and source line, and is the same every time."""
        chart = KINDS[kind]()
        for name in ("a.svg", "b.svg"):
            KINDS[kind]().save(tmp_path / name)
        written = (tmp_path / "a.svg").read_bytes()
        assert written == (tmp_path / "b.svg").read_bytes()
        text = "".join(ET.fromstring(written).itertext())  # noqa: S314 - our own file
        spec = chart.to_dict()
        for line in [*strings(spec["title"]["text"]), *spec["vconcat"][0]["title"]["text"]]:
            assert line in text

    def test_svg_says_what_it_shows(self, tmp_path: Path) -> None:
        """Title and description are elements of it, in a file and in an open one."""
        chart = plots.trend("86", "Kent")
        chart.save(tmp_path / "kent.svg")
        root = ET.fromstring((tmp_path / "kent.svg").read_bytes())  # noqa: S314 - our own file
        assert root.attrib["role"] == "img"
        spoken = {it.tag.rpartition("}")[2]: it.text for it in root}
        assert spoken["title"] == chart.title.text[0]
        assert spoken["desc"] == chart.description
        assert "Line chart of 11 periods." in spoken["desc"]
        opened = io.StringIO()
        chart.save(opened, "svg")
        assert opened.getvalue() == (tmp_path / "kent.svg").read_text(encoding="utf-8")

    @every_kind
    def test_html_stands_alone(self, kind: str, tmp_path: Path) -> None:
        """Nothing is fetched: every script is inside the file."""
        KINDS[kind]().save(tmp_path / "picture.html")
        text = (tmp_path / "picture.html").read_text(encoding="utf-8")
        assert len(text) > 500_000
        assert not FETCHED.findall(text)
        # HTML: the character encoding declaration stands within the first 1,024 bytes.
        assert '<meta charset="UTF-8">' in text[:1024]

    @every_kind
    def test_specification_is_plain_json(self, kind: str) -> None:
        """There is no NaN in it, no address of data, and no counter of Altair's."""
        text = json.dumps(KINDS[kind]().to_dict(), allow_nan=False)
        assert '"url"' not in text
        assert not re.search(r"(view|param)_\d", text)

    def test_charts_do_not_depend_on_those_before(self) -> None:
        """Made in either order, two charts have the same specifications."""
        first = [KINDS[kind]().to_dict() for kind in KINDS]
        second = [KINDS[kind]().to_dict() for kind in reversed(KINDS)]
        assert first == second[::-1]

    @every_kind
    def test_it_is_an_altair_chart(self, kind: str) -> None:
        """What knows Altair's charts knows this one."""
        chart = KINDS[kind]()
        assert isinstance(chart, alt.TopLevelMixin)
        assert isinstance(chart, alt.VConcatChart)
        assert type(chart.properties(background="white")) is type(chart)

    def test_pdf_and_json(self, tmp_path: Path) -> None:
        """The other two formats, by an ending in capitals and by name."""
        chart = KINDS["trend"]()
        chart.save(str(tmp_path / "picture.PDF"))
        assert (tmp_path / "picture.PDF").read_bytes().startswith(b"%PDF")
        file = io.StringIO()
        chart.save(file, format="json")
        assert json.loads(file.getvalue())["description"] == chart.description

    def test_png_size_can_be_told(self) -> None:
        """`scale_factor` goes through to Altair; twice the size is what is taken otherwise."""
        sizes = []
        for options in ({}, {"scale_factor": 1}):
            file = io.BytesIO()
            KINDS["trend"]().save(file, "png", **options)
            sizes.append(image.open(file).width)
        assert sizes[0] == pytest.approx(2 * sizes[1], abs=2)

    @pytest.mark.parametrize("name", ["picture.gif", "picture", "picture.vega"])
    def test_another_ending(self, name: str, tmp_path: Path) -> None:
        """The endings there are stand in the message, and nothing is written."""
        with pytest.raises(InvalidInputError, match=r"\.html, \.json, \.pdf, \.png, \.svg"):
            KINDS["trend"]().save(tmp_path / name)
        assert not list(tmp_path.iterdir())

    def test_another_format(self) -> None:
        """A format by name is checked as well, and an open file needs one."""
        with pytest.raises(InvalidInputError, match="got 'gif'"):
            KINDS["trend"]().save(io.BytesIO(), format="gif")
        with pytest.raises(InvalidInputError, match="format must be given"):
            KINDS["trend"]().save(io.BytesIO())

    def test_a_place_that_cannot_be_written_to(self, tmp_path: Path) -> None:
        """No folder, or a folder where the file should be: told, and nothing is left."""
        (tmp_path / "folder.svg").mkdir()
        for name in ("nowhere/picture.svg", "folder.svg"):
            with pytest.raises(InvalidInputError, match="cannot be written"):
                KINDS["trend"]().save(tmp_path / name)
        assert [it.name for it in tmp_path.iterdir()] == ["folder.svg"]

    def test_a_file_that_is_there_stays_until_the_new_one_is_whole(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What fails half-way leaves the old file, and no part of the new one."""
        file = tmp_path / "picture.svg"
        file.write_text("old")

        def fail(_self: Path, _content: bytes) -> int:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "write_bytes", fail)
        with pytest.raises(InvalidInputError, match="No space left"):
            KINDS["trend"]().save(file)
        assert file.read_text() == "old"
        assert list(tmp_path.iterdir()) == [file]

    def test_without_the_drawing_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """vl-convert is asked for by its extra."""
        monkeypatch.setitem(sys.modules, "vl_convert", None)
        with pytest.raises(MissingDependencyError, match=r'pip install "ukcso\[plots\]"'):
            KINDS["trend"]().save(io.StringIO(), format="svg")

    @every_kind
    def test_without_altair(self, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """So is Altair."""
        monkeypatch.setitem(sys.modules, "altair", None)
        with pytest.raises(MissingDependencyError, match=r'pip install "ukcso\[plots\]"'):
            KINDS[kind]()

    def test_many_missing_areas_do_not_spoil_the_picture(self) -> None:
        """A long note is wrapped, so the picture stays as wide as asked."""
        file = io.BytesIO()
        plots.ranking(MANY_MISSING, width=320).save(file, format="png")
        assert image.open(file).width <= 2 * 330


class TestTitle:
    """`title` of every kind of picture."""

    @every_kind
    def test_a_title_takes_the_place_of_the_one_made(self, kind: str) -> None:
        """Notes and sources below stay, and the alt text says what is drawn all the same."""
        plain, titled = KINDS[kind]().to_dict(), KINDS[kind](title="In my own words").to_dict()
        assert titled["title"]["text"] == ["In my own words"]
        assert titled["title"]["subtitle"] == plain["title"]["subtitle"]
        assert titled["vconcat"] == plain["vconcat"]
        assert titled["description"] == f"In my own words. {plain['description']}"

    @every_kind
    @pytest.mark.parametrize("title", [5, "", " ", ["a"]])
    def test_no_title(self, kind: str, title: Any) -> None:
        """What is no text, or an empty one, is refused."""
        with pytest.raises(InvalidInputError, match="title must be a text; got"):
            KINDS[kind](title=title)


class TestNotebook:
    """What a notebook shows of a chart."""

    @every_kind
    def test_all_scripts_are_inside(self, kind: str) -> None:
        """Nothing is fetched, and words of the picture cannot end its script."""
        chart = KINDS[kind]().properties(description="</script> is text")
        shown = chart._repr_mimebundle_()
        assert shown["text/plain"] == chart.description
        assert not FETCHED.findall(shown["text/html"])
        assert shown["text/html"].count("</script>") == 1
        assert len(shown["text/html"]) > 500_000

    def test_two_pictures_on_one_page(self) -> None:
        """Each has its own place, also the same picture shown twice."""
        chart = KINDS["trend"]()
        places = {
            re.findall(r'<div id="([\w-]+)"', chart._repr_mimebundle_()["text/html"])[0]
            for _ in range(2)
        }
        assert len(places) == 2

    def test_a_renderer_of_the_readers_choice(self) -> None:
        """Whoever enabled another renderer of Altair's gets that."""
        with alt.renderers.enable("png"):
            bundle = KINDS["trend"]()._repr_mimebundle_()
        shown = bundle[0] if isinstance(bundle, tuple) else bundle
        assert set(shown) == {"image/png"}

    @pytest.mark.skipif(BROWSER is None, reason="needs chromium")
    @pytest.mark.skipif(alt.__version__ < "6", reason="not seen to draw with Altair 5 yet")
    def test_a_browser_without_a_network_draws_it(self, tmp_path: Path) -> None:
        """Two pictures in one page as nbconvert writes it, and a saved page, are drawn."""
        cells = [KINDS[kind]()._repr_mimebundle_()["text/html"] for kind in ("trend", "funnel")]
        page = f'<!DOCTYPE html><html><meta charset="utf-8"><body>{"".join(cells)}</body></html>'
        (tmp_path / "notebook.html").write_text(page, encoding="utf-8")
        KINDS["claims"]().save(tmp_path / "saved.html")
        for name, count in (("notebook.html", 2), ("saved.html", 1)):
            run = subprocess.run(
                [
                    *(str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu"),
                    *("--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND"),
                    *(f"--user-data-dir={tmp_path / 'profile'}", "--virtual-time-budget=10000"),
                    *("--dump-dom", (tmp_path / name).as_uri()),
                ],
                capture_output=True,
                check=True,
                timeout=120,
            )
            body = run.stdout.decode().partition("<body")[2]
            assert len(re.findall(r'class="marks" width="\d', body)) == count


def test_what_cannot_be_drawn_or_saved() -> None:
    """Our own error names the option and the picture, the argument and its value."""
    for kind, of in {"trend": "Kent", "ranking": "2018/19", "tile_map": "2018/19"}.items():
        with pytest.raises(InvalidInputError, match=f"^plots.{kind} has no option 'foo'"):
            getattr(plots, kind)("86", of, foo=1)
    with pytest.raises(InvalidInputError, match="highlight must be a name, or several; got 5"):
        plots.funnel("86", "2018/19", highlight=5)
    with pytest.raises(InvalidInputError, match="zero must be True or False; got 'x'"):
        plots.trend("86", "Kent", zero="x")
    with pytest.raises(InvalidInputError, match="fp must be a path or an open file; got 5"):
        KINDS["trend"]().save(5)
    with pytest.raises(InvalidInputError, match="fp must be a path that a file can have"):
        KINDS["trend"]().save("\0.svg")
