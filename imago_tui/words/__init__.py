"""Every sentence a person reads, kept in one TOML file a subject and folder a language.

A key is `file.table.name`: `words("errors.full")` is `full` in `words/en/errors.toml`.
A language other than English is an overlay: what it does not say is said in English.
"""

from __future__ import annotations

import string
import tomllib
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
BASE = "en"


def languages() -> tuple[str, ...]:
    """Languages that have a folder, sorted."""
    return tuple(sorted({file.parent.name for file in HERE.glob("*/*.toml")}))


def fill(text: str, params: Mapping[str, object]) -> str:
    """Put `params` into the `{name}` places of `text`; `{{` and `}}` stand for single braces.

    Only plain names are taken: no attribute, index, conversion or format, so that a text can
    never reach into an object, and what is put in is never read as a text with places itself.

    Raises:
        KeyError: a place has no parameter.
        ValueError: a place is not a plain name.
    """
    parts: list[str] = []
    for literal, name, spec, conversion in string.Formatter().parse(text):
        parts.append(literal)
        if name is None:
            continue
        if not name.isidentifier() or spec or conversion:
            raise ValueError(repr(name))
        parts.append(str(params[name]))
    return "".join(parts)


def overlay(base: dict[str, Any], upper: dict[str, Any]) -> dict[str, Any]:
    """`base` with whatever `upper` says in its place, table by table."""
    merged = dict(base)
    for key, value in upper.items():
        below = merged.get(key)
        both_tables = isinstance(below, dict) and isinstance(value, dict)
        merged[key] = overlay(below, value) if both_tables else value  # type: ignore[arg-type]
    return merged


class Words:
    """Texts by key. One instance, `words`, serves the whole process."""

    def __init__(self, folder: Path = HERE, language: str = BASE) -> None:
        self._folder = folder
        self._language = language
        self._files: dict[str, dict[str, Any]] = {}

    @property
    def language(self) -> str:
        """The language chosen, as its folder is called."""
        return self._language

    def use(self, language: str) -> None:
        """Choose the language for the rest of the process.

        Raises:
            KeyError: there is no such language.
        """
        if not (self._folder / language).is_dir():
            raise KeyError(language)
        self._language = language
        self._files.clear()

    def __call__(self, key: str, /, **params: object) -> str:
        """The text at `key` with its places filled.

        Raises:
            KeyError: no such text, or a place without its parameter.
        """
        text = self._find(key)
        if not isinstance(text, str):
            raise KeyError(key)
        return fill(text, params)

    def lines(self, key: str, /, **params: object) -> tuple[str, ...]:
        """The list of texts at `key`, each with its places filled.

        Raises:
            KeyError: no such list, or a place without its parameter.
        """
        found = self._find(key)
        if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
            raise KeyError(key)
        return tuple(fill(line, params) for line in found)

    def table(self, key: str, /) -> Mapping[str, Any]:
        """The table at `key` (or the whole file), as it stands, places not filled; read only.

        Raises:
            KeyError: no such table.
        """
        found = self._find(key)
        if not isinstance(found, dict):
            raise KeyError(key)
        return MappingProxyType(found)

    def _find(self, key: str) -> object:
        name, *path = key.split(".")
        found: object = self._file(name)
        for part in path:
            if not isinstance(found, dict) or part not in found:
                raise KeyError(key)
            found = found[part]
        return found

    def _file(self, name: str) -> dict[str, Any]:
        if name not in self._files:
            base = self._read(BASE, name)
            if base is None:
                raise KeyError(name)
            upper = None if self._language == BASE else self._read(self._language, name)
            self._files[name] = base if upper is None else overlay(base, upper)
        return self._files[name]

    def _read(self, language: str, name: str) -> dict[str, Any] | None:
        try:
            text = (self._folder / language / f"{name}.toml").read_text("utf-8")
        except FileNotFoundError:
            return None
        return tomllib.loads(text)


words = Words()
