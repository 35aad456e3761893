from django import template

from supplier.pages.maintenance import is_closed

register = template.Library()

register.simple_tag(is_closed, name="shop_is_closed")
