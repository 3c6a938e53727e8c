"""The application's own table."""

from django.db import models


class Receipt(models.Model):
    """Money that was taken for a unit; *booked* once the unit is subscribed to."""

    customer: "models.CharField[str, str]" = models.CharField(max_length=128)
    unit: "models.CharField[str, str]" = models.CharField(max_length=32)
    yuan: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    booked: "models.BooleanField[bool, bool]" = models.BooleanField(default=False)
