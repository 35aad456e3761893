"""Oscar's lists, of which a page beyond the last is the last, as in all our lists; Oscar finds none."""

from typing import Any

from django.views.generic.list import MultipleObjectMixin


class LastPage(MultipleObjectMixin):  # type: ignore[type-arg]
    request: Any

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Any, Any, Any, bool]:
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(self.request.GET.get(self.page_kwarg))
        return paginator, page, page.object_list, page.has_other_pages()
