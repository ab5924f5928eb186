# Short names for the common steps; `make help` lists them. The scripts and presets behind them work without make, too.
JOBS ?= 2
export ONSALE_JOBS := $(JOBS)
OURS = $(shell git ls-files -co --exclude-standard -- 'src/*.h' 'src/*.cc' 'tests/*.h' 'tests/*.cc')
SHELL_SCRIPTS = $(shell git ls-files -co --exclude-standard -- '*.sh') .ci/run
SIM_SEEDS ?= 10000

.PHONY: help setup build test asan tsan fmt fmt-check tidy clang-tidy headers sim bench evidence fuzz run chaos check

help: ## this list
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## install what is missing (Debian 12)
	scripts/install-deps.sh all

build: ## configure and build preset dev
	cmake --preset dev && cmake --build --preset dev -j $(JOBS)

test: ## every test, release build
	scripts/test.sh

asan: ## unit tests with the address and undefined behaviour sanitizers
	cmake --preset asan && cmake --build --preset asan -j $(JOBS)
	ctest --test-dir build/asan -LE '^(long|tidy)$$' -j $(JOBS) --output-on-failure

tsan: ## unit tests with the thread sanitizer
	cmake --preset tsan && cmake --build --preset tsan -j $(JOBS)
	ctest --test-dir build/tsan -LE '^(long|tidy)$$' -j $(JOBS) --output-on-failure

fmt: ## clang-format every file of ours
	clang-format -i $(OURS)

fmt-check: ## fail if fmt would change something
	clang-format --dry-run --Werror $(OURS)

tidy: ## the house style (seconds) and the scripts
	scripts/tidy.py && python3 tests/tidy/test_tidy.py && shellcheck $(SHELL_SCRIPTS)

clang-tidy: build ## clang-tidy on every file of ours (minutes)
	scripts/clang-tidy.sh

headers: ## compile every header on its own
	cmake --preset dev -B build/headers -DONSALE_VERIFY_HEADERS=ON
	cmake --build build/headers --target all_verify_interface_header_sets -j $(JOBS)

sim: ## simulated sales from SIM_SEEDS seeds (10000)
	cmake --preset release && cmake --build --preset release --target onsale-sim -j $(JOBS)
	$$(find build/release/src -type f -name onsale-sim) --seeds $(SIM_SEEDS)

bench: ## load on servers of their own: every scenario, and one ticket for 100,000 rivals
	cmake --preset release && cmake --build --preset release --target onsale -j $(JOBS)
	for scenario in rush sessions sold_out catalogue mixed; do \
		build/release/src/app/main/onsale bench $$scenario --rate 10000 --out build/bench-results || exit 1; \
	done
	bench/contended.sh

fuzz: ## every parser with libFuzzer, FUZZ_SECONDS (60) each
	cmake --preset fuzz && cmake --build --preset fuzz -j $(JOBS)
	tests/fuzz/run.sh

evidence: ## every figure of README again, into build/evidence (EVIDENCE_SCALE=small: two minutes)
	bench/evidence.sh

run: ## build and serve with demo data
	scripts/run.sh

chaos: ## faults on the real binary: 200 times kill -9, 100 power cuts, damaged files, slow disk, wrong clock, … (about an hour)
	cmake --preset release && cmake --build --preset release --target onsale onsale-crowd -j $(JOBS)
	tests/chaos/all.sh

check: fmt-check tidy clang-tidy headers test asan tsan sim chaos ## everything before a release
