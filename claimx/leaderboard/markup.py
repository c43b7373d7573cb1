"""Boards for a text that is written: Markdown for GitHub, LaTeX with booktabs."""

from __future__ import annotations

import re
from collections.abc import Callable

from claimx.leaderboard.cells import Cell, Section, caption, converted, direction, filled, sections, unit
from claimx.leaderboard.data import BoardData

_MARKS = re.compile(r"([\\`*_\[\]#|<>~$&])")
_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ud800-\udfff]+")
_TEX = {
    "\\": r"\textbackslash{}", "_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", '"': r"\textquotedbl{}", "≤": r"$\leq$", "≥": r"$\geq$", "≈": r"$\approx$", "±": r"$\pm$",
    "×": r"$\times$", "−": r"$-$", "–": "--", "—": "---", "°": r"$^\circ$", "µ": r"$\mu$", "μ": r"$\mu$",
    "↑": r"$\uparrow$", "↓": r"$\downarrow$", "α": r"$\alpha$", "β": r"$\beta$", "γ": r"$\gamma$", "δ": r"$\delta$",
    "ε": r"$\varepsilon$", "λ": r"$\lambda$", "π": r"$\pi$", "σ": r"$\sigma$", "τ": r"$\tau$",
    "Δ": r"$\Delta$", "²": r"$^2$", "³": r"$^3$", "∞": r"$\infty$", "‘": "`", "’": "'", "“": "``", "”": "''",
    "…": r"\ldots{}", "\xad": "",
}  # fmt: skip
_TEX_SIGNS = str.maketrans(_TEX)


def to_markdown(board: BoardData) -> str:
    """A heading, a table, what is not ranked, and the sentences folded away."""
    parts = sections(board)
    lines = [f"**{markdown_cell(caption(board))}**", ""]
    columns = _columns(board, parts)
    for section in parts:
        if section.heading:
            lines += ["", f"**{markdown_cell(section.heading)}**", ""]
        lines.append("| " + " | ".join(markdown_cell(heading) for heading, _, _ in columns) + " |")
        lines.append("|" + "|".join("--:" if right else "---" for _, _, right in columns) + "|")
        lines += [
            "| " + " | ".join(markdown_cell(read(cell)) for _, read, _ in columns) + " |" for cell in section.cells
        ]
        if section.more:
            lines += ["", f"… {section.more:,} more"]
    sentences = [
        f"- **{markdown_cell(row.method or 'no method')}** ({markdown_cell(row.paper_id)}): “{markdown_cell(text)}”"
        for row in board.all_rows()
        if (text := row.sentence)
    ]
    if sentences:
        lines += ["", "<details><summary>Sentences</summary>", "", *sentences, "", "</details>"]
    return "\n".join(lines) + "\n"


def to_latex(board: BoardData) -> str:
    """A ``table`` with caption; the values that are not ranked follow below a rule."""
    parts = sections(board)
    columns = _columns(board, parts)
    layout = "".join("r" if right else "l" for _, _, right in columns[:-1]) + r"p{0.4\linewidth}"
    lines = [
        r"% needs \usepackage{booktabs}, and \usepackage[T1]{fontenc} with pdfLaTeX; other scripts need LuaLaTeX",
        r"\begin{table}",
        r"\centering",
        rf"\caption{{{_tex(caption(board))}}}",
        rf"\begin{{tabular}}{{{layout}}}",
        r"\toprule",
        " & ".join(_tex(heading) for heading, _, _ in columns) + r" \\",
        r"\midrule",
    ]
    for section in parts:
        if section.heading:
            lines += [r"\midrule", rf"\multicolumn{{{len(columns)}}}{{l}}{{{_tex(section.heading)}}} \\"]
        for row, cell in zip(section.rows, section.cells, strict=True):
            # Braces keep an empty first cell, and one that begins with a bracket, from the line end before it.
            lines.append("{}" + " & ".join(_tex(read(cell)) for _, read, _ in columns) + r" \\")
            if row.sentence:
                lines.append(_SPACE.sub(" ", f"% {row.method or 'no method'}, {row.paper_id}: {row.sentence}"))
        if section.more:
            lines.append(rf"\multicolumn{{{len(columns)}}}{{l}}{{\ldots{{}} {section.more:,} more}} \\")
    return "\n".join([*lines, r"\bottomrule", r"\end{tabular}", r"\end{table}"]) + "\n"


Column = tuple[str, Callable[[Cell], str], bool]


def _columns(board: BoardData, parts: list[Section]) -> list[Column]:
    """Heading, the cell's text, and whether it stands at the right."""
    columns: list[Column] = [
        ("#", lambda cell: cell.rank, True),
        ("method", lambda cell: cell.method, False),
        (direction(board), lambda cell: cell.written, True),
    ]
    if converted(board):
        columns.append((unit(board), lambda cell: cell.value, True))
    if filled(parts, "note"):
        columns.append(("notes", lambda cell: cell.note, False))
    if filled(parts, "date"):
        columns.append(("date", lambda cell: cell.date, False))
    columns.append(("paper", _paper, False))
    return columns


def _paper(cell: Cell) -> str:
    return f"{cell.title} ({cell.paper})" if cell.title and cell.paper else cell.title or cell.paper


def markdown_cell(text: str) -> str:
    """``text`` within a line of Markdown, every mark escaped."""
    return _MARKS.sub(r"\\\1", _SPACE.sub(" ", text)).strip()


def _tex(text: str) -> str:
    return _SPACE.sub(" ", text).strip().translate(_TEX_SIGNS)
