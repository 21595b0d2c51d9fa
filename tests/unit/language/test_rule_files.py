"""Rule files are refused by name when they are wrong."""

from pathlib import Path

import pytest

from candidacy.language.rule_files import RULES, RuleError, phrases, read_rule_file


@pytest.mark.parametrize("content", ["- a list", "just text", "broken: [", ""])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match=r"rules\.yml"):
        read_rule_file(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"absent\.yml"):
        read_rule_file(tmp_path / "absent.yml")


@pytest.mark.parametrize("content", ["terms: []", "terms: text", "other: [a]", "terms: [no]", "terms: [2019]"])
def test_a_list_of_phrases_holds_text(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RuleError, match="terms"):
        phrases(read_rule_file(path), "terms", path=path)


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.yml")), ids=lambda path: path.name)
def test_the_files_of_the_product_say_where_their_rules_come_from(path: Path) -> None:
    assert read_rule_file(path)
    text = path.read_text(encoding="utf-8")
    assert text.startswith("#")
