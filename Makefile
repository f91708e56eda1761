# Two commands: `make practice` starts a drill, `make test` runs every check.
# Arguments for the drill: make practice ARGS="--topic networking"

PYTHON ?= $(shell for name in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
ARGS ?=

.PHONY: practice test lint types format site benchmark screens clean
.DEFAULT_GOAL := practice

practice: .venv/.ready
	@$(BIN)/ecsquiz practice $(ARGS)

test: .venv/.ready-for-development
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadgroup --cov $(ARGS)

lint: .venv/.ready-for-development
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.ready-for-development
	$(BIN)/mypy

format: .venv/.ready-for-development
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

site: .venv/.ready-for-development
	$(BIN)/ecsquiz site build $(ARGS)

# Measures the budgets and writes them into the docs.
benchmark: .venv/.ready-for-development
	$(BIN)/python -m tests.benchmarks --write docs/benchmarks.md $(ARGS)

# Draws the pictures of the terminal that the README and the site show.
screens: .venv/.ready-for-development
	$(BIN)/python docs/make_screens.py

clean:
	rm -rf .venv build dist site .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "ecsquiz needs Python 3.11 or newer: sudo apt-get install python3"; exit 1; }
	@echo "Making the environment .venv ..." >&2
	@$(PYTHON) .ci/create_environment.py .venv

.venv/.ready: .venv/bin/python pyproject.toml
	@echo "Installing ecsquiz (once) ..." >&2
	@$(PIP) install --editable .
	@touch $@

.venv/.ready-for-development: .venv/bin/python pyproject.toml
	@echo "Installing ecsquiz with everything for development (once) ..." >&2
	@$(PIP) install --upgrade "pip>=25.1"
	@$(PIP) install --editable ".[all]" --group dev
	@touch $@ .venv/.ready
