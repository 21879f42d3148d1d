# Three commands: `make demo`, `make test`, `make lint`. Each sets up what it needs in .venv.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PATH := $(abspath $(BIN)):$(PATH)

SOURCES := pyproject.toml package.json yarn.lock $(shell find jupyterlab_gitlab src style schema -type f \
	-not -path '*/__pycache__/*' -not -path 'jupyterlab_gitlab/labextension/*')

.PHONY: demo test test-python test-typescript test-browser test-browser-lab42 lint fix contract benchmark screenshots clean

demo: $(VENV)/installed
	$(BIN)/jupyter gitlab demo

test: test-typescript test-python test-browser

test-python: $(VENV)/developing
	$(BIN)/python -m pytest tests

test-typescript: node_modules/.ready
	jlpm test

test-browser: $(VENV)/developing
	$(BIN)/python scripts/browser.py
	$(BIN)/python -m pytest ui-tests --reruns 1 --rerun-show-tracebacks

# The same story on the oldest supported JupyterLab.
test-browser-lab42: $(VENV)/developing .venv-lab42/installed
	$(BIN)/python scripts/browser.py
	DEMO_PYTHON=$(abspath .venv-lab42/bin/python) $(BIN)/python -m pytest ui-tests/test_story.py --reruns 1 --rerun-show-tracebacks

lint: $(VENV)/developing node_modules/.ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m jupyterlab_gitlab.contract.openapi --check docs/openapi.json
	jlpm types:check
	jlpm lint:check

fix: $(VENV)/developing node_modules/.ready
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	jlpm lint

contract: $(VENV)/developing node_modules/.ready
	$(BIN)/python -m jupyterlab_gitlab.contract.openapi docs/openapi.json
	jlpm types

# Some minutes on an idle machine; `make benchmark QUICK=--quick` takes one. The figures are in benchmarks/README.md.
benchmark: $(VENV)/developing
	$(BIN)/python -m pip install --quiet nbdime==4.0.4
	$(BIN)/python benchmarks $(QUICK)

screenshots: $(VENV)/developing
	$(BIN)/python scripts/browser.py
	$(BIN)/python scripts/screenshots.py docs/images

clean:
	rm -rf .venv .venv-lab42 node_modules lib tsconfig.tsbuildinfo jupyterlab_gitlab/labextension

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# A frontend that was built before is taken as it is by pip, hence the removal.
$(VENV)/installed: $(VENV)/bin/python $(SOURCES)
	rm -rf jupyterlab_gitlab/labextension
	$(BIN)/python -m pip install --quiet .
	touch $@

$(VENV)/developing: $(VENV)/bin/python $(SOURCES)
	rm -rf jupyterlab_gitlab/labextension
	$(BIN)/python -m pip install --quiet ".[dev]"
	touch $@ $(VENV)/installed

.venv-lab42/installed: $(VENV)/developing
	$(PYTHON) -m venv .venv-lab42
	.venv-lab42/bin/python -m pip install --quiet "jupyterlab==4.2.7" .
	touch $@

node_modules/.ready: $(VENV)/developing yarn.lock
	jlpm install --immutable
	touch $@
