"""Plain text and Markdown."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimx.read import ReadError, ReadReport, read, source, text


def documents(data, format, **options):
    return list(read(io.BytesIO(data.encode("utf-8", "surrogatepass")), format, **options))


def test_one_text():
    (one,) = documents("Hens lay 3 eggs.\nGoats lay none.", "text")
    assert (one.id, one.text, one.title) == ("stream#1", "Hens lay 3 eggs.\nGoats lay none.", None)


def test_blocks_between_blank_lines_are_verbatim():
    got = documents("\n\n  One  line.\n\ttwo\n \t\n\n\nThree.\n", "text")
    assert [one.text for one in got] == ["  One  line.\n\ttwo", "Three."]
    assert [one.text for one in documents("a\r\nb\r\n\r\nc\r\n", "text")] == ["a\r\nb", "c"]


def test_a_block_over_the_bound_is_skipped_whole(monkeypatch):
    monkeypatch.setattr(source, "MAX_RECORD", 50)
    monkeypatch.setattr(text, "MAX_RECORD", 50)
    report = ReadReport()
    data = "One.\n\n" + "x" * 20 + "\n" + "y" * 60 + "\nz\n\n" + "abcdefghi\n" * 9 + "\nLast."
    assert [one.text for one in documents(data, "text", report=report)] == ["One.", "Last."]
    assert [one.line for one in report.reasons] == [3, 7]


@given(st.text(max_size=200))
def test_nothing_but_blank_lines_is_lost(data):
    expected = "".join(data.encode("utf-8", "replace").decode().split())
    got = "".join("".join(one.text.split()) for one in read(io.StringIO(data), "text"))
    assert len(got) <= len(expected) + 3 * len(data)
    if data.isascii():
        assert got == expected


def test_markdown_headings_are_titles():
    data = """---
title: a list
---

# On Hens

Hens lay *3* eggs.

## Abstract

They do so daily.

On Goats
========
Goats lay none.

**On Bells**

Bells ring.

```python
code = "no text"

more = 1
```

| a | b |
|---|---|

<!-- a comment -->

- - -

Last words.
"""
    assert [(one.title, one.text) for one in documents(data, "markdown")] == [
        ("On Hens", "Hens lay *3* eggs."),
        ("On Hens", "They do so daily."),
        ("On Goats", "Goats lay none."),
        ("On Bells", "Bells ring."),
        ("On Bells", "Last words."),
    ]


def test_markdown_in_one_breath():
    assert [(one.title, one.text) for one in documents("# T #\nHens.\n## U\nGoats.", "markdown")] == [
        ("T", "Hens.\n## U\nGoats.")
    ]


@given(st.text(st.sampled_from("#=-`~*_ \n|<!>ab"), max_size=100))
def test_any_markdown_is_read_without_error(data):
    assert all(one.text for one in documents(data, "markdown"))


def test_columns_make_no_sense_here():
    with pytest.raises(ReadError, match="text has none"):
        documents("Hens.", "text", columns={"text": "a"})
