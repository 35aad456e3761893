"""What the desk itself keeps: everything else belongs to the subjects that it shows."""

from django.contrib.auth.models import Group, Permission
from django.db import models


class GivenPermission(models.Model):
    """A permission that a group was given once. What the owner takes away again stays away."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="+")
    permission = models.ForeignKey(Permission, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "permission"], name="desk_permission_given_once")]

    def __str__(self) -> str:
        return f"{self.group}: {self.permission}"
