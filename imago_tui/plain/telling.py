"""What is told of a talk in lines: whose turn, what now, a line to try, what can be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import own_words, rowtext
from imago_tui.errors import ImagoError
from imago_tui.exercises import label
from imago_tui.plain.watch import Watch
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.dialogue.scene import Choice, Scene
    from imago_tui.plain.console import Console
    from imago_tui.session import Session

Offer = tuple[int, "Choice"]


class Telling:
    """The part of a talk in lines that is read.

    Args:
        console: where lines come from and go to.
        session: the talk.
    """

    def __init__(self, console: Console, session: Session) -> None:
        self.console, self.session = console, session
        self.watch = Watch(console, session)
        self.asked = self._line_at = 0
        self._explained: set[str] = set()
        self._new = True

    def say(self, *lines: str) -> None:
        """Lines for both."""
        self.console.say(*lines)

    def name(self, who: int) -> str:
        """What person ``who`` is called."""
        return self.session.names[who]

    def tell_again(self) -> None:
        """Where they are, once more before the next line."""
        self._new = True

    def begin_anew(self) -> None:
        """A step was taken: what stands there is told, from its first line on."""
        self._new = True
        self.asked = self._line_at = 0

    def tell(self, scene: Scene, who: int, offers: list[Offer]) -> None:
        """Who, what now, one way to begin, what can be chosen, what comes next."""
        for word in self.watch.told():
            self.say(words(f"plain.clock.{word}"))
        both = words("plain.turn_both") if len(scene.turn) > 1 and self._still() else ""
        whose = both or words("plain.turn", name=self.name(who))
        self.say("", *(() if self.session.exercise.alone else (whose,)), scene.ask)
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
        mine = self._stem(scene, who)
        if mine:
            self.say(mine if scene.eight else words("plain.stem", stem=mine))
        waits = scene.waits
        if waits is not None and (line := self._stem(scene, waits)):
            self.say(words("plain.or", name=self.name(waits), stem=line))

    def reword(self, own: str, who: int) -> None:
        """The line that stands before ``who`` in their own words; none for the line as it was."""
        scene = self.session.scene()
        line = self.session.stems(who, scene).at(self._line_at)
        if not line.text or scene.hold:
            self.say(words("ours.none"))
            return
        try:
            self.session.own = own_words.put(line.original or line.text, own)
        except ImagoError as trouble:
            self.say(trouble.message)
        self._new = True

    def _stem(self, scene: Scene, who: int) -> str:
        return self.session.stems(who, scene).at(self._line_at).told

    def as_it_was(self, who: int) -> None:
        """The line that stands before ``who``, as it came."""
        line = self.session.stems(who, self.session.scene()).at(self._line_at)
        self.say(line.original or words("ours.not_ours"))

    def _explain(self, what: str) -> None:
        """How lines are taken: told once."""
        if what not in self._explained:
            self._explained.add(what)
            self.say(words(f"plain.how.{what}"))

    def _still(self) -> bool:
        """Whether this is a quiet while, or lists to read: either of them ends it."""
        state = self.session.state
        quiet = state.stage is not None and state.stage.kind == "still"
        return (quiet or state.at.node.name == "shown") and not state.at.hold


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
