"""Label conflict news, settle disagreements, freeze versioned gold, score extractors against it."""

from annotator.version import __version__

__all__ = ["__version__"]
