.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test lint format describe bench evaluate ci

PYTHON ?= python3
BIN := .venv/bin
export HOST PORT

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'
	@echo
	@echo "  HOST and PORT say where \`make run\` listens (127.0.0.1 and 8000); docs/operations.md has all settings."

setup: ## create .venv, install what is pinned, make the bundled model ready
	@$(PYTHON) scripts/bootstrap.py

setup-dev: ## the same, and what tests and linters need
	@$(PYTHON) scripts/bootstrap.py --dev --browser

run: setup ## start everything with a demo shop; Ctrl-C stops it, the data stays
	@exec $(BIN)/python manage.py serve

test: setup-dev ## run all tests, on a machine where nothing was set up before too; ARGS="tests/catalog -k export"
	@$(BIN)/python -m pytest -n 2 --dist loadscope --durations=15 $(ARGS)

lint: ## style and types
	@$(PYTHON) scripts/bootstrap.py --dev
	@$(BIN)/ruff check --no-cache . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: ## put the code into its format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

describe: setup ## describe a file without a browser: make describe CATALOG=export.csv OUT=described.csv
	@test -n "$(CATALOG)" -a -n "$(OUT)" || { echo "Name both files: make describe CATALOG=export.csv OUT=described.csv" >&2; exit 1; }
	@$(BIN)/python manage.py describe_file "$(CATALOG)" "$(OUT)" $(ARGS)

bench: ## measure speed: a table on the screen, JSON lines in a file
	@$(PYTHON) scripts/bootstrap.py --dev
	@$(BIN)/python -m tests.benchmarks $(ARGS)

evaluate: ## measure how good and how truthful the texts are
	@$(PYTHON) scripts/bootstrap.py --dev
	@$(BIN)/python manage.py evaluate $(or $(ARGS),evidence)

ci: ## what .ci/run does
	@.ci/run
