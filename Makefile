# Convex. `make run` and `make test` do all their own set-up.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test bench lint golden calendars truth screens web tools browser

LISTEN ?= 127.0.0.1:8080
TARGET := $(or $(CARGO_TARGET_DIR),target)
GOLDEN_VENV := $(TARGET)/golden-venv

WEB_LOCK := web/node_modules/.package-lock.json
WEB_BUILT := web/dist/.vite/manifest.json
WEB_SOURCES := $(shell find web/src -type f 2>/dev/null) $(wildcard web/*.json web/*.ts web/.npmrc)

help: ## Show these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-10s %s\n", $$1, $$2 }'

run: tools ## Build everything and serve on http://127.0.0.1:8080
	@echo "Convex will answer on http://$(LISTEN) (the first build takes a few minutes; Ctrl-C stops it)"
	@$(MAKE) --no-print-directory web
	@cargo run --release -p convex -- serve --offline-sample --listen $(LISTEN)

build: tools ## Build the program with all it embeds, into target/release/convex
	@$(MAKE) --no-print-directory web
	@cargo build --release -p convex

test: tools ## Run every test: unit, golden, property, end to end, and in a browser
	@$(MAKE) --no-print-directory web browser
	@mkdir -p $(TARGET)
	@cargo test --workspace --no-fail-fast 2>&1 | tee $(TARGET)/tests-rust.log
	@test -x $(TARGET)/debug/convex || cargo build -p convex
	@cd web && CONVEX_BINARY="$(abspath $(TARGET))/debug/convex" CHROMIUM="$$(e2e/browser.sh)" \
		npm run --silent e2e 2>&1 | tee "$(abspath $(TARGET))/tests-browser.log"
	@rust=$$(awk '/^test result: ok/ { sum += $$4 } END { print sum + 0 }' $(TARGET)/tests-rust.log); \
		pages=$$(awk '/^[^ ]+ pass / { sum += $$3 } END { print sum + 0 }' $(TARGET)/tests-browser.log); \
		echo "passed: $$rust Rust tests and $$pages browser tests, 0 failed"

bench: tools ## Run the benchmarks
	@cargo bench --workspace --bench '*'

lint: tools ## Check form, lints, dependency directions, licences and types
	@cargo fmt --all --check
	@cargo clippy --workspace --all-targets -- -D warnings
	@cargo xtask deps
	@cargo xtask licences
	@$(MAKE) --no-print-directory web
	@cd web && npm run --silent check

golden: ## Make the golden values again, with Python's statistics packages
	@command -v python3 > /dev/null || { echo "error: python3 is needed for this" >&2; exit 1; }
	@test -x $(GOLDEN_VENV)/bin/python || python3 -m venv $(GOLDEN_VENV)
	@$(GOLDEN_VENV)/bin/pip install --quiet --disable-pip-version-check -r golden/requirements.txt
	@for script in make roots links screen forecasts; do $(GOLDEN_VENV)/bin/python golden/$$script.py; done

calendars: tools ## Make the trading calendars again, with Python's packages
	@cargo xtask calendars

truth: tools ## Check the statistics on simulated markets with known truth, into docs/truth.md
	@cargo xtask truth

screens: tools ## Take pictures of the pages into web/test-results/screens
	@$(MAKE) --no-print-directory web browser
	@cargo build --quiet -p convex
	@cd web && CONVEX_BINARY="$(abspath $(TARGET))/debug/convex" CHROMIUM="$$(e2e/browser.sh)" npm run --silent screens

web: $(WEB_BUILT) ## Build the browser side, if its sources changed
	@:

$(WEB_LOCK): web/package-lock.json web/package.json
	@echo "installing the browser side's packages"
	@cd web && npm ci --silent --no-audit --no-fund
	@touch $@

$(WEB_BUILT): $(WEB_LOCK) $(WEB_SOURCES)
	@cd web && npm run --silent build
	@touch $@

tools:
	@command -v cargo > /dev/null || { echo "error: Rust is needed: install it from https://rustup.rs, then run this again" >&2; exit 1; }
	@command -v node > /dev/null && command -v npm > /dev/null || { echo "error: Node 20.19 or later is needed, with npm: install it from https://nodejs.org, then run this again" >&2; exit 1; }
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); if (a < 20 || (a === 20 && b < 19)) { console.error(`error: Node $${process.versions.node} is too old, 20.19 or later is needed`); process.exit(1); }'

browser:
	@web/e2e/browser.sh > /dev/null
