"""The version of the program, as it is printed, written into manifests and put into signatures."""

__version__ = "0.1.0"
