# make demo   from nothing to pairings, gap board and files in out/
# make test   lint, types, import contracts, all tests by WORKERS processes, each with a Neo4j of its own
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV_VERSION := 0.13.9
WORKERS ?= 2
INSTALLED := $(VENV)/.installed

.PHONY: demo test serve lint bench lock messages install clean
.DEFAULT_GOAL := demo

install: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "需要 Python 3.11 或更高版本 / Python 3.11 or later is needed"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)
	@echo "环境  安装依赖 $$(grep -c '==' requirements.lock) 个…"
	@$(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

demo: install
	@$(BIN)/ronglian demo --out out

serve: install
	@$(BIN)/ronglian serve

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest -n $(WORKERS) --dist loadfile

bench: install
	$(BIN)/python -m benchmarks

lock: install
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --all-extras --generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) out

messages: install
	@mkdir -p out
	$(BIN)/pybabel -q extract -F pyproject.toml -k N_ -k _ -k t --no-location --omit-header -o out/ronglian.pot graph loaders matching api
	$(BIN)/pybabel -q update -i out/ronglian.pot -d api/locales -D ronglian -l en --no-fuzzy-matching --ignore-obsolete --omit-header --init-missing
