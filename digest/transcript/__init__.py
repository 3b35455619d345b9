"""Podcast transcripts: every published format into cues, cues into the text that is stored, and
where each word was said. Pure.
"""
