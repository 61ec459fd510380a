"""The sentences of the coach: what may stand on a shared screen, and what may not."""

from __future__ import annotations

import re

import pytest

from imago_tui import hints
from imago_tui.coach import CODES, Hint
from imago_tui.words import words

PRAISE = re.compile(
    r"\b(good|great|well done|right|perfect|score|points?|\d+|per ?cent)\b", re.IGNORECASE
)


@pytest.mark.parametrize("code", CODES)
def test_a_stem_neither_quotes_nor_names(code: str) -> None:
    secret = Hint(code, "zanzibar")
    assert "zanzibar" not in hints.stem(secret)
    assert "{" not in hints.stem(secret)
    assert "partner" not in hints.stem(secret).lower()
    assert len(hints.stem(secret)) <= 48


@pytest.mark.parametrize("code", CODES)
def test_what_is_told_in_practice_never_praises_or_counts(code: str) -> None:
    for text in (hints.stem(Hint(code, "x")), hints.told(Hint(code, "x"))):
        assert text
        assert not PRAISE.search(text)


def test_every_kind_has_its_sentences_and_no_more() -> None:
    table = dict(words.table("coach"))
    table.pop("command")
    assert set(table) == set(CODES)


def test_a_long_quotation_is_cut_at_a_word() -> None:
    text = hints.told(Hint("own-story", "I had to go to the office\nand " + "then on and on " * 9))
    quoted = text.partition('"')[2].partition('"')[0]
    assert len(quoted) <= hints.QUOTE + 2
    assert quoted.startswith("I had to go to the office and then")
    assert quoted.endswith(" …")


def test_under_a_deed_a_feeling_is_offered() -> None:
    assert "angry, confused, powerless" in hints.told(Hint("no-feeling", "manipulated"))
    assert "manipulated" not in hints.stem(Hint("no-feeling", "manipulated"))
    real = {word for table in words.table("feelings.families").values() for word in table["words"]}
    for feelings in words.table("feelings.faux").values():
        assert real.issuperset(feelings)


def test_the_families_offer_six_words_each_that_count() -> None:
    families = words.table("feelings.families")
    assert len(families) == 8
    for table in families.values():
        assert len(table["shown"]) == 6
        assert set(table["shown"]) <= set(table["words"])
