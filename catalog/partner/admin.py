"""Stock records are edited on their product's page; only the firms that keep stock have a page here."""

from django.contrib import admin

from .models import Partner


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin[Partner]):
    list_display = ("name", "code")
    fields = ("name", "code")
    search_fields = ("name", "code")
