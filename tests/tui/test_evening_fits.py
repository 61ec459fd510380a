"""Every page of the evening is read whole on the smallest screen, without scrolling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.containers import VerticalScroll

from imago_tui.evening import Evening, Page
from imago_tui.tui.asking import ask
from imago_tui.tui.screens.card import CardScreen
from tests.test_evening import all_pages

TONIGHT = replace(Evening.begin(journal=False), given=("Ana", "Ben"), left=1)
SCROLLS = {"more"}
"""The longer page is for reading at leisure."""
PAGES = {name: page for name, page in all_pages().items() if name not in SCROLLS}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", [(48, 14), (80, 24)], ids=str)
async def test_a_page_is_read_whole(
    screens: Callable[..., Any], name: str, size: tuple[int, int]
) -> None:
    page: Page = PAGES[name]

    async def flow(app: Any) -> int:
        await ask(app, page, TONIGHT)
        return 0

    async with screens(flow, size) as seen:
        await seen.until(lambda: isinstance(seen.app.screen, CardScreen))
        texts = (page.title, *page.lines, page.small, *(one.label for one in page.options))

        def whole() -> bool:
            flat = "".join(seen.text.split())
            if page.by in {"seat", "each"}:  # labels break at the seats' width
                return all("".join(text.split()) in flat for text in texts[: -len(page.options)])
            return all("".join(text.split()) in flat for text in texts)

        await seen.until(whole, "all of it")
        for scroll in seen.app.screen.query(VerticalScroll):
            assert scroll.max_scroll_y == 0
