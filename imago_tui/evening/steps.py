"""How an answer leads from one page of the evening to the next."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui import exercises, menu, topics
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.evening.page import Answer
    from imago_tui.evening.state import Evening

LEAST = 12
"""Characters of a passphrase, at least."""

_KEEPING = frozenset({"keep", "key-names", "passphrase", "not-made"})
"""Pages on which enough means: then nothing is kept."""

PARK = "parked-"
"""What the key of a parked word begins with, before its place."""

QUICK = frozenset({"fight", "redo"})
"""What is held at once, where they stand: no names, no chairs."""

MOST_NAME = 60
"""Characters of a first name, at most: more than this does not fit beside the other one's."""


def alone(exercise: str) -> bool:
    """Whether an exercise is for one person: there is nobody to sit across from."""
    return bool(exercise) and exercise in exercises.every() and exercises.load(exercise).alone


def what_tonight(evening: Evening) -> Evening:
    """On to what tonight, by way of the talk in which they stopped, or past it when it is clear."""
    if evening.unfinished:
        return replace(evening, at="setup" if evening.resume else "resume")
    if evening.chosen:
        return _chosen(evening, evening.chosen)
    return replace(evening, at="tonight")


def seated(evening: Evening) -> Evening:
    """On to who sits left, where that is not known from before.

    Without names there is nobody to tell apart: 0 is who sits left.
    """
    if evening.left is None and evening.eyes and any(evening.given):
        return replace(evening, at="seats")
    return what_tonight(replace(evening, left=evening.left or 0))


def _chosen(evening: Evening, exercise: str) -> Evening:
    """What tonight is decided; how long is asked only where it is not in the exercise's name."""
    evening = replace(evening, exercise=exercise, resume=False, minutes=None)
    if alone(exercise):
        return replace(evening, first=0, at="table")
    if exercise == "dialogue":
        return replace(evening, at="minutes")
    return _who_first(evening)


def _who_first(evening: Evening) -> Evening:
    if evening.first is not None:
        return _what_about(evening)
    known = evening.open or evening.exercise in QUICK
    return replace(evening, at="first" if known else "invited")


def _what_about(evening: Evening) -> Evening:
    """On to the topics that are offered, where one is named and they know the way."""
    if evening.open and topics.asks(exercises.load(evening.exercise)):
        return replace(evening, at="topic")
    return _sit(evening)


def _sit(evening: Evening) -> Evening:
    """To the table; the first time tonight by way of the chairs."""
    there = evening.seated or evening.exercise in QUICK
    return replace(evening, at="table" if there else "setup")


def end(evening: Evening) -> Evening:
    """Nothing more is held tonight. Only now, and only where both left something: keys."""
    if evening.meeting or alone(evening.exercise):
        return replace(evening, at="over")
    return replace(evening, at="keep" if evening.wants else "bye")


