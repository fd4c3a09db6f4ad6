"""Soon."""


def sample() -> None:
    """Nothing yet."""
