"""What is kept beside the dialogues: thanks, and how things went on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.journal import notes
from tests.journal.people import finished

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.journal.store import Journal

LINE = "You filled the car, and I saw it."


def test_a_line_waits_for_the_other_one_only(ana: Journal, ben: Journal, now: datetime) -> None:
    left = notes.leave_thanks(ana, 0, LINE, made=now)
    assert notes.waiting_thanks(ana) == ()
    assert [note.text for note in notes.waiting_thanks(ben)] == [LINE]
    notes.shown_thanks(ben, notes.waiting_thanks(ben)[0])
    assert notes.waiting_thanks(ben) == ()
    (kept,) = ana.notes("thanked")
    assert (kept.id, kept.text, kept.made) == (left.id, LINE, left.made)


def test_one_line_waits_at_most_in_each_direction(both: Journal, now: datetime) -> None:
    notes.leave_thanks(both, 0, "one", made=now)
    notes.leave_thanks(both, 1, "other", made=now)
    notes.leave_thanks(both, 0, "two", made=now)
    assert sorted(note.text or "" for note in notes.waiting_thanks(both)) == ["other", "two"]


def test_how_it_went_on_is_found_again_by_what_it_is_about(both: Journal, now: datetime) -> None:
    notes.asked(both, "0123456789abcdef.0", made=now)
    notes.let_go(both, "0123456789abcdef.1", made=now)
    notes.looked_back(both, "0123456789abcdef.2", "partly", "We laughed.", made=now)
    found = {(note.kind, note.about, note.exercise, note.text) for note in notes.afterwards(both)}
    assert found == {
        ("asked", "0123456789abcdef.0", None, None),
        ("let-go", "0123456789abcdef.1", None, None),
        ("looked-back", "0123456789abcdef.2", "partly", "We laughed."),
    }


def test_the_way_they_chose_is_kept_once(both: Journal, now: datetime) -> None:
    assert notes.path(both) == ""
    notes.choose_path(both, "distant", made=now)
    notes.choose_path(both, "usual", made=now)
    assert notes.path(both) == "usual"
    assert len(both.notes("path")) == 1


def test_notes_are_not_listed_among_the_dialogues(both: Journal, now: datetime) -> None:
    notes.leave_thanks(both, 0, LINE, made=now)
    assert both.heads().heads == []
    assert both.search("car") == []
    assert both.verify().damaged == []


def test_of_intimacy_a_list_shows_no_topic(both: Journal, now: datetime) -> None:
    told = both.save(replace(finished(both, now), topic="our nights", theme="money"))
    kept = both.save(replace(finished(both, now), topic="our nights", theme="intimacy"))
    both.write_index()
    listed = {head.id: head.topic for head in both.heads().heads}
    assert listed == {told.id: "our nights", kept.id: None}
    assert {one.id: one.topic for one in both.search("nights")} == listed
    assert (both.load(kept.id).topic, both.load(kept.id).theme) == ("our nights", "intimacy")


def test_a_theme_is_sealed_with_the_words_for_both_together(
    both: Journal, ana: Journal, now: datetime
) -> None:
    kept = both.save(
        replace(finished(both, now), room="together", kept="together", theme="intimacy")
    )
    assert ana.load(kept.id).theme is None
    assert both.load(kept.id).theme == "intimacy"
