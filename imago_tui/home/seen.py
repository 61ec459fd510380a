"""What an open journal says at home, and what is to be written into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imago_tui import path

if TYPE_CHECKING:
    from imago_tui.path import Suggestion
    from imago_tui.promises import Promise


@dataclass(frozen=True, slots=True)
class Seen:
    """What an open journal has to say on the home page.

    Args:
        partners: both names.
        here: whose passphrase opened it, None for both.
        perhaps: what might come next, None where nothing fits.
        way, part: the way they chose, and where on it they are.
        memory: a line that was remembered or thanked for on this day of another year.
        standing: what is open of what they agreed.
        thanks: lines that were left for whoever is here, each with who left it.
        card: what they call a time-out, and a line of theirs, for the card; "" for none.
        unclear: the passphrase opened for either of them: who is here is asked.
    """

    partners: tuple[str, str]
    here: int | None = None
    perhaps: Suggestion | None = None
    way: str = path.USUAL
    part: str = path.PARTS[0]
    memory: str = ""
    standing: tuple[Promise, ...] = ()
    thanks: tuple[tuple[str, str], ...] = ()
    unclear: bool = False
    card: tuple[str, str] = field(default=("", ""), repr=False)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something to be written down.

    `what`: "here" (`who` is here), "thanks" (the first of `texts`, by `who`), "thanked" (the lines
    that waited were shown), "look-back" (at `one`: `how`, with the first of `texts`), "later" or
    "let-go" (of `one`), "way" (`how` is the one they chose), "card" (`texts`: the file, what they
    call a time-out, and a line).
    """

    what: str
    one: Promise | None = None
    how: str = ""
    who: int = 0
    texts: tuple[str, ...] = field(default=(), repr=False)
