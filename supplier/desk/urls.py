from django.urls import include, path

from . import views
from .styleguide.views import styleguide

urlpatterns = [
    path("", views.now, name="desk"),
    path("more/", views.more, name="desk-more"),
    path("styleguide/", styleguide, name="desk-styleguide"),
    path("messages/", include("supplier.inquiries.desk")),
    path("quotes/", include("supplier.quotes.desk")),
    path("orders/", include("catalog.order.desk")),
    path("searches/", include("catalog.search.desk")),
    path("letters/", include("supplier.desk.letters")),
]
