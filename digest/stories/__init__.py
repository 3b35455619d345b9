"""What is one story, what it is about and how much it matters: deciding code, which takes values
and returns values.
"""
