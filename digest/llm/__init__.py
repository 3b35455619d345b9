"""The provider seam: what is asked of a language model, who answers, what it costs, and what was
answered before.
"""
