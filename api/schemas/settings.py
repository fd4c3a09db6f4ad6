"""Thresholds and weights, with who changed them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import ConfigDict, Field

from api.i18n import _
from api.schemas.wire import Named, Wire
from graph.messages import N_
from matching.gaps import ALL, SETTINGS
from matching.gaps.settings import Setting
from matching.gaps.tuning import Change, History

EVERY_CHAIN = N_("全部产业链")


class SettingWire(Wire):
    """One threshold or weight in a scope."""

    key: str = Field(description=N_("设定项"), examples=["sources"])
    title: str = Field(description=N_("名称"))
    kind: str = Field(description=N_("取值：count 正整数，share 0-1，number 不小于 0"))
    weight: bool = Field(description=N_("是否权重；否则为阈值"))
    default: float = Field(description=N_("默认值"))
    inherited: float = Field(description=N_("本范围不另设时的值"))
    own: float | None = Field(description=N_("本范围所设的值；未另设时为 null"))
    value: float = Field(description=N_("现行值"))
    changed_by: str | None = Field(description=N_("最近修改人"))
    changed_at: datetime | None = Field(description=N_("最近修改时间"))
    previous: float | None = Field(description=N_("最近一次修改前的值；原未另设时为 null"))

    @classmethod
    def of(cls, setting: Setting, scope: str, history: History) -> Self:
        """A setting as it stands in a scope."""
        common = history.value(ALL, setting.key)
        inherited = setting.default if scope == ALL or common is None else common
        own = history.value(scope, setting.key)
        last = history.last(scope, setting.key)
        return cls(
            key=setting.key,
            title=_(setting.title),
            kind=setting.kind,
            weight=setting.weight,
            default=setting.default,
            inherited=inherited,
            own=own,
            value=inherited if own is None else own,
            changed_by=last.by if last else None,
            changed_at=last.at if last else None,
            previous=last.before[setting.key] if last else None,
        )


class ChangedValue(Wire):
    """One value before and after."""

    key: str = Field(description=N_("设定项"))
    title: str = Field(description=N_("名称"))
    before: float | None = Field(description=N_("改前值；未另设时为 null"))
    after: float | None = Field(description=N_("改后值；恢复默认时为 null"))


class ChangeWire(Wire):
    """Values of one scope changed in one go."""

    number: int = Field(description=N_("序号"))
    scope: Named = Field(description=N_("适用范围"))
    by: str = Field(description=N_("修改人"))
    at: datetime = Field(description=N_("修改时间"))
    reason: str | None = Field(description=N_("理由"))
    undoes: int | None = Field(description=N_("撤销的改动"))
    undone: bool = Field(description=N_("是否已被撤销"))
    values: list[ChangedValue] = Field(description=N_("改动的各项"))

    @classmethod
    def of(cls, change: Change, scopes: Mapping[str, str], undone: frozenset[int]) -> Self:
        """A change of the history."""
        titles = {key: _(SETTINGS[key].title) if key in SETTINGS else key for key in change.after}
        return cls(
            number=change.number,
            scope=Named(id=change.scope, name=scopes.get(change.scope, change.scope)),
            by=change.by,
            at=change.at,
            reason=change.reason,
            undoes=change.undoes,
            undone=change.number in undone,
            values=[
                ChangedValue(key=key, title=titles[key], before=change.before[key], after=after)
                for key, after in change.after.items()
            ],
        )


class SettingsWire(Wire):
    """All thresholds and weights of a scope, and every change ever made."""

    scope: Named = Field(description=N_("适用范围"))
    number: int = Field(description=N_("最近一次改动的序号；修改时随请求送回，以免覆盖他人的改动"))
    undoable: int | None = Field(description=N_("可撤销的改动；没有时为 null"))
    items: list[SettingWire] = Field(description=N_("各项设定"))
    scopes: list[Named] = Field(description=N_("另有设定的产业链"))
    history: list[ChangeWire] = Field(description=N_("改动记录，最近的在前"))

    @classmethod
    def of(cls, history: History, scope: str, chains: Mapping[str, str]) -> Self:
        """The settings of a scope; ``chains`` names every chain by id."""
        names = {ALL: _(EVERY_CHAIN), **chains}
        undoable = history.undoable
        return cls(
            scope=Named(id=scope, name=names.get(scope, scope)),
            number=history.number,
            undoable=undoable.number if undoable else None,
            items=[SettingWire.of(setting, scope, history) for setting in SETTINGS.values()],
            scopes=[Named(id=one, name=names.get(one, one)) for one in history.settings.own if one != ALL],
            history=[ChangeWire.of(change, names, history.undone) for change in reversed(history.changes)],
        )


By = Annotated[str, Field(max_length=60, description=N_("修改人；已登录时以登录者为准"))]
Seen = Annotated[int | None, Field(ge=0, description=N_("修改者所见的改动序号；此后另有改动时拒绝"))]
Why = Annotated[str, Field(max_length=300, description=N_("理由"))]
ScopeName = Annotated[str, Field(max_length=300, description=N_("适用范围：all 或产业链编号"))]


class SettingsEdit(Wire):
    """Values to set; null returns one to what holds without it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"scope": "robotics", "values": {"sources": 4}, "by": "链办", "reason": "试点"}]
        }
    )

    scope: ScopeName = ALL
    values: Annotated[
        dict[str, float | None], Field(min_length=1, max_length=50, description=N_("设定项和新值；null 为恢复默认"))
    ]
    by: By = ""
    reason: Why = ""
    seen: Seen = None


class SettingsReset(Wire):
    """Return everything set in a scope to what holds without it."""

    scope: ScopeName = ALL
    by: By = ""
    reason: Why = ""
    seen: Seen = None


class SettingsUndo(Wire):
    """Take back the last change that still stands."""

    scope: ScopeName = ALL
    by: By = ""
    seen: Seen = None
