"""How many queries each page takes, in query_counts.json: a change is made on purpose or not at all.

`QUERY_COUNTS=write` writes the file anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pages
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

FILE = Path(__file__).with_name("query_counts.json")
KNOWN = "known: "


def addresses() -> dict[str, str]:
    """Every page as of now, and as it was known on another day."""
    now = {name: address for name, address in pages.EVERY.items() if name != "home"}
    return now | {f"{KNOWN}{name}": pages.at(address, ho_so="2019-11-22") for name, address in now.items()}


@pytest.mark.django_db
def test_each_page_takes_as_many_queries_as_before(client: Client) -> None:
    counts = {}
    for name, address in addresses().items():
        client.get(address)  # registers are folded once and kept
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[name] = len(queries)
    if os.environ.get("QUERY_COUNTS") == "write":
        FILE.write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    assert counts == json.loads(FILE.read_text(encoding="utf-8"))
