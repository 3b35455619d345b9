"""What the editor looks at in a browser on the same machine."""
