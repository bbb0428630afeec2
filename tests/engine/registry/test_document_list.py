"""The list of documents is written as it is read."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tinhgon.registry.documents import Document, read_documents, write_documents

words = st.text("aăđếố 01-:#'\"{}[]&*!|>%@,", min_size=1, max_size=12)
days = st.none() | st.dates(dt.date(1945, 9, 2), dt.date(2100, 1, 1))
documents = st.builds(
    Document,
    id=words,
    number=words,
    type=words,
    issuer=words,
    title=words,
    signed_on=days,
    effective_on=days,
    carries_out=st.lists(words, max_size=2).map(tuple),
    synthetic=st.booleans(),
)


@given(st.lists(documents, max_size=4, unique_by=lambda document: document.id))
def test_documents_survive_their_file(
    tmp_path_factory: pytest.TempPathFactory, found: list[Document]
) -> None:
    """Also when a number or title looks like YAML, a day or a number ("19", "no", "2018-03-08")."""
    path = tmp_path_factory.mktemp("register") / "documents.yaml"
    by_id = {document.id: document for document in found}
    write_documents(path, by_id)
    assert read_documents(path) == by_id
    assert list(read_documents(path)) == list(by_id)


def test_what_looks_like_something_else_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "documents.yaml"
    odd = {id_: Document(id_, "2018-03-08", "no", "null", "0o17") for id_ in ("19", "1e3", "~", "true")}
    write_documents(path, odd)
    assert read_documents(path) == odd


def test_no_file_holds_no_documents(tmp_path: Path) -> None:
    assert read_documents(tmp_path / "documents.yaml") == {}
