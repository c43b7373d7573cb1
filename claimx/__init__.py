"""claimx: quantitative claims out of research abstracts, into a table of method, benchmark, metric, value and delta.

The public names below load on first use, so that ``import claimx`` costs next to nothing and brings in neither pandas
nor pyarrow nor pint.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from claimx.batch import extract_batch
    from claimx.check import ExampleResult, check_examples
    from claimx.contradictions import Contradiction, contradictions
    from claimx.derive import derive
    from claimx.errors import BoardError, ClaimxError, GrammarError, ReadError, TableError
    from claimx.export import Export, export
    from claimx.frame import extract_frame
    from claimx.leaderboard import Board, boards, leaderboard
    from claimx.model import Claim, Document, Quantity, Skipped
    from claimx.notebook import show
    from claimx.output import write
    from claimx.pipeline import Explanation, explain, extract, extract_document, extract_many
    from claimx.quantities import find_quantities
    from claimx.read import ReadReport, read
    from claimx.report import report
    from claimx.report.plot import plot_board
    from claimx.resources import grammar_hash
    from claimx.table import SCHEMA_VERSION, from_table, schema, to_pandas, to_table

__version__ = "0.1.0"

__all__ = [
    "SCHEMA_VERSION",
    "Board",
    "BoardError",
    "Claim",
    "ClaimxError",
    "Contradiction",
    "Document",
    "ExampleResult",
    "Explanation",
    "Export",
    "GrammarError",
    "Quantity",
    "ReadError",
    "ReadReport",
    "Skipped",
    "TableError",
    "__version__",
    "boards",
    "check_examples",
    "contradictions",
    "derive",
    "explain",
    "export",
    "extract",
    "extract_batch",
    "extract_document",
    "extract_frame",
    "extract_many",
    "find_quantities",
    "from_table",
    "grammar_hash",
    "leaderboard",
    "plot_board",
    "read",
    "report",
    "schema",
    "show",
    "to_pandas",
    "to_table",
    "write",
]

_HOMES = {
    "batch": ("extract_batch",),
    "check": ("ExampleResult", "check_examples"),
    "contradictions": ("Contradiction", "contradictions"),
    "derive": ("derive",),
    "errors": ("BoardError", "ClaimxError", "GrammarError", "ReadError", "TableError"),
    "export": ("Export", "export"),
    "frame": ("extract_frame",),
    "leaderboard": ("Board", "boards", "leaderboard"),
    "model": ("Claim", "Document", "Quantity", "Skipped"),
    "notebook": ("show",),
    "output": ("write",),
    "pipeline": ("Explanation", "explain", "extract", "extract_document", "extract_many"),
    "quantities": ("find_quantities",),
    "read": ("ReadReport", "read"),
    "report": ("report",),
    "report.plot": ("plot_board",),
    "resources": ("grammar_hash",),
    "table": ("SCHEMA_VERSION", "from_table", "schema", "to_pandas", "to_table"),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


class _Package(ModuleType):
    """The package, with one oddity: ``claimx.read`` is the function, whenever its home ``claimx/read/`` is loaded; so
    are ``leaderboard``, ``report``, ``derive`` and ``contradictions``.

    The import system binds a submodule to its package's attribute of the same name; where that name is a public
    function, the binding is declined.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and name in _HOME):
            super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        """By name, as other modules are pickled when a user's function that speaks of them goes to a cluster."""
        return importlib.import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
