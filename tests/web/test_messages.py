"""Every string of ours speaks Vietnamese."""

from __future__ import annotations

import re

import polib
import pytest

from tinhgon_web.core.messages import CATALOGUE, gathered

PLACES = re.compile(r"%\((\w+)\)")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_nothing_is_untranslated_or_fuzzy(catalogue: polib.POFile) -> None:
    assert [entry.msgid for entry in catalogue.untranslated_entries() + catalogue.fuzzy_entries()] == []


def test_the_catalogue_holds_what_is_said(catalogue: polib.POFile) -> None:
    held = {(entry.msgid, entry.msgid_plural) for entry in catalogue}
    assert held == set(gathered()), "run manage.py messages"


def test_translations_keep_their_places(catalogue: polib.POFile) -> None:
    wrong = [
        entry.msgid
        for entry in catalogue
        for said in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
        if set(PLACES.findall(said)) != set(PLACES.findall(entry.msgid))
    ]
    assert wrong == []


def test_the_compiled_catalogue_is_this_one(catalogue: polib.POFile) -> None:
    compiled = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }
    assert compiled == {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in catalogue}
