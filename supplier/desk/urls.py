from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.now, name="desk"),
    path("more/", views.more, name="desk-more"),
    path("messages/", include("supplier.inquiries.desk")),
    path("quotes/", include("supplier.quotes.desk")),
    path("orders/", include("catalog.order.desk")),
    path("letters/", include("supplier.desk.letters")),
]
