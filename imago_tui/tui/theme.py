"""Colours: three themes, each readable (every text at least 4.5 to 1), no colour
meaning anything alone. What is dimmed is a colour of its own, never see-through.
"""

from __future__ import annotations

import os

from textual.theme import Theme


def _theme(name: str, *,  # noqa: PLR0913  a theme is its colours
           dark: bool, ground: str, text: str, quiet: str, light: str, seat: str,
           line: str) -> Theme:  # fmt: skip
    """``ground`` behind ``text``; ``quiet``: what waits; ``light``: whose turn it is, the flame;
    ``seat``: behind the one whose turn it is and behind a field; ``line``: thin borders.
    """
    return Theme(
        name=name,
        primary=light,
        secondary=text,
        accent=light,
        warning=light,
        error=light,
        success=light,
        foreground=text,
        background=ground,
        surface=seat,
        panel=seat,
        boost=seat,
        dark=dark,
        luminosity_spread=0.0,
        text_alpha=1.0,
        variables={
            "imago-quiet": quiet,
            "imago-light": light,
            "imago-seat": seat,
            "imago-line": line,
            "block-cursor-foreground": ground,
            "block-cursor-background": light,
            "input-cursor-background": light,
            "input-cursor-foreground": ground,
            "input-selection-background": line,
            "border": line,
            "border-blurred": line,
            "scrollbar": line,
            "scrollbar-hover": line,
            "scrollbar-active": light,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
        },
    )


DARK = _theme("imago-dark", dark=True, ground="#15171b", text="#ece7db", quiet="#a5a096",
              light="#f0c678", seat="#1f2329", line="#4a4f58")  # fmt: skip
LIGHT = _theme("imago-light", dark=False, ground="#f7f3ea", text="#23262b", quiet="#5a5d62",
               light="#7a4200", seat="#ffffff", line="#b9b2a4")  # fmt: skip
CONTRAST = _theme("imago-contrast", dark=True, ground="#000000", text="#ffffff", quiet="#d8d8d8",
                  light="#ffe000", seat="#000000", line="#ffffff")  # fmt: skip
THEMES = (DARK, LIGHT, CONTRAST)

WHITE_GROUNDS = frozenset({"7", "15"})


def chosen(setting: str) -> str:
    """The theme's name for a setting; `auto` asks the terminal's own word for its ground."""
    if setting == "auto":
        ground = os.environ.get("COLORFGBG", "").rpartition(";")[2]
        setting = "light" if ground in WHITE_GROUNDS else "dark"
    return f"imago-{setting}"
