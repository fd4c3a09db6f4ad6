"""Soon."""


def gaps() -> None:
    """Nothing yet."""
