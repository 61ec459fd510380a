"""The key files' common form: an age identity file that also says what it is.

The first line is a comment with a JSON object, the others are secret keys. So the stock `age`
program takes what it opens as it is: `age -d -i mine.txt keys/1.age > ring.txt`, and then
`age -d -i ring.txt keys/shared.age > room.txt`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from imago_tui.journal import age, atomic, padding, strict_json
from imago_tui.journal.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SCHEMA = 1
# age reads lines of up to 64 KiB.
MOST_INFO = 48 * 1024
MOST_FILE = 256 * 1024
FLOOR = 1024


def compose(info: dict[str, Any], identities: Sequence[age.Identity]) -> bytes:
    """The text of a key file.

    Raises:
        ValueError: `info` is longer than the form allows.
    """
    head = padding.pad_json(strict_json.dumps({"schema": SCHEMA, **info}), FLOOR)
    if len(head) > MOST_INFO:
        raise ValueError
    lines = [b"# " + head, *(str(one).encode() for one in identities)]
    return b"\n".join(lines) + b"\n"


def parse(data: bytes, kind: str, name: str) -> tuple[dict[str, Any], list[age.Identity]]:
    """What `compose` was given, `kind` checked and schema taken off.

    Raises:
        Trouble: newer, or forged: not a text of ours of this kind.
    """
    head, _, rest = data.partition(b"\n")
    try:
        info = strict_json.loads(head.removeprefix(b"# "), MOST_INFO)
        schema = info.pop("schema", None)
        if type(schema) is int and schema > SCHEMA:
            raise Trouble("newer", name)
        identities = [age.identity(line) for line in rest.decode("ascii").splitlines()]
    except ValueError:
        raise Trouble("forged", name) from None
    if type(schema) is not int or schema != SCHEMA or info.pop("kind", None) != kind:
        raise Trouble("forged", name)
    return info, identities


def read(
    keys: Path, name: str, kind: str, identities: Sequence[age.Identity]
) -> tuple[dict[str, Any], list[age.Identity]]:
    """Open the key file `keys/name` with any of `identities`; see `parse`.

    Raises:
        Trouble: whatever is the matter with it.
    """
    shown = f"keys/{name}"
    data = atomic.read(keys, name, MOST_FILE, shown=shown)
    return parse(age.unseal(data, identities, shown), kind, shown)
