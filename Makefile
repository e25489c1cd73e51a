# Everything that a person types: make demo, make test, make check, make bench.

PYTHON ?= python3
BIN := .venv/bin
SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libgomp1 poppler-utils gettext
SYSTEM_TEST := $(SYSTEM) chromium-headless-shell postgresql
SYSTEM_BENCH := $(SYSTEM_TEST) chromium

# A machine that forbids compiled files would compile all of torch in each process anew.
export PYTHONDONTWRITEBYTECODE :=

# What Django's commands need of the settings where no database and no secret is there.
BARE := EDUENGINE_SECRET_KEY=for-the-plugin EDUENGINE_DATABASE_URL=sqlite://:memory:

.PHONY: demo test test-all check static sbom audit bench faults check-system check-system-test check-system-bench

demo: check-system .venv/product
	@exec $(BIN)/python -m eduengine.demo

test: check-system-test static
	$(BIN)/python -m tests

# In more languages, and on SQLite what `make test` does on PostgreSQL: before a release.
test-all: check-system-test static
	$(BIN)/python -m tests --all

# The part of `make test` that tells how much of the two rooms that must not err is tested, and what is
# inside.
check: check-system-test static sbom
	$(BIN)/python -m tests --measured

# What can be told without running anything, and before the fonts are there.
static: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BARE) $(BIN)/mypy --num-workers 2
	$(BIN)/djlint --lint --quiet templates
	$(BARE) $(BIN)/python manage.py makemigrations --check --dry-run --skip-checks

sbom: .venv/dev
	@mkdir -p var
	$(BIN)/python -W ignore::UserWarning -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible --output-file var/sbom.json requirements.txt

# Asks PyPI for advisories on everything that is installed; fails where it cannot be asked.
audit: .venv/dev
	$(BIN)/pip-audit --strict

bench: check-system-bench .venv/dev
	$(BIN)/python -m tests.bench

faults: check-system-test .venv/dev
	$(BIN)/python -m tests.faults

.venv/product: requirements.txt
	$(call install,requirements.txt)
	@touch $@

.venv/dev: requirements.txt requirements-dev.txt
	$(call install,requirements-dev.txt)
	@touch $@ .venv/product

# The pip of Python 3.11 takes a minute and a half to see that pinned versions fit, this one seconds.
# What is never loaded is never compiled: the rest is when it is first loaded, and kept.
define install
$(PYTHON) -m venv .venv
$(BIN)/pip install --quiet pip==26.3
$(BIN)/pip install --quiet --no-compile -r $(1)
endef

check-system:
	@$(call ensure,$(SYSTEM))

check-system-test:
	@$(call ensure,$(SYSTEM_TEST))

check-system-bench:
	@$(call ensure,$(SYSTEM_BENCH))

# Installs what is missing where it may (root on Debian), or prints the command and stops.
define ensure
missing=""; \
command -v dpkg-query >/dev/null || { echo "Not Debian: install what matches $(1), then touch .venv/system."; test -e .venv/system; exit $$?; }; \
for package in $(1); do \
	dpkg-query -W -f '$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -n "$$missing" ]; then \
	if [ "$$(id -u)" = 0 ]; then \
		apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends -y $$missing >/dev/null; \
	else \
		echo "System packages are missing. Run:"; echo "  sudo apt-get install --no-install-recommends$$missing"; exit 1; \
	fi; \
fi
endef
