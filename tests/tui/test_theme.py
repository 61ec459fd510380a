"""Every text is readable in every theme: at least 4.5 to 1, counted as WCAG counts it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from textual.color import Color

from imago_tui.config import Settings
from imago_tui.tui.app import still_where_plain
from imago_tui.tui.theme import THEMES, chosen

if TYPE_CHECKING:
    from textual.theme import Theme

LEAST = 4.5


def luminance(color: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(one / 255) for one in (color.r, color.g, color.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))))[::-1]
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda one: one.name)
def test_every_pair_of_text_and_ground(theme: Theme) -> None:
    grounds = [theme.background, theme.variables["imago-seat"]]
    texts = [theme.foreground, theme.variables["imago-quiet"], theme.variables["imago-light"]]
    for ground in grounds:
        for text in texts:
            assert contrast(str(text), str(ground)) >= LEAST, (theme.name, text, ground)
    assert contrast(str(theme.background), theme.variables["imago-light"]) >= LEAST


@pytest.mark.parametrize("name", ["dark", "light", "contrast"])
async def test_what_is_painted_has_that_contrast(tables: Any, name: str) -> None:
    async with tables(settings=Settings(theme=name)) as table:
        await table.to_send()
        await table.shows("Got it")
        for strip in table.app.screen._compositor.render_strips():
            for part in strip:
                style = part.style
                if not part.text.strip() or style is None or not style.color or not style.bgcolor:
                    continue
                ink, ground = style.color.get_truecolor(), style.bgcolor.get_truecolor()
                found = contrast(ink.hex, ground.hex)
                assert found >= LEAST, (part.text, ink.hex, ground.hex)


@pytest.mark.parametrize(
    ("ground", "name"), [("0;15", "light"), ("15;0", "dark"), ("", "dark"), ("15;default", "dark")]
)
def test_auto_follows_the_terminals_word(
    monkeypatch: pytest.MonkeyPatch, ground: str, name: str
) -> None:
    monkeypatch.setenv("COLORFGBG", ground)
    assert chosen("auto") == f"imago-{name}"
    assert chosen("contrast") == "imago-contrast"


@pytest.mark.parametrize("plain", ["", "1"])
def test_without_colours_nothing_moves_either(monkeypatch: pytest.MonkeyPatch, plain: str) -> None:
    monkeypatch.setenv("NO_COLOR", plain)
    assert still_where_plain(Settings()).motion is not bool(plain)
    assert not still_where_plain(Settings(motion=False)).motion
