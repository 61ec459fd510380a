"""Text made safe to show."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from imago_tui.inert import BIDI, inert


def test_controls_become_pictures_and_line_ends_stay() -> None:
    assert inert("a\x1b[2J\tb\r\nc\x00\x7f\x9b\u202e") == (
        "a\u241b[2J\u2409b\u240d\nc\u2400\u2421\ufffd\ufffd"
    )


@given(st.text(st.characters()))
def test_nothing_is_left_that_a_terminal_could_obey(text: str) -> None:
    shown = inert(text)
    shown.encode()
    assert len(shown) == len(text)
    assert all(sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cs"} for sign in shown)
    assert not set(shown) & set(BIDI)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"])))
def test_words_stay_as_they_are(text: str) -> None:
    assert inert(text) == text
