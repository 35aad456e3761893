"""One letter = one small function, three templates (subject, text, HTML) and a sample for the staff's preview."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from .text import single_line


def make_letter(
    name: str,
    *,
    to: Iterable[str],
    context: dict[str, Any],
    reply_to: Iterable[str] = (),
    from_email: str | None = None,
) -> EmailMultiAlternatives:
    """The letter `templates/emails/<name>-{subject.txt,text.txt,html.html}`; send it inside your transaction."""
    context = {"company": settings.COMPANY, "site_url": settings.SITE_URL, **context}
    letter = EmailMultiAlternatives(
        subject=single_line(render_to_string(f"emails/{name}-subject.txt", context)),
        body=render_to_string(f"emails/{name}-text.txt", context),
        from_email=from_email,
        to=list(to),
        reply_to=list(reply_to),
    )
    letter.attach_alternative(render_to_string(f"emails/{name}-html.html", context), "text/html")
    return letter


def absolute_url(path: str) -> str:
    """A link for a letter or a feed: SITE_URL and the path; files that lie on another host keep their address."""
    return urljoin(settings.SITE_URL, path)


@dataclass(frozen=True)
class Sample:
    """A letter as it will look, about people and things made up; each subject keeps its own in `letter_samples.py`.

    `name`: that of its templates, and with a dot a further case ("order-paid.abroad"). `title`: for staff.
    """

    name: str
    title: Any
    make: Callable[[], EmailMultiAlternatives]

    @property
    def template(self) -> str:
        return self.name.split(".")[0]
