"""A whole evening in lines: its pages read out, its talks held line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from imago_tui import own_places, paths
from imago_tui.evening import Answer, Evening
from imago_tui.evening.steps import alone
from imago_tui.going_on import nothing_unfinished
from imago_tui.hall import Hall
from imago_tui.now import local_now
from imago_tui.plain import pages
from imago_tui.plain.console import Console, Ended
from imago_tui.plain.talk import Talk
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from imago_tui.evening import Page
    from imago_tui.session import Session


@dataclass(slots=True)
class Tonight:
    """One evening in lines.

    Args:
        console: the two streams.
        hall: what it has at hand.
        passphrases: those that nobody needs to type.
    """

    console: Console
    hall: Hall
    passphrases: Sequence[str] = ()

    def hold(self, evening: Evening) -> Evening:
        """From the first page to the last; the evening when it is over.

        Raises:
            Ended: no more lines came.
            ImagoError: 2 there is nothing to go on with; 4 to 7 the journal.
        """
        if self.hall.journal is not None:
            evening = self.hall.enter(evening, self.hall.journal)
        elif evening.journal and self.passphrases:
            evening = self.hall.open(evening, self.passphrases)
        while evening.need != "over":
            evening = self._on(evening)
        return evening

    def _on(self, evening: Evening) -> Evening:
        match evening.need:
            case "open":
                return self.hall.try_to_open(evening)
            case "table":
                return self._hold(evening)
            case "let-go":
                return self.hall.let_go(evening)
            case "make":
                return self.hall.make(evening)
        return self.hall.after(evening, evening.take(self._answer(evening, evening.page())))

    def _answer(self, evening: Evening, page: Page) -> Answer:
        return pages.answer(self.console, page, evening.names)

    def _hold(self, evening: Evening) -> Evening:
        began = local_now()
        with self.hall.lock():
            session = self.hall.talk(evening)
            Talk(self.console, session).hold()
            self._until_written(evening, session)
        return self.hall.held(evening, session, began)

    def _until_written(self, evening: Evening, session: Session) -> None:
        """What the disk didn't take at the very end is tried again, as often as they like."""
        while page := self.hall.not_written(evening, session):
            if self._answer(evening, page).choice != "again":
                return
            session.retry()


def hold(exercise: str, files: Sequence[Path], *, keeps: bool, resume: bool, fresh: bool) -> int:
    """Hold an evening in lines; the status is the program's.

    Args:
        exercise: its id, when it was named beforehand; "" otherwise.
        files: with passphrases.
        keeps: whether anything may be kept, and the journal opened.
        resume: go on with the newest unfinished talk.
        fresh: begin anew; an unfinished talk stays.

    Raises:
        ImagoError: 2 nothing to resume; 4 no passphrase and nobody to type one; 5 to 7 the journal.
        KeyboardInterrupt: Ctrl+C; the screen is clear.
    """
    from imago_tui.journal.layout import stands
    from imago_tui.journal.passphrase import given, nobody_types

    keeps = keeps and not alone(exercise)
    there = keeps and stands(paths.journal_dir())
    if resume and not there:
        raise nothing_unfinished()
    passphrases = given(files) if there else ()
    console, hall = Console(), Hall(fresh=fresh)
    if there and not passphrases and not console.keyboard:
        nobody_types()
    begun = Evening.begin(
        eyes=False,
        journal=there,
        keeps=keeps,
        exercise=exercise,
        resume=resume,
        places=own_places.lines(),
    )
    try:
        with console:
            try:
                evening = Tonight(console, hall, passphrases).hold(begun)
                if evening.then == "open":
                    _look_at_what_is_open(console, hall)
            except Ended as ended:
                if ended.told:
                    told = "plain.input_over" if hall.journal else "plain.input_over_unkept"
                    console.say("", words(told))
                return ended.status or hall.status
    except KeyboardInterrupt:
        hall.abandon()
        raise
    finally:
        hall.close()
        if hall.copy_trouble is not None:
            from imago_tui.keeping import tell_of_copy

            tell_of_copy(hall.copy_trouble)
    return hall.status


def _look_at_what_is_open(console: Console, hall: Hall) -> None:
    """After a good talk they wanted to see what they had agreed."""
    from imago_tui.home import Home
    from imago_tui.house import House
    from imago_tui.plain.home import AtHome

    if hall.journal is not None:
        house = House(eyes=False, journal=hall.journal)
        begun = Home.begin(journal=True, at="open").opened(house.look(hall.journal))
        AtHome(console, house).run(begun)
