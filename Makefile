# Two commands do all the set-up: `make run` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
.PHONY: figures run demo backup restore test check check-style check-types check-django check-lock check-known lock help test-sqlite test-script test-postgres test-browser test-pages test-concurrency test-concurrency-sqlite test-concurrency-postgres trial-taps trial-database trial-properties trial-inputs trial-scale trial-crowd trial-image gallery prose format bench

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser)
# What the tests on PostgreSQL leave out. It has no rows:
NO_ROWS := anatomy architecture content design figures hipfeet/test_search.py hipfeet/test_found.py
# Or it starts processes with a database of their own, or reads files:
OWN_DATABASE := $(addprefix hipfeet/,test_fuzz.py test_headers.py test_deployment.py test_docs_run.py test_log.py test_watching.py test_operators.py test_database_down.py)
# Or it asks what rules decide and pages say, and sends no statement that the rest does not send as well:
SAME_STATEMENTS := $(addprefix exercises/,test_safety_reaches_training.py $(addprefix views/,test_states.py test_next_step.py test_twelve_weeks.py test_plan_page.py test_moves.py test_reference.py)) \
  $(addprefix assessments/,test_urgency.py views/test_result.py views/test_rest.py views/test_past.py) \
  $(addprefix hipfeet/,test_shown_again.py test_page_cache.py test_weight.py test_calendar_programs.py)
ASKS_NO_DATABASE := --ignore-glob="tests/*/rules" $(addprefix --ignore=tests/,$(NO_ROWS) $(OWN_DATABASE) $(SAME_STATEMENTS))
# A file's tests stay together: what they share is made once, and not on each core.
ON_ALL_CORES := -n auto --dist loadfile
# `make test STRICT=1` (what CI uses) fails where a run would otherwise be skipped.
STRICT ?=

help:  ## This list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "hipfeet needs Python 3.11 or newer; this is $$($(PYTHON) --version). Install it, or name another with: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo "Python's venv module is missing. On Debian: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements.txt | $(VENV)/bin/python
	@echo "Installing what hipfeet needs (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

# What `make run` needs comes by pip, which Python brings along; what only developers need by uv, which takes a tenth of the time.
UV = $(VENV)/uv/bin/uv
INSTALL = $(UV) pip install --quiet --python $(BIN)/python --require-hashes -r
$(UV): | $(VENV)/bin/python
	@$(PYTHON) -m venv $(VENV)/uv && $(UV:uv=pip) install --quiet --disable-pip-version-check uv

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp | $(UV)
	@echo "Installing the tools for tests and checks (once) ..."
	@$(INSTALL) requirements-dev.txt
	@touch $@

$(VENV)/browser.stamp: requirements-browser.txt $(VENV)/dev.stamp
	@echo "Installing the browser driver (once) ..."
	@$(INSTALL) requirements-browser.txt
	@touch $@

.env: | $(VENV)/run.stamp
	@umask 077; { echo "# Made by 'make run' for this machine only. .env.example explains every line."; \
	  echo "DEBUG=true"; \
	  echo "SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))')"; } > $@

run: $(VENV)/run.stamp .env  ## Set up what is missing and serve on http://localhost:8000
	@$(BIN)/python -c 'import socket; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", $(PORT)))' 2>/dev/null || \
	  { echo "Port $(PORT) is taken. Stop what uses it, or choose another: make run PORT=8001"; exit 1; }
	@$(BIN)/python manage.py migrate --verbosity 0
	@echo "hipfeet is at http://localhost:$(PORT) (e-mails are printed here; stop with Ctrl-C)"
	@$(BIN)/python manage.py runserver --skip-checks localhost:$(PORT)

demo: $(VENV)/run.stamp .env  ## Fill the local database with a made-up person's twelve weeks, to look around in
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo

backup: $(VENV)/run.stamp .env  ## Write an encrypted backup of the database (BACKUP_KEY) into backups/
	@$(BIN)/python manage.py backup

restore: $(VENV)/run.stamp .env  ## Put the database back: make restore FILE=backups/... (REPLACE=--replace: people in it are lost)
	@$(BIN)/python manage.py restore $(REPLACE) $(FILE)

test: test-script test-sqlite test-pages test-postgres test-concurrency test-browser  ## All tests: SQLite, and Node, PostgreSQL and Chromium where they are installed

test-sqlite: $(VENV)/dev.stamp  ## The tests on SQLite
	@echo "== SQLite"; $(BIN)/pytest $(ON_ALL_CORES) -m "not browser and not pages and not concurrency"

