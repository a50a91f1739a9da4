# Two commands for a newcomer: make demo, make test.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo serve test lint format fuzz wheel-check lock browser clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.venv/python: # A virtual environment of the right Python
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Vigie needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.venv/runtime: .venv/python pyproject.toml requirements.lock
	@echo "Installing Vigie into .venv (a minute or two the first time)..."
	@$(PIP) install -c requirements.lock -e .
	@touch $@

.venv/development: .venv/python pyproject.toml requirements.lock
	@echo "Installing Vigie and what its tests need into .venv..."
	@$(PIP) install -c requirements.lock -e '.[dev]'
	@touch $@ .venv/runtime

demo: .venv/runtime ## Install, then run the whole job once on the sandbox town
	@$(BIN)/vigie demo --once

serve: .venv/runtime ## The same, then serve the pages and print a sign-in link
	@$(BIN)/vigie demo

test: .venv/development browser lint ## Install what tests need and run every check
	@$(BIN)/pytest

lint: .venv/development ## Style, types and layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: .venv/development ## Put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

fuzz: .venv/development ## Fuzz the page reader for five minutes (Linux, atheris)
	@$(PIP) install atheris
	@sh fuzz/run.sh

# Pages are tested in a real browser: Debian's chromium, installed here when we may.
browser:
	@if command -v chromium >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		echo "Installing chromium for the browser tests..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null; \
	else echo "chromium is not here: the browser tests are skipped (install it to run them)."; fi

wheel-check: .venv/development ## Build the wheel and try it in a venv of its own
	@BIN=$(CURDIR)/$(BIN) sh .ci/wheel-check

lock: .venv/development ## Pin the dependencies anew
	@$(PIP) install uv
	@$(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --extra dev --extra postgres \
		--no-emit-index-url --upgrade --custom-compile-command 'make lock' -o requirements.lock

clean: ## Remove what was built and the demo's data
	rm -rf .venv dist demo-data .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
