"""The web pages: rendered here, made livelier by plain scripts; every page works without them."""

from api.web.routes import add

__all__ = ["add"]
