"""From entries to documents: pages, PDF files and episodes into text in worker processes; text that
speaks to a machine is disarmed.
"""
