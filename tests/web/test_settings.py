"""The settings as the environment makes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from tinhgon_web import settings


def test_sqlite_is_set_up_for_several_writers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB", "sqlite")
    options = settings.databases()["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    for pragma in ("journal_mode=WAL", "foreign_keys=ON"):
        assert pragma in options["init_command"]


def test_postgresql_is_reached_as_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB", "postgres")
    monkeypatch.setenv("DATABASE_HOST", "/run/somewhere")
    database = settings.databases()["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["HOST"] == "/run/somewhere"


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_no_request_is_one_transaction(monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv("DB", kind)
    assert not settings.databases()["default"].get("ATOMIC_REQUESTS", False)


def test_another_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB", "oracle")
    with pytest.raises(ImproperlyConfigured, match="sqlite or postgres"):
        settings.databases()


def test_production_is_clean_and_needs_its_secret(root: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("DEMO", "DEBUG", "SECRET_KEY")}
    check = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    given = kept | {"SECRET_KEY": "".join(map(chr, range(40, 120))), "ALLOWED_HOSTS": "example.vn"}
    assert subprocess.run(check, cwd=root, env=given, capture_output=True).returncode == 0
    assert subprocess.run(check, cwd=root, env=kept, capture_output=True).returncode != 0


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
