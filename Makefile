# Everything here needs only Git, make and a Python 3.10; the rest is fetched into .venv and .tools.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help environment run chat test train evaluate bench lint migrate widget screens figures tools sms-demo

BIN := .venv/bin

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

environment: ## Make the locked environment in .venv (every command does it when needed)
	@sh scripts/environment.sh

run: environment ## Start the assistant; Ctrl-C stops it
	@exec $(BIN)/candidacy run

chat: environment ## Talk with the running assistant in the terminal
	@exec $(BIN)/candidacy chat

sms-demo: environment tools ## Text with the assistant from the terminal, as a telephone would (ARGS=--help)
	@exec $(BIN)/python -m tests.sms.demo $(ARGS)

train: environment ## Train the model of the present data, unless there is one
	@exec $(BIN)/candidacy train

evaluate: environment ## Score it on labelled messages (SET=faq FILES=...; by default the development sets)
	@for set in $(or $(SET),faq redflags screening); do \
		$(BIN)/candidacy evaluate $$set $(or $(FILES),tests/evaluation/development/$$set.tsv) || exit; \
	done

# The first time it trains the stock assistant too, which takes some ten minutes more.
bench: environment train ## Measure it side by side with a small stock Rasa assistant (ARGS=--help)
	@exec $(BIN)/python -m bench.side_by_side $(ARGS)

migrate: environment ## Bring the database up to date
	@exec $(BIN)/candidacy migrate

lint: environment ## Check style, types, and unsafe patterns
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/bandit --quiet --recursive --configfile pyproject.toml candidacy actions scripts

widget: environment ## Assemble the website chat's one file from its sources, after a change
	@$(BIN)/python scripts/assemble_widget.py

screens: environment tools ## Take the pictures in docs/screens/ anew (NAMES="console-inbox ...": only those)
	@$(BIN)/python -m tests.browser.screens $(NAMES)

figures: environment tools ## Measure the website chat, for docs/widget.md
	@$(BIN)/python -m tests.browser.figures

# What tests call in Node. Without npm they are skipped in part, and say so; in CI they fail.
tools: ## Fetch the locked tools of the tests that run in Node
	@for folder in tests/browser tests/sms; do \
		if [ $$folder/node_modules/.package-lock.json -nt $$folder/package-lock.json ]; then :; \
		elif command -v npm >/dev/null; then (cd $$folder && npm ci --silent && touch node_modules/.package-lock.json) || exit; \
		else echo "npm is missing: checks in $$folder will be skipped" >&2; fi; \
	done

test: lint train tools ## Check everything: style, types, data, stories, tests
	@$(BIN)/candidacy validate
	@$(BIN)/candidacy test-stories
	@exec $(BIN)/python -m pytest -rs
