"""Everything that crosses the network to publishers: one polite HTTP client, robots.txt, and the reading of feeds."""
