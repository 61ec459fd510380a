"""Getting ready for a talk, in lines: four questions for one person, and nothing kept unasked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from imago_tui.evening import Answer
from imago_tui.plain import pages
from imago_tui.plain.console import Console, Ended
from imago_tui.rooms import own, prepare
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.rooms.way import Way


def prepare_talk(keep: Callable[[str], None] | None) -> int:
    """Ask, and tell what there is; the program's status.

    Args:
        keep: keeps a text in one's own room; None where there is none.

    Raises:
        ImagoError: what ``keep`` raises.
    """
    without = frozenset() if keep else frozenset({prepare.KEEP})
    way = replace(own.begin("", prepare.ERRAND), without=without)
    with Console() as console:
        try:
            while way.need == "page" and way.at == "ask":
                way = way.take(_answer(console, way))
        except Ended as ended:
            return ended.status
        text = prepare.text(way.given)
        if keep is not None and text and way.given.get(prepare.READY) == prepare.KEEP:
            keep(text)
            console.say("", words("rooms.own.kept"))
        else:
            console.say("", words("rooms.own.ready.gone"))
    return 0


def _answer(console: Console, way: Way) -> Answer:
    """What is typed for one of the parts, perhaps nothing; at the end, what shall become of it."""
    page = way.page()
    if way.name == prepare.READY:
        you = (words("practice.you"),) * 2
        return pages.answer(console, replace(page, lines=prepare.lines(way.given), who=0), you)
    console.say("", *(line for line in (page.title, *page.lines, page.small) if line))
    label = words("plain.prompt", name=page.fields[0].label)
    return Answer(page.usual, texts=(console.ask(label),))
