"""Writing schemes: each service is one transaction with one audit line."""

from tinhgon_web.schemes.services.drafting import (
    LARGEST_EVIDENCE,
    UnableToChange,
    UnableToStart,
    add_factor,
    choose,
    keep_variant,
    remove_factor,
    start_scheme,
    withdraw,
)
from tinhgon_web.schemes.services.editing import UnableToUndo, copy_variant, edit, redo, undo
from tinhgon_web.schemes.services.enacting import Signed, UnableToEnact, annul, enact, place
from tinhgon_web.schemes.services.leaving import look_after
from tinhgon_web.schemes.services.moving import UnableToMove, recheck, send_back, take_step
from tinhgon_web.schemes.services.papers import Sent, UnableToAttachPaper, attach_paper
from tinhgon_web.schemes.services.publishing import UnableToPublishPaper, publish_paper, withdraw_paper
from tinhgon_web.schemes.services.reminding import remind

__all__ = [
    "LARGEST_EVIDENCE",
    "Sent",
    "Signed",
    "UnableToAttachPaper",
    "UnableToChange",
    "UnableToEnact",
    "UnableToMove",
    "UnableToPublishPaper",
    "UnableToStart",
    "UnableToUndo",
    "add_factor",
    "annul",
    "attach_paper",
    "choose",
    "copy_variant",
    "edit",
    "enact",
    "keep_variant",
    "look_after",
    "place",
    "publish_paper",
    "recheck",
    "redo",
    "remind",
    "remove_factor",
    "send_back",
    "start_scheme",
    "take_step",
    "undo",
    "withdraw",
    "withdraw_paper",
]
