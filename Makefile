# Everything that is done to this project is done here; CI calls the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types bench docs clean

demo: $(READY)  ## make two issues from the sample newsroom, offline
	$(BIN)/digest demo

test: $(READY)  ## run the tests
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

bench: $(READY)  ## make bench CORPUS=DIR, laid out as docs/benchmarks.md says
	@test -n "$(CORPUS)" || { echo "make bench CORPUS=DIR (docs/benchmarks.md says what DIR holds)"; exit 2; }
	for name in stories ranking summaries feeds extraction grounding transcripts speed; do $(BIN)/python -m bench.$$name --corpus "$(CORPUS)" || exit 1; done

docs: $(READY)  ## check the documentation against the program
	$(BIN)/python -m pytest tests/docs

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or later; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	touch $(READY)
