"""The lawful procedure of a scheme: which steps, by whom, with which papers, in what time, as the law stood on a day.

>>> import datetime as dt
>>> from tinhgon.rules import Rulebook
>>> law = Rulebook.load()
>>> [step.code for step in Procedure.for_("village", dt.date(2025, 8, 1), law).steps][:4]
['draft', 'consultation', 'appraisal', 'deciding_council']
"""

from tinhgon.procedure.course import Course, Returned, Taken
from tinhgon.procedure.deadlines import Waiting, add_working_days
from tinhgon.procedure.procedure import Procedure, Step
from tinhgon.procedure.refusals import UnableToFindProcedure, UnableToTakeStep

__all__ = [
    "Course",
    "Procedure",
    "Returned",
    "Step",
    "Taken",
    "UnableToFindProcedure",
    "UnableToTakeStep",
    "Waiting",
    "add_working_days",
]
