"""What is open in a journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from imago_tui import in_view
from imago_tui.journal import notes
from imago_tui.journal.entry import Agreement
from tests.journal.people import ANA, BEN, finished, running

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from imago_tui.journal.entry import Entry
    from imago_tui.journal.store import Journal


def request(journal: Journal, when: datetime) -> Entry:
    until = (when + timedelta(days=14)).isoformat()
    return replace(
        finished(journal, when),
        exercise="request",
        agreements=(Agreement("Wash up together", BEN, ANA, until),),
    )


def test_what_was_agreed_is_in_view_for_either_of_them(
    both: Journal, ben: Journal, now: datetime
) -> None:
    kept = both.save(request(both, now))
    put_off = both.add_appointment(now + timedelta(hours=3), "dialogue", made=now)
    stopped = both.save(running(both, now))
    later = now + timedelta(hours=1)
    for journal in (both, ben):
        found = in_view.standing(journal, later)
        assert [one.kind for one in found] == ["meeting", "request", "return"]
        assert [one.id for one in found] == [put_off.id, f"{kept.id}.0", stopped.id]
        assert found[1].what == "Wash up together"


def test_what_is_let_go_or_looked_back_at_stays_gone(both: Journal, now: datetime) -> None:
    both.save(request(both, now))
    both.add_appointment(now + timedelta(hours=3), "dialogue", made=now)
    for one in in_view.standing(both, now):
        in_view.let_go(both, one, now)
    assert in_view.standing(both, now) == ()
    assert both.appointments() == []
    both.save(request(both, now + timedelta(hours=1)))
    (again,) = in_view.standing(both, now)
    notes.looked_back(both, again.id, "good", made=now)
    assert in_view.standing(both, now) == ()


def test_only_what_both_together_open_may_hold_agreements_nobody_sees_alone(
    both: Journal, ana: Journal, now: datetime
) -> None:
    both.save(replace(request(both, now), room="together", kept="together"))
    assert in_view.standing(ana, now) == ()
    assert [one.by for one in in_view.standing(both, now)] == [BEN]


def test_a_damaged_dialogue_does_not_stand_in_the_way(
    both: Journal, folder: Path, now: datetime
) -> None:
    good, bad = both.save(request(both, now)), both.save(request(both, now))
    (folder / "entries" / f"{bad.id}.age").write_bytes(b"x")
    assert [one.entry for one in in_view.standing(both, now)] == [good.id]


def test_old_dialogues_are_not_looked_through_but_for_a_vision(
    both: Journal, now: datetime
) -> None:
    long_ago = now - timedelta(days=500)
    both.save(request(both, long_ago))
    vision = both.save(replace(finished(both, long_ago), exercise="vision", agreements=()))
    assert [one.entry for one in in_view.standing(both, now)] == [vision.id]
