from .acceptance import AcceptanceForm
from .request import RequestForm

__all__ = ["AcceptanceForm", "RequestForm"]
