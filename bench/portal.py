"""An article for anonymous readers, kept and made afresh by Wagtail, in turns in one process, through Django's handler.

Asks the demo's database (made by bin/demo): DEMO=1 DATABASE_NAME=var/demo/db.sqlite3 python -m bench.portal [ADDRESS]
Writes a line of JSON: requests a second of processor time without and with the cache, and their ratio.
"""

from __future__ import annotations

import json
import os
import sys
import time

import django

ADDRESS = "/sap-xep-bo-may/hai-nam-muoi-con-so/"
ROUNDS, MADE, KEPT = 5, 20, 400


def main(address: str) -> None:
    """Measure and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
    django.setup()
    from django.conf import settings
    from django.test import Client

    settings.ALLOWED_HOSTS = ["testserver"]
    client, spent = Client(), {False: 0.0, True: 0.0}
    for kept in (False, True):  # registers are folded, pictures are made
        settings.PAGE_CACHE = kept
        assert client.get(address).status_code == 200
    for _ in range(ROUNDS):
        for kept, times in ((False, MADE), (True, KEPT)):
            settings.PAGE_CACHE = kept
            start = time.process_time()
            for _ in range(times):
                client.get(address)
            spent[kept] += time.process_time() - start
    made, held = ROUNDS * MADE / spent[False], ROUNDS * KEPT / spent[True]
    said = {
        "address": address,
        "made": round(made, 1),
        "kept": round(held, 1),
        "ratio": round(held / made, 1),
    }
    sys.stdout.write(json.dumps(said) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:] or [ADDRESS])
