# Sourced by scripts/run and scripts/test, which have set `top` (this checkout) and `wanted` (run or
# dev). Leaves in `venv` a ready environment, made or mended first when need be. POSIX sh only.
#
# The usual case is decided by one `cmp`: the environment's stamp is a copy of the constraints it was
# made from, written last. Everything slow and delicate is in scripts/set_up.py, once a Python is found.

case $wanted in
run) venv=$top/.venv ;;
*) venv=$top/.venv-$wanted ;;
esac

# A checkout that may only be read: the environment lives in the user's cache. What somebody else put
# there is never started; set_up.py says so.
ours=yes
if [ ! -e "$venv/imago-stamp" ] && [ ! -w "$top" ]; then
    if [ -n "${XDG_CACHE_HOME:-}" ]; then
        cache=$XDG_CACHE_HOME/imago-tui
    elif [ -n "${HOME:-}" ] && { [ -w "$HOME" ] || mkdir -p "$HOME" 2>/dev/null; }; then
        cache=$HOME/.cache/imago-tui
    else
        cache=${TMPDIR:-/tmp}/imago-tui-$(id -u)
    fi
    key=$(printf %s "$top" | cksum)
    venv=$cache/$wanted-${key%% *}
    [ -O "$cache" ] || ours=
fi

if [ -z "$ours" ] || ! [ -x "$venv/bin/python" ] || ! cmp -s "$top/constraints/$wanted.txt" "$venv/imago-stamp"; then
    # A Python is good when it is new enough and can make environments; one that is only new enough
    # is remembered, to say what it lacks. A pyenv shim without a version behind it is passed over.
    good= lacking=
    for candidate in ${PYTHON:+"$PYTHON"} python3.14 python3.13 python3.12 python3.11 python3 \
        ${HOME:+"$HOME"/.pyenv/versions/*/bin/python3} python \
        /usr/bin/python3 /usr/local/bin/python3 /opt/homebrew/bin/python3; do
        command -v "$candidate" >/dev/null 2>&1 || continue
        answer=$("$candidate" -I -c '
import sys
if sys.version_info >= (3, 11):
    try:
        import ensurepip, venv
        print("good")
    except ImportError:
        print("lacking %d.%d" % sys.version_info[:2])
' 2>/dev/null </dev/null) || continue
        case $answer in
        good)
            good=$candidate
            break
            ;;
        lacking*) [ -n "$lacking" ] || lacking=${answer#lacking } ;;
        esac
    done
    if [ -z "$good" ]; then
        if [ -n "$lacking" ]; then
            echo "imago-tui: Python $lacking is here, but without the part that makes environments." >&2
            echo "On Debian and Ubuntu it comes with: sudo apt install python$lacking-venv" >&2
        else
            echo "imago-tui: it needs Python 3.11 or newer, and none was found." >&2
            echo "If there is one, name it: PYTHON=/path/to/python3 $0" >&2
        fi
        exit 2
    fi
    "$good" -I "$top/scripts/set_up.py" "$wanted" "$venv" || exit $?
fi
