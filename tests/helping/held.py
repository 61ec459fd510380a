"""A short talk at a table, for the tests of what helps beside it."""

from __future__ import annotations

from imago_tui import exercises
from imago_tui.dialogue.events import Event
from imago_tui.session import Session

ANA, BEN = 0, 1
SAID = "When you came home at ten on Sunday I sat alone with the dishes and felt invisible."
MIRROR = "When I came home at ten on Sunday you sat alone with the dishes and felt invisible."
REBUTTAL = "I was only late because the train stood still, you know that very well."


def at_send(exercise: str = "short") -> Session:
    """A talk in which Ana is about to say something."""
    session = Session(exercises.load(exercise), ("Ana", "Ben"))
    session.do(Event("ready", ANA, answer="yes"))
    session.do(Event("ready", BEN, answer="yes"))
    while session.scene().writes not in {"send", "topic"}:
        scene = session.scene()
        step = "settle" if scene.seconds else scene.writes
        session.do(Event(step, min(scene.turn), words=None))
    return session


def lines(session: Session, who: int) -> tuple[str, ...]:
    """What stands before ``who`` to try."""
    return tuple(one.text for one in session.stems(who, session.scene()).lines)
