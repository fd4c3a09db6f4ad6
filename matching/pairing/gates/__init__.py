"""Hard conditions, one file each. A gate is never soft: it passes, fails, or asks.

A gate is a function from a pair to one ``Verdict`` for each thing the need asks of it, so several limits give several
verdicts and "exactly one thing is wrong" can be told. Where the need asks nothing there is no verdict.
"""

from __future__ import annotations

from matching.pairing.gates.answered import answered, firm
from matching.pairing.gates.certificate import certificate
from matching.pairing.gates.delivery import delivery
from matching.pairing.gates.envelope import envelope
from matching.pairing.gates.existing_partner import existing_partner
from matching.pairing.gates.firm_state import firm_state
from matching.pairing.gates.listing_state import listing_state
from matching.pairing.gates.process import process
from matching.pairing.gates.quantity import quantity
from matching.pairing.gates.ring import ring
from matching.pairing.gates.same_group import same_group
from matching.pairing.gates.verdict import Gate, Outcome, Verdict
from matching.pairing.pair import Pair

GATES: list[Gate] = [
    answered,
    listing_state,
    firm_state,
    same_group,
    existing_partner,
    ring,
    process,
    envelope,
    quantity,
    delivery,
    certificate,
]

QUOTED = {"quantity": "quantity", "delivery": "lead_time_days"}
"""The property of what is offered that a gate's sentence quotes."""


def judge(pair: Pair) -> tuple[Verdict, ...]:
    """The verdicts of all gates, in their order; what the asking side declined for before must be known, not open."""
    found = [verdict for gate in GATES for verdict in gate(pair)]
    strict = pair.opinion.strict
    return tuple([firm(verdict, strict) for verdict in found] if strict else found)


__all__ = ["GATES", "QUOTED", "Gate", "Outcome", "Verdict", "judge"]
