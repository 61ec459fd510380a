"""How a person likes it at the table. Each way is as good as the other, and none is explained.

What is set counts for the table as soon as one of them has set it: words and pauses are shared, and
nobody is pointed at. Kept sealed in the journal's settings of that person.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING

from imago_tui.dialogue.manner import Manner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from imago_tui.journal.keyring import Settings

FULL, LIGHT, OFF = "full", "light", "off"
LEVELS = (FULL, LIGHT, OFF)
BY_ITSELF = ""

LADDER = (
    (FULL, "new"),
    (FULL, "begun"),
    (FULL, "known"),
    (LIGHT, "new"),
    (LIGHT, "begun"),
    (LIGHT, "known"),
    (LIGHT, "settled"),
    (OFF, "new"),
)
"""How help fades by itself: a talk without help goes one on, a talk with it back to the level's
first. Words and no number, so that nothing in a file counts a person."""

PACES = ("calm", "normal", "brisk")
"""Slowest first."""
SLOW = 2.0
"""How many times longer a quiet while lasts for somebody who likes long pauses."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likes:
    """One person's ways.

    Args:
        help: one of `LEVELS`; empty: it fades by itself.
        eased: how far it has faded, as one of `LADDER`.
        hints: whether a line that fits what was typed may stand among the others.
        quiet: kinds of such lines that stay away for good.
        literal: plain words instead of pictures.
        pauses: long pauses; nothing urges.
        types: would rather type what they give back.
        sound: the bell may ring, where this machine lets it.
        gaze: lines may speak of looking at each other.
        touch: lines may speak of a hand or a hug.
        pace: one of `PACES`; empty: that of this machine.
        singly: one step at a time, each a press of its own.
        keep: what they usually keep, as its answer; empty: not said. Set in one's own room, and on
            the table a press that does not show which it is.
    """

    help: str = BY_ITSELF
    eased: tuple[str, str] = LADDER[0]
    hints: bool = True
    quiet: frozenset[str] = frozenset()
    literal: bool = False
    pauses: bool = False
    types: bool = False
    sound: bool = True
    gaze: bool = True
    touch: bool = True
    pace: str = ""
    singly: bool = False
    keep: str = ""

    @property
    def level(self) -> str:
        """How much help stands there: one of `LEVELS`."""
        return self.help or self.eased[0]

    def after_talk(self, *, helped: bool) -> Likes:
        """The same after a talk; ``helped``: some of the help was used in it."""
        place = LADDER.index(self.eased)
        level = [n for n, rung in enumerate(LADDER) if rung[0] == self.eased[0]]
        on = level[0] if helped else min(place + 1, len(LADDER) - 1)
        return replace(self, eased=LADDER[on])

    def more_help(self) -> Likes:
        """All of the help again; it fades anew, unless they set it."""
        return replace(self, help=FULL if self.help else BY_ITSELF, eased=LADDER[0])


SWITCHES = tuple(one.name for one in fields(Likes) if one.type == "bool")
"""What is either so or so, by name."""
Both = tuple[Likes, Likes]


@dataclass(frozen=True, slots=True)
class Ways:
    """What holds for the table: what either has set.

    Args:
        wording: names of the tables of `ways.toml` that are open, in order.
        pace: the slower one of those that were set, else empty.
        sound: whether a bell may ring.
        slow: how many times longer a quiet while lasts.
        manner: how steps are pressed.
    """

    wording: tuple[str, ...] = ()
    pace: str = ""
    sound: bool = True
    slow: float = 1.0
    manner: Manner = field(default_factory=Manner)


def together(likes: Both) -> Ways:
    """What holds for the table of two people."""
    paces = [one.pace for one in likes if one.pace in PACES]
    open_ = {
        "literal": any(one.literal for one in likes),
        "no-gaze": not all(one.gaze for one in likes),
        "no-touch": not all(one.touch for one in likes),
    }
    return Ways(
        wording=tuple(name for name, wanted in open_.items() if wanted),
        pace=min(paces, key=PACES.index) if paces else "",
        sound=all(one.sound for one in likes),
        slow=SLOW if any(one.pauses for one in likes) else 1.0,
        manner=Manner(
            types=frozenset(who for who, one in enumerate(likes) if one.types),
            singly=any(one.singly for one in likes),
            usual=(likes[0].keep, likes[1].keep),
        ),
    )


# In the journal

KINDS = "quiet"
EASED = "help-eased"


def of(settings: Settings) -> Likes:
    """What somebody has set; whatever this version doesn't know is as usual."""
    other: Mapping[str, object] = settings.other
    usual = Likes()
    switches = {name: other.get(name, getattr(usual, name)) for name in SWITCHES}
    eased = tuple(str(other.get(EASED, "")).split())
    pace = other.get("pace")
    return replace(
        usual,
        **{name: value for name, value in switches.items() if isinstance(value, bool)},
        help=settings.help_level if settings.help_level in LEVELS else BY_ITSELF,
        eased=next((rung for rung in LADDER if rung == eased), LADDER[0]),
        quiet=frozenset(str(other.get(KINDS) or "").split()),
        pace=pace if isinstance(pace, str) and pace in PACES else "",
        keep=settings.keep or "",
    )


def kept(likes: Likes, settings: Settings) -> Settings:
    """The settings with these likes in them; the rest of them stays as it was."""
    usual = Likes()
    told: dict[str, str | int | bool | None] = {
        name: getattr(likes, name)
        for name in SWITCHES
        if getattr(likes, name) != getattr(usual, name)
    }
    told |= {"pace": likes.pace} if likes.pace else {}
    told |= {KINDS: " ".join(sorted(likes.quiet))} if likes.quiet else {}
    told |= {EASED: " ".join(likes.eased)} if likes.eased != usual.eased else {}
    ours = {*SWITCHES, "pace", KINDS, EASED}
    other = {name: value for name, value in settings.other.items() if name not in ours} | told
    return settings.model_copy(
        update={"help_level": likes.help or None, "keep": likes.keep or None, "other": other}
    )
