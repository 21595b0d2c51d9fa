#!/bin/sh
# Makes the locked environment in .venv, with Python 3.10 and no other; does nothing when it is up to date.
# Needs Git, make and a Python 3.10; uv is fetched with pip into .tools when there is none on PATH.
set -eu

UV_VERSION=0.13.9
UV_OLDEST=0.8.0 # the oldest uv that this lock file was tried with
PYTHON_SERIES=3.10

project=$(cd "$(dirname "$0")/.." && pwd -P)
cd "$project"
stamp=.venv/.environment
log=.tools/environment.log

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

say() {
    printf '%s\n' "$1" >&2
}

# What the environment depends on: the folder (scripts hold its path), the lock and what is asked for.
state() {
    printf '%s\n' "$project"
    cksum <uv.lock
    cksum <pyproject.toml
    cksum <scripts/environment.sh
}

is_python() {
    [ "$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null </dev/null)" = "$PYTHON_SERIES" ]
}

up_to_date() {
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(state)" ] && is_python .venv/bin/python
}

# A python3.10 on PATH may be a shim of pyenv's that runs nothing, so each candidate is tried.
find_python() {
    pyenv_root=${PYENV_ROOT:-${HOME:-/root}/.pyenv}
    if command -v pyenv >/dev/null 2>&1; then
        pyenv_root=$(pyenv root 2>/dev/null) || true
    fi
    for candidate in "python$PYTHON_SERIES" "$pyenv_root/versions/$PYTHON_SERIES".*/bin/"python$PYTHON_SERIES" python3; do
        path=$(command -v "$candidate" 2>/dev/null) || continue
        if is_python "$path"; then
            # The interpreter itself, not a shim that may choose another one elsewhere.
            "$path" -c 'import sys; print(sys.executable)' </dev/null
            return
        fi
    done
    return 1
}

is_recent_uv() {
    found=$("$1" --version 2>/dev/null | sed -n 's/^uv \([0-9.]*\).*/\1/p')
    [ -n "$found" ] && [ "$(printf '%s\n%s\n' "$UV_OLDEST" "$found" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$UV_OLDEST" ]
}

find_uv() {
    for candidate in uv .tools/uv/bin/uv; do
        path=$(command -v "$candidate" 2>/dev/null) || continue
        if is_recent_uv "$path"; then
            printf '%s\n' "$path"
            return
        fi
    done
    return 1
}

# Runs a long command: its output goes to the log, a live line of its seconds to the terminal.
with_progress() {
    title=$1
    shift
    "$@" >"$log" 2>&1 </dev/null &
    worker=$!
    trap 'kill "$worker" 2>/dev/null; exit 130' INT TERM HUP
    [ -t 2 ] || say "$title ..."
    seconds=0
    while kill -0 "$worker" 2>/dev/null; do
        [ ! -t 2 ] || printf '\r\033[K%s ... %s s' "$title" "$seconds" >&2
        sleep 1
        seconds=$((seconds + 1))
    done
    [ ! -t 2 ] || printf '\r\033[K' >&2
    result=0
    wait "$worker" || result=$?
    trap - INT TERM HUP
    [ "$result" -eq 0 ] || {
        tail -n 15 "$log" >&2
        fail "$title failed; the whole log is $project/$log"
    }
}

up_to_date && exit 0

python=$(find_python) ||
    fail "Python $PYTHON_SERIES was not found: install it (with pyenv: pyenv install $PYTHON_SERIES) and try again."

for folder in .tools .venv; do
    [ "$folder" = .tools ] || [ -e "$folder" ] || continue
    { mkdir -p "$folder" && : >"$folder/.writable" && rm -f "$folder/.writable"; } 2>/dev/null ||
        fail "Cannot write to $project/$folder: the project's folder must be writable."
done

uv=$(find_uv) || {
    "$python" -m pip --version >/dev/null 2>&1 </dev/null ||
        fail "uv was not found, and $python has no pip to fetch it with: install uv and try again."
    rm -rf .tools/uv
    with_progress "Fetching uv $UV_VERSION" \
        env PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 "$python" -m pip install --quiet --disable-pip-version-check --target .tools/uv "uv==$UV_VERSION"
    uv=.tools/uv/bin/uv
}

rm -f "$stamp"
# A virtual environment or uv settings of the caller's must not lead elsewhere.
unset VIRTUAL_ENV UV_PYTHON UV_PYTHON_PREFERENCE PYTHONHOME PYTHONPATH
UV_PROJECT_ENVIRONMENT=.venv
export UV_PROJECT_ENVIRONMENT
# Compiled here once, Rasa starts in half the time ever after.
hint=
[ -e .venv ] || hint=" (the first time takes minutes)"
with_progress "Making the environment in .venv$hint" \
    "$uv" sync --frozen --python "$python" --no-python-downloads --compile-bytecode
state >"$stamp"
