"""Entries into documents: article text by trafilatura in worker processes, the feed's own text where a page gives none."""
