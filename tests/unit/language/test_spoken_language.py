"""Which language a message is in."""

import pytest

from candidacy.language.spoken_language import spoken_language


@pytest.mark.parametrize(
    "text",
    [
        "How long will I be in the hospital?",
        "no",
        "stenosis",
        "L4 L5",
        "si",
        "",
        "?",
        "\U0001f44d",
        "I have an appointment with Dr. de la Cruz",
        "laminectomy in 2019",
        "el doctor said I have stenosis and I need the surgery",
        "my no. is 212 555 0100",
        "don't know",
        "no i had a fusion in la",
    ],
)
def test_english_and_whatever_is_short_or_unclear(text: str) -> None:
    assert spoken_language(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "hola",
        "\u00bfCu\u00e1nto cuesta?",
        "Tengo dolor de espalda hace a\u00f1os y quiero una cita",
        "no puedo orinar",
        "Me duele mucho la espalda",
        "\u00bfCu\u00e1nto tiempo voy a estar en el hospital despu\u00e9s de la operaci\u00f3n?",
        "me operaron en 2010",
        "En que consiste la fusion",
    ],
)
def test_spanish(text: str) -> None:
    assert spoken_language(text) == "es"


@pytest.mark.parametrize(
    "text",
    [
        "Combien de temps dure l'op\u00e9ration ?",
        "Ich habe seit Jahren Schmerzen im R\u00fccken",
        "quanto custa a cirurgia da coluna",
        "Mwen gen doul\u00e8 nan do mwen anpil",
        "\u0431\u043e\u043b\u0438\u0442 \u0441\u043f\u0438\u043d\u0430",
        "\u624b\u8853\u591a\u5c11\u9322",
    ],
)
def test_other_languages(text: str) -> None:
    assert spoken_language(text) == "other"
