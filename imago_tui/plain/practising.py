"""A practice in lines: its pages, and couples to watch, told as they go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import config
from imago_tui.plain import pages
from imago_tui.plain.console import Console, Ended
from imago_tui.practice.flow import Practice
from imago_tui.practice.playing import Playing
from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.dialogue.scene import Scene
    from imago_tui.practice.playing import Beat

WAIT, LEAVE = "p", "q"


def practise(exercise: str = "") -> int:
    """A practice in lines; the program's status. ``exercise``: which one to see first."""
    console = Console()
    with console:
        try:
            practising(console, Practice.begin(exercise))
        except Ended as ended:
            return ended.status
    return 0


def practising(console: Console, practice: Practice) -> None:
    """From a page of a practice until they have had enough.

    Raises:
        Ended: no more lines came.
    """
    pace = config.load().pace
    you = (words("practice.you"),) * 2
    while practice.need != "over":
        if practice.need == "watch":
            watch(console, Playing(practice.couple, pace))
            practice = practice.watched()
        else:
            practice = practice.take(pages.answer(console, practice.page(), you))


def watch(console: Console, playing: Playing) -> None:
    """Tell what a couple does, at reading speed; through a pipe, all of it at once.

    Raises:
        Ended: no more lines came.
    """
    one, two = playing.session.names
    console.say("", words("practice.who", one=one, two=two))
    if console.keyboard:
        console.say(words("practice.how"))
    told, beat = "", None
    while True:
        told = _tell(console, playing.session.scene(), playing.session.names, told)
        if _left(console, playing.seconds(beat)):
            return
        if playing.over:
            console.say("", words("practice.over"))
            return
        beat = playing.go_on()
        _tell_beat(console, beat, playing.session.names)


def _tell(console: Console, scene: Scene, names: tuple[str, str], before: str) -> str:
    """Whose turn it is and what for, where that is news; it, to know next time."""
    whose = [words("plain.turn", name=names[who]) for who in scene.turn if len(scene.turn) == 1]
    now = " ".join([*whose, scene.ask])
    if now != before:
        console.say("", now)
    return now


def _tell_beat(console: Console, beat: Beat, names: tuple[str, str]) -> None:
    if not beat.said or any(event.answer for event in beat.events):
        console.say(beat.line)
    if beat.said and beat.who is not None:
        console.say(words("plain.said", name=names[beat.who], text=beat.said))


def _left(console: Console, seconds: float) -> bool:
    """Leave time to read; an empty line ends it. Whether they want to leave."""
    if not console.keyboard:
        return False
    typed = console.meanwhile(seconds)
    while typed is not None and typed.lower() == WAIT:
        console.say(words("practice.waits"))
        typed = console.meanwhile(None)
    return typed is not None and typed.lower() == LEAVE