test-script:  ## The queue of the player, outside a browser
	@if command -v node >/dev/null; then echo "== Node"; node --test tests/js/*.js; \
	else echo "Tests of the scripts skipped. To run them: sudo apt install nodejs"; [ -z "$(STRICT)" ]; fi

test-pages: $(VENV)/dev.stamp  ## Reading grade, spelling and HTML of every page
	@echo "== Pages"; STRICT="$(STRICT)" $(BIN)/pytest $(ON_ALL_CORES) -m pages -rs tests/design tests/content

prose: $(VENV)/dev.stamp  ## How hard each page is to read, the hardest first
	@DEBUG=true SECRET_KEY=prose DATABASE_URL=sqlite:// $(BIN)/python -m tests.content.prose

test-postgres: $(VENV)/dev.stamp  ## The tests on a throw-away PostgreSQL cluster
	@if command -v pg_virtualenv >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	  echo "== PostgreSQL"; pg_virtualenv -t sh -c 'DATABASE_URL="postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE" $(BIN)/pytest $(ON_ALL_CORES) -m "not browser and not pages and not concurrency" $(ASKS_NO_DATABASE)'; \
	else echo "PostgreSQL tests skipped. To run them: sudo apt install postgresql"; [ -z "$(STRICT)" ]; fi

test-concurrency:  ## Races and kill -9 against a started server, on both databases at once
	@$(MAKE) --no-print-directory -j2 test-concurrency-sqlite test-concurrency-postgres

test-concurrency-sqlite: $(VENV)/dev.stamp
	@echo "== Concurrency, SQLite"; DATABASE_URL=sqlite:// $(BIN)/pytest -m concurrency tests/concurrency

test-concurrency-postgres: $(VENV)/dev.stamp
	@if command -v pg_virtualenv >/dev/null && ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then \
	  echo "== Concurrency, PostgreSQL"; pg_virtualenv -t sh -c 'DATABASE_URL="postgres://$$PGUSER:$$PGPASSWORD@$$PGHOST:$$PGPORT/$$PGDATABASE" $(BIN)/pytest -m concurrency tests/concurrency'; \
	else echo "PostgreSQL races skipped. To run them: sudo apt install postgresql"; [ -z "$(STRICT)" ]; fi

trial-taps: export TAPS ?= 10000
trial-%: export PYTEST_ADDOPTS = -o faulthandler_timeout=0  # nothing hangs here that takes its time
trial-taps: test-concurrency  ## Trial: 10,000 sets sent while the server is killed, on both databases (2 minutes)

trial-database: export PEOPLE ?= 50
trial-database: export TRAINING_SECONDS ?= 300
trial-database: export PAUSE_SECONDS ?= 20
trial-database: test-concurrency-postgres  ## Trial: 50 people train while PostgreSQL is killed (10 minutes)

trial-properties: export EXAMPLES ?= 100000
trial-properties: $(VENV)/dev.stamp  ## Trial: every property with 100,000 examples (hours)
	$(BIN)/pytest -n auto --dist worksteal -m hypothesis

trial-inputs: export INPUTS ?= 100000
trial-inputs: $(VENV)/dev.stamp  ## Trial: 100,000 wrong inputs of every kind, in production's settings (an hour; SEED=1: others)
	$(BIN)/pytest tests/hipfeet/test_fuzz.py

trial-scale: $(VENV)/dev.stamp  ## Trial: pages and saving after 50,000 sets of one person, on SQLite (7 minutes)
	$(BIN)/python -m bench.training --seconds 1

trial-crowd: $(VENV)/dev.stamp  ## Trial: pages and saving among 100,000 people, on PostgreSQL (an hour, 15 GB in TMPDIR)
	pg_virtualenv -t $(BIN)/python -m bench.scale

trial-image:  ## Trial: the Dockerfile's steps in a bare Debian, then what compose.yaml runs (as root; debootstrap, PostgreSQL; 5 minutes)
	@$(PYTHON) -m tests.image

# In the order of their names, but for the one long test of the last file: otherwise one worker is alone with it at the end.
IN_ORDER := --no-loadscope-reorder tests/journeys/test_weeks.py tests/journeys
test-browser: $(VENV)/dev.stamp  ## The journeys in headless Chromium
	@if [ -n "$(CHROMIUM)" ]; then $(MAKE) --no-print-directory $(VENV)/browser.stamp && \
	  echo "== Chromium" && CHROMIUM="$(CHROMIUM)" $(BIN)/pytest $(ON_ALL_CORES) -o faulthandler_timeout=480 -m browser $(IN_ORDER); \
	else echo "Browser tests skipped. To run them: sudo apt install chromium-headless-shell"; [ -z "$(STRICT)" ]; fi

gallery: $(VENV)/dev.stamp  ## Pictures of every page and state in gallery-out/ (SCENES=player: only some)
	@if [ -n "$(CHROMIUM)" ]; then $(MAKE) --no-print-directory $(VENV)/browser.stamp && \
	  CHROMIUM="$(CHROMIUM)" $(BIN)/python -m tests.gallery $(SCENES); \
	else echo "No pictures without Chromium: sudo apt install chromium-headless-shell"; exit 1; fi

bench: $(VENV)/dev.stamp  ## What can be measured, and how
	@for file in bench/*.py; do name=$$(basename $$file .py); case $$name in bare|people) continue;; esac; \
	  printf '%s\n    %s\n' "$(BIN)/python -m bench.$$name" "$$(head -1 $$file | sed 's/^r*"""//')"; done

check: check-style check-types check-django check-lock check-known  ## What CI checks besides the tests

check-style: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check-types: $(VENV)/dev.stamp
	DEBUG=true SECRET_KEY=check $(BIN)/mypy

check-django: $(VENV)/dev.stamp
	DEBUG=true SECRET_KEY=check $(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/pytest -q tests/architecture/test_migrations.py
	DEBUG=false SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') ALLOWED_HOSTS=hipfeet.example \
	  OPERATOR_NAME=Ann OPERATOR_EMAIL=ann@hipfeet.example BACKUP_DAYS=30 \
	  DEFAULT_FROM_EMAIL=hello@hipfeet.example TRUSTED_PROXY_COUNT=1 \
	  $(BIN)/python manage.py check --deploy --fail-level WARNING

format: $(VENV)/dev.stamp  ## Format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(VENV)/figures.stamp: requirements-figures.txt | $(VENV)/bin/python
	@echo "Installing what draws the pictures (once) ..."
	@$(PYTHON) -m venv $(VENV)/figures
	@$(VENV)/figures/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-figures.txt
	@touch $@

figures: $(VENV)/figures.stamp $(VENV)/dev.stamp  ## Draw the pictures and plates that are not current (minutes; ONLY=bridge: those whose name matches)
	@$(VENV)/figures/bin/python -m figures.people $(ONLY)
	@$(BIN)/python -m figures

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
  --no-emit-find-links --custom-compile-command "make lock"
# Locks anew, compares, and puts the old files back with their dates, so that nothing is installed again.
check-lock: $(UV) $(VENV)/dev.stamp
	@old=$$(mktemp -d) && cp -p requirements*.txt $$old && $(MAKE) --no-print-directory lock; \
	  for f in requirements*.txt; do cmp -s $$f $$old/$$f || stale="$$stale $$f"; done; cp -p $$old/*.txt .; \
	  [ -z "$$stale" ] || { echo "Not what pyproject.toml asks for:$$stale. Run make lock and commit it."; exit 1; }

AUDIT = $(VENV)/audit/bin/pip-audit
$(AUDIT): | $(UV)
	@$(UV) venv --quiet --python $(BIN)/python $(VENV)/audit && $(UV) pip install --quiet --python $(VENV)/audit pip-audit

# Fails where a locked package has a known hole; where nobody can be asked it says so, and fails only with STRICT=1.
check-known: $(AUDIT)
	@if said=$$($(AUDIT) --vulnerability-service osv --disable-pip --require-hashes --strict -r requirements.txt 2>&1); then \
	  echo "No hole is known in what requirements.txt locks."; \
	elif echo "$$said" | grep -q "^Found .* known vulnerabilit"; then echo "$$said"; exit 1; \
	else echo "NOT looked up whether holes are known in what requirements.txt locks: no list of them can be reached."; [ -z "$(STRICT)" ]; fi

lock: $(UV)  ## Write the hashed locks anew (make lock UPGRADE=--upgrade takes newer versions)
	@$(COMPILE) $(UPGRADE) pyproject.toml -o requirements.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml -c requirements.txt --group dev -o requirements-dev.txt
	@$(COMPILE) $(UPGRADE) pyproject.toml -c requirements-dev.txt --group dev --group browser -o requirements-browser.txt
	@$(COMPILE) $(UPGRADE) --no-deps -c requirements-dev.txt --group figures -o requirements-figures.txt
