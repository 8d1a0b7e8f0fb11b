"""What Bob says to a team, as it is rendered."""

from __future__ import annotations

from datetime import date

from bot.counsellors.group_text import CounsellorName, label, said
from bot.dialogs.texts import Voice

TODAY = date(2026, 11, 24)


def test_an_initial_that_ends_a_sentence_brings_its_own_full_stop() -> None:
    values = {"who": CounsellorName("Nadia")}
    with_initial = said("acting.transfer.follows", person=label("Sofia", "m"), **values)
    without = said("acting.transfer.follows", person=label("Sofia"), **values)
    assert with_initial.render(Voice("fr"), TODAY) == "Nadia suit maintenant Sofia M."
    assert without.render(Voice("fr"), TODAY) == "Nadia suit maintenant Sofia."
