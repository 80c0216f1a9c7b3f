"""Builds quote-and-comment blogs."""

__version__ = "0.1.0"
