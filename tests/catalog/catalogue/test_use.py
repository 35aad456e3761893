"""What a tool is for, as ways to more of the same; and how much that asks of the database."""

import re
from typing import Any

import pytest
from django.test import Client

from catalog.catalogue.models import TechniqueProduct
from tests.factories.catalogue import give_facts, make_image, make_parent, put_into
from tests.factories.texts import make_range, make_technique, make_tool
from tests.shop import make_method

pytestmark = pytest.mark.django_db


def test_page_leads_to_techniques_and_to_tools_for_the_same_part(client: Client) -> None:
    tool = make_tool("SH-1")
    technique = make_technique("deep-hand-massage")
    other = make_technique("thumb-massage")
    hidden = make_technique("secret", is_public=False)
    put_into(technique, tool)
    for one in (technique, other, hidden):
        TechniqueProduct.objects.create(category=one, product=tool)
    for number in range(3):
        put_into(technique, make_tool(f"SH-9{number}"))
    give_facts(tool, hand_area=["palm", "thumb base"], pressure=["firm"])
    html = client.get(tool.get_absolute_url()).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    assert re.findall(r'class="act" href="(/techniques/[^"]+)"', main) == [
        "/techniques/deep-hand-massage/",
        "/techniques/thumb-massage/",
    ]
    for query in ("hand=palm", "hand=thumb-base", "pressure=firm"):
        assert f'href="/products/?{query}"' in main


def test_pressures_of_variants_are_told_each_once(client: Client) -> None:
    parent = make_parent()
    for one, words in zip(parent.children.order_by("pk"), (["soft"], ["soft", "medium"], ["firm"]), strict=True):
        give_facts(one, pressure=words)
    html = client.get(parent.get_absolute_url()).content.decode()
    assert re.findall(r'href="/products/\?pressure=(\w+)"', html) == ["soft", "medium", "firm"]


@pytest.mark.parametrize("number", [1, 4])
def test_whole_page_asks_ten_times_at_most(client: Client, number: int, django_assert_max_num_queries: Any) -> None:
    make_method()
    parent = make_parent(variants=dict.fromkeys("abcdefgh"[: number * 2], ("8.90", 0)))
    put_into(make_range("rollers", parent=make_range("tools")), parent)
    for place in range(number):
        put_into(make_technique(f"technique-{place}"), parent)
        make_image(parent)
    client.get(parent.get_absolute_url())
    with django_assert_max_num_queries(10):
        client.get(parent.get_absolute_url())
