"""How many queries each page takes, in query_counts/NAMESPACE.json: a change is made on purpose or not at all.

`QUERY_COUNTS=write` writes the files anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pages
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

FOLDER = Path(__file__).with_name("query_counts")
KNOWN = "known: "


def addresses(namespace: str) -> dict[str, str]:
    """The pages of a namespace as of now, and as they were known on another day."""
    now = {
        name: at for name, at in pages.EVERY.items() if pages.namespace(name) == namespace and name != "home"
    }
    known = {
        f"{KNOWN}{name}": pages.at(address, ho_so="2019-11-22")
        for name, address in now.items()
        if pages.PAGES[name].days
    }
    return now | known


@pytest.mark.django_db
@pytest.mark.parametrize("namespace", sorted({pages.namespace(name) for name in pages.EVERY}))
def test_each_page_takes_as_many_queries_as_before(
    client_for: Callable[[str], Client], namespace: str
) -> None:
    counts = {}
    for name, address in addresses(namespace).items():
        client = client_for(name)
        client.get(address)  # registers are folded once and kept
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[name] = len(queries)
    file = FOLDER / f"{namespace}.json"
    if os.environ.get("QUERY_COUNTS") == "write":
        file.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    assert counts == json.loads(file.read_text(encoding="utf-8"))
