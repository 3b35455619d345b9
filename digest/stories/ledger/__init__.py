"""The ledger of figures: whose each is, what it measures and for when, and which are one series.
Pure.
"""
