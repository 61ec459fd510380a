"""The page that everyone may read, and places to turn to."""

from __future__ import annotations

import re
import runpy
from datetime import date
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner

from imago_tui import about, own_places, paths, places
from imago_tui.commands.about import command
from imago_tui.words import Words, words

PLACES = places.shipped()
TOP = Path(__file__).parent.parent
# Every number, once more: a slip of the finger in the list is not to go by unseen.
SEEN_IN_PUBLIC = {
    "112", "911", "999", "000", "111", "988", "1737", "3919", "3114", "016", "024", "116 016",
    "116 123", "1-800-799-7233", "1-866-488-7386", "0808 2000 247", "0800 027 1234",
    "0808 801 0327", "0800 999 5428", "0808 802 4040", "1800 341 900", "1800 816 588",
    "1800 737 732", "1300 78 99 78", "1800 729 367", "1300 776 491", "13 11 14", "0800 733 843",
    "0800 456 450", "0800 123 99 00", "0800 111 0 111",
}  # fmt: skip


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where places of one's own would be."""
    monkeypatch.setenv("IMAGO_TUI_HOME", str(tmp_path))
    return tmp_path / "places.toml"


def test_the_first_words_and_four_lines() -> None:
    title, empty, *lines = about.page()
    assert title == "Everyone sees this page."
    assert not empty
    assert len(lines) == 4


@pytest.mark.parametrize("place", PLACES, ids=lambda place: f"{place.region} {place.kind}")
def test_a_place_says_where_and_when_it_was_seen(place: places.Place) -> None:
    assert date.fromisoformat(place.checked_on) >= date(2026, 11, 24)
    assert place.region
    assert place.kind in places.KINDS
    assert place.name
    assert place.source
    assert place.number or place.how
    assert place.number in SEEN_IN_PUBLIC | {""}
    assert not re.search(r"24.?7|24 hours|day and night|always", place.how)


def test_directories_come_before_numbers() -> None:
    assert [place.name for place in PLACES[:2]] == ["findahelpline.com", "hotpeachpages.net"]


def test_every_kind_of_place_is_there_and_a_region_begins_with_the_emergency_number() -> None:
    assert {place.kind for place in PLACES} == set(places.KINDS)
    for region, here in groupby(PLACES[4:], key=lambda place: place.region):
        kinds = [place.kind for place in here]
        assert kinds[0] == "emergency", region
        assert kinds == sorted(kinds, key=places.KINDS.index), region
        assert {"violence", "crisis"} <= set(kinds), region
    regions = [place.region for place in PLACES]
    assert [region for region, _ in groupby(regions)] == list(dict.fromkeys(regions))


def test_places_come_before_everything_else_on_request() -> None:
    assert about.lines()[0] == words("about.turn_title")
    told = "\n".join(about.lines())
    for place in PLACES:
        assert place.name in told
        assert place.number in told
    assert min(place.checked_on for place in PLACES) in told


def test_nobody_is_asked_whether_they_are_safe() -> None:
    names = {place.name for place in PLACES}
    told = "\n".join((*about.page(), *about.lines()))
    for name in names:
        told = told.replace(name, "")
    assert "?" not in told
    assert not re.search(r"\b(victims?|your partner|he or she)\b", told, re.IGNORECASE)
    assert not re.search(r"\bI (am|feel) safe\b", told, re.IGNORECASE)


@pytest.mark.parametrize(
    "limit", ["records keys", "beside you", "which days", "work out who said no", "old copy"]
)
def test_it_says_what_it_cannot_protect(limit: str) -> None:
    assert limit in " ".join(about.lines())


def test_the_command_prints_all_of_it() -> None:
    result = CliRunner().invoke(command)
    assert result.exit_code == 0
    flat = " ".join(result.output.split())
    for line in (*about.page(), *about.lines()):
        assert " ".join(line.split()) in flat
    assert max(map(len, result.output.splitlines())) <= 78


def test_the_page_to_read_elsewhere_says_the_same() -> None:
    made = runpy.run_path(str(TOP / "scripts" / "places_page.py"))["text"]()
    written = (TOP / "docs" / "places.md").read_text("utf-8")
    assert written == made, "python scripts/places_page.py writes docs/places.md anew"
    for line in (*about.page(), *about.lines()):
        assert line in written


# Places of one's own


def test_own_places_stand_below_and_marked(own: Path) -> None:
    before = about.lines()
    own.write_text(
        '[[place]]\nname = "Our counsellor"\nnumber = "555 0100"\nhow = "Tuesdays"\n', "utf-8"
    )
    below = len(tuple(about.more()))
    after = about.lines(own_places.lines())
    assert after[: len(before) - below] == before[:-below]
    assert after[-below:] == before[-below:]
    assert after[len(before) - below : -below] == (
        "",
        words("about.own_title"),
        words("about.own"),
        "555 0100, Our counsellor (Tuesdays)",
    )


@pytest.mark.parametrize(
    "text", ["not toml", "place = 1", "[[place]]\nname = 1", "[[place]]\nnumber = '1'", "\0\xff"]
)
def test_own_places_that_cannot_be_read_take_nothing_away(own: Path, text: str) -> None:
    before = set(about.lines())
    own.write_text(text, "latin-1")
    assert set(about.lines(own_places.lines())) - before == {
        words("about.own_unread", file="places.toml")
    }
    assert before <= set(about.lines(own_places.lines()))


def test_own_places_cannot_pass_for_shipped_ones(own: Path) -> None:
    own.write_text(
        '[[place]]\nregion = "United States"\nname = "a\\u001b[2Jb\\n\\nUnited States"\n'
        + '[[place]]\nname = "again"\n' * 50,
        "utf-8",
    )
    told = about.lines(own_places.lines())
    assert told.count("United States") == 1
    assert not any("\x1b" in line or "\n" in line for line in told)
    assert told.count("again") == own_places.MOST - 1


def test_nothing_of_ones_own_changes_the_shipped_list(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list has no other source than its file in the package."""
    before = [place.line() for place in PLACES]
    (own.parent / "settings.toml").write_text('pace = "calm"\n', "utf-8")
    (own.parent / "exercises").mkdir()
    (own.parent / "exercises" / "places.toml").write_text('[[place]]\nname = "x"\n', "utf-8")
    assert paths.exercises_dir() == own.parent / "exercises"
    monkeypatch.setattr(Words, "table", lambda *_: {"place": []})
    places._shipped.cache_clear()
    assert [place.line() for place in places.shipped()] == before
