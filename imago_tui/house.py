"""What home has at hand: the journal, opened when something needs it, and open from then on.

`home` says what comes next; this does what it asks for, alike for both front ends. It knows no
screen, and asks nobody. Opening and reading take a moment, so a screen does them in a thread.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from imago_tui import menu, own_places, path, paths, remembering, retelling
from imago_tui.errors import ImagoError
from imago_tui.evening import Evening
from imago_tui.evening.steps import alone
from imago_tui.hall import Hall
from imago_tui.home import Seen
from imago_tui.now import local_now
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

    from imago_tui.home import Deed, Home
    from imago_tui.journal.own import OwnRoom
    from imago_tui.journal.store import Journal

# The journal and all it stands on are heavy, and home has to be there at once: whatever needs them
# imports them where it needs them.

LATELY = timedelta(days=400)
"""So far back, what they have held counts for what might come next."""


class Stands(NamedTuple):
    """What stands on this machine: a journal of two; anybody's own room; neither, but copies."""

    journal: bool
    room: bool
    copies: bool


def what_stands() -> Stands:
    """By names of files alone: what can tell more is heavy, and home has to be there at once."""
    folder = paths.journal_dir()
    room = (folder / "keys" / "kdf.toml").exists()
    # Words without keys are a journal too: opening it says what is the matter.
    journal = (folder / "keys" / "shared.age").exists() or (
        (folder / "entries").exists() and not room
    )
    copies = not folder.exists() and any(paths.copies_of(folder).glob("[0-9]*/keys"))
    return Stands(journal, room, copies)


class House:
    """One evening's journal, and what is written from home. `close` it at the end.

    Args:
        eyes: False in lines, where nobody sits on a side.
        journal: one that is open already.
    """

    def __init__(self, *, eyes: bool = True, journal: Journal | None = None) -> None:
        self.journal = journal
        self.status = 0
        """The program's, when they leave now: 4 or 5 as long as the journal would not open."""
        self.copy_trouble: ImagoError | None = None
        self._eyes = eyes

    def close(self) -> None:
        """Close the journal, if it was opened."""
        if self.journal is not None:
            self.journal.close()
            self.journal = None

    # The journal

    def open(self, passphrases: Sequence[str]) -> Seen:
        """Open the journal, and look into it.

        Raises:
            ImagoError: 4 no passphrase opens it; 5 its keys are damaged.
        """
        from imago_tui.journal.store import Journal

        self.journal = Journal.open(paths.journal_dir(), passphrases)
        return self.look(self.journal)

    def try_to_open(self, home: Home) -> Home:
        """Open it with what was typed; told on that page when that opens nothing."""
        try:
            seen = self.open((home.passphrase,))
        except ImagoError as trouble:
            self.status = trouble.status
            return home.not_opened(trouble.message, trouble.hint)
        self.status = 0
        return home.opened(seen)

    def seen(self) -> Seen | None:
        """What the journal says now; None as long as it is closed."""
        return self.look(self.journal) if self.journal is not None else None

    def back(self, home: Home) -> Home:
        """Back from where home led; a room may have been begun there, or somebody have joined."""
        stands = what_stands()
        there = stands.journal or self.journal is not None
        return home.back(self.seen(), journal=there, room=stands.room)

    def brought(self, home: Home) -> Home:
        """On from where a copy could be brought back, whether or not it was."""
        stands = what_stands()
        return home.brought(journal=stands.journal, room=stands.room)

    def look(self, journal: Journal) -> Seen:
        """What an open journal has to say at home. What is damaged is left to its own pages."""
        from imago_tui import in_view, pocket
        from imago_tui.journal import notes

        now = local_now()
        listing = journal.heads().heads
        lately = [head for head in listing if now - head.started <= LATELY]
        known = {item.id for item in menu.items() if item.group in menu.TOGETHER}
        way = notes.path(journal) or path.USUAL
        here = next(iter(journal.present)) if len(journal.present) == 1 else None
        return Seen(
            partners=journal.partners,
            here=here,
            perhaps=path.suggest(lately, now, known, way),
            way=way,
            part=path.part(listing, known, way),
            memory=memory(journal),
            standing=in_view.standing(journal, now),
            thanks=remembering.thanks(journal),
            card=pocket.theirs(journal),
            unclear=journal.unclear,
        )

    def do(self, home: Home) -> Home:
        """Carry out `home.deed`."""
        deed = home.deed
        try:
            if deed is not None and deed.what == "card":
                _card(deed)
            elif deed is not None and self.journal is not None:
                _write(self.journal, deed)
        except ImagoError as trouble:
            return home.not_done(trouble.message, trouble.hint)
        return home.done(self.seen())

    # A talk

    def evening(self, home: Home, own: OwnRoom | None = None) -> tuple[Evening, Hall]:
        """The evening on which `home.exercise` is held, and what it has at hand.

        `own`: the open room of one person, for what is held alone.
        """
        shared = not (home.only or alone(home.exercise))
        begun = Evening.begin(
            journal=home.journal and shared,
            keeps=shared,
            exercise=home.exercise,
            resume=home.resume,
            places=own_places.lines(),
            home=True,
            meeting=home.only,
            eyes=self._eyes,
        )
        begun = replace(begun, first=_whose_turn(home))
        entry = None
        if home.resume and home.one is not None and self.journal is not None:
            entry = self.journal.load(home.one.entry)
        hall = Hall(journal=self.journal if shared else None, entry=entry, own=own)
        hall.keep_open()
        return begun, hall

    def after(self, home: Home, evening: Evening, hall: Hall) -> Home:
        """Back from an evening; a journal that was opened or made on it stays open."""
        self.copy_trouble = hall.copy_trouble or self.copy_trouble
        self.journal = hall.journal or self.journal
        self.status = hall.status
        to: Literal["home", "open", "over", "ways"] = evening.then or "over"
        if to == "over" and home.only:
            to = "ways"
        elif to == "over" and alone(evening.exercise):
            to = "home"
        there = home.journal or self.journal is not None
        return home.back(self.seen(), journal=there, to=to)


