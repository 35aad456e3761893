from django.urls import path

from . import views

app_name = "order"
urlpatterns = [
    path("o/<str:token>/", views.page, name="page"),
    path("o/<str:token>/payment/", views.pay, name="payment"),
    path("o/<str:token>/change/", views.change, name="change"),
    path("o/<str:token>/basket/", views.order_again, name="again"),
]
