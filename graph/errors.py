"""Every error a person can meet, in one tree.

::

    RonglianError
    ├── StoreError              the database
    │   ├── StoreUnavailable    nothing answers at the address
    │   ├── StoreAuthError      user or password refused
    │   ├── StoreVersionError   a Neo4j older than 5.26
    │   ├── StoreInterrupted    the database went away in the middle
    │   ├── SecretsError        what is encrypted at rest
    │   │   ├── KeyMissing      encrypted, and the key file is not there
    │   │   ├── KeyWrong        the key file has other keys
    │   │   ├── KeyExposed      other users of the machine can read it
    │   │   ├── KeyFileUnusable
    │   │   └── SealBroken      an encrypted value was changed
    │   └── ServerError         the embedded server
    │       ├── JarsMissing     not there and no network to fetch them
    │       ├── JarsCorrupt     a jar differs from the lock
    │       ├── HomeNotWritable
    │       └── ServerStartFailed
    ├── InputError              what somebody gave us
    │   ├── SourceMissing       no such file or folder
    │   ├── SourceUnreadable    wrong encoding, truncated, not what it should be
    │   ├── TargetUnwritable    a file that cannot be written where it was asked for
    │   ├── TooFewRecords       a source that suddenly shrank
    │   ├── EmptyQuery          a question without a word in it
    │   └── Ambiguous           a name that several things have
    ├── NotFound                no node with this id
    ├── Conflict                somebody else was faster, or what is asked contradicts what was decided
    ├── RunInProgress           the same source is being loaded elsewhere
    └── EditConflict            somebody else changed it first

Each says what was wrong (``message``) and what to do (``cure``); ``where`` names file, sheet, cell, row or field.
"""

from __future__ import annotations

from typing import ClassVar

from graph.messages import N_, Message


class RonglianError(Exception):
    """Root of the tree. Values given by keyword fill the placeholders of ``message`` and ``cure``."""

    message: ClassVar[str] = N_("出现未预期的错误")
    cure: ClassVar[str] = N_("请查看日志并联系管理员")

    def __init__(self, *, where: str | None = None, **values: object) -> None:
        self.where = where
        self.values = values
        super().__init__(str(self.what))

    @property
    def what(self) -> Message:
        """What was wrong."""
        return Message(self.message, self.values)

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        return Message(self.cure, self.values)


class StoreError(RonglianError):
    """The database."""


class StoreUnavailable(StoreError):
    """Nothing answers at the address."""

    message = N_("连接不上图数据库 {uri}")
    cure = N_("请确认数据库已启动、地址和端口正确；不设 RONGLIAN_NEO4J_URI 时使用内置数据库")


class StoreAuthError(StoreError):
    """User or password refused."""

    message = N_("图数据库 {uri} 拒绝了用户名或口令")
    cure = N_("请核对 RONGLIAN_NEO4J_USER 与 RONGLIAN_NEO4J_PASSWORD")


class StoreVersionError(StoreError):
    """A Neo4j that is too old."""

    message = N_("图数据库版本为 {version}，低于所需的 {required}")
    cure = N_("请升级到 Neo4j {required} 或更高版本")


class StoreInterrupted(StoreError):
    """The database went away in the middle of the work."""

    message = N_("图数据库在操作中途断开")
    cure = N_("请重新执行同一命令：已写入的部分会保留，其余部分接着完成")


class SecretsError(StoreError):
    """What is encrypted at rest."""


class KeyMissing(SecretsError):
    """Values are encrypted, and the key file is not there."""

    message = N_("数据库中的敏感字段已加密，但没有密钥文件 {path}")
    cure = N_("请从备份恢复密钥文件，或用 RONGLIAN_KEY_FILE 指明它在哪里；没有密钥，敏感字段无法恢复")


class KeyWrong(SecretsError):
    """The key file has other keys than the one the values were encrypted with."""

    message = N_("密钥文件 {path} 中没有这个数据库所用的密钥（{keys}）")
    cure = N_("请换上这个数据库的密钥文件，或用 RONGLIAN_KEY_FILE 指明它在哪里")


