"""`manage.py messages`: bring each app's locale/vi in step with its templates and code, and compile it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tinhgon_web.core.messages import Message, by_app, catalogue

_METADATA = {
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


class Command(BaseCommand):
    """Add new messages to django.po (empty, to be translated), drop those no longer said, write django.mo."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Merge and compile."""
        import polib  # of the test requirements: only whoever changes words needs it

        apps = by_app()
        known = {
            (entry.msgid, entry.msgid_plural): entry
            for app in apps
            if catalogue(app).exists()
            for entry in polib.pofile(str(catalogue(app)))
            if entry.translated()
        }
        for app, messages in apps.items():
            self._write(polib, app, messages, known)

    def _write(
        self, polib: Any, app: str, messages: dict[Message, list[str]], known: dict[Message, Any]
    ) -> None:
        path = catalogue(app)
        held = polib.POFile(wrapwidth=110)
        held.metadata = dict(_METADATA)
        for message, places in sorted(messages.items()):
            held.append(known.get(message) or self._new(polib, message, places))
        path.parent.mkdir(parents=True, exist_ok=True)
        held.save(str(path))
        held.save_as_mofile(str(path.with_suffix(".mo")))
        missing = len(held.untranslated_entries())
        self.stdout.write(f"{app}: {len(held)} messages, {missing} to be translated in {path}")

    @staticmethod
    def _new(polib: Any, message: Message, places: list[str]) -> Any:
        singular, plural = message
        entry = polib.POEntry(msgid=singular, comment=", ".join(dict.fromkeys(places)))
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: ""}
        if "%(" in singular:
            entry.flags.append("python-format")
        return entry
