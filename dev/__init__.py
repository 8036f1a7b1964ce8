"""The developer's harness: servers of our own, `make run`, the tests' set-up. Never shipped."""
