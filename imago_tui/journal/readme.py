"""README.txt of a journal: how to read the folder without this program.

The file is text and a Python program at once: the text is its first string.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from imago_tui.words import words

if TYPE_CHECKING:
    from imago_tui.journal.kdf import Kdf

FILE = "README.txt"

# Plain Python with nothing to install; the bech32 of BIP 173, only its writing half.
PROGRAM = """
import base64, getpass, hashlib, sys, unicodedata

SALT, COST = base64.b64decode("@SALT@"), 2 ** @LOG_N@
LETTERS, HEAD = "qpzry9x8gf2tvdw0s3jn54khce6mua7l", "age-secret-key-"


def checksum(values):
    check = 1
    for value in values:
        top, check = check >> 25, (check & 0x1FFFFFF) << 5 ^ value
        for i, g in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= g if top >> i & 1 else 0
    return check ^ 1


ask = getpass.getpass if sys.stdin.isatty() else lambda _: sys.stdin.readline().rstrip("\\r\\n")
passphrase = unicodedata.normalize("NFC", ask(@PROMPT@)).encode("utf-8")
key = hashlib.scrypt(passphrase, salt=SALT, n=COST, r=8, p=1, maxmem=2 ** 31 - 1, dklen=32)
number = int.from_bytes(key, "big") << 4
data = [number >> 5 * i & 31 for i in range(51, -1, -1)]
head = [ord(c) >> 5 for c in HEAD] + [0] + [ord(c) & 31 for c in HEAD]
check = checksum(head + data + [0] * 6)
data += [check >> 5 * i & 31 for i in range(5, -1, -1)]
print((HEAD + "1" + "".join(LETTERS[d] for d in data)).upper())
"""


def compose(kdf: Kdf) -> bytes:
    """The whole file for a journal with this salt and cost."""
    salt = base64.b64encode(kdf.salt).decode()
    text = words("journal.readme.text", salt=salt, log_n=kdf.log_n)
    # A text in another language must not end the string it stands in.
    text = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    program = (
        PROGRAM.replace("@SALT@", salt)
        .replace("@LOG_N@", str(kdf.log_n))
        .replace("@PROMPT@", repr(words("journal.readme.prompt")))
    )
    return f'"""{text}"""\n{program}'.encode()
