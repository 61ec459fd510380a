"""Whether a guess at a feeling names one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imago_tui.coach.reading import WORD, Part

if TYPE_CHECKING:
    from imago_tui.coach.language import Language
    from imago_tui.coach.reading import Reading

SINGLE = 3  # a guess this short is a feeling word that no list knows


def unfelt(guess: Reading, language: Language) -> Part | None:
    """The words of thought, or the word that tells a deed, in a guess that names no feeling.

    An empty part when there is neither and yet no feeling.
    """
    if not guess.words or names_feeling(guess, language):
        return None
    for found in WORD.finditer(guess.text):
        if found[0].lower() in language.faux:
            return Part(found[0], found.start())
    # Right behind "you feel" an unknown word is most likely a feeling that no list knows.
    if language.cue("empathy.bare").search(guess.text):
        return None
    thought = language.cue("empathy.thought").search(guess.text)
    if thought:
        return Part(thought[0], thought.start())
    return Part("", len(guess.text)) if len(guess.words) >= SINGLE else None


def names_feeling(guess: Reading, language: Language) -> bool:
    """Whether there is a feeling word in it that is not the guesser's own."""
    text = language.cue("empathy.inside").sub(" ", guess.text)
    text = language.cue("empathy.mine").sub(" ", text)
    return language.cue("empathy.feeling").search(text) is not None
