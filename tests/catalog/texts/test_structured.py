import json

from catalog.texts.structured import breadcrumbs, script, thing


def test_data_cannot_end_its_script_element() -> None:
    html = script({"name": "</script><script>alert(1)</script>&\u2028<!--"})

    assert html.count("<") == 2
    assert html.startswith('<script type="application/ld+json">{')
    assert json.loads(html.removeprefix('<script type="application/ld+json">').removesuffix("</script>")) == {
        "name": "</script><script>alert(1)</script>&\u2028<!--"
    }


def test_empty_properties_are_left_out() -> None:
    assert thing("Article", headline="A", image=None, keywords=[]) == {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": "A",
    }


def test_breadcrumbs_count_from_one() -> None:
    data = breadcrumbs([("Journal", "https://a.example/journal/"), ("Sleep", "https://a.example/journal/sleep/")])

    assert [(item["position"], item["name"]) for item in data["itemListElement"]] == [(1, "Journal"), (2, "Sleep")]
