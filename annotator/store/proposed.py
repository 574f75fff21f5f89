"""What systems other than our finders propose, by text and system. Kept until it is replaced or forgotten.

Apart from what our finders say, because that is found anew whenever they change, and this cannot be. Knows no finder.
"""

from collections.abc import Mapping

from pydantic import ValidationError
from sqlalchemy import ColumnElement, Engine, and_, delete, insert, select

from annotator.errors import Refusal
from annotator.model.article import Article
from annotator.model.canonical import sha256
from annotator.model.suggestions import Candidates, Packed
from annotator.store import tables
from annotator.store.engine import one_at_a_time, reading, writing

_proposed = tables.proposed.c


def put_proposed(engine: Engine, article: Article, by_system: Mapping[str, Candidates]) -> None:
    """Keep what systems propose for a text, each in place of what it proposed before; for nothing, nothing is kept."""
    with writing(engine) as connection:
        one_at_a_time(connection, f"article {article.article_id}")
        for system, candidates in by_system.items():
            connection.execute(delete(tables.proposed).where(_of(article), _proposed.system == system))
            if len(candidates):
                document = candidates.packed().model_dump_json()
                connection.execute(
                    insert(tables.proposed).values(
                        article_id=article.article_id,
                        text_sha256=article.text_sha256,
                        system=system,
                        digest=sha256(document.encode()),
                        document=document,
                    )
                )


def digests_of_proposed(engine: Engine, article: Article) -> dict[str, str]:
    """Give for each system that proposes something for a text the digest of that, by the systems' names in order."""
    with reading(engine) as connection:
        rows = connection.execute(select(_proposed.system, _proposed.digest).where(_of(article))).all()
    return dict(sorted((row.system, row.digest) for row in rows))  # a server sorts as its locale says


def get_proposed(engine: Engine, article: Article) -> dict[str, Candidates]:
    """Give what each system proposes for a text, by the systems' names in order.

    Raises `Refusal` `store.corrupt` for what cannot be read: it cannot be found anew.
    """
    with reading(engine) as connection:
        rows = connection.execute(select(_proposed.system, _proposed.document).where(_of(article))).all()
    return {
        system: _candidates(article, system, document)
        for system, document in sorted((row.system, row.document) for row in rows)
    }


def _candidates(article: Article, system: str, document: str) -> Candidates:
    try:
        packed = Packed.model_validate_json(document)
    except ValidationError:
        raise Refusal(
            "store.corrupt",
            f"What {system!r} proposes for {article.article_id} cannot be read.",
            f"Forget it (`annotator suggest --forget {system!r}`) and take it in again.",
        ) from None
    return Candidates(article.text, packed)


def systems(engine: Engine) -> list[str]:
    """Give the names of all systems that propose something, in order."""
    with reading(engine) as connection:
        return sorted(connection.execute(select(_proposed.system).distinct()).scalars())


def forget_proposed(engine: Engine, system: str) -> int:
    """Take away all that a system proposes; give for how many texts it did."""
    with writing(engine) as connection:
        one_at_a_time(connection, "proposed")
        return connection.execute(delete(tables.proposed).where(_proposed.system == system)).rowcount


def _of(article: Article) -> ColumnElement[bool]:
    return and_(_proposed.article_id == article.article_id, _proposed.text_sha256 == article.text_sha256)
