from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from supplier.look.inline import inline_styles
from supplier.look.sheets import files_of, joined_name

register = template.Library()


@register.simple_tag
def sheet(name: str) -> SafeString:
    """{% sheet "shop" %}: the links to a stylesheet of supplier/look/sheets.py."""
    is_from_source = settings.STATIC_FROM_SOURCE or settings.DEBUG
    files = files_of(name) if is_from_source else [joined_name(name)]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(file),) for file in files))


@register.simple_block_tag
def inlined(content: str) -> SafeString:
    """{% inlined %} a letter {% endinlined %}: its styles written onto its elements."""
    return mark_safe(inline_styles(content))
