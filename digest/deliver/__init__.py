"""From an issue's files to a mail server."""
