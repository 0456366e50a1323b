"""Mirrors words/_offences.py: which measure a heading speaks of."""

from __future__ import annotations

import pytest

from ukcso.readers.foi.words._offences import fit, measure_of


@pytest.mark.parametrize(
    ("heading", "measure"),
    [
        ("Online CSA offences", "online_child_sexual_offences"),
        ("Of which with an online element", "online_child_sexual_offences"),
        ("Cyber-flagged sexual offences against under 18s", "online_child_sexual_offences"),
        ("Indecent images of children", "image_offences"),
        ("Making, taking or possessing indecent images", "image_offences"),
        ("Sexual comms", "sexual_communication_with_a_child"),
        ("s15A", "sexual_communication_with_a_child"),
        ("All child sexual offences", "child_sexual_offences"),
        ("Meeting a child following sexual grooming", "sexual_grooming"),
        ("Child abuse image offences", "image_offences"),
    ],
)
def test_a_heading_names_one_measure(heading: str, measure: str) -> None:
    """And no other one."""
    assert fit(heading, measure) == "asked"
    others = {"image_offences", "online_child_sexual_offences", "child_sexual_offences"} - {measure}
    assert all(fit(heading, other) != "asked" for other in others)


@pytest.mark.parametrize("heading", ["Number of offences", "Total", "Recorded crimes", "Kent"])
def test_a_heading_without_an_offence(heading: str) -> None:
    """It fits whatever is asked for."""
    assert fit(heading, "image_offences") is None


@pytest.mark.parametrize("heading", ["Possession of indecent images", "Image offences: charged"])
def test_a_part_is_not_the_whole(heading: str) -> None:
    """What is a part of a measure is another one, or stands for it only where it stands alone."""
    assert fit(heading, "image_offences") in {"other", "sole"}


@pytest.mark.parametrize(
    ("heading", "how"),
    [
        ("Rape of a child", "other"),
        ("Sexual assault", "other"),
        ("Sexual offences against children, including rape", "asked"),
        ("Sexual offences with a victim aged under 18", "asked"),
        ("Victims of sexual offences", "other"),
        ("Sexual offences: charged", "other"),
    ],
)
def test_one_offence_of_a_group_is_another(heading: str, how: str) -> None:
    """What a heading goes on to include is a part of it, what it is of is not."""
    assert fit(heading, "child_sexual_offences") == how


def test_the_measure_of_a_code() -> None:
    """A class that one measure alone is nearest to."""
    assert measure_of("86") == "image_offences"
    assert measure_of("no_such") is None
