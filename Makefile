# Bob's commands. `make` alone lists them. Only git, make and Python 3.11 or newer are needed beforehand.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup run test test-long lint bench docs lock clean force

PY := .venv/bin/python
RUN_STAMP := .venv/.installed-run
DEV_STAMP := .venv/.installed-dev
MARKS ?= not long
PYTEST_ARGS ?=
# LOCK_ARGS=--upgrade takes the newest versions, LOCK_ARGS="--upgrade-package NAME" one of them.
LOCK_ARGS ?=

# A virtual environment whose Python no longer starts (half made, moved, base Python removed) is made again.
VENV_WORKS := $(shell $(PY) -c 'import sys; print(sys.version_info >= (3, 11))' 2>/dev/null)

help:  ## List these commands
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | while IFS='|' read -r name text; do \
		printf '%-18s%s\n' "$$name" "$$text"; done

setup: $(DEV_STAMP)  ## Make .venv with everything that the tests need

run: $(RUN_STAMP)  ## Start Bob: in the browser, or on Telegram when BOT_TOKEN is set
	@exec $(PY) -m bot run

test: lint  ## Check the code and the catalogue, then run the tests
	$(PY) -m bot catalogue check
	$(PY) -m pytest -ra -n auto --dist loadfile --no-loadscope-reorder -m "$(MARKS)" $(PYTEST_ARGS)

test-long: $(DEV_STAMP)  ## Run the slow tests: full-size data, many people, kills
	$(PY) -m pytest -ra -m long $(PYTEST_ARGS)
	LIVES=100000 HISTORIES=2000 $(PY) -m pytest -ra -n auto tests/scheduler/test_planner.py tests/scheduler/test_histories.py
	DIALOGUES_ON=postgresql $(PY) -m pytest -ra -n auto --dist loadfile -m "not long" tests/dialogs tests/turns

lint: $(DEV_STAMP)  ## Check style, types and the directions between rooms
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

bench: $(DEV_STAMP)  ## Measure speed and print a table
	$(PY) -m bot bench

docs: $(DEV_STAMP)  ## Write the generated documents again
	$(PY) -m bot docs

lock:  ## Resolve the lists of pyproject.toml into the lock files, with hashes
	@$(find-python); "$$python" requirements/install.py lock $(LOCK_ARGS)

clean:  ## Remove .venv, caches and build products
	rm -rf .venv .tools .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# Puts the first Python that is new enough into the shell variable `python`.
define find-python
python=; for candidate in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
	if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		python=$$candidate; break; fi; done; \
if [ -z "$$python" ]; then \
	echo "Bob needs Python 3.11 or newer with venv: install it (Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python), then run make again." >&2; \
	exit 1; fi
endef

ifneq ($(VENV_WORKS),True)
$(RUN_STAMP) $(DEV_STAMP): force
endif

$(RUN_STAMP): requirements/run.lock requirements/install.py
	@$(find-python); "$$python" requirements/install.py run

$(DEV_STAMP): requirements/run.lock requirements/dev.lock requirements/install.py
	@$(find-python); "$$python" requirements/install.py dev