class KeyExposed(SecretsError):
    """Other users of the machine can read the key file."""

    message = N_("密钥文件 {path} 可被其他用户读写")
    cure = N_("请执行 chmod 600 {path}；若可能已被他人读取，再执行 ronglian key rotate")


class KeyFileUnusable(SecretsError):
    """The key file cannot be read or written, or holds no keys."""

    message = N_("密钥文件 {path} 不能使用：{reason}")
    cure = N_("请检查文件和权限，或从备份恢复；更换密钥时文件必须可写")


class SealBroken(SecretsError):
    """An encrypted value was changed in the database."""

    message = N_("一个加密字段已被改动或损坏（密钥 {key}）")
    cure = N_("请从备份恢复数据库，或重新载入相应来源")


class ServerError(StoreError):
    """The embedded server."""


class JarsMissing(ServerError):
    """The server's jars are not there and cannot be fetched."""

    message = N_("内置数据库的程序文件不在 {folder}，且无法联网下载")
    cure = N_("二选一：设置 RONGLIAN_NEO4J_URI 使用已有的 Neo4j；或从另一台机器复制整个 {folder} 文件夹")


class JarsCorrupt(ServerError):
    """A jar differs from the lock file."""

    message = N_("内置数据库的程序文件 {jar} 与锁定的校验值不符")
    cure = N_("请删除 {folder} 后重试；若再次出现，请勿使用该下载来源")


class HomeNotWritable(ServerError):
    """The data folder cannot be written."""

    message = N_("数据文件夹 {folder} 不可写")
    cure = N_("请调整该文件夹的权限，或用 RONGLIAN_HOME 指定另一个文件夹")


class ServerStartFailed(ServerError):
    """The embedded server did not come up."""

    message = N_("内置数据库未能启动：{reason}")
    cure = N_("请查看日志 {log}")


class InputError(RonglianError):
    """What somebody gave us."""


class SourceMissing(InputError):
    """No such file or folder."""

    message = N_("找不到 {path}")
    cure = N_("请检查路径；{expected}")


class SourceUnreadable(InputError):
    """Wrong encoding, truncated, or not what it should be."""

    message = N_("无法读取 {path}：{reason}")
    cure = N_("请确认文件完整、格式正确后重新载入")


class TargetUnwritable(InputError):
    """A file that cannot be written where it was asked for."""

    message = N_("无法写入 {path}：{reason}")
    cure = N_("请换一个已有且可写的文件夹后重试")


class TooFewRecords(InputError):
    """A source that suddenly shrank: better stop than sweep away what is there."""

    message = N_("来源 {source} 只得到 {count} 条记录，少于应有的 {minimum} 条，未作任何清理")
    cure = N_("请确认文件是否完整")


class EmptyQuery(InputError):
    """A question without a word in it."""

    message = N_("没有写明要找什么")
    cure = N_("请写出所需产品或加工服务的名称，例如“高精度行星减速器，背隙≤1角分，月800台”")


class Ambiguous(InputError):
    """A name that several things have."""

    message = N_("“{word}”可以指：{names}")
    cure = N_("请改用其中一个的完整名称或编号")


class NobodyNamed(InputError):
    """A change, an answer or a decision without the one who makes it."""

    message = N_("没有写明经办人")
    cure = N_("请填写姓名或科室")


class NotFound(RonglianError):
    """No node with this id."""

    message = N_("没有编号为“{id}”的内容")
    cure = N_("请检查编号，或先载入数据")


class Conflict(RonglianError):
    """Somebody else was faster, or what is asked contradicts what was decided."""

    message = N_("内容已被他人改动")
    cure = N_("请刷新后重试")


class RunInProgress(RonglianError):
    """The same source is being loaded elsewhere."""

    message = N_("来源 {source} 正在由另一个任务载入（开始于 {started}）")
    cure = N_("请等它结束后再试")


class EditConflict(RonglianError):
    """Somebody else changed it since it was read; each kind says what and by whom."""
