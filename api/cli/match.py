"""Soon."""


def match() -> None:
    """Nothing yet."""
