"""Every page is sound HTML, names itself, labels its fields, and holds nothing inline."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest

from candidacy.console.administration import invite_first_administrator

XHTML = "{http://www.w3.org/1999/xhtml}"
PAGES = ("/account", "/staff", "/audit", "/audit?subject=nothing", "/nowhere", "/inbox", "/search")
OPEN_PAGES = ("/sign-in", "/sign-in?ended", "/sign-in/recovery?next=%2Faccount", "/enrol?link=x")
UNLABELLED = {"hidden", "submit"}


def parse(page: str) -> Element:
    """The page as a tree; an error where it is not as the standard says."""
    return html5lib.HTMLParser(strict=True).parse(page)


def elements(root: Element, *names: str) -> Iterator[Element]:
    return (element for name in names for element in root.iter(XHTML + name))


def text_of(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def check(page: str) -> None:
    root = parse(page)
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), "every id stands once"
    assert root.get("lang") == "en"
    (title,) = elements(root, "title")
    (heading,) = elements(root, "h1")
    assert text_of(title).startswith(text_of(heading)) or text_of(heading)
    assert [main.get("id") for main in elements(root, "main")] == ["main"]
    labelled = {label.get("for") for label in elements(root, "label")}
    for control in elements(root, "input", "select", "textarea"):
        if control.get("type") not in UNLABELLED:
            assert control.get("id") in labelled
    for element in root.iter():
        assert "style" not in element.attrib
        assert not [name for name in element.attrib if name.startswith("on")]
        for described in (element.get("aria-describedby") or "").split():
            assert described in ids
        for labelling in (element.get("aria-labelledby") or "").split():
            assert labelling in ids
    for script in elements(root, "script"):
        assert (script.get("src") or "").startswith("/static/")
        assert not script.text
    assert not list(elements(root, "style"))
    for button in elements(root, "button", "a", "summary", "caption", "th"):
        assert text_of(button)
    for form in elements(root, "form"):
        names = [field.get("name") for field in elements(form, "input")]
        assert form.get("method") in ("get", "dialog") or "form_token" in names
    levels = [int(element.tag[-1]) for element in root.iter() if element.tag[-2:] in ("h1", "h2", "h3", "h4")]
    assert all(after - before <= 1 for before, after in pairwise(levels) if before)


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_pages_for_everybody(browser: Any, path: str) -> None:
    check(browser.get(path).text)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ["reader", "administrator"])
def test_pages_for_staff(signed_in: Any, hire: Any, role: str, path: str) -> None:
    hire("agent")
    check(signed_in(role).get(path).text)


def test_pages_after_a_form(signed_in: Any, hire: Any, browser: Any) -> None:
    agent = hire("agent")
    admin = signed_in("administrator")
    for page in (
        browser.post("/sign-in", {"name": "<b>"}).text,
        admin.post("/account/password", {"password": "x"}).text,
        admin.post("/account/recovery-codes").text,
        admin.post("/staff", {"full_name": "<b>"}).text,
        admin.post("/staff", {"full_name": "<b>", "sign_in_name": "bob", "role": "agent"}).text,
        admin.post(f"/staff/{agent.account.id}/reset").text,
        admin.http.post("/staff").text,
    ):
        check(page)


def test_the_page_of_setting_up(database: Any, cipher: Any, clock: Any, browser: Any) -> None:
    with database.session() as session:
        invitation = invite_first_administrator(session, cipher=cipher, now=clock())
    check(browser.get(f"/enrol?link={invitation.token}").text)
    check(browser.post("/enrol", {"link": invitation.token, "password": "x"}).text)


def test_the_navigation_shows_what_one_may_open(signed_in: Any) -> None:
    def places(role: str) -> list[tuple[str, str | None]]:
        root = parse(signed_in(role).get("/account").text)
        (nav,) = elements(root, "nav")
        return [(text_of(link), link.get("aria-current")) for link in elements(nav, "a")]

    assert places("reader") == [
        ("Inbox", None),
        ("Search", None),
        ("Numbers", None),
        ("Your account", "page"),
    ]
    assert places("administrator") == [
        ("Inbox", None),
        ("Search", None),
        ("Call-backs", None),
        ("Corrections", None),
        ("Numbers", None),
        ("Exports", None),
        ("Staff", None),
        ("Audit", None),
        ("Your account", "page"),
    ]
