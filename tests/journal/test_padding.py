from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from imago_tui.journal.padding import FLOOR, pad_json, padded


@given(st.integers(0, 1 << 40))
def test_a_padded_size_is_at_most_an_eighth_more_and_never_less(length: int) -> None:
    size = padded(length)
    assert size >= length
    assert size >= FLOOR
    assert size == FLOOR or size <= length * 1.125


@given(st.integers(0, 1 << 40), st.integers(0, 1 << 40))
def test_more_is_never_padded_to_less(one: int, other: int) -> None:
    small, large = sorted((one, other))
    assert padded(small) <= padded(large)


@given(st.integers(0, 1 << 40))
def test_a_padded_size_is_its_own_padded_size(length: int) -> None:
    assert padded(padded(length)) == padded(length)


def test_few_sizes_are_left_of_very_many() -> None:
    # 64 KiB to 1 MiB: almost a million lengths.
    assert len({padded(length) for length in range(1 << 16, 1 << 20, 7)}) < 150


@given(st.dictionaries(st.text(), st.text(), max_size=20))
def test_blanks_change_nothing_of_what_is_said(value: dict[str, str]) -> None:
    text = pad_json(json.dumps(value).encode())
    assert json.loads(text) == value
    assert len(text) == padded(len(text))
