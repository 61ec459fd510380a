"""What people do with their journal beside talking: each act once, for the command line and for the
screen. No screen, no keyboard, nobody is asked here; who calls has what is needed already.

own      writing and moving in one's own room
keys     one's own passphrase and keys, and those of the shared room
copies   copies, looking at every file, taking something away
taking   what leaves the journal as a file
"""

from __future__ import annotations

from dataclasses import dataclass

from imago_tui.errors import DAMAGED


@dataclass(frozen=True, slots=True)
class Done:
    """What there is to tell of something that was done.

    Args:
        lines: what was done and what it means.
        amiss: what it could not reach, a line each.
        damaged: whether files were met that are not whole.
        hows: commands that lead on, for those who sit at a command line; no screen names one.
    """

    lines: tuple[str, ...]
    amiss: tuple[str, ...] = ()
    damaged: bool = False
    hows: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The exit status that belongs to it."""
        return DAMAGED if self.damaged else 0

    @property
    def told(self) -> tuple[str, ...]:
        """All of it, what could not be reached at the end."""
        return (*self.lines, *self.amiss)
