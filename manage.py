#!/usr/bin/env python3
"""Django's command line for the site."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    """Run a command with the site's settings."""
    sys.path.insert(0, str(Path(__file__).parent / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tinhgon_web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
