# The two commands a newcomer needs; both work in a fresh clone with nothing but Python >= 3.11 and make.
#   make demo    read the accounts in examples/, print ledger and findings, write build/demo.html
#   make demo-serve   review the same ledger in the browser
#   make test    the whole test suite
#   make compiled     the package with its engine compiled by mypyc, in build/compiled (needs a C compiler, takes minutes)
# Developers: see the justfile and CONTRIBUTING.md.

PYTHON ?= $(shell for candidate in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PAGE := src/frontledger/exports/assets/.built
WEB := $(shell find web -name node_modules -prune -o -name dist -prune -o -type f -print)

.PHONY: demo demo-serve test check web compiled compare-compiled clean

demo: $(READY) $(PAGE)
	@mkdir -p build && rm -f build/demo.gpkg*
	$(BIN)/frontledger run examples/*.txt -o build/demo.gpkg
	$(BIN)/frontledger control build/demo.gpkg
	$(BIN)/frontledger findings build/demo.gpkg
	$(BIN)/frontledger report build/demo.gpkg -o build/demo.html --force

# The same ledger as a service on this machine; Ctrl-C stops it, and verdicts stay in build/demo-serve.gpkg.
demo-serve: $(READY) $(PAGE)
	@mkdir -p build
	@test -f build/demo-serve.gpkg || $(BIN)/frontledger run examples/*.txt -o build/demo-serve.gpkg
	$(BIN)/frontledger serve build/demo-serve.gpkg

test: $(READY) $(PAGE)
	$(BIN)/python -m pytest

check: $(READY) $(PAGE)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python hatch_build.py run check

# pip, not uv: it is there in every Python, and it honours the machine's own index settings.
$(READY): pyproject.toml hatch_build.py
	@test -n "$(PYTHON)" || { echo "frontledger needs Python 3.11 or newer; set PYTHON=/path/to/python" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m ensurepip --upgrade >/dev/null 2>&1 || true
	$(BIN)/python -m pip install -qq --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install -qq --disable-pip-version-check --editable . --group dev
	@touch $@

# The page of the report; installing the package built it, this renews it when web/ has changed.
web: $(PAGE)

$(PAGE): $(WEB) hatch_build.py | $(READY)
	@$(BIN)/python hatch_build.py

# The whole package with the engine compiled: PYTHONPATH=build/compiled runs it.  Nothing else here uses it.
compiled: $(READY) $(PAGE)
	@$(BIN)/python -m compiling.building

# That the compiled engine gives the same events, and how much faster it is.
compare-compiled: compiled
	$(BIN)/python benchmarks/compiled.py

clean:
	rm -rf build dist $(VENV)
