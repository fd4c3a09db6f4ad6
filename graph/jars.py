"""The program files of the embedded Neo4j: fetched once from Maven Central, then held to a committed lock.

``neo4j.lock`` names every jar: SHA-256, bytes, Maven coordinate, file name. :func:`ensure` puts them into one flat
folder, which may be copied to a machine without a network. After a change of :data:`ROOTS`, write the lock anew with::

    python -m graph.jars lock
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from filelock import FileLock

from graph.errors import HomeNotWritable, JarsCorrupt, JarsMissing
from graph.messages import N_, Message

VERSION = "5.26.30"
ROOTS = (f"org.neo4j:neo4j:{VERSION}", f"org.neo4j.app:neo4j-server:{VERSION}")
LOCK_FILE = Path(__file__).with_name("neo4j.lock")
FETCHING = N_("正在下载内置数据库的程序文件：{done}/{total} 个，{megabytes} MB")
CHECKING = N_("正在校验内置数据库的程序文件（{total} 个）")

Progress = Callable[[Message], None]
_STAMP = ".verified"
_THREADS = 8
_ATTEMPTS = 2


@dataclass(frozen=True)
class Jar:
    """One line of the lock."""

    sha256: str
    size: int  # bytes
    coordinate: str
    name: str


@cache
def locked() -> tuple[Jar, ...]:
    """Return the jars of the lock file, in its order, by name, which is that of the class path.

    jaxb-runtime's manifest names jars of this folder; in other orders Java refuses its own class archive for that.
    """
    lines = LOCK_FILE.read_text("utf-8").splitlines()
    fields = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple(Jar(sha256, int(size), coordinate, name) for sha256, size, coordinate, name in fields)


def ensure(
    folder: Path, progress: Progress | None = None, repositories: Mapping[str, str] | None = None
) -> tuple[Path, ...]:
    """Return the jars in ``folder``, each as the lock has it, fetching those that are not there.

    All are hashed when anything in the folder changed since the last time; else names, sizes and times are compared.
    Safe when two processes call it at once: the second waits for the first.

    Args:
        folder: flat folder of jars, made when absent; may be read-only when complete.
        progress: told what is going on, when it takes longer than a glance.
        repositories: Maven repositories (name → URL) instead of the configured ones (``jgo.conf``) and Maven Central.

    Raises:
        JarsMissing: some are absent and no repository can be reached.
        JarsCorrupt: one, there or just fetched, differs from the lock.
        HomeNotWritable: some are absent and the folder cannot be written.
    """
    paths = tuple(folder / jar.name for jar in locked())
    if _stamped(folder):
        return paths
    tell = progress or (lambda message: None)
    if _absent(folder):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with FileLock(folder / ".lock"):
                _fetch(folder, tell, repositories)
        except OSError as error:
            raise HomeNotWritable(folder=folder, where=str(error)) from error
    tell(Message(CHECKING, {"total": len(paths)}))
    for jar in locked():
        if _sha256(folder / jar.name) != jar.sha256:
            raise JarsCorrupt(jar=jar.name, folder=folder, where=str(folder / jar.name))
    _stamp(folder)
    return paths


def _absent(folder: Path) -> list[Jar]:
    return [jar for jar in locked() if not (folder / jar.name).is_file()]


def _fingerprint(folder: Path) -> str:
    """Digest of the lock and of name, size, time and inode of each jar: differs after any copy or replacement."""
    digest = hashlib.sha256(LOCK_FILE.read_bytes())
    for jar in locked():
        stat = (folder / jar.name).stat()
        digest.update(f"{jar.name} {stat.st_size} {stat.st_mtime_ns} {stat.st_ino}\n".encode())
    return digest.hexdigest()


def _stamped(folder: Path) -> bool:
    try:
        return (folder / _STAMP).read_text("ascii") == _fingerprint(folder)
    except OSError:
        return False


def _stamp(folder: Path) -> None:
    try:
        (folder / _STAMP).write_text(_fingerprint(folder), "ascii")
    except OSError:
        return  # a complete folder somebody else owns: hashed at each start instead


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch(folder: Path, tell: Progress, repositories: Mapping[str, str] | None) -> None:
    """Fetch what is absent; each jar is renamed into place once it is verified, so an interrupted run goes on later."""
    import requests

    absent = _absent(folder)
    megabytes = sum(jar.size for jar in absent) // 1_000_000
    with (
        tempfile.TemporaryDirectory(prefix=".fetch-", dir=folder, ignore_cleanup_errors=True) as work,
        ThreadPoolExecutor(_THREADS) as pool,
    ):
        urls = repositories or _repositories()
        jobs = [pool.submit(_fetch_one, jar, folder, Path(work), urls) for jar in absent]
        try:
            for done, job in enumerate(as_completed(jobs), start=1):
                job.result()
                tell(Message(FETCHING, {"done": done, "total": len(absent), "megabytes": megabytes}))
        except (requests.RequestException, RuntimeError) as error:
            raise JarsMissing(folder=folder, where=str(error)) from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _fetch_one(jar: Jar, folder: Path, work: Path, repositories: Mapping[str, str]) -> None:
    """Try each repository in turn; jgo keeps what it gets in a Maven layout below ``work``."""
    import requests
    from jgo.maven import MavenContext

    tries = [(name, url) for name, url in repositories.items() for _ in range(_ATTEMPTS)]
    for number, (name, url) in enumerate(tries, start=1):
        with tempfile.TemporaryDirectory(dir=work) as cache_folder:
            context = MavenContext(repo_cache=Path(cache_folder), local_repos=[], remote_repos={name: url})
            try:
                path = context.create_dependency(jar.coordinate).artifact.resolve()
            except (requests.RequestException, RuntimeError):
                if number == len(tries):
                    raise
                continue
            if _sha256(path) != jar.sha256:
                raise JarsCorrupt(jar=jar.name, folder=folder, where=f"{url} {jar.coordinate}")
            path.replace(folder / jar.name)
            return


def _repositories() -> dict[str, str]:
    """Return the repositories the user configured for jgo, then Maven Central."""
    from jgo.config import GlobalSettings
    from jgo.constants import MAVEN_CENTRAL_URL

    configured: dict[str, str] = dict(GlobalSettings.load().repositories)
    return configured | ({} if "central" in configured else {"central": MAVEN_CENTRAL_URL})


def write_lock(target: Path = LOCK_FILE) -> int:
    """Resolve :data:`ROOTS` with jgo, hash every jar, write ``target``; return the number of jars."""
    from jgo.maven import MavenContext

    with tempfile.TemporaryDirectory() as work:
        context: Any = MavenContext(repo_cache=Path(work), remote_repos=_repositories())
        inputs, transitive = context.resolver.resolve([context.create_dependency(root) for root in ROOTS])
        artifacts = [dependency.artifact for dependency in (*inputs, *transitive)]
        with ThreadPoolExecutor(_THREADS) as pool:
            paths = list(pool.map(lambda artifact: artifact.resolve(), artifacts))
        lines = [
            f"{_sha256(path)} {path.stat().st_size} {_coordinate(artifact)} {path.name}"
            for artifact, path in zip(artifacts, paths, strict=True)
        ]
    head = [f"# Neo4j {VERSION}: sha256, bytes, Maven coordinate, file name. Written by: python -m graph.jars lock"]
    target.write_text("\n".join(head + sorted(lines, key=lambda line: line.split()[3])) + "\n", "utf-8")
    return len(lines)


def _coordinate(artifact: Any) -> str:
    parts = [artifact.groupId, artifact.artifactId, artifact.packaging, artifact.classifier, artifact.version]
    return ":".join(part for part in parts if part)


if __name__ == "__main__":
    if sys.argv[1:] != ["lock"]:
        sys.exit("python -m graph.jars lock")
    sys.stdout.write(f"{write_lock()} jars\n")
