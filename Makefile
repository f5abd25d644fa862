# `make` alone lists what there is.
CONFIGURATION := release
BINARY := .build/$(CONFIGURATION)/errand
SETUP := .build-tools/setup.done
TEST_SETUP := .build-tools/setup-tests.done
SOURCES := Package.swift $(shell find Sources web -type f ! -name '.*')
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run build test test-swift test-web test-api test-agents test-mail test-calendar test-page test-push test-deploy test-metrics test-cost cost-baseline \
	screenshots image lint format bench ci clean

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

run: build ## Set up, build and serve at http://localhost:8080 (more flags in ARGS).
	@exec $(BINARY) serve --data ./data $(ARGS)

build: $(BINARY) ## Set up and build.
	@git describe --always --dirty --abbrev=40 --exclude '*' >$(BINARY).commit 2>/dev/null || rm -f $(BINARY).commit

$(BINARY): $(SETUP) $(SOURCES)
	@scripts/embed-web
	@test -x $(BINARY) || echo "Building Errand. The first time takes 5 to 10 minutes on two cores; after that, seconds."
	swift build -c $(CONFIGURATION) --product errand
	@touch $(BINARY)

test: $(TEST_SETUP) build test-swift test-web test-api test-agents test-mail test-calendar test-page test-push test-deploy \
		test-metrics test-cost ## Run every test.

test-swift: $(TEST_SETUP) build ## Run the Swift tests.
	swift build -c $(CONFIGURATION) --build-tests
	scripts/test-swift

test-web: $(TEST_SETUP) ## Run the page's unit tests.
	node --test Tests/Web/

test-api: $(TEST_SETUP) build ## Hold a real server against its contracts: OpenAPI, RFC 6455, live sync.
	scripts/with-server .build-tools/venv/bin/python Tests/Contract/websocket_protocol.py
	scripts/with-server .build-tools/venv/bin/python Tests/Contract/live.py
	scripts/with-server sh -c '.build-tools/venv/bin/python Tests/Contract/run.py && .build-tools/venv/bin/python Tests/Contract/events.py'

test-agents: $(TEST_SETUP) build ## Let the clients of others use a real server, and the scripted model.
	scripts/with-server .build-tools/venv-agents/bin/python Tests/MCP/client_test.py
	scripts/with-server .build-tools/venv-agents/bin/python Tests/MCP/agents_test.py
	scripts/with-server .build-tools/venv-agents/bin/python Tests/MCP/oauth_test.py
	.build-tools/venv-agents/bin/python Tests/Chat/openai_client_test.py
	.build-tools/venv-agents/bin/python Tests/Chat/chat_test.py

test-mail: $(TEST_SETUP) build ## Receive the mails of a real server, over TLS.
	.build-tools/venv/bin/python Tests/Mail/mail_test.py $(BINARY)

test-calendar: $(TEST_SETUP) build ## Let the code of others read our calendars and read theirs; let CalDAV clients of others in.
	scripts/with-server .build-tools/venv-calendars/bin/python Tests/Calendar/calendar_test.py
	scripts/with-server .build-tools/venv-calendars/bin/python Tests/Calendar/caldav_test.py
	scripts/with-server .build-tools/venv-calendars/bin/python Tests/Calendar/vdirsyncer_test.py
	scripts/with-server .build-tools/venv-calendars/bin/python Tests/Calendar/server_tester_test.py
	scripts/with-server .build-tools/venv-calendars/bin/python Tests/Calendar/round_trip_test.py

test-page: $(TEST_SETUP) build ## Use the page in a real browser.
	ERRAND_NOTIFY_PRIVATE_HOSTS=127.0.0.1 scripts/with-server .build-tools/venv/bin/python Tests/Browser/page_test.py
	scripts/with-server .build-tools/venv/bin/python Tests/Browser/access_test.py

test-push: $(TEST_SETUP) build ## Let the code of others read what a real server pushes.
	ERRAND_VAPID_CONTACT=mailto:push@example.com ERRAND_NOTIFY_PRIVATE_HOSTS=127.0.0.1 \
		scripts/with-server .build-tools/venv/bin/python Tests/Push/push_test.py

test-deploy: $(TEST_SETUP) build ## Hold Compose files, chart, resources and workflows against their rules; run the image.
	.build-tools/venv-deploy/bin/python Tests/Deploy/run.py
	.build-tools/venv-deploy/bin/python Tests/Deploy/image_test.py $(BINARY)

test-metrics: $(TEST_SETUP) build ## Scrape real servers with a real Prometheus.
	.build-tools/venv-deploy/bin/python Tests/Deploy/metrics_test.py $(BINARY)

test-cost: $(TEST_SETUP) ## Count the instructions of hot operations, and hold them against the baseline.
	swift build -c $(CONFIGURATION) --product operation-cost
	python3 Tests/Cost/cost.py .build/$(CONFIGURATION)/operation-cost

cost-baseline: $(TEST_SETUP) ## Write the baseline of test-cost anew.
	swift build -c $(CONFIGURATION) --product operation-cost
	python3 Tests/Cost/cost.py .build/$(CONFIGURATION)/operation-cost --write

screenshots: $(TEST_SETUP) build ## Picture every view of the page, in docs/screenshots.
	scripts/with-server .build-tools/venv/bin/python Tests/Browser/screenshots.py

image: ## Build the image with Docker or Podman, and run every role in it.
	scripts/image

lint: $(SETUP) ## Check the formatting.
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources
	set -e; for script in $$(grep -lE '^#!.*bash' scripts/* .ci/run docker/assemble docker/check k8s/minikube.sh); do bash -n $$script; done
	python3 -m compileall -q Tests/Contract Tests/Browser Tests/MCP Tests/Chat Tests/Push Tests/Mail Tests/Calendar Tests/Deploy Tests/Cost

format: ## Format the Swift code.
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

bench: build ## Measure operations and load; prints Markdown tables.
	scripts/bench

ci: lint test ## What CI runs.

clean: ## Remove what was built.
	rm -rf .build .build-tools Benchmarks/.build

$(SETUP): scripts/setup
	@scripts/setup
	@mkdir -p $(@D) && touch $@

$(TEST_SETUP): scripts/setup Tests/Contract/requirements.txt Tests/Browser/requirements.txt \
		Tests/MCP/requirements.txt Tests/Chat/requirements.txt Tests/Push/requirements.txt Tests/Mail/requirements.txt \
		Tests/Calendar/requirements.txt \
		Tests/Deploy/requirements.txt Tests/Deploy/requirements-tools.txt
	@scripts/setup --tests
	@touch $(SETUP) $@
