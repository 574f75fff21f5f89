"""What all tests share."""

from hypothesis import settings

# How long one example takes says more about the machine than about the code: benchmarks measure, tests do not.
settings.register_profile("annotator", deadline=None)
settings.load_profile("annotator")
