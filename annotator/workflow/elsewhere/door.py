"""Which system a person means that is to be asked for candidates. Loads that one alone, and asks nothing itself."""

from annotator.workflow.elsewhere.source import SPACY, Source


def find_source(written: str, *, timeout: float) -> Source:
    """Give the source that a person means by a URL, `spacy:PIPELINE` or the name of an installed finder.

    `timeout` is how many seconds a service may take for one article. Raises `Refusal` for what stands for none.
    """
    if written.startswith(("http://", "https://")):
        from annotator.workflow.elsewhere.service import Service

        return Service(written, timeout)
    if written.startswith(SPACY):
        from annotator.workflow.elsewhere.pipeline import load_pipeline

        return load_pipeline(written.removeprefix(SPACY))
    from annotator.workflow.elsewhere.plug_in import load_plug_in

    return load_plug_in(written)
