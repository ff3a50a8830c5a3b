# `make` alone explains the verbs; the sentence after two hashes is what it prints.

VENV := .venv
# Another Python than the one of .venv, for `make also`.
ALSO := python3.13
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
# What `make demo` installs beside the core; `make test` adds spark.
EXTRAS := [all]
# The one question that the demo and the README ask.
QUESTION := duty 8507.60.00.10 --origin CN --on 2025-11-12 --value 10000
# What `make also` runs: what can depend on the version of Python, which are options, files, SQLite,
# days, types read at run time and compiled loops, where commands and tools use them; and the tools
# that these tests need, in the versions of constraints.txt. Rules are tested once, by `make test`.
ALSO_TESTS := $(addprefix tests/,assistant cli/duties cli/files cli/parties core store register/load/test_compile.py register/load/test_yaml_reader.py parties/screening/test_stored_index.py)
ALSO_TOOLS := hypothesis msgspec openpyxl pytest pytest-xdist
# The programs that make data/ and the lists: those modules of encode/ that can be run, but for
# those that must be given a further file, which are run by hand.
ENCODERS = $(subst /,.,$(basename $(sort $(shell grep -rl --include='*.py' '^if __name__' encode \
  | xargs grep -L 'required=True\|options_of')))))

# The official publications, when a folder with them lies beside the checkout.
ifneq ($(wildcard ../shared/reference),)
export DETENTE_REFERENCE ?= $(abspath ../shared/reference)
endif

# What Python compiles of a module is kept, whatever the shell says: it is read again within minutes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test also check fix data encode bench soak release docs readme snapshots clean

help: ## Explain the verbs.
	@awk -F ':.*## ' '/^[a-z][a-z-]*:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: data ## Install into .venv, answer one question with its working, then a batch of entries.
	@printf '\n$$ detente %s --why\n\n' '$(QUESTION)'
	@$(VENV)/bin/detente $(QUESTION) --why
	@printf '\n$$ detente batch examples/entries.csv -o examples/duties.csv\n\n'
	@$(VENV)/bin/detente batch examples/entries.csv -o examples/duties.csv
	@$(PY) tools/show_batch.py examples/duties.csv

test: data $(VENV)/.tools ## Run the tests.
	@bash tools/debian_packages.sh chromium nginx-light caddy openssl zsh fish systemd
	@command -v java >/dev/null || bash tools/debian_packages.sh default-jre-headless
	@$(PY) -m pytest --numprocesses 2 --dist worksteal --quiet

also: ## Run the demo, and tests of what can depend on it, under another Python, named by ALSO.
	@$(MAKE) --no-print-directory demo VENV=.venv-also PYTHON='$(ALSO)'
	@$(subst $(VENV),.venv-also,$(PIP)) $(ALSO_TOOLS)
	@.venv-also/bin/python -m pytest --numprocesses 2 --dist worksteal --quiet -m "not once" $(ALSO_TESTS)

check: data $(VENV)/.tools ## Check format, lint, types, layers, committed text and compiled data.
	@$(MAKE) --no-print-directory --jobs=2 .types .others

# The parts of a check, of which the first takes longest; neither writes what the other reads.
.types:
	@$(PY) tools/check_types.py --strict src encode hatch_build.py tools

.others:
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/lint-imports --no-logo
	@$(PY) tools/check_text.py
	@$(PY) tools/check_stale.py
	@$(PY) tools/python_stub.py --check
	@$(PY) tools/check_gaps.py
	@$(PY) tools/snapshots.py --check
	@$(VENV)/bin/detente coverage --strict | tail -n 2
	@$(PY) -m benchmarks.agreement --check

fix: $(VENV)/.tools ## Format the code and mend what the linter can mend by itself.
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

data: $(VENV)/.package ## Bring the compiled register and tables up to date.
	@$(PY) hatch_build.py
	@$(PY) -m compileall -q src/detente

encode: $(VENV)/.tools ## Make data/ and the lists again from the publications that DETENTE_REFERENCE names.
	@if [ -z "$$DETENTE_REFERENCE" ]; then \
	  echo "Set DETENTE_REFERENCE to the folder with the official publications." >&2; exit 1; \
	fi
	@for program in $(ENCODERS); do echo "$$program"; $(PY) -m "$$program" || exit 1; done

bench: data $(VENV)/.tools ## Measure speed and memory beside the peers.
	@$(PY) -m benchmarks $(PARTS)

soak: data $(VENV)/.tools ## Try for hours: load, kills, power loss, pages, requests, grids and changes by lot.
	@$(PY) -m tools.soak $(PARTS)

release: data $(VENV)/.tools ## Build the wheel into dist/, with what it is made of and where it is from.
	@$(PY) tools/release.py

docs: data $(VENV)/.tools ## Build the guide as a site, into site/.
	@$(PY) tools/docs.py

readme: data ## Write today's answer into the README.
	@$(PY) tools/readme_answer.py

snapshots: data ## Write what the law gives and what commands print, so that a change is read as a diff.
	@$(PY) tools/snapshots.py
	@$(PY) tools/transcripts.py

clean: ## Remove the environment and everything that was built.
	rm -rf $(VENV) .venv-also build dist site src/detente/_data examples/duties.csv
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The first Python of at least 3.11 that can also make an environment; PYTHON=… names the one to use.
$(PY):
	@for python in $(or $(PYTHON),python3.11 python3.12 python3.13 python3); do \
	  if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making $(VENV) with $$("$$python" --version)"; \
	    exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "Détente needs Python 3.11 or later, with its venv module, and $(or $(PYTHON),none)" \
	  "$(if $(PYTHON),is not that,was found)." >&2; \
	echo "Install one (on Debian and Ubuntu: apt-get install python3 python3-venv)," >&2; \
	echo "or name one that you have: make demo PYTHON=/path/to/python3" >&2; \
	exit 1

# The data is compiled before pip would do it, so that a mistake in the register is shown by itself.
# numba is there before it, so that the loops of names are compiled beside the cells of the law and
# not after them. --no-build-isolation: the package is built with the tools of this environment.
$(VENV)/.package: pyproject.toml constraints.txt hatch_build.py | $(PY)
	@echo "installing detente"
	@$(PIP) --upgrade pip
	@$(PIP) hatchling editables numpy pyyaml $(if $(findstring all,$(EXTRAS)),numba)
	@$(PY) hatch_build.py
	@$(PIP) --no-build-isolation --editable '.$(EXTRAS)'
	@touch $@

$(VENV)/.tools: $(VENV)/.package
	@echo "installing the tools"
	@$(PIP) setuptools wheel # pyspark is published as source alone
	@$(PIP) --no-build-isolation --group dev --editable '.[all,spark]'
	@touch $@
