from django.contrib import admin

from .forms import PageForm
from .models import Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin[Page]):
    form = PageForm
    list_display = ("title", "slug", "updated_on")
    search_fields = ("title", "slug", "source")

    def view_on_site(self, obj: Page) -> str:
        return obj.get_absolute_url()