def _page(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "more":
        return replace(evening, at="more")
    if (
        evening.open or evening.chosen in QUICK or alone(evening.chosen)
    ):  # nobody asks two who are upset for their names
        return seated(evening)
    return replace(evening, at="names")


def _more(evening: Evening, _: Answer) -> Evening:
    return replace(evening, at="page")


def _names(evening: Evening, answer: Answer) -> Evening:
    one, two = (unicodedata.normalize("NFC", text).strip() for text in answer.texts)
    if max(len(one), len(two)) > MOST_NAME:
        return replace(evening, note=words("evening.note.name_long", most=MOST_NAME))
    if one and one == two:
        return replace(evening, given=(one, two), note=words("evening.note.same_name"))
    named = replace(evening, given=(one, two))
    if evening.at == "key-names":
        return replace(named, at="passphrase")
    return seated(named)


def _unlock(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "without":
        return replace(evening, at="names", journal=False, keeps=False, resume=False)
    typed = answer.texts[0]
    return replace(evening, at="open", passphrase=typed) if typed else evening


def _here(evening: Evening, answer: Answer) -> Evening:
    return seated(replace(evening, here=int(answer.choice)))


def _seats(evening: Evening, answer: Answer) -> Evening:
    return seated(replace(evening, left=int(answer.choice)))


def _resume(evening: Evening, answer: Answer) -> Evening:
    match answer.choice:
        case "go-on":
            return replace(evening, resume=True, at="setup")
        case "let-go":
            return replace(evening, at="let-go-both")
    return what_tonight(replace(evening, unfinished=False))


def _let_go_both(evening: Evening, answer: Answer) -> Evening:
    return replace(evening, at="let-go" if answer.both("yes") else "resume")


def _tonight(evening: Evening, answer: Answer) -> Evening:
    match answer.choice:
        case "park":
            return replace(evening, at="park")
        case "enough":
            return end(evening)
    if answer.choice not in menu.TOGETHER:
        return _chosen(evening, answer.choice)
    first, *others = menu.of(answer.choice)
    if not others:
        return _chosen(evening, first.id)
    return replace(evening, at="group", group=answer.choice)


def _group(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "back":
        return replace(evening, at="tonight")
    return _chosen(evening, answer.choice)


def _topic(evening: Evening, answer: Answer) -> Evening:
    return _sit(replace(evening, theme="" if answer.choice == "own" else answer.choice))


def _park(evening: Evening, answer: Answer) -> Evening:
    word = answer.texts[0].strip() if answer.texts else ""
    parked = (*evening.parked, word) if word else evening.parked
    return replace(evening, parked=parked, at="tonight")


def _minutes(evening: Evening, answer: Answer) -> Evening:
    return _who_first(replace(evening, minutes=int(answer.choice)))


def _invited(evening: Evening, answer: Answer) -> Evening:
    who = answer.who or 0
    if answer.choice == "look":
        return replace(evening, at="look")
    first = who if answer.choice == "be-heard" else 1 - who
    return _what_about(replace(evening, first=first))


def _first(evening: Evening, answer: Answer) -> Evening:
    return _what_about(replace(evening, first=int(answer.choice)))


def _look(evening: Evening, answer: Answer) -> Evening:
    return end(evening) if answer.choice == "enough" else replace(evening, at="invited")


def _setup(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "swap":
        return replace(evening, left=1 - (evening.left or 0))
    return replace(evening, seated=True, at="table")


def _next(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "enough":
        return end(evening)
    return _chosen(evening, evening.exercise)


def _keep(evening: Evening, answer: Answer) -> Evening:
    if not answer.both("yes"):
        return replace(evening, wants=False, at="bye")
    return replace(evening, at="passphrase" if all(evening.given) else "key-names")


def _passphrase(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "leave":
        return replace(evening, wants=False, passphrases=(), at="bye")
    typed, again = answer.texts
    if len(typed) < LEAST:
        return replace(evening, note=words("evening.note.short", least=LEAST))
    if typed != again:
        return replace(evening, note=words("evening.note.not_same"))
    given = (*evening.passphrases, typed)
    return replace(evening, passphrases=given, at="make" if len(given) > 1 else "passphrase")


def _not_made(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "again":
        return replace(evening, at="make")
    return replace(evening, wants=False, passphrases=(), at="bye")


def _stop(evening: Evening, answer: Answer) -> Evening:
    if answer.choice == "back":
        return replace(evening, at=evening.before)
    if evening.before in _KEEPING:
        return replace(evening, wants=False, passphrases=(), at="bye")
    return end(evening)  # what both wanted to keep of the talk before is still asked


def _over(evening: Evening, answer: Answer) -> Evening:
    match answer.choice:
        case "home" | "open" as then:
            return replace(evening, at="over", then=then)
    return replace(evening, at="over")


TAKE: dict[str, Callable[[Evening, Answer], Evening]] = {
    "page": _page,
    "more": _more,
    "names": _names,
    "key-names": _names,
    "unlock": _unlock,
    "here": _here,
    "thanked": lambda evening, _: seated(replace(evening, thanks=())),
    "seats": _seats,
    "resume": _resume,
    "let-go-both": _let_go_both,
    "tonight": _tonight,
    "group": _group,
    "topic": _topic,
    "park": _park,
    "minutes": _minutes,
    "invited": _invited,
    "first": _first,
    "look": _look,
    "setup": _setup,
    "next": _next,
    "keep": _keep,
    "passphrase": _passphrase,
    "not-made": _not_made,
    "stop": _stop,
    "kept": _over,
    "bye": _over,
}
