from oscar.apps.shipping.apps import ShippingConfig as BaseShippingConfig


class ShippingConfig(BaseShippingConfig):
    name = "catalog.shipping"
