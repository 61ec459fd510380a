"""Lines that begin with a slash: exits and helps that are there at every step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import about, own_places
from imago_tui.dialogue import events
from imago_tui.dialogue.engine import Open
from imago_tui.dialogue.events import BadWhen, Event
from imago_tui.helping import tohand
from imago_tui.nearest import nearest
from imago_tui.now import local_now
from imago_tui.plain import liking
from imago_tui.plain.console import Ended
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.dialogue.scene import Scene
    from imago_tui.helping.stuck import Remedy
    from imago_tui.plain.talk import Talk


class Commands:
    """Carries them out for one talk."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._known: dict[str, Callable[[str, Scene, int], None]] = {
            "enough": self._enough,
            "pause": self._exit("pause"),
            "time-out": self._time_out,
            "too-much": self._exit("too-much"),
            "stop": self._exit("stop"),
            "back": self._help("back"),
            "smaller": self._help("slower"),
            "more-time": self._more_time,
            "other": self._other,
            "park": self._park,
            "stuck": self._stuck,
            "show": self._show,
            "words": self._words,
            "likes": self._likes,
            "more-help": self._more_help,
            "our-words": self._our_words,
            "as-it-was": self._as_it_was,
            "not-this": self._not_this,
            "about": self._about,
            "say": self._say,
            "help": self._list,
            "close": self._close,
        }

    def take(self, line: str, scene: Scene, who: int) -> None:
        """Carry out ``line``."""
        name, _, rest = line[1:].partition(" ")
        command = self._known.get(name.strip().lower())
        if command is not None:
            command(rest, scene, who)
            return
        near = nearest(name, self._known)
        hint = words("plain.did_you_mean", name=near) if near else words("plain.how.help")
        self._talk.say(words("plain.no_command"), hint)

    def _exit(self, step: str) -> Callable[[str, Scene, int], None]:
        def leave(_: str, scene: Scene, __: int) -> None:
            self._if_open(scene, Event(step))

        return leave

    def _time_out(self, rest: str, scene: Scene, _: int) -> None:
        when = None
        if rest.strip():
            try:
                when = events.when(rest, local_now(), minutes=True)
            except BadWhen as mishap:
                self._talk.say(words("table.when.past" if mishap.past else "table.when.unread"))
                return
        self._if_open(scene, Event("time-out", when=when))

    def _help(self, step: str) -> Callable[[str, Scene, int], None]:
        """A help that only one of them has now: the one who has it."""

        def take(_: str, scene: Scene, __: int) -> None:
            mine = [opened.who for opened in scene.open if opened.step == step]
            self._if_open(scene, Event(step, mine[0] if mine else None))

        return take

    def _more_time(self, _: str, scene: Scene, who: int) -> None:
        for person in (who, 1 - who):
            if Open("more-time", person) in scene.open:
                first = Open("more-time", 1 - person) in scene.open
                self._talk.do(Event("more-time", person))
                other = self._talk.name(1 - person)
                self._talk.say(
                    words("plain.more_time.one" if first else "plain.more_time.both", other=other)
                )
                return
        self._talk.say(words("plain.not_open"))

    def _if_open(self, scene: Scene, event: Event) -> None:
        if any(opened.step == event.step for opened in scene.open):
            self._talk.do(event)
        else:
            self._talk.say(words("plain.not_open"))

    def _other(self, _: str, scene: Scene, __: int) -> None:
        if len(scene.turn) > 1:
            self._talk.swap()
        else:
            self._talk.say(words("plain.not_open"))

    def _park(self, rest: str, _: Scene, __: int) -> None:
        if not self._talk.session.parks:
            self._talk.say(words("plain.not_open"))
            return
        if not rest.strip():
            self._talk.say(words("plain.park_what"))
            return
        with self._talk.watch.lock:
            self._talk.session.park(rest.strip())
        self._talk.say(words("table.parked"))

    def _say(self, rest: str, scene: Scene, who: int) -> None:
        """Words that would be taken for something else: a number, or a slash at the start."""
        self._talk.typed(rest, scene, who, [])

    def _stuck(self, _: str, scene: Scene, who: int) -> None:
        talk = self._talk
        talk.session.helped |= scene.turn
        found = talk.session.stuck(scene, talk.asked)
        talk.asked += 1
        talk.say(*found.lines, *(self._told(one, who) for one in found.remedies))

    def _told(self, remedy: Remedy, who: int) -> str:
        """A remedy, and how it is taken in lines."""
        how = words.table("plain.remedy").get(remedy.command) or remedy.then
        if remedy.press is not None:
            how = self._talk.number_of(*remedy.press, who)
        return words("plain.remedied", label=remedy.label, how=how)

    def _not_this(self, _: str, __: Scene, ___: int) -> None:
        self._talk.not_this()

    def _words(self, rest: str, scene: Scene, _: int) -> None:
        talk = self._talk
        talk.session.helped |= scene.turn
        rows = tohand.family(rest.strip()) or tohand.find(rest)
        if rows or rest.strip():
            talk.say(*([row.label for row in rows] or [words("tohand.none")]))
            return
        for name in tohand.PAGES:
            titles = ", ".join(row.label for row in tohand.page(name))
            talk.say(words("plain.to_hand", page=words(f"tohand.page.{name}"), titles=titles))
        talk.say(words("plain.to_hand_how"))

    def _likes(self, _: str, __: Scene, ___: int) -> None:
        talk, session = self._talk, self._talk.session
        who = liking.which(talk.console, session.names)
        liking.choose(
            talk.console, session.names, who, session.likes[who], lambda one: session.like(who, one)
        )
        talk.tell_again()

    def _more_help(self, _: str, scene: Scene, __: int) -> None:
        session = self._talk.session
        for who in scene.turn:
            session.like(who, session.likes[who].more_help())
        self._talk.tell_again()

    def _our_words(self, rest: str, _: Scene, who: int) -> None:
        self._talk.reword(rest, who)

    def _as_it_was(self, _: str, __: Scene, who: int) -> None:
        self._talk.as_it_was(who)

    def _show(self, _: str, __: Scene, ___: int) -> None:
        self._talk.show()

    def _about(self, _: str, __: Scene, ___: int) -> None:
        self._talk.say(*about.page(), *about.lines(own_places.lines()))

    def _enough(self, _: str, __: Scene, ___: int) -> None:
        self._talk.say(*words.lines("plain.enough"))

    def _list(self, _: str, __: Scene, ___: int) -> None:
        self._talk.say(*words.lines("plain.all"))

    def _close(self, _: str, __: Scene, ___: int) -> None:
        raise Ended(0)
