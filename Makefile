# `make run` and `make test` need Python 3.11 or newer and nothing set up beforehand.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8050

.DEFAULT_GOAL := help
.PHONY: help setup run test check lock wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-7s %s\n", $$1, $$2}' Makefile

setup: ## make .venv with the locked dependencies; does nothing when they are there
	@PYTHON='$(PYTHON)' sh tools/setup.sh

run: setup ## serve the dashboard at http://127.0.0.1:8050 (PORT=, HOST= change it)
	@exec .venv/bin/conflict-timeline serve --host '$(HOST)' --port '$(PORT)'

test: setup ## run every test, those in a browser too
	@sh tools/ensure_chromium.sh
	@.venv/bin/pytest -n auto --dist loadfile -m "not browser"
	@.venv/bin/pytest -n 2 --dist loadfile -m browser tests/browser

check: setup ## format, lint, types, imports, tests, data; stops at the first failure
	@sh tools/ensure_chromium.sh
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/pyright
	.venv/bin/lint-imports
	.venv/bin/pytest -n auto --dist loadfile -m "not browser"
	.venv/bin/pytest -n 2 --dist loadfile -m browser tests/browser
	.venv/bin/conflict-timeline check

lock: ## write requirements.lock anew, with the newest versions that pyproject.toml allows
	@PYTHON='$(PYTHON)' sh tools/lock.sh

wheel: setup ## build dist/*.whl, with data and assets inside
	@.venv/bin/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean: ## remove .venv and everything that was built
	rm -rf .venv dist build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find dashboard tests tools -name __pycache__ -type d -prune -exec rm -rf {} +
