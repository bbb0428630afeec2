"""`tinhgon models`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click

from tinhgon.cli import options, output
from tinhgon.figures import MODELS, percent
from tinhgon.figures.models import Model, cases
from tinhgon.registry.state import Register
from tinhgon.rules import Rulebook, model_status

_WORDS = {
    "vi": {
        "name": "Mô hình", "applied": "Đã thực hiện", "places": "Nơi có đủ hai chức danh", "percent": "%",
        "status": "Tình trạng pháp lý", "citation": "Căn cứ", "verified": "Đã đối chiếu", "code": "Mã",
    },
    "en": {
        "name": "Model", "applied": "Applied", "places": "Places with both posts", "percent": "%",
        "status": "Legal status", "citation": "Citation", "verified": "Verified", "code": "Code",
    },
}  # fmt: skip
_SAID: dict[str, dict[str, dict[Any, str]]] = {
    "vi": {
        "status": {
            "none": "chưa có quy định", "pilot": "thí điểm", "encouraged": "khuyến khích", "mandatory": "bắt buộc",
            "suspended": "tạm dừng", "ended": "đã kết thúc",
        },
        "verified": {True: "rồi", False: "CHƯA"},
    },
    "en": {"verified": {True: "yes", False: "NO"}},
}  # fmt: skip


@click.command()
@options.register_argument
@options.on_option
@options.known_at_option
@options.format_option
@options.lang_option
@options.refusals_shown
def models(register: Path, on: dt.date, known_at: dt.datetime | None, form: str, lang: str) -> None:
    """Concurrent-post models on a day: where one person holds both posts, and what the law says of each then."""
    state = options.open_register(register, form, lang).register(known_at)
    rulebook = Rulebook.load()
    rows = [_row(state, rulebook, model, on, lang) for model in MODELS]
    columns = ("name", "applied", "places", "percent", "status", "citation", "verified", "code")
    output.emit(rows, form, {key: _WORDS[lang][key] for key in columns}, _SAID[lang])


def _row(state: Register, rulebook: Rulebook, model: Model, on: dt.date, lang: str) -> dict[str, Any]:
    found = list(cases(state, model, on))
    applied = sum(case.together is not None for case in found)
    status = model_status(model.code, on, rulebook=rulebook)
    return {
        "code": model.code,
        "name": model.vi if lang == "vi" else model.en,
        "on": on,
        "applied": applied,
        "places": len(found),
        "percent": percent(applied, len(found)),
        "status": status.status,
        "citation": "; ".join(map(str, status.citations)),
        "verified": status.verified,
        "where": [case.place.id for case in found if case.together is not None],
    }
