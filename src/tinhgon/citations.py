"""Where a value or an event comes from: a document and the clause in it."""

from __future__ import annotations

import attrs


@attrs.frozen(slots=True)
class Citation:
    """A clause of a document.

    `document` is the document's number as printed ("14/2018/TT-BNV") or the register's document id;
    `clause` is the article, point or annex ("Điều 7"), empty when the whole document is meant.
    """

    document: str
    clause: str = ""

    def __str__(self) -> str:
        return f"{self.document}, {self.clause}" if self.clause else self.document
