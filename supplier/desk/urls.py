from importlib.util import find_spec

from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.now, name="desk"),
    path("more/", views.more, name="desk-more"),
    path("messages/", include("supplier.inquiries.desk")),
    path("letters/", include("supplier.desk.letters")),
    path("orders/", include("catalog.order.desk")),
]

if find_spec("supplier.quotes.desk_views"):
    urlpatterns.append(path("quotes/", include("supplier.quotes.desk")))
