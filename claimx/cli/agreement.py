"""``claimx check-claims`` and ``claimx contradictions``: numbers that do not agree, within a text and across papers."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from claimx.cli import codes
from claimx.cli.text import counted, plain, value
from claimx.model import Claim

if TYPE_CHECKING:
    from claimx.consistency import Finding

_VERDICTS = ("ok", "rounding", "relative", "mismatch")
_FORMATS = ("terminal", "json", "csv")
_SHOWN = ("paper_id", "title", "method", "benchmark", "metric", "value", "unit", "baseline_value", "delta",
          "delta_kind", "confidence", "sentence")  # fmt: skip

_format = click.option(
    "--format", "format_", type=click.Choice(_FORMATS), default="terminal", show_default=True, help="How to print it."
)


@click.command("check-claims")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIMS...")
@click.option(
    "--texts", metavar="INPUT", help="Abstracts by id, a file that `claimx extract` reads, for rows without sentence."
)
@click.option("--verdict", "wanted", type=click.Choice(_VERDICTS), multiple=True, default=("mismatch",),
              show_default=True, help="List rows with this verdict; may be given several times.")  # fmt: skip
@_format
@click.option("--strict", is_flag=True, help="Exit with 1 if there is a mismatch.")
def check_claims_command(
    claims: tuple[str, ...], texts: str | None, wanted: tuple[str, ...], format_: str, strict: bool
) -> int:
    """List where the tables CLAIMS... state a change that does not lie between its two values.

    Verdicts: ok (exactly), rounding (as far as the printed digits tell), relative (a percentage of the earlier value),
    mismatch. A change whose two values are not there has none. A summary goes to standard error.

    \b
    Examples:
      claimx check-claims claims.parquet
      claimx check-claims claims.parquet --verdict rounding --verdict mismatch --format csv > doubtful.csv
      claimx check-claims claims.parquet --strict
    """
    from claimx.consistency import findings
    from claimx.output import load

    table = [claim for path in claims for claim in load(path)]
    if texts is not None:
        table = _with_sentences(table, texts)
    found = findings(table)
    counts = Counter(finding.check for finding in found)
    listed: dict[tuple[object, ...], Finding] = {}
    for finding in found:
        if finding.check in wanted:  # the rows of one change, of several benchmarks say, are one finding
            claim = finding.claim
            listed.setdefault((claim.paper_id, claim.sentence_start, claim.delta_start, finding.working), finding)
    rows = [
        {"check": finding.check, "working": finding.working, **_fields(finding.claim)} for finding in listed.values()
    ]
    summary = {**{verdict: counts[verdict] for verdict in _VERDICTS}, "unchecked": len(table) - len(found)}
    if format_ == "json":
        _json({"summary": summary, "claims": rows})
    elif format_ == "csv":
        _csv(("check", "working", *_SHOWN), rows)
    else:
        for finding in listed.values():
            colour = "red" if finding.check == "mismatch" else None
            working = plain(finding.working) or "the two values do not fit the change"
            _entry(click.style(finding.check, fg=colour), working, _about(finding.claim), finding.claim)
    told = ", ".join(f"{n:,} {verdict}" for verdict, n in summary.items())
    click.echo(f"{counted(len(table), 'claim')}: {told}", err=True)
    return codes.FAILED if strict and counts["mismatch"] else codes.OK


@click.command("contradictions")
@click.argument("claims", nargs=-1, required=True, metavar="CLAIMS...")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0, metavar="P", help="Only claims so sure.")
@click.option("--limit", type=click.IntRange(0), metavar="N", help="Only the N with the widest spread.")
@_format
def contradictions_command(claims: tuple[str, ...], min_confidence: float, limit: int | None, format_: str) -> None:
    """List where papers of the tables CLAIMS... contradict each other.

    That is where they give the same method on the same benchmark by the same metric in the same setting values that
    cannot both be so, bounds, ± and rounding considered. Every value is shown with its paper and sentence.

    \b
    Examples:
      claimx contradictions claims.parquet --min-confidence 0.7
      claimx contradictions claims-2024.parquet claims-2025.parquet --format json
    """
    from claimx.contradictions import ROW, contradictions
    from claimx.output import load

    found = contradictions((c for path in claims for c in load(path)), min_confidence=min_confidence)
    shown = found if limit is None else found[:limit]
    if format_ == "json":
        _json([{"papers": one.papers, "spread": one.spread, "values": one.rows()} for one in shown])
    elif format_ == "csv":
        rows = [{"contradiction": n, **row} for n, one in enumerate(shown, 1) for row in one.rows()]
        _csv(("contradiction", *ROW), rows)
    else:
        for one in shown:
            head = (one.method, one.benchmark, one.metric, one.setting)
            click.echo(click.style(plain(" · ".join(part for part in head if part)), bold=True))
            for stated in one.values:
                common = value(Claim(value=stated.value, unit=one.unit))
                written = value(stated.claim)
                both = written if stated.claim.unit == one.unit else f"{written} (= {common})"
                _entry(both, plain(stated.claim.title or ""), _source(stated.claim), stated.claim)
            click.echo()
    click.echo(counted(len(found), "contradiction"), err=True)


# -- printing ------------------------------------------------------------------------------------------------------


def _entry(lead: str, text: str, about: str, claim: Claim) -> None:
    """One row for people: what is to be said, where it is from, and its sentence, wrapped to the terminal."""
    width = max(40, min(Console().width, 120))
    click.echo(f"{lead}  {text}" if text else lead)
    if about:
        click.echo(textwrap.fill(plain(about), width, initial_indent="    ", subsequent_indent="    "))
    sentence = " ".join(plain(claim.sentence or "").split())
    if sentence:
        click.echo(textwrap.fill(f"“{sentence}”", width, initial_indent="    ", subsequent_indent="    "))


def _source(claim: Claim) -> str:
    parts = (claim.paper_id, claim.published.isoformat() if claim.published else "", claim.kind)
    return " · ".join(part for part in parts if part)


def _about(claim: Claim) -> str:
    parts = (claim.paper_id, claim.method, claim.benchmark, claim.metric)
    return " · ".join(part for part in parts if part)


def _fields(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in _SHOWN}


def _json(data: object) -> None:
    click.echo(json.dumps(_finite(data), ensure_ascii=False, indent=1, allow_nan=False).encode("utf-8", "replace"))


def _finite(data: object) -> object:
    """``data`` as JSON can hold it: dates as ISO 8601, no NaN or infinity."""
    if isinstance(data, Mapping):
        return {key: _finite(item) for key, item in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(item) for item in data]
    if isinstance(data, dt.date):
        return data.isoformat()
    if isinstance(data, float) and (data != data or data in (float("inf"), float("-inf"))):
        return None
    return data


def _csv(heads: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    from claimx.output import guarded

    stream = io.StringIO()
    writer = csv.DictWriter(stream, heads, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: guarded(item) if isinstance(item, str) else item for key, item in row.items()})
    click.echo(stream.getvalue().encode("utf-8", "replace"), nl=False)


def _with_sentences(claims: Sequence[Claim], texts: str) -> list[Claim]:
    """The claims, those without a sentence with the one that their spans point at."""
    from claimx.read import read

    wanted = {claim.paper_id for claim in claims if claim.sentence is None and claim.sentence_start is not None}
    known = {document.id: document.text for document in read(texts) if document.id in wanted}
    return [
        replace(claim, sentence=known[claim.paper_id][claim.sentence_start : claim.sentence_end])
        if claim.sentence is None and claim.paper_id in known
        else claim
        for claim in claims
    ]
