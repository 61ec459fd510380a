"""What of a dialogue people come back for: what to remember, thanks, the feeling, what was agreed.

The index of the room holds these few lines of each dialogue as they were said, so that a look back
over many years opens no entry. Of what opens with both keys only it holds none, and none of what no
list shows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from imago_tui.journal.entry import Entry

AGREED = "agreed"
"""The step of a keepsake that is an agreement."""
THEME = "theme"
"""The step of one that says which of the topics that are offered the dialogue is about."""
STEPS = frozenset({"remember", "thanks", "appreciate", "empathize"})

TABLE = """CREATE TABLE keepsakes (
  id TEXT, n INTEGER, step TEXT, who TEXT, about TEXT, said TEXT, until TEXT,
  PRIMARY KEY (id, n)
) WITHOUT ROWID"""
PUT = "INSERT INTO keepsakes VALUES (?, ?, ?, ?, ?, ?, ?)"
DROP = "DELETE FROM keepsakes WHERE id = ?"
ODD = """SELECT 1 FROM keepsakes WHERE typeof(id) != 'text' OR typeof(step) != 'text'
  OR typeof(who) != 'text' OR typeof(about) NOT IN ('text', 'null')
  OR typeof(said) NOT IN ('text', 'null') OR typeof(until) NOT IN ('text', 'null') LIMIT 1"""
"""Finds a row that this program did not put in."""
ALL = "SELECT id, step, who, about, said, until FROM keepsakes ORDER BY id, n"


class Keepsake(NamedTuple):
    """One line.

    Args:
        id: of the dialogue it is from.
        step: one of `STEPS`, `AGREED` or `THEME`.
        who: name of the one who said it, or does it; "" at a theme.
        about: name of the one it is about, or for.
        said: the words, to the letter, or the id of the theme; None of an agreement where it was
            said aloud.
        until: when it was agreed for, in words or ISO 8601.
    """

    id: str
    step: str
    who: str
    about: str | None = None
    said: str | None = None
    until: str | None = None


def rows_of(entry: Entry) -> list[tuple[Any, ...]]:
    """The rows of `TABLE` for a dialogue."""
    unlisted = entry.topic is not None and entry.listed is None
    if entry.state != "done" or entry.room == "together" or unlisted:
        return []
    theme = [(THEME, "", None, entry.theme, None)] if entry.theme else []
    said = [
        (turn.step, turn.who, turn.about, turn.text, None)
        for turn in entry.turns
        if turn.step in STEPS and turn.text
    ]
    agreed = [(AGREED, one.by, one.for_, one.what, one.until) for one in entry.agreements]
    return [(entry.id, n, *row) for n, row in enumerate((*theme, *said, *agreed))]
