from __future__ import annotations

import time
import tomllib

import pytest

from imago_tui import careful_toml

HOSTILE = {
    "a key without end": "a." * 150_000 + "a = 1\n",
    "blanks between": "a . " * 100_000 + "a = 1\n",
    "quoted": "\"a\" . 'b'." * 50_000 + "a = 1\n",
    "a table": "[" + "a." * 150_000 + "a]\n",
    "tables": "[[" + "a." * 150_000 + "a]]\n",
    "within one line": "x = {" + "a." * 150_000 + "a = 1}\n",
    "behind others": "x = [1, {b = 2, " + "a." * 150_000 + "a = 1}]\n",
    "many that are long": "".join(f"k{n}." + "b." * 60 + "c = 1\n" for n in range(5000)),
    "too deep": "a = " + "[" * 100_000,
    "beyond counting": "a = " + "9" * 5000,
    "quotes without end": "'a'." * 20 + "'" * 200_000,
    "no TOML": "a = = 1",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_would_take_hours_is_refused_at_once(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(ValueError, match=r"."):
        careful_toml.loads(text)
    assert time.process_time() - begun < 1


def test_what_people_write_is_read_as_ever() -> None:
    text = 'say = """\n' + "No. " * 30 + '"""\n[a.b."c.d"]\ne.f = {g.h = 1, i = "j.k.l."}\n'
    assert careful_toml.loads(text) == tomllib.loads(text)
