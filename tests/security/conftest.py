"""The command line in this process, on a workspace with a release, as the tests of the verbs have it."""

from tests.cli.conftest import adjudicated, released, run

__all__ = ["adjudicated", "released", "run"]
