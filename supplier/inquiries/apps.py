from django.apps import AppConfig


class InquiriesConfig(AppConfig):
    name = "supplier.inquiries"
    label = "inquiries"
    verbose_name = "Inquiries"
