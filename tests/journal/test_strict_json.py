from __future__ import annotations

import json
import math
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imago_tui.journal.strict_json import DEPTH, NotOurs, dumps, loads

MOST = 1 << 20
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


@given(st.dictionaries(st.text(), values, max_size=6))
def test_what_is_written_reads_back_the_same(value: dict[str, Any]) -> None:
    assert loads(dumps(value), MOST) == value


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_kindly(data: bytes) -> None:
    try:
        found = loads(data, MOST)
    except NotOurs:
        return
    assert isinstance(found, dict)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b'"a"',
        b"{",
        b'{"a":1}{"b":2}',
        b'{"a":1,"a":1}',
        b'{"deep":{"a":1,"a":2}}',
        b'{"a":NaN}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        b'{"a":[' + b"[]," * 60 + b"[" * 60,
        b'{"a":"' + b"x" * MOST + b'"}',
    ],
)
def test_what_only_looks_like_ours_is_refused(text: bytes) -> None:
    with pytest.raises(NotOurs):
        loads(text, MOST)


@pytest.mark.parametrize(
    "text",
    [
        b'{"a":[[[[[' + b"[],{}," * 1_300_000,
        b'{"a":' + b'"' * 8_000_000,
        b'{"a":"' + b'\\"' * 4_000_000,
        b"[" * 100 + b'"' + b"\\" * 8_000_000,
        b'{"a":[' + b'"",' * 2_600_000 + b'""]}',
        b"{" + b",".join(b'"%d":1' % n for n in range(600_000)) + b"}",
        b"[" * 8_000_000,
        b"]" * 8_000_000,
        b'{"a":' + b"[" * 60 + b'"x' + b"]" * 60 + b"}",
    ],
)
def test_megabytes_of_trickery_are_refused_at_once(text: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(NotOurs):
        loads(text, 1 << 24)
    assert time.process_time() - begun < 3


def test_brackets_inside_texts_are_no_depth() -> None:
    value = {"a": ['[[{"\\' * 500, "]" * 500], "b": [[], {}] * 200}
    assert loads(dumps(value), MOST) == value


def test_the_deepest_that_is_read() -> None:
    inner = "[" * (DEPTH - 1) + "]" * (DEPTH - 1)
    assert loads(f'{{"a":{inner}}}'.encode(), MOST)
    with pytest.raises(NotOurs):
        loads(f'{{"a":[{inner}]}}'.encode(), MOST)


def test_a_lone_surrogate_is_written_as_unreadable_and_nothing_else_changes() -> None:
    assert loads(dumps({"a": "x\ud800y", "b": "é😀"}), MOST) == {"a": "x\ufffdy", "b": "é😀"}


def test_the_words_for_numbers_that_are_none_may_be_said() -> None:
    value = {"a": "NaN and Infinity", "b": [1.5]}
    assert json.loads(dumps(value)) == value


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_that_is_none_is_not_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"a": number})