def _whose_turn(home: Home) -> int | None:
    """Who is heard first, where a turn was booked for one of them."""
    one, seen = home.one, home.seen
    if one is None or seen is None or one.kind != "reply" or one.by not in seen.partners:
        return None
    return seen.partners.index(one.by)


def memory(journal: Journal) -> str:
    """A line that was to be remembered, or a thanks, from this day of another year; "" for none."""
    from imago_tui.review import remembered
    from imago_tui.review.shown import Heading

    kept = remembered.by_dialogue(journal.keepsakes())
    day = ""
    today = local_now().date()
    for one in remembered.on_this_day(journal.heads().heads, kept, today):
        if isinstance(one, Heading):
            day = one.text
        elif one.text.strip():
            text = " ".join(one.text.split())
            return words("home.memory", day=day, text=text, said=one.foot)
    for note in journal.notes("thanked"):
        made, text = note.made.astimezone(), " ".join((note.text or "").split())
        if (made.month, made.day) == (today.month, today.day) and made.year < today.year and text:
            said = words("review.remembered.thanks", who=note.who)
            return words("home.memory", day=retelling.day(made), text=text, said=said)
    return ""


def _card(deed: Deed) -> None:
    """Write the card for the pocket. Raises ImagoError 2, 7."""
    from imago_tui import pocket

    place, time_out, line = deed.texts
    pocket.write(pocket.Pocket(time_out, line), place, paths.journal_dir())


def _write(journal: Journal, deed: Deed) -> None:
    """Write one of home's deeds down. Raises ImagoError 6, 7."""
    from imago_tui import in_view
    from imago_tui.journal import notes

    now = local_now()
    match deed.what:
        case "here":
            journal.here(deed.who)
        case "thanks":
            notes.leave_thanks(journal, deed.who, deed.texts[0], made=now)
        case "thanked":
            remembering.thanked(journal)
        case "way":
            notes.choose_path(journal, deed.how, made=now)
        case _ if deed.one is None:
            raise AssertionError(deed.what)
        case "let-go":
            in_view.let_go(journal, deed.one, now)
        case "later":
            notes.asked(journal, deed.one.id, made=now)
        case "look-back":
            how = next(how for how in notes.HOW if how == deed.how)
            notes.looked_back(journal, deed.one.id, how, *deed.texts, made=now)
