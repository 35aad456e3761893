"""One list of stylesheets: linked file by file from source, joined by collectstatic."""

import gzip
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.template import Context, Template

from supplier.look.sheets import SHEETS, files_of, join, joined_name
from supplier.look.storage import SheetStorage

STATIC = Path(settings.BASE_DIR) / "static"


def link(sheet: str) -> str:
    return Template(f'{{% load look %}}{{% sheet "{sheet}" %}}').render(Context())


@pytest.fixture
def collected(tmp_path: Path) -> SheetStorage:
    return collect(STATIC, tmp_path / "static")


def collect(source: Path, target: Path) -> SheetStorage:
    """What collectstatic does with the project's own files."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    storage, found = SheetStorage(location=str(target), base_url="/static/"), FileSystemStorage(location=str(source))
    names = [path.relative_to(source).as_posix() for path in sorted(source.rglob("*")) if path.is_file()]
    done = list(storage.post_process({name: (found, name) for name in names}))
    assert [name for name, _hashed, how in done if isinstance(how, Exception)] == []
    return storage


def test_every_file_is_in_the_list_exactly_once() -> None:
    listed = sorted(name for names in SHEETS.values() for name in names)
    assert listed == sorted(path.stem for path in (STATIC / "css").glob("*.css"))


def test_every_component_stands_in_a_layer() -> None:
    """Rules outside the layers would win over all others by accident. print.css and the admin's are meant to."""
    for path in (STATIC / "css").glob("*.css"):
        if path.stem not in ("layers", "fonts", "print", "admin"):
            top_level = re.findall(r"^[^\s@}/].*", path.read_text(), re.MULTILINE)
            assert top_level == [], path.name


def test_from_source_each_file_is_linked_in_order(settings: Any) -> None:
    html = link("shop")
    assert re.findall(r'href="/static/([^"]+)"', html) == files_of("shop")
    assert html.index("css/layers.css") < html.index("css/tokens.css") < html.index("css/print.css")


def test_an_unknown_sheet_is_refused() -> None:
    with pytest.raises(KeyError):
        link("shpo")


def test_a_joined_sheet_holds_its_files_in_order(collected: SheetStorage) -> None:
    joined = read(collected, joined_name("shop"))
    parts = [join([(STATIC / file).read_text()]) for file in files_of("shop")]
    assert without_addresses(joined) == without_addresses("".join(parts))
    assert joined.startswith("@layer reset, tokens, base, layout, components, utilities;")


def test_addresses_in_a_joined_sheet_lead_to_hashed_files(collected: SheetStorage) -> None:
    names = re.findall(r'url\("([^"]+)"\)', read(collected, joined_name("shop")))
    assert len(names) == 4
    for name in names:
        assert re.fullmatch(r"\.\./(fonts|img)/.+\.[0-9a-f]{12}\.(woff2|svg)", name)
        assert collected.exists(str(Path("css", name)).replace("css/../", ""))


def test_a_joined_sheet_is_hashed_and_compressed_and_small(collected: SheetStorage) -> None:
    hashed = Path(collected.path(collected.stored_name(joined_name("shop"))))
    assert re.fullmatch(r"sheet-shop\.[0-9a-f]{12}\.css", hashed.name)
    packed = hashed.with_name(hashed.name + ".gz").read_bytes()
    assert gzip.decompress(packed) == hashed.read_bytes()
    assert len(packed) < 20_000
    assert not (hashed.parent / "sheet-shop.css").exists(), "only hashed files are kept"


def test_a_change_gives_the_sheet_another_name(collected: SheetStorage, tmp_path: Path) -> None:
    changed = Path(shutil.copytree(STATIC, tmp_path / "changed"))
    with (changed / "css/desk.css").open("a") as file:
        file.write(".desk { gap: 1px; }\n")
    again = collect(changed, tmp_path / "static")
    assert read(again, joined_name("desk")) != read(collected, joined_name("desk"))
    assert again.stored_name(joined_name("desk")) != collected.stored_name(joined_name("desk"))
    assert again.stored_name(joined_name("shop")) == collected.stored_name(joined_name("shop"))


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    storage = SheetStorage(location=str(tmp_path), base_url="/static/")
    list(storage.post_process({}, dry_run=True))
    assert list(tmp_path.iterdir()) == []


def test_in_production_a_page_links_the_one_joined_file(collected: SheetStorage, settings: Any) -> None:
    from django.contrib.staticfiles.storage import staticfiles_storage

    settings.STATIC_FROM_SOURCE = False
    before, staticfiles_storage._wrapped = staticfiles_storage._wrapped, collected  # type: ignore[attr-defined]
    try:
        html = link("shop")
    finally:
        staticfiles_storage._wrapped = before  # type: ignore[attr-defined]
    assert re.fullmatch(r'<link rel="stylesheet" href="/static/css/sheet-shop\.[0-9a-f]{12}\.css">', html)


def test_comments_and_indentation_do_not_travel() -> None:
    assert join(["/* one\ntwo */\n.a {\n    gap: 1px;\n}\n", '.b::after { content: "→" / ""; }']) == (
        '.a {\ngap: 1px;\n}\n.b::after { content: "→" / ""; }\n'
    )


@pytest.mark.parametrize("path", sorted((STATIC / "css").glob("*.css")), ids=lambda path: path.name)
def test_no_string_looks_like_a_comment(path: Path) -> None:
    """Comments are cut out by their marks alone; and a sheet imports no other."""
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    assert "/*" not in text
    assert "*/" not in text
    assert "@import" not in text


def read(storage: SheetStorage, name: str) -> str:
    return Path(storage.path(storage.stored_name(name))).read_text()


def without_addresses(text: str) -> str:
    return re.sub(r'url\("[^"]+"\)', "url()", text)
