"""What is kept between runs, in one SQLite file: one module per thing kept, SQL nowhere else."""

from digest.store.state import durably, open_state

__all__ = ["durably", "open_state"]
