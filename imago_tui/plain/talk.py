"""A talk in lines: one short block for each scene, and one line from the one whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import rowtext
from imago_tui.dialogue import events, rows
from imago_tui.dialogue.engine import NotOpen, Open
from imago_tui.dialogue.events import BadAnswer, BadWhen, Event
from imago_tui.exercises import label
from imago_tui.now import local_now
from imago_tui.plain.commands import Commands
from imago_tui.plain.telling import Offer, Telling, offers_of, whose
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from imago_tui.dialogue.engine import Effects
    from imago_tui.dialogue.scene import Choice, Scene
    from imago_tui.dialogue.stage import Column
    from imago_tui.plain.console import Console
    from imago_tui.session import Session


class Talk(Telling):
    """Holds one talk.

    Args:
        console: where lines come from and go to.
        session: the talk.
    """

    def __init__(self, console: Console, session: Session) -> None:
        super().__init__(console, session)
        self._commands = Commands(self)
        self._swapped = False

    def hold(self) -> None:
        """Go on until the talk is over.

        Raises:
            Ended: no more lines came; what was said stays where it is kept.
        """
        self.console.on_signal = self.watch.keep_last
        if self.session.note:
            self.say(self.session.note)
        with self.watch:
            while not self.session.state.over:
                self._turn()
        scene = self.session.scene()
        self.console.say("", *(line for line in (scene.ask, scene.listen) if line))

    def do(self, event: Event) -> None:
        """Take a step, and say when it could not be kept."""
        stage = self.session.state.stage
        self._take(lambda: self.session.do(event))
        if kindly := rowtext.kindly(stage, event.words):
            self.say(kindly)

    def _take(self, steps: Callable[[], Effects]) -> None:
        with self.watch.lock:
            try:
                effects = steps()
            except NotOpen:
                self.console.say(words("plain.not_open"))
                return
        if any(effect.what == "breath" for effect in effects):
            self.say("", *words.lines("table.breath_back"))
        self.begin_anew()
        self._swapped = False
        self._tell_trouble()

    def swap(self) -> None:
        """Where both answer, the other one does so first."""
        self._swapped = not self._swapped
        self.tell_again()

    def _turn(self) -> None:
        scene = self.session.scene()
        who = whose(scene)
        if self._swapped and len(scene.turn) > 1:
            who = 1 - who
        offers = offers_of(scene, who)
        if self._new:
            self.tell(scene, who, offers)
        self._new = False
        line = self._line(scene, who)
        if line.startswith("/"):
            self._commands.take(line, scene, who)
        elif line.strip().isascii() and line.strip().isdigit() and offers:
            self._number(int(line.strip()[:3]), offers)
        elif not line.strip():
            self._aloud(scene, who, offers)
        else:
            self.typed(line, scene, who, offers)

    def _line(self, scene: Scene, who: int) -> str:
        begun = self.watch.begin(scene.writes, who) if who in scene.writer else ""
        prompt = words("plain.prompt", name=self.name(who))
        line = self.console.ask(prompt, who=who, begun=begun)
        self.watch.taken()
        return line

    def typed(self, line: str, scene: Scene, who: int, offers: list[Offer]) -> None:
        """Typed words of the one whose turn it is, or the answer itself in a word."""
        if who in scene.writer and scene.columns:
            self._row(line, scene, who)
            return
        if who in scene.writer:
            self.do(Event(scene.writes, who, words=line))
            return
        for person, choice in offers:
            if choice.drafts and choice.drafts[-1].answer == line.strip().lower():
                self._press(person, choice)
                return
        self.say(words("plain.a_number", most=len(offers)))

    def _row(self, line: str, scene: Scene, who: int) -> None:
        """A row: its fields in one line, parted by ``|``, or each asked for behind the other."""
        given = list(rows.split(line, scene.columns))
        filling = rows.Filling(scene.columns)
        while (column := filling.column) is not None:
            text = given.pop(0) if given else self._field(column, who)
            try:
                filling = filling.taken(text, local_now())
            except (BadAnswer, BadWhen) as mishap:
                self.say(rowtext.amiss(mishap, column))
                given = []
        self.do(Event(scene.writes, who, words=filling.text, when=filling.day))

    def _field(self, column: Column, who: int) -> str:
        hint = rowtext.hint(column)
        if hint:
            self.say(hint)
        ask = words("plain.field", name=self.name(who), ask=column.ask or column.id)
        return self.console.ask(ask, who=who)

    def _aloud(self, scene: Scene, who: int, offers: list[Offer]) -> None:
        """An empty line: it was said aloud. It never decides anything."""
        if who in scene.writer and Open(scene.writes, who) in scene.open:
            self.do(Event(scene.writes, who))
        elif self._still() and offers:
            self._press(*offers[0])
        else:
            self.say(
                words("plain.a_number", most=len(offers)) if offers else words("plain.how.help")
            )

    def _number(self, number: int, offers: list[Offer]) -> None:
        if 0 < number <= len(offers):
            self._press(*offers[number - 1])
        else:
            self.say(words("plain.a_number", most=len(offers)))

    def _press(self, who: int, choice: Choice) -> None:
        if choice.into:
            self.say(
                *(
                    words("plain.choice", number=number, label=label(finer))
                    for number, finer in enumerate(choice.into, 1)
                )
            )
            line = self.console.ask(words("plain.prompt", name=self.name(who)), who=who).strip()
            if line.isascii() and line.isdigit() and 0 < int(line[:3]) <= len(choice.into):
                self._press(who, choice.into[int(line[:3]) - 1])
            else:
                self._new = True
            return
        said: str | None = None
        when: datetime | None = None
        if choice.wants == "words" or choice.key == "partly":
            key = "plain.ask.item" if choice.item else f"plain.ask.{choice.key}"
            begun = self.watch.begin(choice.key, who)
            said = self.console.ask(words(key, name=self.name(who)), who=who, begun=begun)
            self.watch.taken()
        elif choice.wants == "when":
            when = self.when(who)
            if when is None:
                self._new = True
                return
        said = said if said and said.strip() else None
        self._take(lambda: self.session.press(choice, words=said, when=when))

    def when(self, who: int) -> datetime | None:
        """A time that is asked for; None when none is given."""
        while True:
            line = self.console.ask(words("plain.ask.when", name=self.name(who)), who=who)
            if not line.strip():
                return None
            try:
                return events.when(line, local_now())
            except BadWhen as mishap:
                self.say(words("table.when.past" if mishap.past else "table.when.unread"))

    def _tell_trouble(self) -> None:
        trouble = self.session.trouble
        if trouble is not None:
            self.say(trouble.message, trouble.hint, words("plain.tried_again"))
