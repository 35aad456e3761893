"""Makes a Markdown table one of our tables of figures, which fold into labelled rows where there is no room."""

from markdown_it.token import Token


def fold(table: list[Token]) -> None:
    """The first column names its row; every other cell carries the name of its column."""
    table[0].attrJoin("class", "figures figures--text")
    labels: list[str] = []
    column = 0
    for index, token in enumerate(table):
        if token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
            labels.append(table[index + 1].content)
        elif token.type == "td_open":
            token.attrs = {"data-label": labels[column]} if column else {"scope": "row"}
            token.tag = "td" if column else "th"
        elif token.type == "td_close":
            token.tag = "td" if column else "th"
            column += 1
