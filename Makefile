# Thin: each target names the one program that does it.
PORT ?= 8000
export PORT
COMPILE := .venv/bin/python -m uv pip compile --quiet --upgrade --generate-hashes \
	--no-header --no-annotate --universal --python-version 3.11

.DEFAULT_GOAL := help
.PHONY: help run stop test check lock messages

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

run: ## set up what is missing, then portal, desk and worker on http://127.0.0.1:8000
	@config/run/setup.sh run
	@.venv/bin/python -m config.run.serve

stop: ## stop what `make run` started in this folder
	@.venv/bin/python -m config.run.stop

test: ## set up what is missing, then every check and every test
	@config/run/setup.sh test
	@.venv/bin/python -m tests.servers.suite

check: ## lint, types, layers, migrations, documentation (after one `make test`)
	@.venv/bin/python -m config.run.check

messages: ## gather the sentences to translate, and compile the translations
	@.venv/bin/python -m config.run.messages

lock: ## renew the locked packages from pyproject.toml
	@$(COMPILE) --extra local -o requirements.lock pyproject.toml
	@$(COMPILE) --extra dev -o requirements-dev.lock pyproject.toml
	@echo uv | $(COMPILE) -o config/run/uv.lock -
