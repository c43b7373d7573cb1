"""The page as one HTML string: template, style, script and data put together, with nothing let in.

The policy in the page's head forbids every connection and allows only the style and the script that stand in it, by
their hashes; the data are in a block that browsers do not run.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from claimx.report.data import Page

if TYPE_CHECKING:
    import jinja2

_SCRIPTS = ("dom.js", "data.js", "filter.js", "texts.js", "claims.js", "plot.js", "boards.js", "checks.js", "page.js")
# What could end or confuse the block that the data stand in; JSON may write each as an escape.
_UNSAFE = "<>&\u2028\u2029"


def data_block(data: Any) -> str:
    """``data`` as compact JSON that can stand inside a script element: no ``<``, ``>`` or ``&`` in it."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in _UNSAFE:
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def render(page: Page, title: str) -> str:
    """The HTML of ``page`` under ``title``."""
    from markupsafe import Markup

    style, script = _style(), _script()
    return _template().render(
        title=title,
        page=page,
        fields=page.data["fields"],
        widest={chart.heading: max(count for _, count in chart.counts) for chart in page.charts},
        # The project's own files and JSON without any markup: the only strings that autoescaping leaves alone.
        style=Markup(style),
        script=Markup(script),
        data=Markup(data_block(page.data)),
        style_hash=_hash(style),
        script_hash=_hash(script),
    )


def _part(name: str) -> str:
    return files("claimx.report").joinpath("page", name).read_text(encoding="utf-8")


@functools.cache
def _style() -> str:
    return "\n" + _part("page.css") + _part("content.css")


@functools.cache
def _script() -> str:
    return '\n"use strict";\n(() => {\n' + "\n".join(_part(name) for name in _SCRIPTS) + "})();\n"


@functools.cache
def _template() -> jinja2.Template:
    import jinja2

    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True,
                                     lstrip_blocks=True, keep_trailing_newline=True)  # fmt: skip
    environment.filters["thousands"] = "{:,}".format
    return environment.from_string(_part("page.html.j2"))


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
