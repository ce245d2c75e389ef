# Doorward. A bare `make` lists what there is.
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
FUZZTIME ?= 20s
SCREENSHOTS ?= data/screenshots
TOUR ?= docs/screenshots
# SQLite is C put into Go, pointers and all: watching every one of its reads and pointers takes half the time of the tests and says nothing of ours.
UNWATCHED := '-gcflags=modernc.org/...=-race=false -d=checkptr=0'
.DELETE_ON_ERROR:
.PHONY: help run test build bench lint fuzz screenshots needs client

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## build and serve in development mode: DOORWARD_LISTEN (127.0.0.1:8080), DOORWARD_DATA (data), DOORWARD_DEVELOPMENT (1), ...
	DOORWARD_DATA="$${DOORWARD_DATA:-data}" DOORWARD_DEVELOPMENT="$${DOORWARD_DEVELOPMENT:-1}" ./doorward serve

test: needs client ## every test, with the race detector, on both databases, in a browser
	go vet ./...
	go run ./server/servertest/withpostgres go test -race $(UNWATCHED) -timeout 60m $(TESTFLAGS) ./...

build: client ## ./doorward, client and all
	CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X doorward/server/cli.version=$(VERSION)" -o doorward .

bench: build ## speed, memory and size, beside floors measured in the same run (BENCHFLAGS=-quick)
	go run ./server/bench $(BENCHFLAGS)

lint: ## gofmt, go vet, staticcheck, govulncheck, house tests
	.ci/lint

fuzz: ## each fuzz test for FUZZTIME (20s)
	FUZZTIME=$(FUZZTIME) .ci/fuzz

screenshots: needs client ## pictures of every page into SCREENSHOTS (data/screenshots), of a tour through made-up people into TOUR (docs/screenshots)
	mkdir -p $(SCREENSHOTS) $(TOUR)
	DOORWARD_SCREENSHOTS=$(abspath $(SCREENSHOTS)) DOORWARD_TOUR=$(abspath $(TOUR)) \
		go test -count=1 -timeout 30m -run 'TestPages|TestTour' ./server/servertest

needs: # what the tests need of the system
	@.ci/needs

client: # web/built
	go run ./web/pack
