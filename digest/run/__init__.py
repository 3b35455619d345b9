"""The only room that knows all others: the pipeline and its stages, the session, the report, what a
run records and what it may spend.
"""
