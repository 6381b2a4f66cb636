#!/bin/sh
# Makes .venv with exactly requirements.lock and this checkout, editable. Does nothing when it is up to date.
set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3}
stamp=.venv/.ready
# The path is part of it: a virtual environment does not survive being moved.
want="$(cat pyproject.toml requirements.lock | cksum) $(pwd)"

fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$want" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

command -v "$python" >/dev/null 2>&1 ||
    fail "'$python' was not found. Install Python 3.11 or newer, or name it: make PYTHON=/path/to/python3"
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
    fail "Python 3.11 or newer is needed; '$python' is $("$python" -V 2>&1). Name another: make PYTHON=python3.12"

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    # Debian keeps these in a package of their own.
    package=python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        printf 'Installing %s ...\n' "$package"
        { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install "$package"; } >/dev/null 2>&1 || true
    fi
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "'$python' cannot make virtual environments. On Debian or Ubuntu: apt install $package"
fi

unset PIP_REQUIRE_VIRTUALENV PIP_TARGET PIP_PREFIX
export PIP_USER=0 PIP_DISABLE_PIP_VERSION_CHECK=1
pip() { .venv/bin/python -m pip -qq "$@"; }

rm -f "$stamp"
printf 'Setting up .venv (a few minutes the first time) ...\n'
if ! { [ "$(cat .venv/.made-at 2>/dev/null)" = "$(pwd)" ] && pip --version >/dev/null 2>&1; }; then
    "$python" -m venv --clear .venv || fail "'$python -m venv .venv' failed; the lines above say why."
    pwd >.venv/.made-at
fi
pip install --no-deps --requirement requirements.lock || fail 'pip could not install requirements.lock; the lines above say why.'
pip install --no-deps --no-build-isolation --editable . || fail 'pip could not install this checkout; the lines above say why.'
printf '%s\n' "$want" >"$stamp"
