"""The evening around the talk: what is asked before the table, between talks, and at the end.

A value that both front ends drive, without a screen, a clock or a disk. `need` says what comes:

    evening = Evening.begin(journal=Journal.exists(folder))
    while evening.need != "over":
        match evening.need:
            case "page":    # show it, take what was pressed or typed
                evening = evening.take(ask(evening.page()))
                # or, when they have had enough: evening.stop()
            case "open":    # try `evening.passphrase` on the journal, then one of
                evening = evening.opened(journal.partners, unclear=journal.unclear, ...)
                evening = evening.not_opened(trouble.message, trouble.hint)
            case "table":   # hold the talk that `evening.plan` describes, then
                evening = evening.held(keep=..., through=came_through(session.state))
            case "let-go":  # both want the unfinished one gone: remove it, then
                evening = evening.let_go()
            case "make":    # make the journal of `evening.keys`, seal the talks, then one of
                evening = evening.made(str(folder))
                evening = evening.not_made(trouble.message, trouble.hint)

Persons are 0 and 1 in the order of their names. What a page says stands in `words/en/evening.toml`;
it may hold names, so show it through `inert`.
"""

from __future__ import annotations

from imago_tui.evening.page import Answer, Field, Option, Page
from imago_tui.evening.state import Evening, Need, Plan
from imago_tui.evening.through import came_through

__all__ = ["Answer", "Evening", "Field", "Need", "Option", "Page", "Plan", "came_through"]
