"""Listing pages: both saved forms, written here in small, with the furniture that such pages have."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.read import ReadReport, read
from claimx.read.pages import is_furniture, is_prose, looks_like_pages

ONE = ("We study how hens choose their perches at dusk. " * 8).strip()
TWO = ("A barn of thirty goats is observed for one summer, and every bell is counted. " * 5).strip()
SPACED = (
    f"new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nbyAK and the research community\n\nMar 14\n\n"
    f"Perches at Dusk: A Study of Hens\n\n{ONE}\n\n\n\nCounting Bells\n\n{TWO}"
)
TIGHT = (
    f"Get trending papers in your email inbox!\n"
    f"SubscribePerches at Dusk: A Study of Hens\n{ONE}\nCounting Bells\n{TWO}\n"
)


def documents(text, **options):
    return list(read(io.BytesIO(text.encode()), **options))


@pytest.mark.parametrize(
    "text", [SPACED, TIGHT, TIGHT.replace("Subscribe", "Subscribe\n"), TIGHT.replace("\n", "\r\n")]
)
def test_both_forms_give_titles_and_abstracts_and_no_furniture(text):
    report = ReadReport()
    got = documents(text, report=report)
    assert [(one.title, one.text) for one in got] == [
        ("Perches at Dusk: A Study of Hens", ONE),
        ("Counting Bells", TWO),
    ]
    assert [one.id for one in got] == ["stream#1", "stream#2"]
    assert (report.read, report.skipped) == (2, 0)


def test_furniture_between_papers_is_no_title_and_no_text():
    text = f"Papers\n\nOn Hens\n\n42\n\n3 authors\n\n{ONE}\n\nView PDF\n\n17\n\nOn Goats\n\nJul 3, 2024\n\n{TWO}"
    assert [(one.title, one.text) for one in documents(text, format="pages")] == [("On Hens", ONE), ("On Goats", TWO)]


def test_a_second_paragraph_and_a_short_last_one_belong_to_the_abstract():
    text = f"On Hens\n\n{ONE}\n\n{TWO}\n\nCode is on our site.\n\nOn Goats\n\n{TWO}\n"
    first, second = documents(text, format="pages")
    assert first.text == f"{ONE}\n{TWO}\nCode is on our site."
    assert (second.title, second.text) == ("On Goats", TWO)


def test_a_short_abstract_of_one_sentence_is_an_abstract():
    text = "Bells of Goats\nWe count the bells of forty goats and find that one in five is made of brass.\n"
    (one,) = documents(text, format="pages")
    assert one.title == "Bells of Goats"
    assert one.text.startswith("We count")


@pytest.mark.parametrize(
    "line",
    [
        "new",
        "Subscribe",
        "Mar 14",
        "14 March 2025",
        "byXY and the whole community",
        "42",
        "· 5 authors",
        "Get trending papers in your email inbox!",
        "2 days ago",
        "View PDF",
        "* * *",
    ],
)
def test_furniture_is_known(line):
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "New Hens for Old",
        "March of the Goats",
        "View Selection for Barns",
        "Read the Room: Hens",
        "Next-Egg Prediction",
        "Share and Share Alike",
        "Papers Please: A Census",
        "MarchGuard",
        "Do Hens Need 12 Perches? A Long and Careful Look at the Habits of Hens, Goats and Other Friends of the Barn",
        "Hens vs. Goats in a Barn: Which of the Two Lays More Eggs? A Comparison over 12 Summers and as Many Winters",
    ],
)
def test_titles_are_not_furniture(line):
    assert not is_furniture(line)
    assert not is_prose(line)


def test_pages_are_told_from_text():
    assert looks_like_pages(SPACED.encode())
    assert looks_like_pages(TIGHT.encode())
    assert not looks_like_pages(f"{ONE}\n\n{TWO}\n".encode())
    wrapped = (
        "We count the bells of goats and the perches of hens, and then\nwe rest a while in the shade of the old barn.\n"
    )
    assert not looks_like_pages(wrapped.encode())


@given(st.text(max_size=400))
def test_any_text_is_read_without_error(text):
    for one in read(io.BytesIO(text.encode("utf-8", "surrogatepass")), "pages"):
        assert one.text


def test_time_grows_with_the_text_only():
    import time

    def seconds(count):
        text = ("a. " * 80 + "\n" + "By x " * 20 + "\n") * count
        start = time.perf_counter()
        sum(1 for _ in read(io.BytesIO(text.encode()), "pages"))
        return time.perf_counter() - start

    seconds(100)
    assert seconds(8000) < 8 * (seconds(2000) + 0.05)
