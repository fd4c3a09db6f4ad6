"""``ronglian …``: the same verbs as the API, for a terminal.

Nothing heavy is imported before a command runs, so that ``--help`` answers at once.
"""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line."""
    from api.i18n import environment_language, use
    from graph.errors import RonglianError

    use(environment_language())  # first, because command help is rendered as the modules below are imported
    from api.auth.viewer import act_as, operator
    from api.cli.app import app
    from api.cli.console import report_error

    act_as(operator())
    try:
        app()
    except RonglianError as error:
        report_error(error)
        sys.exit(1)
