"""What editors upload is what its name says, told by its content; pictures Wagtail itself decodes."""

from __future__ import annotations

from typing import Any

import filetype
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import UnidentifiedImageError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from tinhgon_web.documents import scanning

_LOOKED_AT = 8192
_PICTURES = ("image/jpeg", "image/png", "image/webp")


class PictureField(WagtailImageField):
    """A picture's file. Wagtail tells its type by its first bytes and fails where the rest is no picture."""

    def to_python(self, data: Any) -> Any:
        """Refuse what cannot be decoded."""
        try:
            return super().to_python(data)
        except (UnidentifiedImageError, OSError, SyntaxError) as error:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image") from error


class PictureForm(BaseImageForm):
    """A picture."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            usual = self.fields["file"]
            self.fields["file"] = PictureField(
                label=usual.label, required=usual.required, widget=usual.widget
            )


class PaperForm(BaseDocumentForm):
    """A document to take along."""

    def clean_file(self) -> Any:
        """Refuse what is not of its type, or could harm whoever opens it."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            try:
                scanning.scan(file, file.name or "")
            except scanning.UnableToAcceptFile as refusal:
                said = refusal.message("vi" if get_language() == "vi" else "en")
                raise ValidationError(said) from refusal
        return file


class FilmForm(BaseMediaForm):
    """A film or a sound, with the picture shown before it plays."""

    def clean_file(self) -> Any:
        """Refuse what is neither."""
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and not _kind(file).startswith(
            (f"{self.instance.type}/", "video/")
        ):
            raise ValidationError(_("By its content this is no film and no sound."))
        return file

    def clean_thumbnail(self) -> Any:
        """Refuse what is no photo."""
        file = self.cleaned_data["thumbnail"]
        if isinstance(file, UploadedFile) and _kind(file) not in _PICTURES:
            raise ValidationError(_("The picture must be a JPEG, PNG or WebP."))
        return file


def _kind(file: UploadedFile) -> str:
    """The type of a file's content, "" where it is none that is known."""
    file.seek(0)
    begins = file.read(_LOOKED_AT)
    file.seek(0)
    return str(filetype.guess_mime(begins) or "")
