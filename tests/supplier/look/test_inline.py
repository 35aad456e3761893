"""Styles of letters stand on their elements."""

from django.template import Context, Template

from supplier.look.inline import STYLES, inline_styles


def test_an_element_gets_its_style_and_that_of_its_classes() -> None:
    html = inline_styles('<td class="mail__cell mail__sum">£1</td>')
    assert html == f'<td class="mail__cell mail__sum" style="{STYLES[".mail__cell"]} {STYLES[".mail__sum"]}">£1</td>'


def test_later_styles_win_so_a_button_is_not_coloured_like_a_link() -> None:
    html = inline_styles('<a class="mail__link" href="/">Pay</a>')
    assert html.index(STYLES["a"]) < html.index(STYLES[".mail__link"])


def test_an_element_with_a_style_of_its_own_and_unknown_ones_are_left_alone() -> None:
    html = '<p style="margin: 0">a</p><br><!--[if mso]><table><![endif]--><span>b</span>'
    assert inline_styles(html) == html


def test_what_somebody_wrote_stays_text() -> None:
    letter = Template("{% load look %}{% inlined %}<p>{{ text }}</p>{% endinlined %}")
    html = letter.render(Context({"text": "<p>a & b</p> 1 < 2 > 0"}))
    assert html == f'<p style="{STYLES["p"]}">&lt;p&gt;a &amp; b&lt;/p&gt; 1 &lt; 2 &gt; 0</p>'


def test_no_style_breaks_out_of_its_attribute() -> None:
    assert [name for name, style in STYLES.items() if '"' in style or not style.endswith(";")] == []
