"""Measurements of the digest's quality on public data: `python -m bench.NAME --corpus DIR
[--json]`.
"""
