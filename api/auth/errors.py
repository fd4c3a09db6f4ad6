"""What can be wrong with who asks.

::

    RonglianError
    └── AccessError
        ├── NotSignedIn         nobody we know, or no longer
        └── NotAllowed          known, but not for this
"""

from __future__ import annotations

from graph.errors import RonglianError
from graph.messages import N_


class AccessError(RonglianError):
    """Who asks may not."""


class NotSignedIn(AccessError):
    """Nobody we know, or no longer."""

    message = N_("尚未登录，或登录已失效")
    cure = N_("请登录后重试；程序请使用有效的访问令牌")


class NotAllowed(AccessError):
    """Known, but not for this."""

    message = N_("您的角色不能“{action}”")
    cure = N_("如工作需要，请向管理员申请相应角色")
