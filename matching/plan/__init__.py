"""The plan's targets and where they stand; what nobody reported and nothing counts is missing."""

from matching.plan.progress import Progress, Standing, progress, record_reading

__all__ = ["Progress", "Standing", "progress", "record_reading"]
