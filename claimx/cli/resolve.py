"""``claimx resolve``: what a name of a metric or benchmark stands for."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from claimx.cli import codes
from claimx.cli.text import plain
from claimx.naming import Name, benchmark, metric, nearest

_KINDS = {"metric": metric, "benchmark": benchmark}


@click.command("resolve")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--kind", type=click.Choice(list(_KINDS)), help="Look among these only; both by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object for each name and kind, one a line.")
def resolve_command(names: tuple[str, ...], kind: str | None, as_json: bool) -> int:
    """Show what each NAME of a metric or benchmark stands for: its id, its canonical name, and what is known of it.

    Names with one id (and parameter) are one; a part or variant has an id of its own and names its parent. For a name
    that is not known, the nearest known ones are listed, and the exit code is 1.

    \b
    Examples:
      claimx resolve "Top-1 acc." "COCO test-dev"
      claimx resolve --kind metric "pass@10" --json
    """
    unknown = False
    for at, name in enumerate(names):
        found = {sort: look_up(name) for sort, look_up in _KINDS.items() if kind in (None, sort)}
        known = {sort: one for sort, one in found.items() if one.known}
        guess = max(found.values(), key=lambda one: one.parent != "")
        unknown = unknown or not known
        if as_json:
            for sort, one in (known or {"": guess}).items():
                click.echo(json.dumps({"given": name, "kind": sort, **asdict(one)}, ensure_ascii=False))
            continue
        click.echo(("\n" if at else "") + click.style(plain(name), bold=True))
        for sort, one in known.items():
            _show({sort: one.name, **_facts(one)})
        if not known:
            near = ", ".join(nearest(name, kind=kind))
            _show({"not known": " or ".join(found), "id": guess.id, "parent": guess.parent, "nearest": near})
    return codes.FAILED if unknown else codes.OK


def _facts(one: Name) -> dict[str, str]:
    better = "" if one.better == "none" else one.better
    return {"id": one.id, "parameter": one.parameter, "parent": one.parent, "better": better,
            "unit": one.unit, "task": one.task}  # fmt: skip


def _show(facts: dict[str, str]) -> None:
    for label, fact in facts.items():
        if fact:
            click.echo(f"  {label:<10} {plain(fact)}")
