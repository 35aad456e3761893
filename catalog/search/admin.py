from __future__ import annotations

from django.contrib import admin

from .models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(admin.ModelAdmin[SynonymGroup]):
    list_display = ("text",)
    search_fields = ("text",)
    fields = ("text",)
