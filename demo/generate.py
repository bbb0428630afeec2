"""Write the story's register: `PYTHONPATH=src python demo/generate.py [FOLDER]` (default: demo/register).

The story is synthetic. The same parameters give the same files, byte for byte.
"""

from __future__ import annotations

import sys
from pathlib import Path

from story import tell

if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "register"
    tell.write(tell.story(), folder)
