"""`{% form_token %}`: Django's CSRF token for visitors with a session, nothing for the others."""

from django import template
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from supplier.accounts.origin import has_session

register = template.Library()


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    # An include with "only" hands on the request, but not as a variable.
    request = context.get("request") or getattr(context, "request", None)
    if request is None or not has_session(request):
        return SafeString("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
