"""The page that everyone may read, and places to turn to."""

from __future__ import annotations

import re
from datetime import date

import pytest
from click.testing import CliRunner

from imago_tui import about
from imago_tui.commands.about import command
from imago_tui.words import words

PLACES = words.table("places")["place"]
SEEN_IN_PUBLIC = {
    "1-800-799-7233", "0808 2000 247", "1800 737 732", "1300 776 491", "911", "999", "000", "112",
}  # fmt: skip


def test_the_first_words_and_four_lines() -> None:
    title, empty, *lines = about.page()
    assert title == "Everyone sees this page."
    assert not empty
    assert len(lines) == 4


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place["name"])
def test_a_place_says_where_and_when_it_was_seen(place: dict[str, str]) -> None:
    assert set(place) == {"region", "name", "how", "number", "hours", "checked_on", "source"}
    assert date.fromisoformat(place["checked_on"]) >= date(2026, 11, 22)
    assert place["region"]
    assert place["name"]
    assert place["how"]
    assert place["source"]
    assert place["number"] in SEEN_IN_PUBLIC | {""}
    assert "24" not in place["hours"] + place["how"].replace("88788", "")


def test_directories_come_before_numbers() -> None:
    first_number = next(n for n, place in enumerate(PLACES) if place["number"])
    names = [place["name"] for place in PLACES[:first_number]]
    assert names[:2] == ["findahelpline.com", "hotpeachpages.net"]


def test_places_come_before_everything_else_on_request() -> None:
    assert about.lines()[0] == words("about.turn_title")
    told = "\n".join(about.lines())
    for place in PLACES:
        assert place["name"] in told
        assert place["number"] in told
    assert min(place["checked_on"] for place in PLACES) in told


def test_nobody_is_asked_whether_they_are_safe() -> None:
    told = "\n".join((*about.page(), *about.lines()))
    assert "?" not in told
    assert not re.search(r"\b(victims?|your partner|he or she)\b", told, re.IGNORECASE)


def test_the_command_prints_all_of_it() -> None:
    result = CliRunner().invoke(command)
    assert result.exit_code == 0
    flat = " ".join(result.output.split())
    for line in (*about.page(), *about.lines()):
        assert " ".join(line.split()) in flat
    assert max(map(len, result.output.splitlines())) <= 78
