"""Whether there can be a file at a place at all, whatever is there now."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def can_be(place: Path) -> bool:
    """Whether the system takes this for a place: no name in it, nor all of it, is too long."""
    try:
        place.lstat()
    except ValueError:  # a NUL in it
        return False
    except OSError as error:  # not there, or not ours to look at: that is told when it is used
        return error.errno != errno.ENAMETOOLONG
    return True
