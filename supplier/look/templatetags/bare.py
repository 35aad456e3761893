from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from supplier.look.bare import STYLE

from .look import sheet

register = template.Library()


@register.simple_tag
def bare_style() -> SafeString:
    """The style itself, and the shop's whole sheet with its faces where static files are in order."""
    try:
        more = format_html(
            '<link rel="icon" href="{}" type="image/svg+xml">\n{}', static("img/icon.svg"), sheet("shop")
        )
    except (OSError, ValueError):  # no manifest, or an incomplete one
        more = SafeString()
    return mark_safe(f"<style>{STYLE}</style>\n{more}")  # our own file, no input
