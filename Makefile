# Allié: `make run` sets everything up and serves; `make test` sets everything up and runs every check.
# Needs Python 3.11 or later and make, nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
PHRASES := $(wildcard locale/*/LC_MESSAGES/allie.po)

.PHONY: run install chat test test-long check bench evaluate chaos phrases lock clean help

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(READY) ## Set everything up and serve the conversation
	@$(BIN)/python -m bot serve

install: $(READY) ## Set everything up, for another program to start
	@$(BIN)/python -m compileall -q bot handlers

chat: $(READY) ## Talk in this terminal
	@$(BIN)/python -m bot chat

test: check ## Set everything up and run every check
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not long"

check: $(DEV_READY) ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test-long: $(DEV_READY) ## The tests that take minutes
	$(BIN)/python -m pytest -m long

chaos: $(DEV_READY) ## Kill processes at random under load, and check that nothing is lost
	$(BIN)/python -m pytest -m long -s tests/chaos tests/store tests/delivery

evaluate: $(DEV_READY) ## How well people are understood
	$(BIN)/python -m bot.understanding evaluate

bench: $(DEV_READY) ## What a turn costs, beside the bars
	$(BIN)/python -m bench

phrases: $(DEV_READY) ## Bring the catalogues of phrases up to date with the code
	$(BIN)/pybabel -q extract -F locale/babel.cfg -k _ -k n_:1,2 --no-location --sort-output --omit-header \
		-o locale/allie.pot bot handlers
	for language in fr; do $(BIN)/pybabel -q update -N --ignore-obsolete --omit-header -w 120 -D allie -i locale/allie.pot -d locale -l $$language; done
	rm locale/allie.pot

lock: ## Renew the locked dependencies
	uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --extra install pyproject.toml -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--no-annotate --extra install --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(MAKE) $(READY)
	$(BIN)/python deploy/notices.py

clean: ## Remove what was built
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis locale/*/LC_MESSAGES/*.mo

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("Allié needs Python 3.11 or later." if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV) || { echo "On Debian or Ubuntu: apt install python3-venv"; exit 1; }

$(READY): $(VENV)/bin/python requirements.lock pyproject.toml $(PHRASES)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q bot handlers
	$(BIN)/python -m bot build
	@touch $@

$(DEV_READY): requirements-dev.lock $(READY)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
