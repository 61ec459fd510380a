"""Makes a journal with all that a version can keep, and writes down what that version says of it.

Run once with a version, out of its own checkout, and its result stays in the tests for ever:

    cd CHECKOUT && python -P HERE/tests/journal/keepsake.py HERE/tests/journal/golden/NAME

So this file knows only imago_tui, asks whether a version can do something before it does it, and is
never changed in what it does for versions that were made with it.
"""

from __future__ import annotations

import json
import sys
from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

NAMES = ("Ana", "Ben")
PASSPHRASES = ("copper lantern autumn river", "violet harbour seven stones")
BEFORE = "amber kettle window moss"
"""Ben's passphrase, before he changed it."""
NOW = datetime(2026, 11, 22, 20, 15, 30, tzinfo=timezone(timedelta(hours=1)))
COST = 15
SENT = "On Sunday I sat alone with the dishes and felt invisible.\n\tŻółć 👩‍🚀 \u202e \x1b[2J"


def turns() -> tuple[Any, ...]:
    """What was said: typed, aloud, in part, hostile."""
    from imago_tui.journal.entry import Turn

    ana, ben = NAMES
    return (
        Turn(1, "topic", ana, ana, "The dishes", aloud=False),
        Turn(2, "send", ana, ana, SENT, aloud=False),
        Turn(3, "mirror", ben, ana, None, aloud=True),
        Turn(4, "validate", ben, ana, "That makes sense.", aloud=False, partly=True),
        Turn(5, "thanks", ben, ben, "For staying.", aloud=False),
    )


def entries(journal: Any) -> list[Any]:
    """A dialogue of every kind that the version knows, newest last."""
    from imago_tui.journal.entry import Agreement, Entry

    def begun(days: int, **more: Any) -> Any:
        entry = journal.new_entry("dialogue", NOW + timedelta(days=days))
        return replace(entry, **{"turns": turns(), **more})

    def done(days: int, **more: Any) -> Any:
        over = {"state": "done", "ended": NOW + timedelta(days=days, minutes=40), "kept": "all"}
        agreed = (Agreement("Wash up together", NAMES[1], NAMES[0], "2026-12-01"),)
        return begun(days, **{"topic": "The dishes", "agreements": agreed, **over, **more})

    made = [
        done(0),
        done(1, kept="outcome", turns=turns()[:1]),
        done(2, room="together", kept="together", topic="Ours"),
        begun(
            3,
            log=({"event": "said", "text": SENT, "at": 12.5},),
            draft={"who": NAMES[0], "step": "send", "text": "and then I"},
        ),
    ]
    if "theme" in {one.name for one in fields(Entry)}:
        made += [
            done(4, theme="money"),
            done(5, theme="intimacy", topic="Closeness"),
            done(6, theme="intimacy", topic="Closeness", room="together", kept="together"),
        ]
    return made


def notes(journal: Any) -> None:
    """Everything small."""
    journal.add_appointment(NOW + timedelta(days=9), "dialogue", who=NAMES[1], made=NOW)
    journal.park("money", NAMES[0], made=NOW)
    if not hasattr(journal, "write_note"):
        return
    from imago_tui.journal.entry import NOTES, Note

    for kind in NOTES:
        if kind not in {"appointment", "parked"}:
            note = Note(id=journal.new_id(), kind=kind, made=NOW, who=NAMES[0], text=f"a {kind}")
            about: dict[str, Any] = {"about": "0" * 16} if hasattr(note, "about") else {}
            journal.write_note(replace(note, **about))


def own_room(journal: Any, passphrase: str) -> dict[str, Any]:
    """Write in one's own room, as far as there is one."""
    with journal.own(passphrase) as room:
        for kind in sys.modules[type(room).__module__].KINDS:
            room.note(kind, f"{kind} of {room.name}", kind, NOW)
        if hasattr(room, "begin"):
            room.save(room.with_draft(room.begin("reflection", None, NOW), "and I wonder"))
        room.write_index()
        return {head.id: room.load(head.id).show_json() for head in room.heads().heads}


def said(journal: Any) -> dict[str, Any]:
    """What the version says of all that is shared, with both rings open."""
    from imago_tui.journal import entry

    kinds = getattr(entry, "NOTES", ("appointment", "parked"))
    listed: dict[str, Any] = {"appointment": journal.appointments(), "parked": journal.parked()}
    if hasattr(journal, "notes"):
        listed = {kind: journal.notes(kind) for kind in kinds}
    heads = journal.heads().heads
    return {
        "partners": list(journal.partners),
        "list": [head.list_json() for head in heads],
        "show": {head.id: journal.load(head.id).show_json() for head in heads},
        "going_on": {
            one.id: {"log": list(one.log), "draft": one.draft}
            for one in (journal.load(head.id) for head in heads if head.state == "unfinished")
        },
        "found": [found.to_json() for found in journal.search("invisible")],
        "notes": {
            kind: [[note.text, note.who, note.made.isoformat()] for note in listed[kind]]
            for kind in listed
        },
        "settings": [json.loads(journal.settings(n).model_dump_json()) for n in (0, 1)],
        "good": journal.verify().good,
    }


def make(place: Path) -> None:
    """Make it all in the new folder `place`."""
    from imago_tui.journal import setup
    from imago_tui.journal.keyring import Settings
    from imago_tui.journal.store import Journal

    place.mkdir()
    recovery = [place / f"{name}.recovery.txt" for name in NAMES]
    people = list(zip(NAMES, (PASSPHRASES[0], BEFORE), strict=True))
    told: dict[str, Any] = {}
    with Journal.create(place / "journal", people, recovery=recovery, cost=COST) as journal:
        first, *others = [journal.save(entry) for entry in entries(journal)]
        assert others
        journal.save(first)
        notes(journal)
        journal.save_settings(0, Settings(pronoun="she", side="left", keep="outcome"))
        if hasattr(journal, "take_out"):
            gap = journal.save(replace(first, id=journal.new_id(), revision=0))
            journal.take_out(gap.id, 1)
        journal.write_index()
        if hasattr(journal, "change_passphrase"):
            journal.change_passphrase(BEFORE, PASSPHRASES[1])
        else:
            from imago_tui.journal import acts

            acts.new_passphrase(place / "journal", BEFORE, PASSPHRASES[1])
        if hasattr(journal, "own"):
            told["own"] = [own_room(journal, one) for one in PASSPHRASES]
        if hasattr(journal, "roll_backups"):
            journal.roll_backups(NOW)
        elif hasattr(journal, "roll_behind"):
            journal.roll_behind(NOW)
            assert journal.copied() is None
        told |= said(journal)
    (place / "journal" / "lock").unlink()
    if hasattr(setup, "create_alone"):
        told["alone"] = alone(place / "alone")
    (place / "said.json").write_text(json.dumps(told, indent=1, ensure_ascii=True) + "\n")


def alone(folder: Path) -> dict[str, Any]:
    """A journal of one person, whom the other may join later."""
    from imago_tui.journal import own, setup

    setup.create_alone(folder, (NAMES[0], PASSPHRASES[0]), None, COST)
    with own.open_own(folder, PASSPHRASES[0]) as room:
        room.note("reflection", SENT, None, NOW)
        room.write_index()
        found = {head.id: room.load(head.id).show_json() for head in room.heads().heads}
    (folder / "lock").unlink()
    return found


if __name__ == "__main__":
    make(Path(sys.argv[1]).resolve())
