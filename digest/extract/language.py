"""Placeholder while the real one is written."""


def language_of(text: str, declared: str) -> str:
    return declared
