from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from .forms import PageForm
from .models import Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    form = PageForm
    list_display = ("title", "slug", "updated_on")
    search_fields = ("title", "slug", "source")

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        """One by one: each takes its search entry with it."""
        for page in queryset:
            page.delete()

    def view_on_site(self, obj: Page) -> str:
        return obj.get_absolute_url()
