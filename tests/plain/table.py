"""What the tests of scripts and lines share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from imago_tui.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PASSPHRASES = ("violet anchor seven lamps", "quiet harbour nine stones")

BEGIN = """
exercise = "dialogue"
partners = ["Ana", "Ben"]

[[turn]]
step = "ready"
who = "Ana"
say = "yes"

[[turn]]
step = "ready"
who = "Ben"
say = "yes"
"""


class Table:
    """The commands of one machine."""

    def __init__(self, home: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.home, self._capfd = home, capfd
        self.files: list[str] = []
        for n, passphrase in enumerate(PASSPHRASES):
            file = home / f"passphrase-{n}"
            file.write_text(f"{passphrase}\n", "utf-8")
            self.files += ["--passphrase-file", str(file)]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Status, stdout and stderr of a command."""
        self._capfd.readouterr()
        status = main(list(arguments))
        out, err = self._capfd.readouterr()
        return status, out, err

    def script(self, text: str, *more: str) -> tuple[int, str, str]:
        """The same for a script with this text, with Ana's passphrase."""
        file = self.home / "script.toml"
        file.write_text(text, "utf-8")
        return self.run("dialogue", "--script", str(file), *self.files[:2], *more)

    def listed(self) -> list[dict[str, Any]]:
        """What `journal list --json` says with Ana's passphrase."""
        _, out, _ = self.run("journal", "list", "--json", *self.files[:2])
        rows: list[dict[str, Any]] = json.loads(out)
        return rows

    def shown(self, id_: str) -> dict[str, Any]:
        """What `journal show --json` says with both passphrases."""
        status, out, err = self.run("journal", "show", id_, "--json", *self.files)
        assert (status, err) == (0, "")
        entry: dict[str, Any] = json.loads(out)
        return entry

    def tree(self) -> dict[str, bytes]:
        """Every file of the journal, and what is in it."""
        folder = self.home / "journal"
        return {
            str(file.relative_to(folder)): file.read_bytes()
            for file in sorted(folder.rglob("*"))
            if file.is_file()
        }


def turn(step: str, who: str = "", say: str | None = None) -> str:
    """A turn, as a script has it."""
    rows = ["", "[[turn]]", f'step = "{step}"']
    rows += [f"who = {quoted(who)}"] if who else []
    rows += [f"say = {quoted(say)}"] if say is not None else []
    return "\n".join([*rows, ""])


def quoted(text: str) -> str:
    """As JSON writes it, which TOML reads alike but for this one sign."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
