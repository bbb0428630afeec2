"""`manage.py messages`: bring locale/vi in step with templates and code, and compile it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from tinhgon_web.core.messages import CATALOGUE, Message, gathered


class Command(BaseCommand):
    """Add new messages to django.po (empty, to be translated), drop those no longer said, write django.mo."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Merge and compile."""
        import polib  # of the test requirements: only whoever changes words needs it

        known = {(entry.msgid, entry.msgid_plural): entry for entry in polib.pofile(str(CATALOGUE))}
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = {
            "Language": "vi",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": "nplurals=1; plural=0;",
        }
        for message, places in sorted(gathered().items()):
            catalogue.append(known.get(message) or self._new(polib, message, places))
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(CATALOGUE))
        catalogue.save_as_mofile(str(CATALOGUE.with_suffix(".mo")))
        missing = len(catalogue.untranslated_entries())
        self.stdout.write(f"{len(catalogue)} messages, {missing} to be translated in {CATALOGUE}")

    @staticmethod
    def _new(polib: Any, message: Message, places: list[str]) -> Any:
        singular, plural = message
        entry = polib.POEntry(msgid=singular, comment=", ".join(dict.fromkeys(places)))
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: ""}
        if "%(" in singular:
            entry.flags.append("python-format")
        return entry
