"""Soon."""


def serve() -> None:
    """Nothing yet."""
