"""Kinds of issue: what each reads, how it plans, and the time that it covers."""
