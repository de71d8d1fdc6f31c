"""What this verifier says to the input of a vector, by topic."""

from collections.abc import Mapping

from .canonical import NoCanonicalForm, canonical_span
from .request import UnreadableRequest, span_from_json, span_from_protobuf
from .vector_file import Json, Judge


def _canonical_form(given: Json) -> Json:
    forms = [_forms(span_from_protobuf, bytes.fromhex(given["protobuf"]))]
    if "json" in given:
        forms.append(_forms(span_from_json, given["json"]))
    return forms[0] if forms[0] == forms[-1] else {"formats_differ": forms}


def _forms(read, given) -> Json:
    try:
        canonical = canonical_span(read(given))
    except (NoCanonicalForm, UnreadableRequest):
        return {"canonical_form": "none"}
    return {"exact": canonical.exact.hex(), "core": canonical.core.hex()}


TOPICS: Mapping[str, Judge] = {
    "canonical-form": _canonical_form,
}
