"""No text and no file makes claimx raise, whatever is in it; what fuzzing once found stays found."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import claimx

sys.path.insert(0, str(Path(__file__).parent / "fuzz"))

from invariants import check, check_reading
from mutate import Mutator
from seeds import FILES, PIECES, sentences

checked = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)

# Any code point, lone surrogates and unassigned ones among them.
_characters = st.characters(exclude_categories=[])
_odd = st.sampled_from([*PIECES, "\x00", "\u0301", "\u202e", "\u2066", "\u2069", "\ud800", "\udfff", "\U000e0001"])
_seeds = st.sampled_from([text for text in sentences() if len(text) < 300])


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A sentence that reports a result, with odd pieces put in, parts taken out or doubled, characters exchanged."""
    text = draw(_seeds)
    for _ in range(draw(st.integers(1, 4))):
        a = draw(st.integers(0, len(text)))
        b = draw(st.integers(a, min(len(text), a + 20)))
        middle = draw(st.one_of(_odd, _characters, st.just(""), st.just(text[a:b] * 3)))
        text = text[:a] + middle + text[b:]
    return text


@settings(checked, max_examples=300)
@given(st.text(_characters, max_size=60), st.none() | st.text(_characters, max_size=20))
def test_any_text(text: str, title: str | None) -> None:
    check(text, title)


@settings(checked, max_examples=300)
@given(mutated(), st.none() | mutated())
def test_any_mutated_claim(text: str, title: str | None) -> None:
    check(text, title)


@settings(checked, max_examples=40)
@given(st.one_of(mutated(), st.lists(_odd, max_size=8).map("".join)))
def test_any_text_is_explained(text: str) -> None:
    check(text, explained=True)


@settings(checked, max_examples=400)
@given(st.sampled_from([*FILES.values()]), st.data())
def test_any_mutated_file(content: bytes, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        a = data.draw(st.integers(0, len(content)))
        b = data.draw(st.integers(a, min(len(content), a + 30)))
        content = content[:a] + data.draw(st.binary(max_size=4) | st.just(content[a:b] * 2)) + content[b:]
    check_reading(content)
    check_reading(content, data.draw(st.sampled_from(["jsonl", "csv", "tsv", "bibtex", "text", "markdown", "pages",
                                                      "openalex", "arxiv", "s2", "parquet", "arrow"])))  # fmt: skip


def test_mutated_claims_by_the_thousand_and_again_the_same() -> None:
    first, again = Mutator(7), Mutator(7)
    claims = 0
    for _ in range(2000):
        text = first.text()
        assert text == again.text()
        claims += check(text)
    assert claims > 500, "most texts are still close enough to be read"


NINES = "9" * 400
FOUND = [
    f"It reports an F1 of {NINES}1.3 on CIFAR-10.",
    f"Fig.~2 12 time slots. Fig.~2 {NINES}g.~2",
    f"It takes {NINES} ms and up to {NINES}x, from 2% to {NINES}%.",
    f"It gains {'9' * 307} million %, ${'9' * 307}-million, {'9' * 306} ± 2B and 2 B to {'9' * 306} B.",
    f"from {'9' * 308}% to -{'9' * 308}%",
    "its precision falls 50% \x1c ow be on&nbsp;SVHN.",
    "interval of 69.0 to 74.1\x1c.",
    "It is at 5%\x1d\x1e\x1f accuracy.",
]


@pytest.mark.parametrize("text", FOUND, ids=range(len(FOUND)))
def test_what_fuzzing_found(text: str) -> None:
    check(text, explained=True)


@pytest.mark.parametrize("mark", ["\u0301", "\u202e", "\x00", "\ud800", "\u200d", "\U000e0041", "\u0600", "ﷺ"])
def test_thousands_of_one_mark(mark: str) -> None:
    for text in (
        f"TidalNet re{mark * 4_800}aches 97.3% accuracy on CIFAR-10.",
        f"{mark * 10_000} TidalNet reaches 97.3% accuracy on CIFAR-10. It gains 5%.",
        f"TidalNet reaches 97{mark * 4_800}.3% accuracy{mark} on CIFAR-10.",
    ):
        check(text, title=mark * 100, explained=False)


def test_a_number_beyond_all_floats_is_no_quantity_and_spoils_no_other() -> None:
    quantities = claimx.find_quantities(f"It gains 5% in {NINES} ms and 7%.")
    assert [q.value for q in quantities] == [5.0, 7.0]
