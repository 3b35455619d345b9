"""An issue in its forms: issue.md, the web page, the mail in HTML and in text, and the public
archive.
"""
