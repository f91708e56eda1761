"""The endpoint that a learner's tools talk to: moto behind a middleware, on the loopback interface."""
