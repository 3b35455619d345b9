"""From a plan to an issue: the draft and its grammar (issue.md), what the store knows joined to it,
its folder, its JSON.
"""
