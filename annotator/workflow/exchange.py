"""The formats that `annotator export --to` writes and `annotator import --from` reads, by name. One line a format."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from annotator.formats import decision_log
from annotator.workflow.log_exchange import Exported, Imported, export_decisions, import_decisions
from annotator.workflow.project import Project

Export = Callable[[Project], Exported]
Import = Callable[[Project, bytes, str, Mapping[str, str]], Imported]

EXPORTS: Mapping[str, Export] = MappingProxyType({decision_log.FORMAT: export_decisions})
"""By name, what gives the bytes of a file, and what could not go into it."""

IMPORTS: Mapping[str, Import] = MappingProxyType({decision_log.FORMAT: import_decisions})
"""By name, what takes the bytes of a file in: all of it, or nothing."""
