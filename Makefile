# One entry for people and for CI. `make` alone prints this file's targets.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:

# The first release build takes about ten minutes on two cores, a debug build about five.
ifeq ($(GHOSTWORKS_DEBUG),1)
BUILD := --product ghostworks
else
BUILD := -c release --static-swift-stdlib --product ghostworks
endif

SWIFT_FILES := Package.swift Sources Tests Themes migrations

.PHONY: help demo run test build release format lint floors bench faults fuzz clean

help: ## Print this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## Install what is missing, build, load demo data and open the console.
	@.ci/packages
	swift build $(BUILD)
	exec "$$(swift build $(BUILD) --show-bin-path)/ghostworks" demo

run: ## Build and run: make run ARGS="tenant list" (GHOSTWORKS_DEBUG=1 for a debug build).
	@swift build $(BUILD)
	exec "$$(swift build $(BUILD) --show-bin-path)/ghostworks" $(ARGS)

test: ## Everything that CI runs: format, floors, documents, build, all tests.
	@.ci/packages
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)
	.ci/floors
	.ci/migrations-list --check
	.ci/floors-test
	.ci/packages-test
	.ci/docs
	.ci/pictures --check
	.ci/python
	swift build --build-tests
	.ci/with-postgres .ci/test

build: ## Debug build of everything, tests included.
	swift build --build-tests

release: ## Release build; the Swift runtime is linked in, system libraries are not.
	swift build -c release --static-swift-stdlib --product ghostworks

format: ## Rewrite the Swift files in the project's format.
	swift format --in-place --parallel --recursive $(SWIFT_FILES)

lint: ## Check the format without changing anything.
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)

floors: ## Check every import against the edges in docs/architecture.md.
	.ci/floors

bench: ## Measure the product against the server below it (docs/benchmarks.md).
	@.ci/packages
	swift build -c release --static-swift-stdlib --product ghostworks
	Benchmarks/run

faults: ## The full fault set; a short form of each is in `make test`.
	@.ci/packages
	.ci/python
	swift build --build-tests
	GHOSTWORKS_FAULTS=full GHOSTWORKS_TEST_PATIENCE=1800 .ci/with-postgres .ci/test

fuzz: ## Feed the parsers of providers' streams for 5 minutes; a short run is in `make test`.
	.ci/fuzz 300

clean: ## Remove the build folder.
	swift package clean
	rm -rf .build
