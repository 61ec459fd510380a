"""The home page, and what it leads to: what to hold, what is open, thanks, and a look around.

A value that both front ends drive, like `evening`: without a screen, a clock or a disk.

    home = Home.begin(journal=...)
    while home.need != "over":
        match home.need:
            case "page":     # show it, take what was pressed or typed
                home = home.take(ask(home.page()))
                # or, when they have had enough: home.stop()
            case "open":     # try `home.passphrase` on the journal, then one of
                home = home.opened(seen)
                home = home.not_opened(trouble.message, trouble.hint)
            case "do":       # carry out `home.deed`, then one of
                home = home.done(seen)
                home = home.not_done(trouble.message, trouble.hint)
            case "hold" | "journal" | "read" | "own-room" | "about" | "look" | "practice":
                ...          # what each is called after, then
                home = home.back(seen)

`Seen` is what an open journal has to say here. What a page says stands in `words/en/home.toml`; it
may hold names and words of theirs, so show it through `inert`.
"""

from __future__ import annotations

from imago_tui.home.seen import Deed, Seen
from imago_tui.home.state import Home, Need

__all__ = ["Deed", "Home", "Need", "Seen"]
