"""What may be chosen about the embedded server, and where it keeps its things."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ServerOptions:
    """What may differ from one machine to the next; sizes as Java writes them (``512m``, ``2g``)."""

    heap: str = "512m"
    page_cache: str = "128m"
    port: int | None = None  # taken if it is free, else any other
    jars: Path | None = None  # a jar folder shared by several homes
    start_timeout: float = 180.0  # seconds; recovery after a power cut takes longer than a plain start
    stop_timeout: float = 60.0  # seconds until a server that does not stop by itself is killed


@dataclass(frozen=True)
class ServerPaths:
    """Where an embedded server keeps its things."""

    home: Path
    neo4j: Path
    jars: Path

    @property
    def data(self) -> Path:
        """The database; what a backup must hold, together with ``password``."""
        return self.neo4j / "data"

    @property
    def logs(self) -> Path:
        """Neo4j's own logs and what Java printed."""
        return self.neo4j / "logs"

    @property
    def conf(self) -> Path:
        """Written anew before each start."""
        return self.neo4j / "conf"

    @property
    def arguments(self) -> Path:
        """Java's argument file, by which the process is known."""
        return self.conf / "java.args"

    @property
    def password(self) -> Path:
        """Mode 0600."""
        return self.neo4j / "password"

    @property
    def run_file(self) -> Path:
        """Where the running server listens and since when."""
        return self.neo4j / "run.json"

    @property
    def users(self) -> Path:
        """One locked file a user."""
        return self.neo4j / "users"

    @property
    def lock(self) -> Path:
        """Held while a server starts or stops and while users come and go."""
        return self.neo4j / "server.lock"
