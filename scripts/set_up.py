"""Make the environment that scripts/run or scripts/test starts from: set_up.py run|dev FOLDER.

Run by any Python 3.11+ with nothing but its standard library. May be broken off at any moment and
run several times at once: a lock (which the system frees when its holder dies) lets one at a time
through, and the stamp that says "ready" is written last.
"""

from __future__ import annotations

import compileall
import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from imago_tui.errors import ImagoError  # noqa: E402  only importable from here on
from imago_tui.words import words  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

STAMP = "imago-stamp"
MARK = "imago-made-this"
LOG = "imago-setup.log"
# Signs in what pip says that nothing could be reached.
OFFLINE = (
    "NewConnectionError",
    "NameResolutionError",
    "Temporary failure",
    "ConnectTimeout",
    "Max retries exceeded",
    "Network is unreachable",
    "ConnectionResetError",
    "ReadTimeout",
)
# Settings of pip that would put things somewhere else.
ELSEWHERE = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_PYTHON", "PIP_REQUIRE_VIRTUALENV")


def main(wanted: str, folder: Path) -> int:
    """Make `folder` ready, or say in a sentence why not.

    Returns:
        The exit status: 0 ready, 1 it could not be fetched, 7 it cannot be written, 130 broken off.
    """
    constraints = TOP / "constraints" / f"{wanted}.txt"
    try:
        with alone(folder):
            if not ready(folder, constraints):
                print(words(f"install.once_{wanted}"), file=sys.stderr, flush=True)
                make(folder, constraints)
    except ImagoError as mishap:
        print(f"imago-tui: {mishap}", mishap.hint, sep="\n", file=sys.stderr)
        return mishap.status
    except OSError as mishap:
        what = mishap.strerror or type(mishap).__name__
        print(f"imago-tui: {words('install.no_place', folder=folder, what=what)}", file=sys.stderr)
        print(words("install.no_place_hint"), file=sys.stderr)
        return 7
    except KeyboardInterrupt:
        print(words("install.broken_off"), file=sys.stderr)
        return 130
    return 0


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait until no other start of ours works on `folder`, and keep the others waiting."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.parent.lstat()
    if folder.parent != TOP and about.st_uid != os.getuid():
        # A folder in a shared place that somebody else made beforehand: nothing of it is ours.
        raise ImagoError(words("install.not_ours", folder=folder.parent), "", 7)
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def ready(folder: Path, constraints: Path) -> bool:
    """Whether `folder` was made from these constraints, whole, and its Python is still there."""
    stamp = folder / STAMP
    whole = stamp.is_file() and stamp.read_bytes() == constraints.read_bytes()
    return whole and (folder / "bin" / "python").exists()


def make(folder: Path, constraints: Path) -> None:
    """Make or mend the environment.

    One that was whole is brought up to date in place, because a program may be running from it;
    one that was broken off is made anew.
    """
    usable = (folder / STAMP).exists() and (folder / "bin" / "python").exists()
    (folder / STAMP).unlink(missing_ok=True)
    if not usable:
        clear(folder)
        folder.mkdir(mode=0o755)
        (folder / MARK).touch()
        create(folder)
    install(folder, constraints)
    # A quick first start: the program's own files too, where they may be written.
    compileall.compile_dir(TOP / "imago_tui", quiet=2)
    temporary = folder / f"{STAMP}.new"
    shutil.copyfile(constraints, temporary)
    temporary.replace(folder / STAMP)


def clear(folder: Path) -> None:
    """Remove what we made earlier; refuse to touch what somebody else made."""
    if not folder.exists():
        folder.unlink(missing_ok=True)  # a link that leads nowhere
        return
    if not (folder / MARK).exists() and any(folder.iterdir()):
        message = words("install.somebody_elses", folder=folder)
        raise ImagoError(message, words("install.somebody_elses_hint"), 2)
    shutil.rmtree(folder)


def create(folder: Path) -> None:
    """Make the bare environment with the very Python that runs this, not with a link to it.

    A link such as /usr/bin/python3 may lead to another version tomorrow, and the environment would
    be empty for that one. When the version itself goes, so does our link, and that is noticed.
    """
    python = Path(sys.executable).resolve()
    run([str(python), "-I", "-m", "venv", str(folder)], folder)


def install(folder: Path, constraints: Path) -> None:
    """Fetch and install what the constraints list; nothing else, and only if its hash is right."""
    python = folder / "bin" / "python"
    pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input"]
    what = ["--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement"]
    run([*pip, "install", "--quiet", "--retries=2", *what, str(constraints)], folder)


def run(command: list[str], folder: Path) -> None:
    """Run one step; when it does not end well, say so and where its own words stand."""
    environment = {name: os.environ[name] for name in os.environ if name not in ELSEWHERE}
    environment |= {"PIP_USER": "0", "PIP_NO_WARN_SCRIPT_LOCATION": "1"}
    if not Path("~").expanduser().is_dir():
        environment["PIP_NO_CACHE_DIR"] = "1"  # it would make a home that nobody asked for
    done = subprocess.run(
        command,
        env=environment,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if done.returncode == 0:
        return
    log = folder / LOG
    log.write_bytes(done.stdout)
    said = done.stdout.decode("utf-8", "replace")
    offline = any(sign in said for sign in OFFLINE)
    message = words("install.offline" if offline else "install.not_installed")
    raise ImagoError(message, words("install.log_hint", log=log), 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
