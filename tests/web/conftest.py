"""The web's tests: one loaded story for all of them, each test rolled back."""

from __future__ import annotations

import os
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
django.setup()

import story  # noqa: E402  # needs nothing of Django, but the settings must come first
from pytest_django.fixtures import Settings  # noqa: E402  # as above
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402  # as above

from tinhgon.registry.folder import RegisterFolder  # noqa: E402  # as above


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RegisterFolder:
    """The story as a register folder."""
    return story.write(tmp_path_factory.mktemp("register") / "story")


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, folder: RegisterFolder, people: Path
) -> None:
    """The test database, with the story loaded once and for all tests."""
    from tinhgon_web.apparatus import services

    with django_db_blocker.unblock():
        services.load_register(path=folder.path)
        services.load_people(path=people)


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Names for two of the story's people."""
    path = tmp_path_factory.mktemp("people") / "people.csv"
    path.write_text(
        "person,name,synthetic\nngười-p1-0,Y Bhăm Niê,yes\nngười-p1-1,Trần Thị Hà,yes\n", encoding="utf-8"
    )
    return path


@pytest.fixture(autouse=True)
def _today(settings: Settings) -> None:
    """The site's today is the day of the review."""
    settings.TODAY = story.END
