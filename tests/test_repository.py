"""What is checked in."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parent.parent
# Written in pieces, so that this file does not find itself.
INDEX = re.compile(
    "|".join(["py" + "pi", "python" + "hosted", "index" + "-url", "find" + "-links"])
)
ALLOWED = {"scripts/lock": 2}  # the two switches that keep an index out
PINNED = re.compile(r"^[a-z0-9][a-z0-9._-]*==[^ ;]+( ; [^\\]+)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def tracked() -> list[Path]:
    """Files that are checked in, or all when this is no checkout."""
    git = shutil.which("git")
    if git is None or not (TOP / ".git").exists():
        return [file for file in TOP.rglob("*") if file.is_file() and ".venv" not in str(file)]
    done = subprocess.run([git, "ls-files", "-z"], cwd=TOP, capture_output=True, check=True)
    names = done.stdout.decode().split("\0")
    return [TOP / name for name in names if name and (TOP / name).is_file()]


def test_no_file_names_a_package_index() -> None:
    for file in tracked():
        name = str(file.relative_to(TOP))
        met = INDEX.findall(file.read_bytes().decode("utf-8", "replace").lower())
        assert len(met) == ALLOWED.get(name, 0), f"{name}: {met}"


@pytest.mark.parametrize("name", ["run", "dev", "bench"])
def test_constraints_are_versions_and_hashes_and_nothing_else(name: str) -> None:
    lines = (TOP / "constraints" / f"{name}.txt").read_text("utf-8").splitlines()
    assert [line for line in lines if not PINNED.match(line) and not HASH.match(line)] == []
    assert any(PINNED.match(line) for line in lines)


def pinned(name: str) -> dict[str, str]:
    """Versions by package."""
    lines = (TOP / "constraints" / f"{name}.txt").read_text("utf-8").splitlines()
    pins = [line.split(" ")[0].partition("==") for line in lines if PINNED.match(line)]
    return {package: version for package, _, version in pins}


def test_what_is_tested_is_what_runs() -> None:
    assert pinned("run").items() <= pinned("dev").items()


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((TOP / "pyproject.toml").read_text("utf-8"))
    for group, wanted in {
        "run": project["project"]["dependencies"],
        "dev": project["dependency-groups"]["dev"],
    }.items():
        names = {re.split(r"[><=]", one)[0] for one in wanted}
        assert names <= pinned(group).keys()


@pytest.mark.parametrize("name", ["scripts/run", "scripts/test", "scripts/lock", ".ci/run"])
def test_what_is_started_can_be_started(name: str) -> None:
    assert (TOP / name).stat().st_mode & 0o111
    assert (TOP / name).read_text("utf-8").startswith("#!/")


def test_the_first_screen_of_the_readme_has_the_two_commands() -> None:
    first = (TOP / "README.md").read_text("utf-8").splitlines()[:30]
    assert any("scripts/run" in line for line in first)
    assert any("scripts/test" in line for line in first)


def test_the_plan_of_the_house_names_every_room() -> None:
    plan = (TOP / "docs" / "architecture.md").read_text("utf-8")
    rooms = [
        f"{one.name}/" if one.is_dir() else one.name
        for one in (TOP / "imago_tui").iterdir()
        if not one.name.startswith("__") and (one.suffix == ".py" or (one / "__init__.py").exists())
    ]
    assert len(rooms) > 1
    assert [room for room in rooms if f"`{room}`" not in plan] == []


def links(page: Path) -> list[str]:
    """Where the links and pictures of a page lead that are files of ours."""
    return [
        where.partition("#")[0]
        for where in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8"))
        if not where.startswith(("#", "http"))
    ]


def test_every_page_is_there_and_is_found_from_the_readme() -> None:
    found, waiting = set(), [TOP / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in found:
            continue
        found.add(page)
        assert page.exists(), page
        if page.suffix == ".md":
            waiting += [(page.parent / where).resolve() for where in links(page)]
    assert sorted(page.name for page in (TOP / "docs").glob("*.md") if page not in found) == []
