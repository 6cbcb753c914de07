.DEFAULT_GOAL := help
.PHONY: help setup run test lint

PYTHON ?= python3
BIN := .venv/bin

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## create .venv and install what is pinned
	@$(PYTHON) scripts/bootstrap.py

run: setup ## start everything: database, queue, web, workers, and a demo shop
	@exec $(BIN)/python manage.py serve

test: ## run all tests (set-up included)
	@$(PYTHON) scripts/bootstrap.py --dev
	@$(BIN)/python -m pytest -n 2

lint: ## style and types
	@$(PYTHON) scripts/bootstrap.py --dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
