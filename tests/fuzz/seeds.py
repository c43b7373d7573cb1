"""What the fuzzers start from: sentences of the sample, of the grammar's worked examples, and hostile pieces."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# Pieces that numbers, names, mark-up and Unicode are made of, and what breaks readers of them.
PIECES = (
    "$", "$$", "\\", "{", "}", "\\frac{1}{2}", "\\%", "\\textbf{", "\\mathrm{", "\\(", "\\)", "^{", "_{", "^", "_",
    "&nbsp;", "&#0;", "&#1114112;", "&#xD800;", "&amp;", "%", "‰", "×", "x", "±", "+/-", "-", "–", "—", "−", "(", ")",
    "[", "]", "[12]", "~", "≈", "≤", "≥", "<", ">", "=", "\x00", "\ud800", "\udfff", "\udc80", "\u200b", "\u202e",
    "\u2066", "\u2069", "\ufeff", "\u0301" * 30, "\U0001d7d8", "\U0001d400", "é", "ß", "İ", "ı", "ǆ", "ﬁ", "数", "١٢",
    "½", "²", "Ⅻ", "①", "𝟗", "०", "10^-3", "10^{400}", "1e999", "1e-999", "9" * 400, "0" * 50, "1,000,000", "1,00,0",
    ".5", "5.", "3.5%", "2x", "2-3x", "1.2.3", "1/0", "0/0", "1:2", "-0", "+7", "--3", "1e5", "1E+", "e", "from",
    "to", "by", "between", "and", "or", ",", ";", ":", ".", "!", "?", "...", "…", "\n", "\n\n", "\r\n", "\t", "\v",
    "\x1c", "\u2028", "\u00a0", "  ", "respectively", "respectively,", "i.e.", "e.g.", "vs.", "et al.", "accuracy",
    "F1", "FID", "WER", "pass@10", "pass@", "@", "CIFAR-10", "CIFAR-", "GSM8K", "FooNet", "Foo-Net-v2", "we", "our",
    "it", "on", "than", "faster", "improves", "improves by", "reduces", "reaching", "up to", "at least", "more than",
    "two", "twenty-one", "half", "a third", "orders of magnitude", "doubles", "ten-fold", "-fold",
    "percentage points", "points", "dB", "ms", "GB", "FLOPs", "B", "M", "k", "hours", "$5", "€", "USD", "p < 0.05",
    "±0.3", "(±", "(2.1%", "top-1", "n = 3", "'s", "'", '"', "``", "''", "http://a.b/c?d=1%20", "2024-02-30",
    "10,000x", "100%", "1000000000000000000000%",
)  # fmt: skip

_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def sentences() -> list[str]:
    """The seed sentences, each once, in a fixed order."""
    texts: list[str] = []
    for line in (ROOT / "datasets" / "sample.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        texts += [record["title"], *_END.split(record["abstract"])]
    for path in sorted((ROOT / "grammars" / "patterns").glob("*.toml")):
        for pattern in tomllib.loads(path.read_text(encoding="utf-8"))["pattern"]:
            texts += [example["text"] for example in pattern.get("example", ())]
    for rule in tomllib.loads((ROOT / "grammars" / "clean.toml").read_text(encoding="utf-8"))["rule"]:
        texts += [before for before, _ in rule["examples"]]
    for path in sorted((ROOT / "tests" / "cases").glob("*.toml")):
        cases = tomllib.loads(path.read_text(encoding="utf-8"))
        texts += [case["text"] for rows in cases.values() if isinstance(rows, list) for case in rows if "text" in case]
    return list(dict.fromkeys(text for text in texts if text))


FILES: dict[str, bytes] = {
    "jsonl": b'{"id": "a", "title": "T", "abstract": "FooNet reaches 9.5% WER."}\n{"id": 2, "abstract": null}',
    "array": b'[{"id": "a", "abstract": "It is 3x faster."}, {"abstract": ["One.", "Two 5%."]}]',
    "openalex": b'{"id": "W1", "abstract_inverted_index": {"It": [0], "gains": [1], "5%.": [2]}}',
    "arxiv": b'{"id": "0704.0001", "abstract": "A 5% gain.", "update_date": "2008-11-26", "versions": [{"created": '
    b'"Mon, 2 Apr 2007 19:18:42 GMT"}]}\n',
    "s2": b'{"paperId": "p", "abstract": "A 5% gain.", "publicationDate": "2020-01-02"}\n',
    "csv": b'id,title,abstract,date\na,T,"It gains 5%, and ""more"".",2020-02-30\nb,U,"two\nlines",\n',
    "semicolons": b"id;abstract\na;It gains 5%.\n",
    "tsv": b"id\ttitle\tabstract\na\tT\tIt gains 5%.\n",
    "bibtex": b'@string{j = "A Journal"}\n@article{a, title = {{A} Title}, abstract = "It {gains} 5%.", '
    b'month = jan # "~1", year = 2020, journal = j}\n@comment{x}\n',
    "pages": b"Skip to main content\nA title of some paper\n[v1] 2 Jan 2020\nIt gains 5% on the data. It does so for "
    b"all of the models that we have tried in this work, and more.\n",
    "markdown": b"# A title\n\nIt gains 5%.\n\n```\ncode\n```\n* item\n",
    "text": b"It gains 5%.\nMore.\n\nIt loses 3x.\n",
}
