from oscar.apps.payment.apps import PaymentConfig as BasePaymentConfig


class PaymentConfig(BasePaymentConfig):
    name = "catalog.payment"
