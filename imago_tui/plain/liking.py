"""How somebody likes it, asked in lines: each number counts at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui import remembering
from imago_tui.helping.choosing import Choosing
from imago_tui.plain import pages
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Callable

    from imago_tui.helping.likes import Likes
    from imago_tui.journal.store import Journal
    from imago_tui.plain.console import Console


def which(console: Console, names: tuple[str, str]) -> int:
    """Whose page it is."""
    console.say(words("likes.whose"))
    return pages.pick(console, "", names)


def choose(
    console: Console, names: tuple[str, str], who: int, likes: Likes, like: Callable[[Likes], None]
) -> None:
    """The page of ``who``; ``like`` is told every press."""
    choosing = Choosing(names[who], likes)
    while not choosing.done:
        choosing = choosing.take(pages.answer(console, choosing.page(), names))
        like(choosing.likes)


def in_the_journal(console: Console, journal: Journal) -> None:
    """Outside a talk: the page of the one who is here, or of one of both.

    Raises:
        ImagoError: 5, 6, 7.
    """
    names, who = journal.partners, journal.alone
    if who is None:
        who = which(console, names)
    found = [remembering.likes(journal)[who]]
    choose(console, names, who, found[0], found.append)
    remembering.keep_like(journal, who, found[-1])
