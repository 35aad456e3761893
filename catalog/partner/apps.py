from oscar.apps.partner.apps import PartnerConfig as BasePartnerConfig


class PartnerConfig(BasePartnerConfig):
    name = "catalog.partner"
