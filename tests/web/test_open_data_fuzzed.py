"""Schemathesis throws whatever the description allows, and what it does not, at the open interface."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from tinhgon_web.api import interface
from tinhgon_web.core import limits

schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture(autouse=True)
def _unlimited(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("READING", "CONVERTING"):
        monkeypatch.setattr(interface, name, limits.Limit(name, most=1_000_000, seconds=3600))
    # As Django's own client does: the test's connection must outlive each request.
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (signals.request_started, signals.request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_nothing_breaks_it(case: schemathesis.Case) -> None:
    plain = {"Accept-Encoding": "identity"}
    case.call_and_validate(headers=plain, checks=[not_a_server_error, response_schema_conformance])
