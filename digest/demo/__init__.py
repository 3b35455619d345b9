"""The sample newsroom of ``digest demo``: invented publishers, two fixed days, served on
loopback.
"""
