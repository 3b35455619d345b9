"""Language tools without a subject: decoding, sentences, words, numerals, quantities, dates,
vectors, Markdown. They import nothing of ours but values.
"""
