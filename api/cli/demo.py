"""Soon."""


def demo() -> None:
    """Nothing yet."""
