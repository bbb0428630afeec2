"""Every string of ours speaks Vietnamese, and says it one way."""

from __future__ import annotations

import re

import polib
import pytest

from tinhgon_web.core.messages import by_app, catalogue

PLACES = re.compile(r"%\((\w+)\)")


@pytest.fixture(scope="module")
def catalogues() -> dict[str, polib.POFile]:
    return {app: polib.pofile(str(catalogue(app))) for app in by_app()}


@pytest.fixture(scope="module")
def entries(catalogues: dict[str, polib.POFile]) -> list[polib.POEntry]:
    return [entry for held in catalogues.values() for entry in held]


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_nothing_is_untranslated_or_fuzzy(entries: list[polib.POEntry]) -> None:
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


def test_each_catalogue_holds_what_its_app_says(catalogues: dict[str, polib.POFile]) -> None:
    held = {app: {(entry.msgid, entry.msgid_plural) for entry in file} for app, file in catalogues.items()}
    assert held == {app: set(messages) for app, messages in by_app().items()}, "run manage.py messages"


def test_translations_keep_their_places(entries: list[polib.POEntry]) -> None:
    wrong = [
        entry.msgid
        for entry in entries
        for words in said(entry)
        if set(PLACES.findall(words)) != set(PLACES.findall(entry.msgid))
    ]
    assert wrong == []


def test_two_apps_say_the_same_thing_the_same_way(entries: list[polib.POEntry]) -> None:
    ways: dict[str, set[tuple[str, ...]]] = {}
    for entry in entries:
        ways.setdefault(entry.msgid, set()).add(tuple(said(entry)))
    assert {msgid: found for msgid, found in ways.items() if len(found) > 1} == {}


def test_the_compiled_catalogues_are_these(catalogues: dict[str, polib.POFile]) -> None:
    for app, held in catalogues.items():
        compiled = polib.mofile(str(catalogue(app).with_suffix(".mo")))
        assert {entry.msgid: said(entry) for entry in compiled} == {
            entry.msgid: said(entry) for entry in held
        }
