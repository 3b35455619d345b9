"""Whatever connects to publishers: the one polite HTTP client, the address guard, robots.txt,
freshness, and the pools that work fans out over.
"""
