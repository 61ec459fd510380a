"""The index as its sealed file holds it.

A line of JSON, the database, and zeros up to a padded size.
"""

from __future__ import annotations

from imago_tui.journal import padding, strict_json
from imago_tui.journal.broken import Broken
from imago_tui.journal.index import Index
from imago_tui.journal.trouble import Trouble

SCHEMA = 2
"""1 had no keepsakes; it is read as one of which every file has to be looked at again."""
MOST_HEADER = 1024


def compose(index: Index) -> bytes:
    """What `parse` takes."""
    database = index.serialize()
    info = {
        "schema": SCHEMA,
        "kind": "index",
        "room": index.room,
        "generation": index.generation,
        "size": len(database),
    }
    data = strict_json.dumps(info) + b"\n" + database
    return data + b"\0" * (padding.padded(len(data)) - len(data))


def parse(data: bytes, room: str) -> Index:
    """The index of `room` that `compose` gave.

    Raises:
        Trouble: foreign for that of another room, newer, or damaged.
    """
    head, _, _ = data[:MOST_HEADER].partition(b"\n")
    try:
        info = strict_json.loads(head, MOST_HEADER)
    except strict_json.NotOurs:
        raise Trouble("damaged") from None
    schema, size, generation = (info.get(key) for key in ("schema", "size", "generation"))
    if type(schema) is int and schema > SCHEMA:
        raise Trouble("newer")
    if info.get("kind") != "index" or type(size) is not int or type(generation) is not int:
        raise Trouble("damaged")
    if info.get("room") != room:
        raise Trouble("foreign")
    start = len(head) + 1
    if size <= 0 or start + size > len(data):
        raise Trouble("damaged")
    try:
        return Index(room, data[start : start + size], generation)
    except Broken:
        raise Trouble("damaged") from None
