"""What a language model makes of documents: insights, story texts, highlights and a title, every
one grounded before it counts.
"""
