"""The small cards that the table asks: Enough, a return time, a time that was agreed, a word to
park, and a few lines when somebody is stuck.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from imago_tui import own_words
from imago_tui.dialogue.events import BadWhen, when
from imago_tui.dialogue.scene import ways_out
from imago_tui.now import local_now
from imago_tui.tui.commands import BY_ID
from imago_tui.tui.screens.card import ENOUGH, Answer, Card, Choice, Field
from imago_tui.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from imago_tui.dialogue.engine import Open
    from imago_tui.dialogue.scene import Scene
    from imago_tui.helping.stems import Stem
    from imago_tui.helping.stuck import Remedy, Stuck
    from imago_tui.session import Session
    from imago_tui.tui.app import ImagoApp

BACK = "return"


class EnoughCalled(Exception):
    """Esc on one of the small cards: somebody has had enough, whatever was asked."""


RETURNS = (20, 30, 60)
"""Minutes that are proposed for a time-out: a body needs twenty at least."""
LATER = timedelta(hours=3)
CLOCK = "%H:%M"
DAY = "%a %H:%M"


async def _ask(app: ImagoApp, card: Card) -> Answer:
    answer = await app.ask(card)
    if answer.choice == ENOUGH:
        raise EnoughCalled
    return answer


def clock(moment: datetime) -> str:
    """A time as it is read, by the clock that will hang on the wall then."""
    moment = moment.astimezone()
    return moment.strftime(CLOCK if moment.date() == local_now().date() else DAY)


async def enough(app: ImagoApp, scene: Scene) -> str:
    """Which way out: a step's name, `LEAVE`, or nothing for going back."""
    choices = [Choice(step, words(f"table.enough.{step}")) for step in ways_out(scene)]
    choices.append(Choice(BACK, words("table.enough.return")))
    answer = await app.ask(Card(words("table.enough.title"), choices=tuple(choices)))
    return "" if answer.choice in {BACK, ENOUGH} else answer.choice


async def ways_on(app: ImagoApp, scene: Scene) -> str:
    """The ways on when it was too much, as `enough` gives them; nothing for the bare table."""
    steps = ways_out(scene, at_once=True)
    choices = tuple(Choice(step, words(f"table.enough.{step}")) for step in steps)
    answer = await app.ask(Card(scene.ask, scene.stems[:1], choices))
    return "" if answer.choice == ENOUGH else answer.choice


def _in(here: datetime, span: timedelta) -> datetime:
    """After so long, by the clock that will hang on the wall then."""
    return (here + span).astimezone()


def _tomorrow(here: datetime) -> datetime:
    """Tomorrow at the same time of the day, also where the clocks change in between."""
    return when(f"tomorrow {here.strftime(CLOCK)}", here)


async def return_time(app: ImagoApp) -> datetime | None:
    """When both come back from a time-out that holds already; None: no time."""
    here = local_now()
    moments = {str(minutes): _in(here, timedelta(minutes=minutes)) for minutes in RETURNS}
    choices = [
        Choice(name, words("table.time-out.minutes", minutes=name, time=clock(moment)))
        for name, moment in moments.items()
    ]
    if (later := _in(here, LATER)).date() == here.date():
        moments["today"] = later
        choices.append(Choice("today", words("table.time-out.today", time=clock(later))))
    moments["tomorrow"] = tomorrow = _tomorrow(here)
    choices += [
        Choice("tomorrow", words("table.time-out.tomorrow", time=tomorrow.strftime(CLOCK))),
        Choice("none", words("table.time-out.none")),
        Choice("typed", words("table.when.typed")),
    ]
    card = Card(words("table.time-out.title"), words.lines("table.time-out.lines"), tuple(choices))
    answer = await app.ask(card)
    if answer.choice == "typed":
        return await typed_time(app, words("table.time-out.title"), minutes=True)
    return moments.get(answer.choice)


