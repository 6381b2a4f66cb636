#!/bin/sh
# Writes requirements.lock: every dependency of the program, its tests and its build, with exact versions for Python 3.11 and newer.
set -eu
cd "$(dirname "$0")/.."

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"${PYTHON:-python3}" -m venv "$scratch/venv"
"$scratch/venv/bin/python" -m pip install --quiet --disable-pip-version-check uv

# One version of each package for every Python, so that all of them run the same code.
"$scratch/venv/bin/uv" pip compile --quiet --universal --upgrade --python-version 3.11 --fork-strategy fewest \
    --extra dev --no-header --no-annotate --output-file "$scratch/lock" pyproject.toml
{
    printf '# Exact versions for Python 3.11 and newer. Written by `make lock` from pyproject.toml; do not edit.\n'
    cat "$scratch/lock"
} >requirements.lock
