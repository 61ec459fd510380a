"""A practice couple on the screen."""

from __future__ import annotations

from typing import Any

from imago_tui.config import Settings
from imago_tui.practice.flow import Practice
from imago_tui.practice.playing import Playing
from imago_tui.tui.practising import practise
from imago_tui.tui.screens.watch import WatchScreen
from imago_tui.words import words


async def flow(app: Any) -> int:
    await practise(app, Practice.begin(number=0))
    return 0


async def test_they_play_by_themselves_wait_when_asked_and_are_left_at_any_time(
    screens: Any, monkeypatch: Any
) -> None:
    steps = len(Playing("well")._left)
    monkeypatch.setattr(
        Playing, "seconds", lambda self, _: 0.01 if len(self._left) > steps - 6 else 600.0
    )
    async with screens(flow, size=(80, 24)) as seen:
        await seen.shows(words("practice.page.choose.title"))
        await seen.press("1")
        await seen.shows("the radio at breakfast")
        await seen.press("space")
        watch = seen.app.screen
        assert isinstance(watch, WatchScreen)
        await seen.until(lambda: watch.waits)
        state = watch.session.state
        await seen.shows(words("practice.paused", key="Enter"))
        assert watch._timer is None
        await seen.press("enter")
        await seen.until(lambda: watch.session.state is not state)
        await seen.press("escape")
        await seen.shows(words("practice.page.watched.title", one="Greta", two="Ivo"))


async def test_nothing_moves_by_itself_where_nothing_may(screens: Any) -> None:
    async with screens(flow, settings=Settings(motion=False)) as seen:
        await seen.shows(words("practice.page.choose.title"))
        await seen.press("4")
        await seen.until(lambda: isinstance(seen.app.screen, WatchScreen))
        watch = seen.app.screen
        await seen.until(lambda: watch.waits)
        await seen.press("enter", "enter")
        await seen.shows(words("practice.over"))
        await seen.press("enter")
        await seen.shows(words("practice.page.watched.title", one="Dana", two="Suri"))


async def test_a_drill_tells_what_was_noticed(screens: Any) -> None:
    async with screens(flow) as seen:
        await seen.shows(words("practice.page.choose.title"))
        await seen.press("5")
        await seen.shows("Give it back")
        await seen.type("But you never come home before me.")
        await seen.press("enter")
        await seen.shows(words("practice.page.told.title"))
        await seen.shows("answers. For now")
        await seen.press("2")
        await seen.until(lambda: not seen.app.is_running or seen.app._exit)
