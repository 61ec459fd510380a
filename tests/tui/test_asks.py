"""The hours that the small cards propose."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from imago_tui.tui.screens import asks
from imago_tui.tui.screens.card import Answer, Card

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

EVENING = "2026-10-24T20:00+02:00"
"""In the night to come the clocks are put back by an hour."""


class Chooses:
    """An app on which one choice is pressed, whatever is asked; what it said is kept."""

    def __init__(self, choice: str) -> None:
        self.choice, self.told = choice, ""

    async def ask(self, card: Card) -> Answer:
        self.told = next(one.label for one in card.choices if one.id == self.choice)
        return Answer(self.choice)


def return_time(app: Any) -> Awaitable[datetime | None]:
    return asks.return_time(app)


def agreed_time(app: Any) -> Awaitable[datetime | None]:
    return asks.agreed_time(app, "Ana")


@pytest.fixture
def at(berlin: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:  # noqa: ARG001
    """It is that moment on this machine."""

    def stand(moment: str) -> None:
        now = datetime.fromisoformat(moment).astimezone()
        monkeypatch.setattr(asks, "local_now", lambda: now)

    return stand


@pytest.mark.parametrize("asked", [return_time, agreed_time])
async def test_tomorrow_at_this_time_is_what_the_clock_shows_then(
    at: Callable[[str], None], asked: Callable[[Any], Awaitable[datetime | None]]
) -> None:
    at(EVENING)
    app = Chooses("tomorrow")
    moment = await asked(app)
    assert moment is not None
    assert moment.isoformat() == "2026-10-25T20:00:00+01:00"
    assert app.told.endswith("20:00")
    assert asks.clock(moment) == "Sun 20:00"


@pytest.mark.parametrize(("asked", "choice"), [(return_time, "60"), (agreed_time, "hour")])
async def test_an_hour_from_now_is_one_where_the_clocks_change(
    at: Callable[[str], None],
    asked: Callable[[Any], Awaitable[datetime | None]],
    choice: str,
) -> None:
    at("2026-10-25T02:30+02:00")
    app = Chooses(choice)
    moment = await asked(app)
    assert moment is not None
    assert moment.isoformat() == "2026-10-25T02:30:00+01:00"
    assert "02:30" in app.told


async def test_a_proposed_hour_is_told_as_the_clock_will_show_it(
    at: Callable[[str], None],
) -> None:
    at("2026-10-25T02:30+02:00")
    app = Chooses("today")
    await return_time(app)
    assert "04:30" in app.told


def test_an_hour_agreed_with_another_offset_is_told_by_the_clock_here(
    at: Callable[[str], None],
) -> None:
    at(EVENING)
    assert asks.clock(datetime.fromisoformat("2026-10-25T20:00+02:00")) == "Sun 19:00"
    assert asks.clock(datetime.fromisoformat("2026-10-24T23:30+01:00")) == "Sun 00:30"
