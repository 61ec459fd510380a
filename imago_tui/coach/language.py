"""What the coach knows of a language: lists that come from outside, made ready to look through."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from imago_tui.coach.reading import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

GROUP = re.compile(r"<([a-z][a-z0-9-]*)>")
NEVER = re.compile(r"(?!)")
LONG_WORD = 4  # letters from which a word counts as content where no list of small words is known
SHORTEST = 3  # letters that an ending leaves standing
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Language:
    """Cues of one language.

    Args:
        cues: patterns by `kind.name`, compiled; one that is not there never matches.
        stop: words without content of their own.
        irregular: a word's form and the one it is counted as.
        endings: what is cut off a word, longest first.
        light: words without much content that a cue may lead to all the same.
        absolute: words such as "never", which are the Sender's only when the Sender used them.
        own: words for oneself, as "I" and "my".
        signs: patterns whose number tells the form of a text, by name.
        weights: what each sign of form counts for; empty when the language has none.
        faux: words that sound like a feeling and tell what somebody did.
        known: whether there is a file for the language at all.
    """

    cues: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    stop: frozenset[str] = frozenset()
    irregular: Mapping[str, str] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    light: frozenset[str] = frozenset()
    absolute: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    signs: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    faux: frozenset[str] = frozenset()
    known: bool = False

    @classmethod
    def of(
        cls, cues: Mapping[str, Any] = NOTHING, feelings: Mapping[str, Any] = NOTHING
    ) -> Language:
        """A language from the tables of its two files; without them only what needs no list.

        Raises:
            ValueError: a pattern cannot be read, or names a group that is not there.
        """
        if not cues:
            return cls()
        groups = {name: alternatives(some) for name, some in cues.get("groups", {}).items()}
        plain: Mapping[str, Any] = cues.get("words", {})
        compiled = {
            f"{kind}.{name}": compile_all(patterns, groups)
            for kind, table in cues.items()
            if kind not in {"groups", "words", "form"}
            for name, patterns in table.items()
        }
        form: Mapping[str, Any] = cues.get("form", {})
        signs: Mapping[str, Any] = form.get("signs", {})
        named = [re.escape(word) for word in naming(feelings)]
        pictured = cues.get("empathy", {}).get("feeling", ())
        compiled["empathy.feeling"] = compile_all([*named, *pictured], groups)
        return cls(
            cues=compiled,
            stop=frozenset(plain.get("stop", ())),
            irregular={
                form: base for base, forms in plain.get("forms", {}).items() for form in forms
            },
            endings=tuple(sorted(plain.get("endings", ()), key=len, reverse=True)),
            light=frozenset(plain.get("light", ())),
            absolute=frozenset(plain.get("absolute", ())),
            own=frozenset(plain.get("own", ())),
            signs={name: compile_all(patterns, groups) for name, patterns in signs.items()},
            weights=dict(form.get("weights", {})),
            faux=frozenset(feelings.get("faux", {})),
            known=True,
        )

    def cue(self, name: str) -> re.Pattern[str]:
        """The pattern called `kind.name`; one that never matches when the language has none."""
        return self.cues.get(name, NEVER)

    def content(self, text: str) -> frozenset[str]:
        """Stems of the words in `text` that carry content."""
        return frozenset(self.stem(word) for word in words(text) if self.carries(word))

    def carries(self, word: str) -> bool:
        """Whether `word`, in lower case, has content of its own."""
        if self.stop:
            return word not in self.stop and len(word) > 1
        return len(word) >= LONG_WORD or not word.isascii()

    def stem(self, word: str) -> str:
        """The form under which `word`, in lower case, is compared."""
        base = self.irregular.get(word)
        if base is not None:
            return base
        for ending in self.endings:
            rest = word.removesuffix(ending)
            if rest != word and len(rest) >= SHORTEST:
                # "stopped" is compared as "stop", "making" as "mak" like "make"
                twice = rest[-1] == rest[-2] and rest[-1] not in "ls"
                word = rest[:-1] if twice else rest
                break
        word = self.irregular.get(word, word)
        return word.rstrip("ey") if len(word) > SHORTEST else word


def naming(feelings: Mapping[str, Any]) -> tuple[str, ...]:
    """Every word in the table of feelings that counts as naming one, longest first."""
    tables = [*feelings.get("families", {}).values()]
    tables += [feelings.get(name, {}) for name in ("body", "unsure", "also")]
    return tuple(
        sorted({word for table in tables for word in table.get("words", ())}, key=len, reverse=True)
    )


def alternatives(patterns: Iterable[str]) -> str:
    """One pattern that matches any of `patterns`."""
    return f"(?:{'|'.join(patterns)})"


def compile_all(patterns: Iterable[str], groups: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern of many, each beginning and ending at the edge of a word.

    A place like `<feeling>` stands for any of that group; groups may hold places themselves.
    """

    def put(found: re.Match[str]) -> str:
        if found[1] not in groups:
            raise ValueError(found[0])
        return GROUP.sub(put, groups[found[1]])

    whole = GROUP.sub(put, alternatives(patterns))
    try:
        return re.compile(rf"(?<![\w']){whole}(?![\w])", re.IGNORECASE)
    except re.error as amiss:
        raise ValueError(str(amiss)) from None
