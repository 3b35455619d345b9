"""What the user writes and where it is found: feeds.yaml and its schema, default themes, OPML, the
starter, templates.
"""
