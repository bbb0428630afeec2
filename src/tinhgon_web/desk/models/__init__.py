"""The desk's tables."""

from __future__ import annotations

from tinhgon_web.desk.models.comments import Comment, CommentStep, Report
from tinhgon_web.desk.models.counting import Seen, SolvedPuzzle, Views
from tinhgon_web.desk.models.tickets import Ticket, TicketStep

__all__ = ["Comment", "CommentStep", "Report", "Seen", "SolvedPuzzle", "Ticket", "TicketStep", "Views"]
