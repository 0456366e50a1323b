"""Which measure a heading speaks of, by the ideas in its words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from ukcso.errors import InvalidInputError
from ukcso.measures import all_measures, as_name

#: "sole" fits where no other offence is spoken of.
Fit = Literal["asked", "sole", "other"]

#: Ideas by the words that speak of them; an idea that another one includes is taken first.
_IDEAS: Mapping[str, str] = {
    "communication": r"sex(?:ual)? comm[a-z]*|communicat\w+ (?:sexually|with (?:a )?child\w*)"
    r"|(?:\bs|sec|section)\.? ?15 ?a\b|15a\b|71/17|71\.17",
    "indecent communication": r"communicat\w+ indecently|indecent comm[a-z]*",
    "image": r"\biioc\b|\bimages?\b|image[- ]|photograph|pseudo|obscene publication|class 86|\b86\b"
    r"|\bcsam\b|abuse material|\bprohibited\b",
    "grooming": r"groom|\b88a\b",
    "exploitation": r"exploit|\bcsae\b|\bcsea\b|\bcse\b",
    "online": r"\bon-?line\b|cyber|internet|\bocsa\w*|digital|on-line flag",
    "arrest": r"\barrest",
    "sexual": r"sexual(?! comm| groom)|\bcsa\w*|\bocsa\w*|\bsex\b",
    "other offence": r"violen|burglar|robber|theft|traffick|neglect|cruelty|stalk|harass|domestic"
    r"|\bdrugs?\b|homicide|assault|abduct|coerc|prostitut|voyeur|exposure|\brapes?\b|\bextreme\b"
    r"|sexual activity|arranging|facilitat|incest|abuse of trust"
    r"|\b(?:without|no) (?:an? |the )?on-?line|\bnon-?online"
    r"|(?<!and )\boff-?line\b(?! and)",
    "part": r"detect|charg|outcome|^victims?$|number of victims|^victims? |\bsuspects?\b"
    r"|\boffenders?\b|\bmales?\b|\bfemales?\b|\bboys?\b|\bgirls?\b|solved|convict|caution|sanction|platform"
    r"|^of the (?:offences|crimes|cases) in\b"
    r"|\b(?:victims?|aged?|child|children)\b.{0,12}\bunder[- ](?:the age of )?1[0-5]s?\b"
    r"|\baged? 1?\d (?:to|-) 1\d\b"
    r"|snapchat|facebook|instagram|whatsapp|prosecut|\bnfa\b|non-recent|historic",
}
#: What a heading goes on to say of its own bounds.
_BOUNDS = re.compile(r"[,(;]? ?\b(?:includ|inc\b|incl\b|exclud|excl\b).*$")
#: Offences that image offences are made of, by their beginning; one alone is a part of them.
_IMAGE_PARTS = (
    re.compile(r"possess"),
    re.compile(r"\b(?:tak|mak)(?:e|ing)\b|\bproduc"),
    re.compile(r"distribut|\bshow(?:ing)?\b|publish"),
)
_PATTERNS = {idea: re.compile(words) for idea, words in _IDEAS.items()}
#: The ideas that each measure is made of.
MEANT: Mapping[str, tuple[frozenset[str], ...]] = {
    measure: tuple(frozenset(ideas.split("+")) for ideas in several.split("|"))
    for measure, several in {
        "image_offences": "image|image+sexual",
        "image_offence_arrests": "image+arrest|image+sexual+arrest",
        "image_and_grooming_offences": "image+grooming",
        "sexual_communication_with_a_child": "communication|communication+sexual",
        "communicating_indecently_with_a_child": "indecent communication",
        "sexual_grooming": "grooming|grooming+sexual",
        "online_child_sexual_offences": "online+sexual|online",
        "online_child_sexual_and_image_offences": "online+sexual+image|online+image",
        "child_sexual_offences": "sexual",
        "child_sexual_abuse_and_exploitation_offences": "sexual+exploitation|exploitation",
        "arrests_online_child_abuse": "online+arrest|online+sexual+arrest",
    }.items()
}


def ideas_of(text: str) -> frozenset[str]:
    """
    Return the ideas that a heading speaks of; none where it names no offence.

    Examples
    --------
    >>> sorted(ideas_of("Indecent image offences")), ideas_of("Number of offences")
    (['image'], frozenset())
    """
    lower = _BOUNDS.sub("", text.lower())
    found = {idea for idea, words in _PATTERNS.items() if words.search(lower)}
    if "communication" in found and re.search("child sexual|sexual offence", lower) is None:
        found.discard("sexual")
    if "indecent communication" in found:
        found.discard("communication")
    parts = sum(bool(part.search(lower)) for part in _IMAGE_PARTS)
    is_prohibited = "prohibited" in lower and "indecent" not in lower
    if "image" in found and (parts == 1 or is_prohibited):
        found.add("part of images")
    return frozenset(found)


def fit(text: str, measure: str) -> Fit | None:
    """
    Say how a heading fits a measure; None where it names no offence.

    Examples
    --------
    >>> fit("IIOC offences", "image_offences"), fit("Number", "image_offences")
    ('asked', None)
    >>> fit("Grooming", "image_offences")
    'other'
    """
    with_name = _named(text)
    if with_name == measure:
        return "asked"
    ideas = ideas_of(text)
    if not ideas:
        return "other" if with_name else None
    meant = MEANT.get(measure, ())
    if ideas - {"part of images"} in meant and ideas not in meant:
        return "sole"
    if ideas in meant:
        return "asked"
    if ideas & {"part", "other offence"} or not any(ideas & wanted for wanted in meant):
        return "other"
    elsewhere = any(ideas in several for several in MEANT.values())
    return "other" if elsewhere else "sole"


def _named(text: str) -> str | None:
    """Return the measure that a text is a known name of."""
    try:
        name = as_name(text)
    except InvalidInputError:
        return None
    return measure_of(name)


def measure_of(name: str) -> str | None:
    """Return a measure by its name, or that whose only official code this is."""
    if name in all_measures():
        return name
    of_code = [measure for measure, known in all_measures().items() if known.codes == (name,)]
    return of_code[0] if len(of_code) == 1 else None
