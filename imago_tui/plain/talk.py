"""A talk in lines: one short block for each scene, and one line from the one whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import rowtext
from imago_tui.dialogue import events, rows
from imago_tui.dialogue.engine import NotOpen, Open
from imago_tui.dialogue.events import BadAnswer, BadWhen, Event
from imago_tui.exercises import label
from imago_tui.plain.commands import Commands
from imago_tui.plain.watch import Watch
from imago_tui.session import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from imago_tui.dialogue.engine import Effects
    from imago_tui.dialogue.scene import Choice, Scene
    from imago_tui.dialogue.stage import Column
    from imago_tui.plain.console import Console
    from imago_tui.session import Draft, Session

Offer = tuple[int, "Choice"]


class Talk:
    """Holds one talk.

    Args:
        console: where lines come from and go to.
        session: the talk.
        draft: a line that was being typed when it was cut short.
    """

    def __init__(self, console: Console, session: Session, draft: Draft | None = None) -> None:
        self.console, self.session = console, session
        self.watch = Watch(console, session)
        self._draft = draft
        self._commands = Commands(self)
        self._explained: set[str] = set()
        self._new = True
        self._swapped = False
        self.asked = self._line_at = 0

    def hold(self) -> None:
        """Go on until the talk is over.

        Raises:
            Ended: no more lines came; what was said stays where it is kept.
        """
        self.console.on_signal = self.watch.keep_last
        with self.watch:
            while not self.session.state.over:
                self._turn()
        scene = self.session.scene()
        self.console.say("", *(line for line in (scene.ask, scene.listen) if line))

    def do(self, event: Event) -> None:
        """Take a step, and say when it could not be kept."""
        self._take(lambda: self.session.do(event))

    def _take(self, steps: Callable[[], Effects]) -> None:
        with self.watch.lock:
            try:
                effects = steps()
            except NotOpen:
                self.console.say(words("plain.not_open"))
                return
        if any(effect.what == "breath" for effect in effects):
            self.say("", *words.lines("table.breath_back"))
        self._new = True
        self._swapped = False
        self.asked = self._line_at = 0
        self._tell_trouble()

    def say(self, *lines: str) -> None:
        """Lines for both."""
        self.console.say(*lines)

    def swap(self) -> None:
        """Where both answer, the other one does so first."""
        self._swapped = not self._swapped
        self._new = True

    def name(self, who: int) -> str:
        """What person ``who`` is called."""
        return self.session.names[who]

    def _turn(self) -> None:
        scene = self.session.scene()
        who = whose(scene)
        if self._swapped and len(scene.turn) > 1:
            who = 1 - who
        offers = offers_of(scene, who)
        if self._new:
            self._tell(scene, who, offers)
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
        begun = ""
        if who in scene.writer:
            self.watch.writing = (scene.writes, who)
            if self._draft and (self._draft.step, self._draft.who) == (scene.writes, who):
                begun, self._draft = self._draft.words, None
        prompt = words("plain.prompt", name=self.name(who))
        line = self.console.ask(prompt, who=who, begun=begun)
        self.watch.taken()
        return line

    def _tell(self, scene: Scene, who: int, offers: list[Offer]) -> None:
        """Who, what now, one way to begin, what can be chosen, what comes next."""
        for word in self.watch.told():
            self.say(words(f"plain.clock.{word}"))
        both = words("plain.turn_both") if len(scene.turn) > 1 and self._still() else ""
        self.say("", both or words("plain.turn", name=self.name(who)), scene.ask)
        self._tell_stems(scene, who)
        if scene.writes != "mirror":
            self.show()
        if scene.hold == "too-much":
            self.say(words("plain.only_out"))
        if who in scene.writer:
            self._explain("say")
        for number, (person, choice) in enumerate(offers, 1):
            key = "plain.choice" if person == who else "plain.choice_of"
            self.say(words(key, number=number, label=label(choice), name=self.name(person)))
        if scene.next:
            self.say(words("plain.next", next=scene.next))
        self._explain("help")

    def show(self) -> None:
        """What stands there for both to read, rows in one line each."""
        scene = self.session.scene()
        if scene.loop and scene.exhibit:
            self.say(*rowtext.loop(scene.exhibit, self.session.names).splitlines())
            return
        for turn in rowtext.readable(self.session.exercise, scene.exhibit):
            self.say(words("plain.said", name=self.name(turn.who), text=turn.text))

    def number_of(self, person: int, choice: Choice, who: int) -> str:
        """The number of a choice of ``person``, or of a finer one, where ``who`` has the line."""
        for number, (owner, offered) in enumerate(offers_of(self.session.scene(), who), 1):
            if owner == person and choice == offered:
                return words("plain.or_number", number=number)
            if owner == person and choice in offered.into:
                finer = offered.into.index(choice) + 1
                return words("plain.or_finer", number=number, finer=finer)
        return ""

    def not_this(self) -> None:
        """Another line to try than the one that stands there."""
        if not self.session.send_away():
            self._line_at += 1
        self._new = True

    def _tell_stems(self, scene: Scene, who: int) -> None:
        """One line to try; and, for the one whose words wait, another way to say them."""
        mine = self.session.stems(who, scene).at(self._line_at).text
        if mine:
            self.say(mine if scene.eight else words("plain.stem", stem=mine))
        waits = scene.waits
        if waits is not None and (line := self.session.stems(waits, scene).at(self._line_at).text):
            self.say(words("plain.or", name=self.name(waits), stem=line))

    def _explain(self, what: str) -> None:
        """How lines are taken: told once."""
        if what not in self._explained:
            self._explained.add(what)
            self.say(words(f"plain.how.{what}"))

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
        if kindly := rowtext.kindly(filling.text, scene.columns):
            self.say(kindly)

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

    def _still(self) -> bool:
        """Whether this is a quiet while, which either of them ends."""
        state = self.session.state
        return state.stage is not None and state.stage.kind == "still" and not state.at.hold

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
            said = self.console.ask(words(key, name=self.name(who)), who=who)
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


def whose(scene: Scene) -> int:
    """Whose line it is: the Sender's first where both answer."""
    if scene.sender in scene.turn or not scene.turn:
        return scene.sender
    return 1 - scene.sender


def offers_of(scene: Scene, who: int) -> list[Offer]:
    """The numbered choices: those of ``who``, then of the other one where only they have one."""
    mine = [(who, choice) for choice in scene.choices[who] if choice.key != "said"]
    if 1 - who in scene.turn:
        return mine
    return [*mine, *((1 - who, choice) for choice in scene.choices[1 - who])]
