"""Forms of the workshop."""

from __future__ import annotations

from django.utils.text import slugify
from wagtail.admin.forms.pages import WagtailAdminPageForm

from tinhgon import text


class PageForm(WagtailAdminPageForm):
    """A page's form; the browser proposes the title as its address, letters with their marks and all."""

    def clean_slug(self) -> str:
        """The address without diacritics, as it is typed, told by telephone and found."""
        return slugify(text.fold(self.cleaned_data["slug"]))
