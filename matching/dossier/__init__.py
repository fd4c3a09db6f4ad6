"""A firm on one page: facts by source side by side, links with their evidence, and what is missing.

``load_dossier`` reads; ``sides`` and ``missing`` are pure.
"""

from matching.dossier.dossier import Dossier, load_dossier
from matching.dossier.missing import Coverage, Missing, missing
from matching.dossier.sides import Claim, Side, sides

__all__ = ["Claim", "Coverage", "Dossier", "Missing", "Side", "load_dossier", "missing", "sides"]
