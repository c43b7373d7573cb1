"""``claimx evaluate`` and ``claimx diff``: tables against gold and against each other."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import click

from claimx.cli import codes
from claimx.cli.text import baseline, delta, plain, value
from claimx.model import Claim

_SHOWN = ("method", "baseline", "benchmark", "metric", "value", "value_high", "value_hi", "unit", "delta",
          "delta_high", "delta_hi", "direction", "delta_kind", "baseline_value", "bound", "rule")  # fmt: skip
_AROUND = 160


def _floors(context: click.Context, parameter: click.Parameter, given: str | None) -> dict[str, float]:
    from claimx.evaluate import FIELDS

    floors: dict[str, float] = {}
    for pair in given.split(",") if given else ():
        name, _, figure = pair.partition("=")
        if name.strip() not in FIELDS:
            raise click.BadParameter(f"{name.strip()!r} has no F1; legal ones are {', '.join(FIELDS)}")
        try:
            floors[name.strip()] = float(figure)
        except ValueError:
            raise click.BadParameter(f"{pair.strip()!r}: write it as NAME=NUMBER, such as found=0.88") from None
    return floors


@click.command("evaluate")
@click.argument("gold", nargs=-1, required=True, metavar="GOLD...")
@click.argument("claims")
@click.option("--errors", type=click.IntRange(0), default=0, metavar="N", help="Show the first N errors.")
@click.option("--field", default="", help="Only errors whose kind has this word: missed, spurious, number, metric …")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@click.option("--floor", "floors", callback=_floors, metavar="NAME=F1,...", help="Exit with 1 if a strict F1 is lower.")
def evaluate_command(
    gold: tuple[str, ...], claims: str, errors: int, field: str, as_json: bool, floors: dict[str, float]
) -> int:
    """Score the table CLAIMS against the gold files GOLD... (pooled).

    \b
    Examples:
      claimx evaluate gold.jsonl claims.parquet --errors 20 --field metric
      claimx evaluate gold.jsonl claims.parquet --floor found=0.88,number=0.82,tuple=0.65
    """
    from claimx.evaluate import evaluate

    result = evaluate(gold, claims)
    figures = result.figures()
    if result.unknown:
        some = ", ".join(plain(name) for name in result.unknown[:3])
        click.echo(f"note: {len(result.unknown):,} papers of the table are not in gold, such as {some}", err=True)
    if as_json:
        click.echo(json.dumps(figures, indent=1))
    else:
        click.echo(f"gold rows {figures['gold']:,}, predicted rows {figures['predicted']:,}")
        for kind in ("strict", "lenient"):
            _print_rates(kind, figures[kind])
        kinds = Counter(error.kind for error in result.errors)
        click.echo("errors: " + (", ".join(f"{kind} {n:,}" for kind, n in kinds.most_common()) or "none"))
    for error in [error for error in result.errors if field in error.kind][:errors]:
        start, end = error.span
        before, after = error.text[max(0, start - _AROUND) : start], error.text[end : end + _AROUND]
        place = f"…{before}⟦{error.text[start:end]}⟧{after}…"
        click.echo(f"\n{error.kind} [{plain(error.paper_id)}] {plain(place)}")
        if error.claim is not None:
            click.echo("   table: " + _row({name: getattr(error.claim, name, None) for name in _SHOWN}))
        if error.gold is not None:
            click.echo("   gold:  " + _row(error.gold))
    low = {name: result.f1(name) for name, floor in floors.items() if result.f1(name) < floor}
    for name, figure in low.items():
        click.echo(f"claimx: strict F1 of {name} is {figure:.4f}, below its floor of {floors[name]:g}", err=True)
    return codes.FAILED if low else codes.OK


def _print_rates(kind: str, rates: dict[str, Any]) -> None:
    click.echo(f"{kind:8} {'P':>7} {'R':>7} {'F1':>7}")
    for name, rate in rates.items():
        if name != "of_found":
            click.echo(f"  {name:10}{rate['p']:5.3f}   {rate['r']:5.3f}   {rate['f1']:5.3f}")
    click.echo("  of the found: " + "  ".join(f"{name} {share:.3f}" for name, share in rates["of_found"].items()))


def _row(row: dict[str, Any]) -> str:
    parts = (f"{name}={row[name]!r}" for name in _SHOWN if row.get(name) not in (None, "", [""]))
    return plain(", ".join(parts))


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--limit", type=click.IntRange(0), default=50, show_default=True, help="Rows shown of each kind.")
def diff_command(old: str, new: str, limit: int) -> None:
    """Show what changed between two claim tables: rows added (+), removed (-) and changed (~).

    \b
    Example:
      claimx diff before.parquet after.parquet
    """
    from claimx.output import load
    from claimx.table import NAMES

    before, after = _keyed(load(old)), _keyed(load(new))
    removed = [before[key] for key in before.keys() - after.keys()]
    added = [after[key] for key in after.keys() - before.keys()]
    both = [(before[key], after[key]) for key in before if key in after]
    # Weights learned anew move every confidence a little; that alone is no change of a row.
    changed = [(one, other) for one, other in both if replace(one, confidence=None) != replace(other, confidence=None)]
    for mark, claims in (("-", removed), ("+", added)):
        for claim in sorted(claims, key=_key)[:limit]:
            click.echo(f"{mark} {_line(claim)}")
    for one, other in changed[:limit]:
        click.echo(f"~ {_line(other)}")
        for name in NAMES:
            was, now = getattr(one, name), getattr(other, name)
            if was != now:
                click.echo(f"    {name}: {_shown(was)} → {_shown(now)}")
    same = len(both) - len(changed)
    click.echo(f"{len(added):,} added, {len(removed):,} removed, {len(changed):,} changed, {same:,} the same", err=True)


def _shown(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else plain(repr(value))


def _key(claim: Claim) -> tuple[str, ...]:
    """What makes a row the same row: its paper and its numbers' places."""
    spans = (claim.value_start, claim.value_end, claim.delta_start, claim.delta_end)
    return (claim.paper_id, *(f"{end if end is not None else -1:012}" for end in spans))


def _keyed(claims: Iterable[Claim]) -> dict[tuple[str, ...], Claim]:
    """Claims by key; the second, third … of the same key get a number of their own."""
    seen: defaultdict[tuple[str, ...], int] = defaultdict(int)
    out = {}
    for claim in claims:
        key = _key(claim)
        seen[key] += 1
        out[*key, str(seen[key])] = claim
    return out


def _line(claim: Claim) -> str:
    words = (claim.paper_id, claim.method or "–", claim.benchmark or "–", claim.metric or "–", value(claim) or "–",
             delta(claim) or "–", baseline(claim) or "–")  # fmt: skip
    return plain(" | ".join(words))
