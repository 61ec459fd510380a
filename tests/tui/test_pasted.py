"""What stands in a paste is text, however the terminal cuts it; outside of one nothing changes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._xterm_parser import XTermParser

from imago_tui.tui.pasted import BEGIN, END, PasteParser
from imago_tui.tui.widgets.fields import BACK

SIGNS = ("\x1b", "\x1b[", "\x1b[20", "\x1b[201", "\x1b[A", "a", "\r", "~", "ü", BEGIN)
PIECES = st.sampled_from(SIGNS)
TEXT = st.lists(PIECES, max_size=12).map("".join).filter(lambda text: END not in text)
CUTS = st.lists(st.integers(1, 5), min_size=1, max_size=60)


def cut(data: str, sizes: list[int]) -> list[str]:
    """``data`` as it may arrive, in pieces of these sizes."""
    found = []
    for size in sizes * len(data):
        if not data:
            break
        found.append(data[:size])
        data = data[size:]
    return found


@given(TEXT, CUTS)
def test_a_paste_is_one_text_to_the_letter(text: str, sizes: list[int]) -> None:
    parser = PasteParser()
    got = [token for part in cut(f"{BEGIN}{text}{END}b", sizes) for token in parser.feed(part)]
    assert [type(token) for token in got] == [events.Paste, events.Key] if text else got
    if text:
        assert isinstance(got[0], events.Paste)
        assert got[0].text.translate(BACK) == text
    last = got[-1]
    assert isinstance(last, events.Key)
    assert last.key == "b"


@given(st.lists(PIECES.filter(lambda one: one != BEGIN), max_size=9).map("".join), CUTS)
def test_outside_of_a_paste_nothing_changes(text: str, sizes: list[int]) -> None:
    ours, theirs = PasteParser(), XTermParser()
    for part in cut(f"{text}z", sizes):
        one, other = list(ours.feed(part)), list(theirs.feed(part))
        assert [repr(token) for token in one] == [repr(token) for token in other]
