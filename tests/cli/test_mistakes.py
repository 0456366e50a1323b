"""Whatever a user mistypes, src/ukcso/cli says in a line what is wrong, and no traceback."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

import ukcso

MISTAKES = """\
claim growth 1e-999999999999 --subject 1 --reference 2
claim growth 1e999999999999 --subject 1 --reference 2
claim growth nan --subject 1 --reference 2
claim growth "" --subject 1 --reference 2
claim growth 66 --subject "" --reference 2
claim growth 66 --subject inf --reference 2
claim growth 66 --subject -5 --reference 2
claim growth 66 --subjct 5 --reference 3
claim growth 66 --subject 5 --reference 3 --hedge ""
claim growth 66 --subject 5 --reference 3 --subject-hedge wild
claim share 120 --subject 6 --reference 5
claim per_day 3 --subject 10 --period 0
claim per_day 3 --subject 10
claim per_day 3 --subject 10 --reference 4
claim difference 3 --subject 10 --reference 4 --period 2018/19
claim growths 3 --subject 10 --reference 4
show figures --rows -1
show figures --rows x
show figures --version 0
show ""
datasets --format xml
areas ""
areas 86 9999/00
areas 86 2018/20
areas 86 2018/19 --kind nonsense
areas 86 2018/19 --ages 5-200
areas 86 2018/19 --per 0
areas 86 2018/19 --release x
areas Kent 2018/19
series 86 ""
series "" Kent
series 86 UK
series image_offences UK --breakdown nonsense
series image_offences UK --as-of yesterday
series image_offences UK --release nope
revisions image_offences UK nonsense
revisions 86 Kent 2018/19
revisions image_offences UK 2016/17 extra
implied nothing
implied image_offences Nowhere
implied --release nope
check --explain ""
check --claims none.csv
check --claims folder
check --claims figures.csv
check --claims misnamed.csv
check --figures bytes.csv
check --area ""
check --verdict ""
validate figures none.csv
validate figures folder
validate figures misnamed.csv
validate figures keyless.csv
validate nothing figures.csv
validate figures figures.csv --beside releases
validate figures figures.csv --beside releases=none.csv
validate figures figures.csv --beside releases=figures.csv
validate figures figures.csv --beside nothing=figures.csv
validate areas figures.csv
validate figures utf16.csv
cite ukcso --version 7
cite image_offences Nowhere
cite figures Kent
cite figures --style ""
table nothing
table areas 86 2018/19 --total Mars
table areas 86 2018/19 --digits 99
table areas 86 2018/19 --level 2
table areas 86 2018/19 --round-to 0
table trend image_offences Lancashire --output none/x.html
table areas 86 2018/19 --area-kind planet
table trend 86 Kent --across maybe
table trend 86 Kent --pin x=1
table trend 86 Kent --pin areas=99999999999999999999999999
table figures 86 Kent
table claims --release wrong
table counts none.csv --label team --count offences
table counts folder --label team --count offences
table counts utf16.csv --label team --count offences
table counts figures.csv --label measure --count hedge
table counts figures.csv --label measure --count value --total z
plot trend 86 Kent --output x.gif
plot trend 86 Kent --output none/x.svg
plot trend 86 Kent --output x.svg --width nan
plot trend nothing Kent --output x.svg
plot claims --relation nonsense --output x.svg
verify none.html
verify folder
verify bytes.csv
export figures.csv
export new --dataset areas --dataset areas
export new --dataset ""
export new --pin areas=9
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are not what they should be."""
    monkeypatch.chdir(tmp_path)
    figures = ukcso.load_figures().head(3)
    figures.to_csv("figures.csv", index=False)
    figures.rename(columns={"figure_id": "figur_id"}).to_csv("misnamed.csv", index=False)
    figures.drop(columns="figure_id").to_csv("keyless.csv", index=False)
    figures.to_csv("utf16.csv", index=False, encoding="utf-16")
    Path("bytes.csv").write_bytes(bytes(range(256)) * 10)
    Path("folder").mkdir()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("line", MISTAKES.splitlines())
def test_one_line_and_no_traceback(run, line: str) -> None:
    """Exit 2, nothing on stdout; our own errors in a line, usage with a hint at --help."""
    result = run(*shlex.split(line))
    assert (result.code, result.out) == (2, "")
    last = result.err.splitlines()[-1]
    assert last.startswith(("error: ", "Error: "))
    assert "--help" in result.err or len(result.err.splitlines()) == 1
    assert len(last) < 3_000


def test_a_megabyte_is_not_repeated(run) -> None:
    """What was typed is told in part where it is long."""
    result = run("claim", "growth", "9" * 100_000, "--subject", "1", "--reference", "2")
    assert result.code == 2
    assert len(result.err) < 1_000


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("claim per_day 22 --subject 8224", "--period is missing: per_day takes"),
        (
            "claim per_day 22 --subject 8224 --reference 5 --period 2018/19",
            "--reference is superfluous",
        ),
        ("claim growth 66 --subject 200", "--reference is missing: growth takes"),
        ("claim growth 66 --subject 2 --reference 1 --period 2018/19", "--period is superfluous"),
        ("series image_offences Nowhere", "ukcso areas"),
        ("series image_ofences Kent", "ukcso show measures and ukcso show offence_codes"),
        ("areas gromming 2022/23", "ukcso show measures and ukcso show offence_codes"),
    ],
)
def test_the_words_of_the_command_line(run, line: str, message: str) -> None:
    """Options and commands are named as they are typed, not as Python has them."""
    assert message in run(*shlex.split(line)).err
