"""The web's tests: one loaded story for all of them, each test rolled back."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import django
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
django.setup()

import asking  # noqa: E402  # the settings must come first
import auditing  # noqa: E402  # as above
import migrated  # noqa: E402  # as above
import pages  # noqa: E402  # as above
import story  # noqa: E402  # as above
from django.db import connection  # noqa: E402  # as above
from django.test import Client, override_settings  # noqa: E402  # as above
from pytest_django.fixtures import Settings  # noqa: E402  # as above
from pytest_django.plugin import DjangoDbBlocker  # noqa: E402  # as above

from tinhgon.registry.folder import RegisterFolder  # noqa: E402  # as above
from tinhgon_web.core.roles import Role  # noqa: E402  # as above

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RegisterFolder:
    """The story as a register folder."""
    return story.write(tmp_path_factory.mktemp("register") / "story")


@pytest.fixture(scope="session")
def migrated_copy(pytestconfig: pytest.Config) -> Path | None:
    """Where the migrated, empty database is kept between runs: on SQLite only (elsewhere None)."""
    return migrated.kept_in(pytestconfig.cache.mkdir("migrated")) if connection.vendor == "sqlite" else None


@pytest.fixture(scope="session")
def django_db_keepdb(migrated_copy: Path | None, django_db_keepdb: bool) -> Iterator[bool]:
    """The database begins with the copy of an earlier run, if there is one."""
    if migrated_copy is None or not migrated_copy.exists():
        yield django_db_keepdb
        return
    with closing(migrated.fill(migrated_copy)):
        yield True


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    migrated_copy: Path | None,
    folder: RegisterFolder,
    people: Path,
) -> None:
    """The test database, with the story and the consultations of the addresses, once for all tests."""
    from tinhgon_web.apparatus import services
    from tinhgon_web.work.services import load_programmes

    with django_db_blocker.unblock():
        if migrated_copy is None:
            migrated.keep_on_server()
        elif not migrated_copy.exists():
            migrated.keep(migrated_copy)
        services.load_register(path=folder.path)
        services.load_people(path=people)
        _make_somebody()
        with override_settings(TODAY=story.END):
            asking.example()
        load_programmes(path=story.write_programmes(people.with_name("programmes.yaml")))


@pytest.fixture(scope="module")
def own_site(
    django_db_setup: None, migrated_copy: Path | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """The environment of processes of another site, whose database is migrated and empty."""
    folder = tmp_path_factory.mktemp("own")
    with migrated.another(migrated_copy, folder) as name:
        yield {
            **os.environ,
            "DB": "sqlite" if migrated_copy else "postgres",
            "DATABASE_NAME": name,
            "DEBUG": "1",
            "MEDIA": str(folder / "media"),
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests" / "web")]),
        }


def _make_somebody() -> None:
    """The account with id 1 and its role with id 1, which addresses name."""
    from tinhgon_web.core.models import Grant, User

    user = User.objects.create(username="can-bo-mau", full_name="Cán bộ mẫu", title="Chuyên viên")
    grant = Grant.objects.create(user=user, role="viewer", place="x1", start=story.BASE)
    assert (user.pk, grant.pk) == (1, 1)


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


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files that pages keep do not stay."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media"


@pytest.fixture(autouse=True)
def _one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window of a limit ends in the middle of a test, however late in the minute the test begins."""
    from tinhgon_web.core import limits

    now = int(time.time())
    monkeypatch.setattr(limits, "_now", lambda: now)


@pytest.fixture(autouse=True)
def _audit_speaks() -> Iterator[None]:
    """Whatever a test writes into the audit, its verb, its thing and its fields have words of their own."""
    from django.db.models.signals import post_save

    from tinhgon_web.core.models import AuditLine

    unsaid: set[str] = set()

    def listen(instance: AuditLine, **_kwargs: object) -> None:
        unsaid.update(auditing.unsaid(instance))

    post_save.connect(listen, sender=AuditLine)
    yield
    post_save.disconnect(listen, sender=AuditLine)
    assert sorted(unsaid) == [], "say these in the audit_words.py of their app"


@pytest.fixture
def client_as(db: None) -> Callable[..., Client]:
    """`client_as(role, place="")`: a client logged in as somebody with that role over that place."""
    return logged_in


def logged_in(role: str, place: str = "") -> Client:
    """A client logged in as somebody with one role over one place; made when there is nobody."""
    from tinhgon_web.core.models import Grant, User

    username = f"{role}-{place or 'all'}"
    user, made = User.objects.get_or_create(username=username, defaults={"full_name": username})
    if made:
        Grant.objects.create(user=user, role=role, place=place, start=story.BASE)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(db: None) -> Client:
    """A client logged in as a viewer of the whole register: what most pages are asked with."""
    return logged_in("viewer")


@pytest.fixture
def client_for(db: None) -> Callable[[str], Client]:
    """`client_for(view)`: a client logged in with the first role that may ask for a view."""

    def find(view: str) -> Client:
        who = pages.PAGES[view.rpartition(" ")[2]].who
        return logged_in(next((role.value for role in Role if role.value in who), "viewer"))

    return find


@pytest.fixture
def nobody() -> Client:
    """A client that has not logged in."""
    return Client()
