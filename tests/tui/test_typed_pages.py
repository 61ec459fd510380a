"""Pages with lines to type: read whole on the smallest screen, and what a line is for stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from imago_tui.evening import Page
from imago_tui.rooms import copies, keys, own, taking
from imago_tui.tui.rooms.showing import show
from imago_tui.tui.screens.card import ENOUGH, Answer
from imago_tui.tui.screens.typed import TypedScreen
from tests.test_evening import all_pages as of_the_evening
from tests.test_home import all_pages as of_home

WHOSE = "Ana's own room. Esc closes it."
TYPED = "what I say"


def of_rooms() -> Iterator[Page]:
    """The pages of every room."""
    for way in (
        own.begin("Ana"),
        keys.begin("Ana"),
        copies.begin("Ana"),
        copies.begin_bringing(),
        taking.begin("Ana", private=False),
    ):
        for errand, asks in way.errands.items():
            for step, _ in enumerate(asks):
                yield replace(way, at="ask", errand=errand, step=step).page()


def typed_pages() -> dict[str, Page]:
    """Every page that has lines to type, by what it says."""
    pages = (*of_the_evening().values(), *of_home().values(), *of_rooms())
    return {page.title: page for page in pages if page.fields}


async def test_a_label_stays_while_something_is_typed(screens: Callable[..., Any]) -> None:
    pages = typed_pages()
    assert len(pages) > 20

    async def flow(app: Any) -> int:
        for page in pages.values():
            await show(app, page, whose=WHOSE)
        return 0

    async with screens(flow, (48, 14)) as seen:
        for page in pages.values():
            texts = (page.title, *page.lines, *(one.label for one in page.options))
            labels = tuple(field.label for field in page.fields)

            def whole(texts: tuple[str, ...] = (*texts, *labels)) -> bool:
                flat = "".join(seen.text.split())
                return all("".join(text.split()) in flat for text in texts)

            def there(page: Page = page) -> bool:
                screen = seen.app.screen
                if not isinstance(screen, TypedScreen) or screen.card.title != page.title:
                    return False
                return all(line.size.width for line in screen.lines) and bool(screen.lines)

            await seen.until(lambda: there() and whole(), f"all of {page.title}")
            screen = seen.app.screen
            assert isinstance(screen, TypedScreen)
            for line in screen.lines:
                line.value = TYPED
            wide = [line.size.width for line in screen.lines]
            assert min(wide) > len(TYPED), f"{page.title}: {wide}"
            await seen.until(lambda: TYPED in seen.text or "•" in seen.text)
            assert whole(labels), seen.text
            screen.dismiss(Answer(ENOUGH))