async def agreed_time(app: ImagoApp, person: str) -> datetime | None:
    """A time for what a choice puts off; None for going back."""
    here = local_now()
    moments = {"hour": _in(here, timedelta(hours=1)), "tomorrow": (tomorrow := _tomorrow(here))}
    choices = (
        Choice("hour", words("table.when.hour", time=clock(moments["hour"]))),
        Choice("tomorrow", words("table.when.tomorrow", time=tomorrow.strftime(CLOCK))),
        Choice("typed", words("table.when.typed")),
        Choice(BACK, words("table.return")),
    )
    answer = await _ask(app, Card(words("table.when.title"), choices=choices, person=person))
    if answer.choice == "typed":
        return await typed_time(app, words("table.when.title"))
    return moments.get(answer.choice)


async def typed_time(app: ImagoApp, title: str, *, minutes: bool = False) -> datetime | None:
    """A time that is typed, asked until it can be read; None for going back."""
    note = text = ""
    while True:
        field = Field(words("table.when.field"), text, needed=True)
        answer = await _ask(app, Card(title, field=field, note=note))
        text = answer.text
        try:
            return when(text, local_now(), minutes=minutes)
        except BadWhen as mishap:
            note = words("table.when.past" if mishap.past else "table.when.unread")


async def parked(app: ImagoApp) -> str:
    """A word to park; nothing for going back."""
    field = Field(words("table.park.field"))
    choices = (Choice("park", words("table.park.done")),)
    card = Card(words("table.park.title"), words.lines("table.park.lines"), choices, field)
    answer = await _ask(app, card)
    return answer.text.strip()


async def stuck(app: ImagoApp, found: Stuck) -> Remedy | None:
    """What helps at this step, and which of it is wanted."""
    choices = [Choice(BACK, words("stuck.return"))]
    choices += [Choice(one.id, one.label) for one in found.remedies]
    answer = await _ask(app, Card(words("stuck.title"), found.lines, tuple(choices)))
    return next((one for one in found.remedies if one.id == answer.choice), None)


async def word_to_hand(app: ImagoApp) -> str:
    """A word that was looked for; nothing for going back."""
    from imago_tui.tui.screens.tohand import WordsScreen

    answer = await app.push_screen_wait(WordsScreen())
    if answer.choice == ENOUGH:
        raise EnoughCalled
    return "" if answer.choice == BACK else answer.choice


async def our_words(app: ImagoApp, stem: Stem) -> str | None:
    """A line in own words; empty for the line as it was, None for going back."""
    choices = [Choice("put", words("ours.put"), BY_ID["send"].key())]
    if stem.original:
        choices.append(Choice("as-it-was", words("ours.as_it_was", line=stem.original)))
    choices.append(Choice(BACK, words("ours.back")))
    card = Card(
        words("ours.title"),
        words.lines("ours.lines", file=own_words.FILE),
        tuple(choices),
        Field("", stem.text, needed=True),
    )
    answer = await _ask(app, card)
    return {"put": answer.text, "as-it-was": ""}.get(answer.choice)


async def likes(app: ImagoApp, session: Session) -> None:
    """How one of them likes it."""
    from imago_tui.tui import liking

    answer = await liking.which(app, session.names)
    if answer.choice.isdigit():
        who = int(answer.choice)
        found = await liking.choose(
            app, session.names[who], session.likes[who], lambda one: session.like(who, one)
        )
        answer = found or answer
    if answer.choice == ENOUGH:
        raise EnoughCalled


async def which(app: ImagoApp, title: str, names: tuple[str, str]) -> int | None:
    """Which of the two; None for going back."""
    both = tuple(Choice(str(who), name) for who, name in enumerate(names))
    choices = (*both, Choice(BACK, words("table.return")))
    answer = await _ask(app, Card(title, choices=choices))
    return int(answer.choice) if answer.choice.isdigit() else None


def owner(now_open: Iterable[Open], step: str) -> int | None:
    """Whose a step is that is open for one of them."""
    return next((one.who for one in now_open if one.step == step), None)
