"""Who is asking, what they may do and what they may see.

``roles`` is the one table of role × action; ``gate.may`` is how a route declares its action; ``viewer`` is who asks.
"""
