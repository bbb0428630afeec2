"""Our own strings: gathered from templates and code, so that none stays untranslated. Needs no gettext."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.template import engines
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

HERE = Path(__file__).parents[1]
CORE = "core"
Message = tuple[str, str]
"""(singular, plural); the plural is empty where there is none."""


def catalogue(app: str) -> Path:
    """Where an app's Vietnamese is kept."""
    return HERE / app / "locale" / "vi" / "LC_MESSAGES" / "django.po"


def by_app() -> dict[str, dict[Message, list[str]]]:
    """App -> the messages its catalogue holds, with the files that say them; what the frame says is in core's."""
    apps: dict[str, dict[Message, list[str]]] = {CORE: {}}
    for message, places in gathered().items():
        speaking = {place.partition("/")[0] if "/" in place else CORE for place in places}
        for app in [CORE] if CORE in speaking else sorted(speaking):
            apps.setdefault(app, {})[message] = places
    return apps


def gathered() -> dict[Message, list[str]]:
    """Every message of ours, with the files that say it."""
    found: dict[Message, list[str]] = {}
    for path in sorted(HERE.rglob("templates/**/*.html")):
        name = path.relative_to(HERE).as_posix()
        for message in _of_template(name.partition("/templates/")[2]):
            found.setdefault(message, []).append(name)
    for path in sorted(HERE.rglob("*.py")):
        for message in _of_module(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(message, []).append(path.relative_to(HERE).as_posix())
    return found


def _of_template(name: str) -> Iterator[Message]:
    # Django's back end wraps the template whose nodes are wanted; the stubs know neither it nor their fields.
    template: Any = engines["django"].get_template(name)
    nodes: Any = template.template.nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        # Django asks for a message with its percent signs doubled.
        yield str(node.filter_expression.var.literal).replace("%", "%%"), ""
    for block in nodes.get_nodes_by_type(BlockTranslateNode):
        singular, _ = block.render_token_list(block.singular)
        plural = block.render_token_list(block.plural)[0] if block.plural else ""
        yield singular, plural


def _of_module(tree: ast.Module) -> Iterator[Message]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("_", "lazy")
            and node.args
        ):
            said = node.args[0]
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                yield said.value, ""
