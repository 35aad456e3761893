from .acceptance import Acceptance
from .link import QuoteLink
from .quote import Quote, QuoteLine
from .version import QuoteVersion, VersionLine

__all__ = ["Acceptance", "Quote", "QuoteLine", "QuoteLink", "QuoteVersion", "VersionLine"]
