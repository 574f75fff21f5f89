"""What all models share: they are frozen, refuse unknown fields, and write absent values by one rule."""

from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    StrictInt,
    StrictStr,
    model_serializer,
)

from annotator.model.canonical import MAX_INTEGER
from annotator.text.span import CodePoint

Offset = Annotated[CodePoint, Field(strict=True, ge=0, le=MAX_INTEGER)]
"""A position in code points. `true` and `1.0` are not positions."""

Quantity = Annotated[StrictInt, Field(ge=-MAX_INTEGER, le=MAX_INTEGER)]
"""An exact integer that every JSON reader keeps."""

Name = Annotated[StrictStr, Field(min_length=1)]
"""An id, a label or a name: never empty."""


class Frozen(BaseModel):
    """A value that cannot change, compares by content, and leaves absent fields out when it is written."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    written_when_null: ClassVar[frozenset[str]] = frozenset()
    """The fields whose null says something and is therefore written."""

    @model_serializer(mode="wrap")
    def _leave_absent_out(self, handler: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written: dict[str, Any] = handler(self)
        return {name: item for name, item in written.items() if item is not None or name in self.written_when_null}

    def plain(self) -> dict[str, Any]:
        """Give the model as dicts, lists, strings, integers, booleans and None, ready for `canonical_json`."""
        return self.model_dump(mode="json")
