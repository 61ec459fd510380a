"""Two people who answer line by line what a scenario says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.dialogue import rows
from imago_tui.dialogue.events import EXITS
from imago_tui.plain.console import Console, Ended
from imago_tui.plain.talk import Talk
from imago_tui.plain.telling import offers_of

if TYPE_CHECKING:
    from datetime import datetime

    from imago_tui.dialogue.events import Event
    from imago_tui.dialogue.scene import Choice
    from imago_tui.session import Session

SLASHED = {"slower": "/smaller", "back": "/back", "more-time": "/more-time"}


class Couple(Console):
    """A console at which both always know what to type."""

    def __init__(self, session: Session, events: list[Event]) -> None:
        super().__init__()
        self.session, self.left = session, list(events)
        self.heard: list[str] = []
        self.lines: list[str] = []

    def say(self, *lines: str) -> None:
        self.heard += lines

    def ask(self, prompt: str, *, who: object = None, begun: str = "") -> str:
        del prompt, begun
        if not self.lines:
            if not self.left:
                raise Ended(told=True)
            assert isinstance(who, int)
            self.lines = self.answer(who)
        return self.lines.pop(0)

    def answer(self, who: int) -> list[str]:
        """The lines for what comes next, where it is the turn of ``who``."""
        scene = self.session.scene()
        event = self.left[0]
        if event.step in EXITS:
            return [self.take(f"/{event.step}{when(event.when)}")]
        if event.step in SLASHED:
            return [self.take(SLASHED[event.step])]
        stage = self.session.state.stage
        quiet = (stage is not None and stage.kind == "still") or scene.place == "shown"
        if quiet and not scene.hold:
            return [self.take("")]
        if event.who != who and len(scene.turn) > 1:
            return ["/other"]
        if who in scene.writer and event.step == scene.writes and event.answer is None:
            words = event.words
            if words is not None and scene.columns:
                words = " | ".join(rows.cells(words, scene.columns))
            return [self.take("" if words is None else f"/say {words}")]
        for number, (_, choice) in enumerate(offers_of(scene, who), 1):
            for finer, lines in self.ways(choice, [str(number)]):
                length = self.fits(finer)
                if length:
                    last = self.left[length - 1]
                    del self.left[:length]
                    if finer.wants == "words" or finer.key == "partly":
                        lines.append(last.words or "")
                    if finer.wants == "when":
                        assert last.when is not None
                        lines.append(last.when.replace(tzinfo=None).isoformat())
                    return lines
        raise AssertionError(f"{event} at {scene.stage}/{scene.place} for {who}")

    def take(self, line: str) -> str:
        """``line`` stands for the next event."""
        del self.left[0]
        return line

    def ways(self, choice: Choice, lines: list[str]) -> list[tuple[Choice, list[str]]]:
        """A choice, or its finer ones, with the numbers that lead there."""
        if not choice.into:
            return [(choice, list(lines))]
        return [(finer, [*lines, str(at)]) for at, finer in enumerate(choice.into, 1)]

    def fits(self, choice: Choice) -> int:
        """How many of the events to come a choice stands for; 0 when it is for others."""
        ahead = [(one.step, one.who, one.answer) for one in self.left[: len(choice.drafts)]]
        drafts = [(one.step, one.who, one.answer) for one in choice.drafts]
        return len(ahead) if drafts[: len(ahead)] == ahead else 0


def when(moment: datetime | None) -> str:
    """A time behind a command."""
    return f" {moment.replace(tzinfo=None).isoformat()}" if moment else ""


def hold(session: Session, events: list[Event]) -> Couple:
    """Hold the talk until its end, or until there is nothing more to say."""
    couple = Couple(session, events)
    try:
        Talk(couple, session).hold()
    except Ended:
        assert couple.left == []
    assert couple.lines == []
    return couple
