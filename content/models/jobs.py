"""Work that waits for a worker: the row is the queue.

A row is claimed by a conditional update that sets a lease; the worker renews the lease as it goes
and writes its result only while the lease is still its own. Broker messages only speed this up.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting for a worker")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Job(models.Model):
    """The worker's side of a row. ``progress_*`` count steps; ``error`` is for the person.

    ``started_at`` is when the worker who has it took it, ``sent_at`` when workers were last told that
    it waits.
    """

    job_state = models.CharField(
        _("progress"), max_length=12, choices=JobState, default=JobState.WAITING, editable=False
    )
    claim_token = models.UUIDField(null=True, editable=False)
    claimed_until = models.DateTimeField(null=True, editable=False)
    not_before = models.DateTimeField(null=True, editable=False)
    started_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    progress_done = models.PositiveIntegerField(default=0, editable=False)
    progress_total = models.PositiveIntegerField(default=0, editable=False)
    progress_note = models.CharField(max_length=200, blank=True, editable=False)
    error = models.TextField(_("what went wrong"), blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(job_state=JobState.RUNNING)
                | models.Q(claim_token__isnull=False, claimed_until__isnull=False),
                name="%(class)s_running_has_a_lease",
            )
        ]

    @property
    def percent(self) -> int:
        return round(100 * self.progress_done / self.progress_total) if self.progress_total else 0

    @property
    def seconds_left(self) -> int | None:
        """An estimate from the pace so far; ``None`` before there is one."""
        if self.job_state != JobState.RUNNING or not (self.started_at and self.progress_done):
            return None
        spent = (timezone.now() - self.started_at).total_seconds()
        left = max(0, self.progress_total - self.progress_done)
        return round(spent / self.progress_done * left)

    @property
    def is_active(self) -> bool:
        return self.job_state in (JobState.WAITING, JobState.RUNNING)
