"""Schemes with their variants, edits, moves through the procedure, exceptions, and what they leave over.

A scheme never copies the register: its variants name units by id, and what they would make of the register is laid
over it when it is looked at. Moves and kept versions are insert-only (see `guards`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from tinhgon_web.documents.models import Document, DocumentFile


class Done(models.Model):
    """Something somebody did at a moment."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Scheme(models.Model):
    """A scheme for one place, drafted on the register and the law of one day."""

    class Kind(models.TextChoices):
        """Which units it joins."""

        VILLAGE = "village"
        COMMUNE = "commune"

    class State(models.TextChoices):
        """Where it is: with its drafter, under way, in force, or given up."""

        DRAFTING = "drafting"
        UNDER_WAY = "under_way"
        IN_FORCE = "in_force"
        ANNULLED = "annulled"
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    place = models.CharField(max_length=200)
    on = models.DateField()
    title = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFTING)
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    chosen = models.ForeignKey("Variant", models.PROTECT, null=True, related_name="+")
    pictures: models.JSONField[Any, Any] = models.JSONField(default=dict)
    placements: models.JSONField[Any, Any] = models.JSONField(default=dict)
    decision = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    effective_on = models.DateField(null=True)
    operating_on = models.DateField(null=True)
    first_entry = models.PositiveIntegerField(null=True)
    last_entry = models.PositiveIntegerField(null=True)
    annulled_by = models.PositiveIntegerField(null=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["place"]), models.Index(fields=["state"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state__in=["in_force", "annulled"], first_entry__isnull=False)
                | (~Q(state__in=["in_force", "annulled"]) & Q(first_entry__isnull=True)),
                name="scheme_with_entries_is_enacted",
            )
        ]

    def __str__(self) -> str:
        return self.title


class Touched(models.Model):
    """A unit a scheme under way is about: no other scheme under way may be about it, and the database sees to that."""

    unit = models.CharField(max_length=200, unique=True)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="touched")


class Variant(models.Model):
    """One answer: groups of units, how it was found, what is proven. Edits to it stand beside it."""

    class Origin(models.TextChoices):
        """Whether the planner or an officer made it."""

        PLANNED = "planned"
        BY_HAND = "by_hand"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="variants")
    number = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="made_from_it")
    form = models.CharField(max_length=40, default="law")
    seed = models.IntegerField(default=0)
    effort = models.PositiveIntegerField(null=True)
    wishes: models.JSONField[Any, Any] = models.JSONField(default=dict)
    groups: models.JSONField[Any, Any] = models.JSONField(default=list)
    summary: models.JSONField[Any, Any] = models.JSONField(default=dict)
    violations: models.JSONField[Any, Any] = models.JSONField(default=list)
    certificate: models.JSONField[Any, Any] = models.JSONField(default=dict)
    head = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_variant_of_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id}/{self.number}"


class Edit(Done):
    """One edit by hand. Undone ones stay until another takes their place, so that they can be done again."""

    variant = models.ForeignKey(Variant, models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    edit: models.JSONField[Any, Any] = models.JSONField()
    undone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["variant", "number"], name="one_edit_of_a_number")
        ]


class Move(models.Model):
    """A step taken, or the scheme sent back, with the papers or the reason. Insert only."""

    class Sort(models.TextChoices):
        """Forward or back."""

        TAKEN = "taken"
        RETURNED = "returned"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="moves")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    sort = models.CharField(max_length=10, choices=Sort.choices)
    step = models.CharField(max_length=40)
    on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    papers: models.JSONField[Any, Any] = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_move_of_a_number")
        ]


class Paper(Done):
    """A paper of a step taken, as a document: with the file handed in, or one that was on file already. Insert only."""

    move = models.ForeignKey(Move, models.PROTECT, related_name="attached")
    code = models.CharField(max_length=40)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    file = models.ForeignKey(DocumentFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["move", "code"], name="one_document_of_a_paper")
        ]


class OpenPaper(Done):
    """A paper of a step that is shown to the public; without a row it is private."""

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="open")


class Reminder(models.Model):
    """Whoever holds a step was told that it is due or over its limit; once for each."""

    class Sort(models.TextChoices):
        """Due soon, or over the limit."""

        DUE = "due"
        OVERDUE = "overdue"

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="reminders")
    version = models.PositiveIntegerField()
    step = models.CharField(max_length=40)
    sort = models.CharField(max_length=10, choices=Sort.choices)
    on = models.DateField()
    people = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["-on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "version", "step", "sort"], name="one_reminder_of_a_step_and_sort"
            )
        ]


class KeptVersion(Done):
    """A scheme as it stood when it was sent back: its groups, placements and figures. Insert only."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    groups: models.JSONField[Any, Any] = models.JSONField()
    placements: models.JSONField[Any, Any] = models.JSONField()
    summary: models.JSONField[Any, Any] = models.JSONField()
    reason = models.TextField()

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "version"], name="one_kept_version_of_a_number")
        ]


class SpecificFactor(Done):
    """Why a unit short of the standard is left as it is: a coded reason, in words, with its evidence."""

    class Reason(models.TextChoices):
        """What the law lets weigh."""

        ETHNICITY = "ethnicity"
        BELIEF = "belief"
        DEFENCE = "defence"
        CUSTOM = "custom"
        TERRAIN = "terrain"
        DISTANCE = "distance"
        RESETTLEMENT = "resettlement"

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="factors")
    unit = models.CharField(max_length=200)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.TextField()
    evidence = models.BinaryField()
    evidence_name = models.CharField(max_length=200)
    evidence_type = models.CharField(max_length=100)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "unit"], name="one_factor_of_a_unit")
        ]


class LeftOver(models.Model):
    """Somebody or something a scheme in force left without a place: who looks after it, by when, how far it is."""

    class Sort(models.TextChoices):
        """What is left over."""

        PERSON = "person"
        ORGAN = "organ"
        PREMISES = "premises"
        RECORDS = "records"

    class Status(models.TextChoices):
        """How far it is."""

        OPEN = "open"
        UNDER_WAY = "under_way"
        DONE = "done"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="left_over")
    sort = models.CharField(max_length=10, choices=Sort.choices)
    what = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=200)
    name = models.TextField()
    role = models.TextField(blank=True)
    person = models.CharField(max_length=200, blank=True)
    owner = models.TextField(blank=True)
    year = models.PositiveIntegerField(null=True)
    plan = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)

    class Meta:
        ordering: ClassVar = ["sort", "id"]
        indexes: ClassVar = [models.Index(fields=["scheme", "sort"]), models.Index(fields=["status", "year"])]
