from typing import Any

from oscar.apps.customer.apps import CustomerConfig as BaseCustomerConfig

#: Their hash never changes and can't be revoked; our guest links (/o/<token>/) take their place.
REMOVED = {"anon-order", "anon-order-form"}


class CustomerConfig(BaseCustomerConfig):
    name = "catalog.customer"

    def get_urls(self) -> list[Any]:
        return [url for url in super().get_urls() if getattr(url, "name", None) not in REMOVED]
