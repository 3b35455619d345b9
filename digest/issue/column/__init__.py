"""A column: what it could argue, the essay in checked sentences, its outline without a model."""
