# Everything that is done to this project is done here; CI calls the same targets.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# What is compiled is kept: pip need not compile what is never imported, and the tests start
# processes by the dozen that import the same.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test slow lint types bench docs environment dist release pythons clean

demo: $(READY)  ## make the issues of the sample newsroom, offline
	$(BIN)/digest demo

test: $(READY)  ## run the tests; ARGS="tests/net -n 0" for some of them, in one process
	$(BIN)/python -m pytest $(ARGS)

slow: $(READY)  ## all tests, those marked slow too, with ten times the examples, and what they cover
	$(BIN)/python -m pytest -m "" --hypothesis-profile=slow --cov

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

bench: $(READY)  ## make bench CORPUS=DIR, laid out as docs/benchmarks.md says
	@test -n "$(CORPUS)" || { echo "make bench CORPUS=DIR (docs/benchmarks.md says what DIR holds)"; exit 2; }
	for name in stories told_before ranking issues ledger summaries feeds extraction sentences grounding transcripts speed; do $(BIN)/python -m bench.$$name --corpus "$(CORPUS)" || exit 1; done

docs: $(READY)  ## check the documentation against the program
	$(BIN)/python -m pytest tests/docs -n 0

environment: $(READY)

dist: $(READY)  ## build wheel and sdist into dist/, and check them
	rm -rf dist
	$(BIN)/python -m hatchling build
	$(BIN)/python .ci/check_dist.py dist

release: $(READY)  ## the same for a version that CHANGELOG.md has dated
	.ci/release

pythons:  ## the tests under each Python that is claimed and can be found
	.ci/pythons

clean:
	rm -rf dist .venv-*
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or later; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --editable '.[all,dev]' \
		> $(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log; exit 1; }
	touch $(READY)
