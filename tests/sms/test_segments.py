"""The segments of a text, counted as Twilio's own calculator counts them."""

import json
import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import yaml

from candidacy.sms.gsm7 import fold, is_gsm7
from candidacy.sms.segments import segment_count

FOLDER = Path(__file__).parent
LEAST = 1500
SEED = 20_260_412

PLAIN = "abcdefghijklmnopqrstuvwxyz ABC 0123456789 .,!?'\n"
EXTENSION = "[]{}|~^\\€"
ACCENTS = "éèàùìòñäöüß¿¡ÅÇ@£$¥ΔΦΩ"
NOT_GSM = "áíóúçœñ\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u2022 "
WIDE = "漢字かなعبריта"
EMOJI = ["😀", "🙏🏽", "❤️", "👩‍⚕️", "👨‍👩‍👧‍👦", "🇺🇸", "1️⃣", "🏳️‍🌈", "☎️", "👍"]
COMBINED = ["e\u0301", "n\u0303", "a\u0308\u0332", "\r\n", "\u200d", "\u00a0", "\t", "\f"]
POOLS: list[list[str]] = [
    list(PLAIN),
    list(PLAIN + EXTENSION),
    list(EXTENSION),
    list(PLAIN + ACCENTS),
    list(PLAIN + NOT_GSM),
    list(PLAIN + WIDE),
    [*PLAIN, *EMOJI],
    [*PLAIN, *EXTENSION, *EMOJI, *COMBINED, *WIDE],
    EMOJI,
    [*PLAIN, *COMBINED],
]
EDGES = (
    0,
    1,
    66,
    67,
    68,
    69,
    70,
    71,
    133,
    134,
    135,
    152,
    153,
    154,
    159,
    160,
    161,
    201,
    202,
    305,
    306,
    307,
    459,
    460,
    1600,
)


def domain_texts(project: Path) -> list[str]:
    """Every text that the assistant can say, as it is written and as it is sent."""
    responses = yaml.safe_load((project / "domain.yml").read_text(encoding="utf-8"))["responses"]
    texts = [variant["text"] for variants in responses.values() for variant in variants]
    return [*texts, *map(fold, texts)]


def texts_at_the_edges() -> list[str]:
    """Texts of one character each, in the lengths at which another segment begins, and one dear character in them."""
    characters = ["a", "é", "€", "[", "á", "漢", "😀", "👩‍⚕️"]
    same = [character * length for character in characters for length in EDGES]
    mixed = [
        "a" * before + character + "a" * (length - before)
        for character in characters
        for length in EDGES
        for before in {0, length // 2, length}
    ]
    return same + mixed


def random_texts() -> list[str]:
    """Texts drawn from the pools, the same in every run."""
    draw = random.Random(SEED)
    return [
        "".join(draw.choices(pool, k=draw.choice((5, 40, 70, 150, 165, 320, 500))))
        for pool in POOLS
        for _ in range(120)
    ]


def test_the_count_is_twilios_own(project: Path, require: Callable[[bool, str], None]) -> None:
    node = shutil.which("node")
    require(node is not None, "node (Debian: apt-get install nodejs npm)")
    require((FOLDER / "node_modules/sms-segments-calculator").exists(), "Twilio's segment calculator (make tools)")
    texts = list(dict.fromkeys([*domain_texts(project), *texts_at_the_edges(), *random_texts()]))
    assert len(texts) >= LEAST

    run = subprocess.run(
        [str(node), "segments.mjs"], cwd=FOLDER, input=json.dumps(texts).encode(), check=True, capture_output=True
    )

    counted = json.loads(run.stdout)
    assert len(counted) == len(texts)
    ours = [[segment_count(text), "GSM-7" if is_gsm7(text) else "UCS-2"] for text in texts]
    assert [(text, own, theirs) for text, own, theirs in zip(texts, ours, counted, strict=True) if own != theirs] == []
