# What each target does is said and done in tools/workshop.py, so that make.cmd does the same on Windows.
# Arguments: make test ARGS="-k callback"; another Python: make PYTHON=python3.12 test

PYTHON ?= $(firstword $(foreach name,python3 python3.14 python3.13 python3.12 python3.11 python,$(if $(filter yes,\
  $(shell $(name) -c 'import sys; print("yes" if sys.version_info >= (3, 11) else "no")' 2>/dev/null)),$(name))))

TARGETS := demo test check docs serve bench dist installed pin clean help

.DEFAULT_GOAL := help
.PHONY: $(TARGETS)
.NOTPARALLEL:

$(TARGETS):
	@if [ -z "$(PYTHON)" ]; then \
	  echo "estatecrm needs Python 3.11 or newer and found none: install it, or name it with make PYTHON=/where/python $@" >&2; \
	  exit 1; fi
	@$(PYTHON) tools/workshop.py $@ $(ARGS)
