"""Our type system of UIMA: the layers that hold annotations of ours, and of others, without a loss.

Layers and their features are named so that INCEpTION shows them: spans with texts as features, roles as link features.
Whatever refers does so to feature structures; ids are kept beside them. Also loads the library, where it is installed.
"""

from functools import cache
from typing import Any, NamedTuple

from annotator.errors import Refusal

ANNOTATION, TOP, STRING, ARRAY = "uima.tcas.Annotation", "uima.cas.TOP", "uima.cas.String", "uima.cas.FSArray"

MENTION, EVENT = "webanno.custom.AnnotatorMention", "webanno.custom.AnnotatorEvent"
RELATION, NOTE = "webanno.custom.AnnotatorRelation", "webanno.custom.AnnotatorNote"
FILLED, TRIGGER = "webanno.custom.AnnotatorEventArgumentsLink", "webanno.custom.AnnotatorEventTriggersLink"
ARTICLE, PIECE, ATTRIBUTE = "annotator.Article", "annotator.Piece", "annotator.Attribute"

NUMBER_FEATURES = ("low", "high", "best", "qualifier", "unit", "scope", "num", "den")
"""The fields of a number's value, as texts; whose fraction it is is a reference."""
TIME_FEATURES = {"date": "value", "precision": "precision", "anchor": "anchor", "offset": "offset"}
"""Features with the fields of a time's value."""


class _Layer(NamedTuple):
    """One type."""

    name: str
    above: str
    texts: tuple[str, ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    """Features that refer, with the type that they refer to."""
    arrays: tuple[tuple[str, str], ...] = ()
    """Features that hold several, with the type of each."""


_LAYERS = (
    _Layer(ARTICLE, TOP, ("identifier", "language", "person", "complete")),
    _Layer(ATTRIBUTE, TOP, ("name", "value")),
    _Layer(PIECE, ANNOTATION),
    _Layer(
        MENTION,
        ANNOTATION,
        ("identifier", "kind", "label", "ref", *NUMBER_FEATURES, *TIME_FEATURES),
        (("of", ANNOTATION),),
        (("pieces", PIECE), ("attributes", ATTRIBUTE)),
    ),
    _Layer(TRIGGER, TOP, ("role",), (("target", ANNOTATION),)),
    _Layer(FILLED, TOP, ("role", "of"), (("target", ANNOTATION),)),
    _Layer(
        EVENT,
        ANNOTATION,
        ("identifier", "category", "realis", "certainty", "background", "hub"),
        (),
        (("triggers", TRIGGER), ("arguments", FILLED), ("attributes", ATTRIBUTE)),
    ),
    _Layer(RELATION, ANNOTATION, ("category", "symmetric"), (("Governor", ANNOTATION), ("Dependent", ANNOTATION))),
    _Layer(NOTE, ANNOTATION, ("identifier", "kind", "comment"), (("about", ANNOTATION),)),
)

OURS = frozenset(layer.name for layer in _LAYERS)
"""The names of our types."""


@cache
def library() -> Any:
    """Give the library that reads and writes UIMA. Raises `Refusal` `extra.missing` where it is not installed."""
    try:
        import cassis
    except ImportError:
        raise Refusal(
            "extra.missing",
            "Files of UIMA need a part that is not installed.",
            "Install it: pip install 'annotator[cas]'",
        ) from None
    return cassis


@cache
def type_system() -> Any:
    """Give our type system; to make it takes longer than to write with it."""
    types = library().TypeSystem()
    made = {layer.name: types.create_type(layer.name, layer.above) for layer in _LAYERS}
    for layer in _LAYERS:
        for name in layer.texts:
            types.create_feature(made[layer.name], name, STRING)
        for name, target in layer.references:
            types.create_feature(made[layer.name], name, target)
        for name, element in layer.arrays:
            types.create_feature(made[layer.name], name, ARRAY, elementType=element)
    return types
