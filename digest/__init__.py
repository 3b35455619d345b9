"""A digest generator for newsletters: feeds in, a checked draft out, the approved issue sent."""

__version__ = "0.1.0"
