# Everything a developer does, by name. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

BIN := .venv/bin
PYTHON := $(BIN)/python
MANAGE := $(PYTHON) -m dev.servers $(PYTHON) manage.py
CELERY := $(PYTHON) -m dev.servers $(PYTHON) -m celery --app stemfutures.celery:app
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --no-compile \
	--require-hashes --only-binary :all:
PACKAGES := stemfutures home matching placements experts notifications audit people core dev
LOCKED := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-annotate

# A stamp carries the sum of the lock that it stands for, so a new lock installs itself
PYTHON_STAMP := .venv/.installed-$(word 1,$(shell cksum < requirements-dev.lock))
NODE_STAMP := node_modules/.installed-$(word 1,$(shell cksum < package-lock.json))
export PATH := $(CURDIR)/$(BIN):$(PATH)

# What decides, writes and allows: no line and no branch of it is without a test
COVERED_WHOLE := */actions/*,*/actions.py,*/lifecycle.py,*/permissions.py

.PHONY: help
help: ## List what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

.PHONY: install
install: $(PYTHON_STAMP) $(NODE_STAMP) ## Install what the locks name, once

$(PYTHON_STAMP):
	@for python in $${PYTHON_FOR_VENV:-} python3 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			found=$$python; break; fi; done; \
	if [ -z "$${found:-}" ]; then echo "Install Python 3.11 or later first" >&2; exit 1; fi; \
	if [ ! -x $(PYTHON) ]; then echo "Making .venv with $$found"; "$$found" -m venv .venv; fi
	@echo "Installing Python packages"
	@$(PIP) -r requirements-dev.lock
	@rm -f .venv/.installed-*; touch $@

$(NODE_STAMP): $(PYTHON_STAMP)
	@if ! node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null; then \
		echo "Installing Node into .venv"; $(PIP) -r requirements-node.lock; fi
	@echo "Installing Node packages"
	@npm ci --silent
	@touch $@

.PHONY: run
run: install ## Run the whole service; PORT=8001 for another port
	@exec $(PYTHON) -m dev.run

.PHONY: test
test: install assets ## Run every test, browser tests included
	@$(PYTHON) -m pytest -n auto $(ARGS)

.PHONY: browser
browser: install assets ## Run the browser tests only
	@$(PYTHON) -m pytest -m browser $(ARGS)

.PHONY: look
look: install assets ## Save a picture of every page, to look at
	@$(PYTHON) -m dev.look

.PHONY: coverage
coverage: ## Run every test and show what none of them reaches
	@$(MAKE) test ARGS="--cov --cov-report=term-missing $(ARGS)"

.PHONY: assets
assets: install ## Build the stylesheet and the script
	@$(PYTHON) -m dev.assets

.PHONY: migrate
migrate: install ## Bring the development database up to date
	@$(MANAGE) migrate

.PHONY: seed
seed: install ## Fill the development database with the demo's people
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_reference_data
	@$(MANAGE) seed_demo

.PHONY: worker
worker: install ## Run one more worker beside `make run`
	@$(CELERY) worker --concurrency=1 --loglevel=INFO

.PHONY: beat
beat: install ## Run the scheduler by itself
	@$(CELERY) beat --schedule=$(or $(RUN_DIR),.run)/beat --pidfile= --loglevel=INFO

.PHONY: fix
fix: install ## Put right what tools can put right
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: check
check: install assets ## Everything that must hold before the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DEMO=1 $(BIN)/mypy $(addprefix -p ,$(PACKAGES))
	$(BIN)/lint-imports
	$(BIN)/djlint --profile=jinja --lint --quiet templates
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) lifecycle_docs --check
	$(PYTHON) -m dev.production_check

.PHONY: lock
lock: ## Write both lock files anew from pyproject.toml (needs uv)
	@$(LOCKED) pyproject.toml --output-file requirements.lock
	@$(LOCKED) pyproject.toml --extra fast --group dev --output-file requirements-dev.lock

.PHONY: ci
ci: install check ## What must pass: set-up, checks, every test, and a first page
	@$(MAKE) test ARGS="--cov --cov-report=term-missing --durations=25"
	@$(BIN)/coverage report --fail-under=100 --include="$(COVERED_WHOLE)"
	@$(PYTHON) -m dev.smoke

.PHONY: docs
docs: install ## Write the pages that are made from the code
	@$(MANAGE) lifecycle_docs
