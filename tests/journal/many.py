"""A journal of many years, made quickly: thousands of dialogues of every kind, invented.

`python -m tests.journal.many FOLDER COUNT` makes one for whoever wants to look.
"""

from __future__ import annotations

import random
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

from imago_tui.journal import codec
from imago_tui.journal.catalogue import entry_file
from imago_tui.journal.entry import Agreement, Entry, Turn
from imago_tui.journal.store import Journal

PEOPLE = (("Ana", "the first of two passphrases"), ("Ben", "the second of two passphrases"))
CHEAP = 15
NOW = datetime(2026, 11, 22, 20, 15, tzinfo=timezone(timedelta(hours=1)))
TOPICS = (
    "How we talk about money.", "The money for the roof.", "Who gets up with Noor at night.",
    "Noor and her school.", "Your mother's visit in May.", "The dishes on Sunday evenings.",
    "Sunday mornings.", "Being on the phone at supper.", "The silence after the visit.",
    "Moving to the coast, or not.", "My new shifts.", "The garden and who waters it.",
)  # fmt: skip
SAID = (
    "On Sunday I sat alone with the dishes and felt invisible.",
    "When the door closed I thought you were gone for good.",
    "I counted the money twice and did not dare to say it.",
    "I lay awake and listened to the rain, and to you.",
    "You laughed with her, and I stood there with the coats.",
)
FEELINGS = ("lonely", "scared", "tired", "hopeful", "ashamed", "angry", "tender", "calm")
REMEMBER = (
    "When I go quiet I am not gone.",
    "Ask me first, then tell me.",
    "Ten minutes on the stairs are enough.",
    "You meant to help; I heard it as blame.",
)
THANKS = ("For the soup, and for waiting.", "That you came back in.", "Your hand, the whole time.")
EXERCISES = ("dialogue", "dialogue", "short", "appreciation", "today", "deepening")
WORDS = tuple(f"{a}{b}" for a in ("bel", "tor", "min", "sal", "rem", "kad", "lun", "fos")
              for b in ("a", "en", "ith", "or", "una", "ek", "ile", "om", "ash", "ur"))  # fmt: skip


def fill(journal: Journal, count: int, *, now: datetime = NOW, seed: int = 7) -> list[str]:
    """Put ``count`` dialogues into ``journal``, two a day and backwards from ``now``; their ids,
    newest first. Nothing is made sure of on the disk: only for journals that may be lost.
    """
    chance = random.Random(seed)
    keys = journal._company.room_keys()
    ids = []
    for n in range(count):
        entry = one(journal, now - timedelta(hours=12 * n, minutes=chance.randrange(300)), chance)
        path = journal.folder / "entries" / entry_file(entry.id)
        path.write_bytes(codec.encode(entry, keys))
        path.chmod(0o600)
        ids.append(entry.id)
    journal.write_index()
    return ids


def one(journal: Journal, began: datetime, chance: random.Random) -> Entry:
    """A dialogue of about 2 kB."""
    sender, receiver = chance.sample(journal.partners, 2)
    exercise, topic = chance.choice(EXERCISES), chance.choice(TOPICS)
    together = chance.random() < 0.03
    said: list[tuple[str, str, str, str]] = [("topic", sender, sender, topic)]
    for _ in range(3):
        text = f"{chance.choice(SAID)} {' '.join(chance.choices(WORDS, k=25))}."
        said += [("send", sender, sender, text), ("mirror", receiver, sender, text.lower())]
    if chance.random() < 0.4:
        said.append(("remember", sender, sender, chance.choice(REMEMBER)))
    feeling = f"I imagine you feel {chance.choice(FEELINGS)}."
    said += [
        ("validate", receiver, sender, "That makes sense, after such a week."),
        ("empathize", receiver, sender, feeling),
        ("appreciate", receiver, receiver, chance.choice(THANKS)),
    ]
    agreed: tuple[Agreement, ...] = ()
    if chance.random() < 0.2:
        until = (began + timedelta(days=14)).isoformat(timespec="seconds")
        agreed = (Agreement("a walk on Wednesday", receiver, sender, until),)
    turns = tuple(
        Turn(n, step, who, about, text, aloud=False)
        for n, (step, who, about, text) in enumerate(said, 1)
    )
    return Entry(
        id=journal.new_id(), room="together" if together else "shared", exercise=exercise,
        topic=topic, started=began.replace(microsecond=0), ended=began.replace(microsecond=0),
        state="done", partners=journal.partners, kept="together" if together else "all",
        agreements=agreed, turns=turns, revision=1,
    )  # fmt: skip


def make(folder: Path, count: int, *, now: datetime = NOW) -> list[str]:
    """A journal of the two with so many dialogues; their ids, newest first."""
    with Journal.create(folder, PEOPLE, cost=CHEAP) as journal:
        return fill(journal, count, now=now)


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
