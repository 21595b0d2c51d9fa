"""What the widget itself says, in the page's language where it speaks it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.browser import Chat

TEXTS = Path(__file__).parents[2] / "candidacy/frontdesk/widget/src/texts.js"


@pytest.mark.parametrize(
    ("page", "locale", "spoken"),
    [("es", "en-US", "es"), ("en", "es-MX", "en"), ("fr", "es-MX", "es"), ("fr", "fr-FR", "en")],
)
def test_the_pages_language_comes_before_the_browsers(
    visit: Callable[..., Chat], page: str, locale: str, spoken: str
) -> None:
    chat = visit(page_language=page, locale=locale)
    expect(chat.page.locator("candidacy-chat .root")).to_have_attribute("lang", spoken)


def test_in_spanish_nothing_of_the_widgets_own_is_in_english(visit: Callable[..., Chat]) -> None:
    chat = visit(spanish=True)
    chat.open()
    chat.panel.get_by_role("button", name="Más opciones").click()
    names = [button.inner_text() for button in chat.panel.get_by_role("button").all()]
    own = [
        "Cerrar",
        "Enviar",
        "Hablar con una persona",
        "Más opciones",
        "Guardar una copia",
        "Imprimir",
        "Terminar y borrar",
    ]
    assert [name for name in names if name in own] == own
    expect(chat.panel).to_have_accessible_description(
        "No es una persona. En una emergencia, llame al 911. El asistente responde en inglés."
    )


def test_each_paragraph_says_its_language(visit: Callable[..., Chat]) -> None:
    chat = visit(spanish=True).open()
    chat.take({"kind": "emergency", "text": "Llame al 911 ahora mismo.\n\nCall 911 now."})
    said = chat.messages.last.locator(".bubble p").evaluate_all("all => all.map(({ lang }) => lang)")
    assert said == ["es", "en"]


def test_both_languages_have_every_text() -> None:
    english, spanish = (
        re.findall(r"^  (\w+):", TEXTS.read_text(encoding="utf-8").split(start)[1].split("};")[0], re.MULTILINE)
        for start in ("const ENGLISH = {", "const SPANISH = {")
    )
    assert english == spanish


def test_the_pages_colors_are_the_chats(visit: Callable[..., Chat]) -> None:
    light, dark = visit().open(), visit(color_scheme="dark").open()
    backgrounds = [one.panel.evaluate("panel => getComputedStyle(panel).backgroundColor") for one in (light, dark)]
    assert backgrounds == ["rgb(255, 255, 255)", "rgb(23, 33, 43)"]
    light.page.evaluate("document.documentElement.style.setProperty('--candidacy-background', 'rgb(255, 250, 240)')")
    assert light.panel.evaluate("panel => getComputedStyle(panel).backgroundColor") == "rgb(255, 250, 240)"
