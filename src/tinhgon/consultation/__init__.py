"""Consulting the people: the terms the law sets, exact tallies, results, rounds, sums from village to province."""

from tinhgon.consultation.calendar import (
    UnableToCloseSoEarly,
    UnableToConsultSoLong,
    check_calendar,
    earliest_close,
)
from tinhgon.consultation.changes import Change, changes
from tinhgon.consultation.results import Result, judge, two_decimals_en, two_decimals_vi
from tinhgon.consultation.roll import Household, Places, Problem, Row, already_elsewhere, read_roll
from tinhgon.consultation.rollup import Sum, UnableToSum, roll_up
from tinhgon.consultation.rounds import UnableToAskAgain, last_results, units_to_ask_again
from tinhgon.consultation.tally import Tally, UnableToTally
from tinhgon.consultation.terms import BASES, Terms, UnableToConsult, terms_of

__all__ = [
    "BASES",
    "Change",
    "Household",
    "Places",
    "Problem",
    "Result",
    "Row",
    "Sum",
    "Tally",
    "Terms",
    "UnableToAskAgain",
    "UnableToCloseSoEarly",
    "UnableToConsult",
    "UnableToConsultSoLong",
    "UnableToSum",
    "UnableToTally",
    "already_elsewhere",
    "changes",
    "check_calendar",
    "earliest_close",
    "judge",
    "last_results",
    "read_roll",
    "roll_up",
    "terms_of",
    "two_decimals_en",
    "two_decimals_vi",
    "units_to_ask_again",
]
