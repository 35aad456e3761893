"""What a request form comes to, apart from how it was typed."""

import hashlib
import json
import uuid
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from catalog.catalogue.models import Product


@dataclass(frozen=True)
class AskedLine:
    """A product, or words; `wished_price` is net, a piece."""

    text: str
    quantity: int
    product: Product | None = None
    wished_price: Decimal | None = None
    note: str = ""


@dataclass(frozen=True)
class Asked:
    name: str
    email: str
    country_code: str
    time_zone: str
    lines: tuple[AskedLine, ...]
    company: str = ""
    wished_on: date | None = None
    note: str = ""
    #: Differs from form to form; a form that is sent twice brings the same.
    form_key: uuid.UUID = field(default_factory=uuid.uuid4)

    @property
    def digest(self) -> str:
        """The same form changed and sent again is another request."""
        told = asdict(self) | {"lines": [self._told(line) for line in self.lines]}
        return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()

    @staticmethod
    def _told(line: AskedLine) -> list[object]:
        return [line.product.pk if line.product else None, line.text, line.quantity, line.wished_price, line.note]
