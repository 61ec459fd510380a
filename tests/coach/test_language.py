"""What a language needs, and what is done without."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from imago_tui import hints
from imago_tui.coach import Language, find, likeness

if TYPE_CHECKING:
    from pathlib import Path

SMALL = r"""
[groups]
du = ["du", "dich", "dir"]
[words]
own = ["ich", "mir", "mich", "mein"]
stop = ["ich", "du", "mir", "dir", "und", "wenn", "ist", "bin", "bist"]
endings = ["est", "st", "en"]
[mirror]
cut = [","]
other = ["<du>"]
[advice]
anywhere = ["<du> solltest"]
"""


def test_english_is_never_lent_to_another_language() -> None:
    unknown = hints.language("xx")
    assert not unknown.known
    for kind in ("mirror", "sender", "empathy"):
        assert find(kind, "I feel sad today.", "You should, you never listen!", unknown) is None
    assert likeness("I feel sad.", "So you feel sad.", unknown) == 0.0


def test_without_a_file_too_much_and_what_is_left_out_are_still_noticed() -> None:
    bare = Language()
    long = find("sender", "palabra " * 46, "", bare)
    assert long is not None
    assert long.code == "long"
    sent = "Ayer decidiste sobre la escuela sin hablar conmigo. Sentí miedo y mucha tristeza."
    missed = find("mirror", sent, "Ayer decidí sobre la escuela sin hablar.", bare)
    assert missed is not None
    assert (missed.code, missed.words) == ("misses", "Sentí miedo y mucha tristeza.")
    assert find("mirror", sent, sent, bare) is None
    assert find("empathy", sent, "Creo que piensas otra cosa.", bare) is None


def test_a_script_without_spaces_counts_in_pairs() -> None:
    bare = Language()
    assert find("sender", "我觉得很难过因为你没有回来", "", bare) is None
    much = find("sender", "我觉得很难过因为你没有回来" * 6, "", bare)
    assert much is not None
    assert much.code == "long"


def test_a_small_file_switches_on_what_it_holds(tmp_path: Path) -> None:
    small = Language.of(tomllib.loads(SMALL))
    sent = "Ich bin traurig und mir ist kalt, wenn du so spät kommst."
    hint = find("mirror", sent, "Du bist traurig. Du solltest schlafen gehen.", small)
    assert hint is not None
    assert (hint.code, hint.words) == ("advice", "Du solltest")
    copied = find("mirror", sent, "Ich bin traurig und mir ist kalt.", small)
    assert copied is not None
    assert copied.code == "perspective"
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "cues.toml").write_text(SMALL, "utf-8")
    assert hints.language("de", tmp_path).known


@pytest.mark.parametrize("pattern", ["<nobody> should", "(", "[a-"])
def test_a_pattern_that_cannot_be_read_is_told(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Language.of({"advice": {"anywhere": [pattern]}})


def test_forms_and_endings_meet_in_one_stem() -> None:
    language = hints.language("en")
    for one, other in (("went", "go"), ("stopped", "stop"), ("making", "make"), ("cried", "cry")):
        assert language.stem(one) == language.stem(other), one
    assert language.stem("kiss") != language.stem("king")
