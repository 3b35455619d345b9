"""From subscriptions to entries: formats, podcast tags, dates, identity, discovery, health."""
