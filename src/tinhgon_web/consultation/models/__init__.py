"""The tables of a consultation: rounds and rolls, the ledger of who answered, the ballots of what was answered.

Who answered (`Answer`) and what was answered (`Ballot`) are apart: no column joins them (see docs/adr/0005).
"""

from tinhgon_web.consultation.models.ledger import Answer, Ballot, Code, OpinionGroup
from tinhgon_web.consultation.models.paper import Batch, Keyed, Scan
from tinhgon_web.consultation.models.rolls import Roll, RollLine, RollUpload, Round

__all__ = [
    "Answer",
    "Ballot",
    "Batch",
    "Code",
    "Keyed",
    "OpinionGroup",
    "Roll",
    "RollLine",
    "RollUpload",
    "Round",
    "Scan",
]
