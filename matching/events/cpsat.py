"""OR-tools' CP-SAT, made repeatable, held to a clock and stoppable."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

    from matching.events.clock import Clock

WORKERS = 2
POLL = 0.05
WORK_A_SECOND = 0.25  # of CP-SAT's own, repeatable measure: little enough to be done before the clock runs out


@dataclass(frozen=True)
class Found:
    """The solver with its best answer (none: ``feasible`` is false), and the proved bound of the goal."""

    solver: cp_model.CpSolver
    feasible: bool
    optimal: bool
    impossible: bool
    bound: float


def solve(model: cp_model.CpModel, clock: Clock, share: float) -> Found:
    """Solve until proved, until ``share`` of the clock's limit is worked off or the clock has run out.

    The work is counted, not timed, so the same model gives the same answer unless the clock cuts it short.
    """
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.interleave_search = True
    solver.parameters.random_seed = clock.seed
    solver.parameters.max_deterministic_time = max(0.01, share * clock.limit * WORK_A_SECOND)
    solver.parameters.max_time_in_seconds = max(0.01, min(clock.left, share * clock.limit))
    done = threading.Event()

    def watch() -> None:
        while not done.wait(POLL):
            if clock.cancelled:
                solver.stop_search()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        status = solver.solve(model)
    finally:
        done.set()
        watcher.join()
    feasible = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    impossible = status == cp_model.INFEASIBLE
    return Found(solver, feasible, status == cp_model.OPTIMAL, impossible, solver.best_objective_bound)
