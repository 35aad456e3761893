from django.urls import path

from . import account_views, guest_views, views

app_name = "quotes"

urlpatterns = [
    path("wholesale/", views.request_quote, name="request"),
    path("wholesale/from-basket/", views.from_basket, name="from-basket"),
    path("q/<str:token>/", guest_views.page, name="quote"),
    path("q/<str:token>/acceptance/", guest_views.acceptance, name="acceptance"),
    path("q/<str:token>/order/", guest_views.order, name="order"),
    path("q/<str:token>/refusal/", guest_views.refusal, name="refusal"),
    path("accounts/quotes/", account_views.index, name="account-list"),
    path("accounts/quotes/<str:reference>/", account_views.page, name="account-quote"),
    path("accounts/quotes/<str:reference>/acceptance/", account_views.acceptance, name="account-acceptance"),
    path("accounts/quotes/<str:reference>/order/", account_views.order, name="account-order"),
    path("accounts/quotes/<str:reference>/refusal/", account_views.refusal, name="account-refusal"),
]
