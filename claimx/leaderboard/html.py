"""Boards as HTML: for a notebook or a page, in light and dark."""

from __future__ import annotations

from html import escape

from claimx.leaderboard.cells import Cell, caption, converted, direction, filled, sections, unit
from claimx.leaderboard.data import BoardData, Row

# Colours by the text's own, so that it reads on any background.
_STYLE = (
    ".claimx-board{border-collapse:collapse;font-variant-numeric:tabular-nums;text-align:left}"
    ".claimx-board caption{text-align:left;font-weight:600;padding:.3em .6em}"
    ".claimx-board th,.claimx-board td{padding:.25em .6em;text-align:left;vertical-align:top;border:0}"
    ".claimx-board thead th{border-bottom:1px solid currentColor}"
    ".claimx-board tbody+tbody{border-top:1px solid color-mix(in srgb,currentColor 35%,transparent)}"
    ".claimx-board .n{text-align:right;white-space:nowrap}"
    ".claimx-board .s{opacity:.7}"
    ".claimx-board details summary{cursor:pointer}"
)
_PAGE = (
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" '
    'content="light dark">\n<title>{title}</title>\n<style>body{{font-family:system-ui,sans-serif;margin:2em}}</style>'
    "\n</head>\n<body>\n{body}</body>\n</html>\n"
)


def to_html(board: BoardData, *, page: bool = False) -> str:
    """A table whose papers unfold to the sentence that a value comes from."""
    parts = sections(board)
    headings: list[tuple[str, str]] = [("#", "n"), ("method", ""), (direction(board), "n")]
    if shown := converted(board):
        headings.append((unit(board), "n"))
    if notes := filled(parts, "note"):
        headings.append(("notes", ""))
    if dates := filled(parts, "date"):
        headings.append(("date", "n"))
    headings.append(("paper", ""))
    lines = [f"<style>{_STYLE}</style>", '<table class="claimx-board">', f"<caption>{escape(caption(board))}</caption>"]
    lines.append("<thead><tr>" + "".join(_tag("th", text, css, ' scope="col"') for text, css in headings)
                 + "</tr></thead>")  # fmt: skip
    for section in parts:
        lines.append("<tbody>")
        across = f' colspan="{len(headings)}"'
        if section.heading:
            heading = _tag("th", section.heading, "s", across + ' scope="rowgroup"')
            lines.append(f"<tr>{heading}</tr>")
        for row, cell in zip(section.rows, section.cells, strict=True):
            texts = [_tag("td", cell.rank, "n"), _tag("td", cell.method, ""), _tag("td", cell.written, "n")]
            texts += [_tag("td", cell.value, "n")] * shown + [_tag("td", cell.note, "")] * notes
            texts += [_tag("td", cell.date, "n")] * dates + [f"<td>{_paper(row, cell)}</td>"]
            lines.append(f"<tr>{''.join(texts)}</tr>")
        if section.more:
            lines.append(f"<tr>{_tag('td', f'… {section.more:,} more', 's', across)}</tr>")
        lines.append("</tbody>")
    body = "\n".join([*lines, "</table>"]) + "\n"
    return _PAGE.format(title=escape(caption(board)), body=body) if page else body


def _tag(name: str, text: str, css: str, more: str = "") -> str:
    style = f' class="{css}"' if css else ""
    return f"<{name}{style}{more}>{escape(text)}</{name}>"


def _paper(row: Row, cell: Cell) -> str:
    name = escape(cell.title or cell.paper)
    where = f' <span class="s">{escape(cell.paper)}</span>' if cell.title and cell.paper else ""
    if not row.sentence:
        return name + where
    return f"<details><summary>{name}{where}</summary>{escape(row.sentence)}</details>"
