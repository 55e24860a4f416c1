# make setup | demo | test | test-quick | check | bench | bench-long | drills | data-model | lock |
#      messages | clean
#   PYTHON   the Python that makes the environment (3.11 or newer)
#   WORKERS  how many tests run at once
# `make test` runs all tests. `make test-quick` runs, in less than a minute, those that need no
# database, broker or browser: the domain, parsing, pages' and views' pure parts, architecture, docs
# (the folders of QUICK; there, what pytest marks `quick` because it asks for no server).
PYTHON ?= python3
WORKERS ?= 2
PYTEST_ARGS ?=
QUICK := tests/domain tests/projections tests/api tests/infra/config tests/test_architecture.py \
	tests/test_docs.py
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := env -u PIP_FIND_LINKS uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header pyproject.toml --extra build

.PHONY: setup setup-dev setup-bench demo test test-quick check bench bench-long drills data-model reading-roles acting-roles lock \
	messages clean

setup: $(VENV)/.ready
setup-dev: $(VENV)/.ready-dev
setup-bench: $(VENV)/.ready-bench

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Mingzhang needs Python 3.11 or newer: make setup PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python has no venv module: install the system package python3-venv"; exit 1; }

$(VENV)/.ready: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP_INSTALL) --require-hashes -r requirements.lock
	$(PIP_INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

# A peer comes as source: it is built with the setuptools that are locked.
$(VENV)/.ready-bench: requirements-bench.lock $(VENV)/.ready-dev
	$(PIP_INSTALL) --require-hashes --no-build-isolation -r requirements-bench.lock
	@touch $@

demo: setup
	@exec $(BIN)/mingzhang demo

test: setup-dev
	@scripts/system_packages.sh
	$(BIN)/pytest -n $(WORKERS) $(PYTEST_ARGS)

test-quick: setup-dev
	$(BIN)/pytest -q -n $(WORKERS) -m quick $(QUICK) $(PYTEST_ARGS)

check: setup-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/test_architecture.py tests/test_docs.py

bench: setup-bench
	$(BIN)/python -m scripts.bench

# Adds the runs over five million events; needs twelve gigabytes of disk.
bench-long: setup-bench
	$(BIN)/python -m scripts.bench --long

drills: setup-dev
	$(BIN)/python -m scripts.drills
	$(BIN)/python -m scripts.drills.webhooks
	$(BIN)/python -m scripts.drills.relay
	$(BIN)/python -m scripts.drills.connections
	$(BIN)/python -m scripts.drills.public_attack

# Writes docs/data-model.md anew from the catalogue of a new ledger.
data-model: setup-dev
	$(BIN)/python -m scripts.data_model

# Writes docs/reading-roles.md anew from the addresses of the office.
reading-roles: setup-dev
	$(BIN)/python -m scripts.reading_roles

# Writes docs/acting-roles.md anew from the catalogue of commands and the pages of the desk.
acting-roles: setup-dev
	$(BIN)/python -m scripts.acting_roles

# Writes the lock files anew from pyproject.toml; needs uv on the path.
lock:
	$(LOCK) -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --extra bench -c requirements-dev.lock -o requirements-bench.lock

# Brings the catalogues of words and sentences up to date with the code; translations stay.
messages: setup-dev
	$(BIN)/python -m scripts.messages

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
