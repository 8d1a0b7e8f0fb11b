"""The embedded list first; a live source where it is not sure, in time or not at all."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.sources.found import Decision, Found
from bot.sources.live.faults import Fault
from bot.sources.looked_up import LookedUp, widened
from bot.sources.occupations import occupations
from bot.sources.places import places
from tests.sources.live.conftest import NOTHING, Embedded, Entry, Make, Now, ask, take
from tests.sources.live.services import Held, Services, commune, feature, problem, title

JOBS = {"A1", "B1", "C1", "D1", "E1", "F1"}


def jobs(**finds: Found[Entry]) -> Embedded:
    return Embedded(JOBS, finds)


# Whether to ask


@pytest.mark.parametrize("found", [take("A1"), Found(Decision.UNKNOWN)])
async def test_what_the_list_settles_is_asked_of_nobody(make: Make, services: Services, found: Found) -> None:
    live = make(jobs=jobs(serveuse=found), places=Embedded({"69123"}, {"lyon": found}))
    assert await live.look_up_job("serveuse") is None
    assert await live.look_up_place("lyon") is None
    assert services.seen == []


@pytest.mark.parametrize("words", ["", "  ", "?!", "🙂", "12", "06 12 34 56 78"])
async def test_what_has_no_words_is_asked_of_nobody(make: Make, services: Services, words: str) -> None:
    live = make()
    assert await live.look_up_job(words) is None
    if words != "12":
        assert await live.look_up_place(words) is None
    assert services.seen == []


async def test_a_list_that_has_no_live_source_is_looked_up_nowhere(make: Make, services: Services) -> None:
    assert await make("geo").look_up_job("serveuse") is None
    assert await make("romeo").look_up_place("lyon") is None
    assert services.seen == []


# What comes of it


async def test_a_job_that_the_list_does_not_know_is_found(make: Make, services: Services) -> None:
    services.answers["romeo"]["souffleuse de verre"] = [("B1", 0.6), ("A1", 0.5), ("Z9", 0.45)]
    found = await make("romeo", jobs=jobs()).look_up_job("souffleuse de verre")
    assert found is not None
    assert (found.codes, found.sure) == (("B1", "A1"), False)
    assert found.credits == ("France Travail, ROMEO v2, 30/11/2026",)


async def test_strong_candidates_of_the_list_come_first_and_weak_ones_after(
    make: Make, services: Services, now: Now
) -> None:
    services.answers["romeo"] = {word: [("C1", 0.6), ("A1", 0.5), ("D1", 0.5)] for word in ("strong", "weak")}
    services.answers["rome"] = {
        word: [title("1", word, "E1", "x"), title("2", f"{word} x", "F1", "x")] for word in ("strong", "weak")
    }
    embedded = jobs(strong=ask(("A1", 0.72), ("B1", 0.7)), weak=ask(("A1", 0.71), ("B1", 0.7)))
    live = make("romeo", "rome", jobs=embedded)
    strong = await live.look_up_job("strong")
    now.seconds += 1
    weak = await live.look_up_job("weak")
    assert strong is not None
    assert weak is not None
    assert strong.codes == ("A1", "C1", "E1", "B1", "F1")
    assert weak.codes == ("C1", "E1", "A1", "F1", "B1")


@pytest.mark.parametrize(
    ("text", "scores", "sure"),
    [
        ("verrier", [("A1", 0.7)], True),
        ("verrier", [("A1", 0.9), ("A1", 0.8), ("B1", 0.6)], True),
        ("verrier", [("A1", 0.69)], False),
        ("verrier", [("A1", 0.9), ("B1", 0.8)], False),
        ("verrier", [("Z9", 0.9), ("A1", 0.6)], False),
        ("known", [("A1", 0.9)], False),
        ("verrier, plombier", [("A1", 0.9)], False),
    ],
)
async def test_one_is_sure_only_if_romeo_is_sure_of_it_alone_and_the_list_knew_nothing(
    make: Make, services: Services, text: str, scores: list[tuple[str, float]], sure: bool
) -> None:
    services.answers["romeo"] = {"verrier": scores, "known": scores}
    found = await make("romeo", jobs=jobs(known=ask(("B1", 0.6)))).look_up_job(text)
    assert found is not None
    assert found.sure is sure


async def test_a_code_leads_to_its_parent_or_to_the_entry_of_the_same_title(
    make: Make, services: Services
) -> None:
    services.answers["romeo"]["x"] = [("A1999", 0.6), ("M0001", 0.5), ("M0002", 0.5)]
    embedded = Embedded(JOBS, {"Métier M0001": take("B1"), "Métier M0002": ask(("C1", 0.7))}, {"A1999": "A1"})
    found = await make("romeo", jobs=embedded).look_up_job("x")
    assert found is not None
    assert found.codes == ("A1", "B1")


async def test_nothing_known_is_nothing_found(make: Make, services: Services) -> None:
    services.answers["romeo"]["x"] = [("Z9", 0.9)]
    assert await make("romeo", jobs=jobs(x=ask(("A1", 0.8)))).look_up_job("x") is None


async def test_towns_of_both_services_come_in_turn_and_are_never_sure(make: Make, services: Services) -> None:
    services.answers["geo"]["ste foy"] = [commune("69202", "Sainte-Foy-lès-Lyon", 4.79, 45.73)]
    services.answers["geocoder"]["ste foy"] = [
        feature("69202", "Sainte-Foy-lès-Lyon", 4.79, 45.73),
        feature("85214", "Sainte-Foy", -1.67, 46.55),
    ]
    found = await make("geo", "geocoder", places=Embedded({"69202", "85214"})).look_up_place("ste foy")
    assert found is not None
    assert (found.codes, found.sure) == (("69202", "85214"), False)
    assert len(found.credits) == 2


async def test_with_the_lists_that_come_with_bob(make: Make, services: Services) -> None:
    services.answers["romeo"]["zgluffeuse xyzique"] = [("G1803", 0.8)]
    services.answers["geo"]["zgluffbourg"] = [commune("69123", "Lyon", 4.83, 45.76)]
    live = make(jobs=occupations(), places=places())
    job = await live.look_up_job("zgluffeuse xyzique")
    place = await live.look_up_place("zgluffbourg")
    assert job is not None
    assert place is not None
    assert job.codes == ("G1803",)
    assert place.codes == ("69123",)
    assert await live.look_up_job("serveuse") is None
    assert await live.look_up_place("Lyon") is None


# In time


async def test_a_slow_source_does_not_hold_up_the_other_one(make: Make, services: Services) -> None:
    held = Held()
    services.fails("romeo", held)
    services.answers["rome"]["x"] = [title("1", "x", "A1", "x")]
    live = make("romeo", "rome", jobs=jobs(), budget=0.2)
    found = await live.look_up_job("x")
    held.release.set()
    assert found is not None
    assert found.codes == ("A1",)
    romeo, rome = live.sources
    assert romeo.state.fault is Fault.SLOW
    assert rome.state.fault is None


async def test_the_whole_takes_seven_tenths_of_a_second_whatever_the_sources_do(
    make: Make, services: Services
) -> None:
    held = Held()
    services.fails("geo", held)
    live = make("geo", places=Embedded({"69123"}), budget=0.7)
    loop = asyncio.get_running_loop()
    before = loop.time()
    assert await live.look_up_place("lyon") is None
    took = loop.time() - before
    held.release.set()
    assert took >= 0.7  # it waited its time, and was then let go by the loop's own clock
    assert live.sources[0].state.fault is Fault.SLOW


async def test_a_slow_token_is_there_for_the_next_one(make: Make, services: Services) -> None:
    services.answers["romeo"]["x"] = [("A1", 0.9)]
    arrived, release = asyncio.Event(), asyncio.Event()

    async def late() -> web.Response:
        arrived.set()
        await release.wait()
        services.tokens["late"] = {"api_romeov2"}
        return web.json_response({"access_token": "late", "expires_in": 1499})

    services.fails("token-romeo", late)
    live = make("romeo", jobs=jobs(), budget=0.1)
    assert await live.look_up_job("x") is None
    assert arrived.is_set()
    release.set()
    found = None
    while found is None:
        found = await live.look_up_job("x")
    assert len(services.calls("token-romeo")) == 1


async def test_nobody_waits_for_a_service_that_is_not_there(make: Make) -> None:
    live = make(base="http://127.0.0.1:9", jobs=jobs(), places=Embedded({"69123"}))
    assert await live.look_up_job("x") is None
    assert await live.look_up_place("lyon") is None
    assert {source.state.fault for source in live.sources} == {Fault.NETWORK}


async def test_a_person_who_goes_away_leaves_nothing_running(make: Make, services: Services) -> None:
    held = Held()
    services.fails("geo", held)
    live = make("geo", places=Embedded({"69123"}))
    waiting = asyncio.create_task(live.look_up_place("lyon"))
    await held.arrived.wait()
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    held.release.set()
    await live.close()
    assert [task for task in asyncio.all_tasks() if "token" in task.get_name()] == []


async def test_a_fault_of_ours_costs_a_suggestion_and_not_the_answer(
    make: Make, services: Services, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live = make("geo", places=Embedded({"69123"}))

    async def broken(words: object) -> tuple[()]:
        raise KeyError("lyon")

    monkeypatch.setattr(live.sources[0].adapter, "ask", broken)
    assert await live.look_up_place("lyon") is None
    assert live.sources[0].state.fault is Fault.OURS
    assert "source=geo error=KeyError" in caplog.text
    assert "lyon" not in caplog.text


# Remembered


async def test_an_answer_is_asked_for_once_a_day_whatever_its_spelling(
    make: Make, services: Services, now: Now
) -> None:
    services.answers["geo"] = {"Évry": [commune("91228", "Évry", 2.4, 48.6)]}
    live = make("geo", places=Embedded({"91228"}))
    first = await live.look_up_place("Évry")
    now.seconds += 24 * 3600 - 1
    again = await live.look_up_place(" éVRY !")
    assert first is not None
    assert again is not None
    assert again.codes == first.codes
    assert again.credits == first.credits  # the date is that of the answer
    assert len(services.calls("geo")) == 1
    now.seconds += 1
    assert await live.look_up_place("évry") is None
    assert len(services.calls("geo")) == 2


async def test_words_that_differ_in_a_sign_or_are_of_another_alphabet_are_not_mixed_up(
    make: Make, services: Services
) -> None:
    services.answers["romeo"] = {
        "C": [("A1", 0.6)],
        "C++": [("B1", 0.6)],
        "نادلة": [("C1", 0.6)],
        "طباخ": [("D1", 0.6)],
    }
    signs = make("romeo", jobs=jobs())
    for words, code in (("C", "A1"), ("C++", "B1")):
        found = await signs.look_up_job(words)
        assert found is not None
        assert found.codes == (code,)
    alphabets = make("romeo", jobs=jobs())
    for words, code in (("نادلة", "C1"), ("طباخ", "D1")):
        found = await alphabets.look_up_job(words)
        assert found is not None
        assert found.codes == (code,)


async def test_an_empty_answer_is_remembered_for_ten_minutes(
    make: Make, services: Services, now: Now
) -> None:
    live = make("geo", places=Embedded({"91228"}))
    for seconds, calls in ((0, 1), (599, 1), (1, 2)):
        now.seconds += seconds
        assert await live.look_up_place("evry") is None
        assert len(services.calls("geo")) == calls


async def test_a_failure_is_not_remembered_as_an_answer(make: Make, services: Services) -> None:
    services.answers["geo"]["evry"] = [commune("91228", "Évry", 2.4, 48.6)]
    services.fails("geo", problem(500), problem(500))
    live = make("geo", places=Embedded({"91228"}))
    assert await live.look_up_place("evry") is None
    assert await live.look_up_place("evry") is not None


# After failures


async def test_after_three_failures_in_a_row_a_source_is_left_alone_for_a_minute(
    make: Make, services: Services, now: Now, caplog: pytest.LogCaptureFixture
) -> None:
    services.answers["geo"] = {str(n) + "x": [commune("69123", "Lyon", 4.8, 45.7)] for n in range(20)}
    services.fails("geo", *(problem(500) for _ in range(8)))  # each try makes two calls
    live = make("geo", places=Embedded({"69123"}))
    (source,) = live.sources
    for number in range(5):
        assert await live.look_up_place(f"{number}x") is None
    assert len(services.calls("geo")) == 6
    assert source.state.closed_until == datetime.fromtimestamp(now.seconds + 60, UTC)
    now.seconds += 60
    assert await live.look_up_place("5x") is None  # one try, which fails: another minute
    assert await live.look_up_place("6x") is None
    assert len(services.calls("geo")) == 8
    now.seconds += 60
    caplog.set_level(logging.INFO)
    assert await live.look_up_place("7x") is not None
    assert await live.look_up_place("8x") is not None
    assert source.state.closed_until is None
    assert "source=geo answers again" in caplog.text


async def test_failures_that_are_not_in_a_row_close_nothing(make: Make, services: Services) -> None:
    live = make("geo", places=Embedded({"69123"}))
    for number in range(6):
        services.fails("geo", problem(500), problem(500))
        await live.look_up_place(f"bad {number}")
        if number % 2:
            await live.look_up_place(f"good {number}")
    assert live.sources[0].state.closed_until is None


async def test_one_call_only_finds_out_whether_a_source_is_well_again(
    make: Make, services: Services, now: Now
) -> None:
    services.fails("geo", *(problem(500) for _ in range(6)))
    live = make("geo", places=Embedded({"69123"}))
    for number in range(3):
        await live.look_up_place(f"{number}x")
    now.seconds += 60
    held = Held()
    services.fails("geo", held)
    first = asyncio.create_task(live.look_up_place("4x"))
    await held.arrived.wait()
    await asyncio.gather(*(live.look_up_place(f"5{letter}") for letter in "abcdef"))
    assert len(services.calls("geo")) == 7
    held.release.set()
    await first


async def test_no_more_calls_a_second_than_a_source_allows(make: Make, services: Services, now: Now) -> None:
    live = make("rome", jobs=jobs())
    await asyncio.gather(*(live.look_up_job(f"métier {letter}") for letter in "abcdef"))
    assert len(services.calls("rome")) == 1
    now.seconds += 1
    await asyncio.gather(*(live.look_up_job(f"métier {letter}") for letter in "abcdef"))
    assert len(services.calls("rome")) == 2


# The values


def entry(code: str) -> Entry | None:
    return None if code == "Z9" else Entry(code)


ASKED = ask(("A1", 0.6), ("B1", 0.5))
LIVE = LookedUp("Serveuse !", (("C1", 0.6), ("Z9", 0.5), ("A1", 0.6)))


@pytest.mark.parametrize("found", [ASKED, NOTHING])
def test_live_candidates_take_the_place_of_what_the_list_is_not_sure_of(found: Found[Entry]) -> None:
    wide = widened(found, LIVE, "serveuse", entry)
    assert wide.decision is Decision.ASK
    assert wide.asked == (Entry("C1"), Entry("A1"))


def test_what_is_known_of_several_jobs_is_offered_for_the_first_of_them() -> None:
    several = replace(LIVE, text="verrier, serveuse", first="verrier")
    assert widened(NOTHING, several, "Verrier", entry).asked == (Entry("C1"), Entry("A1"))
    assert widened(NOTHING, several, "serveuse", entry) is NOTHING
    assert widened(NOTHING, several, "", entry) is NOTHING


def test_a_sure_one_is_taken() -> None:
    assert widened(NOTHING, replace(LIVE, sure=True), "serveuse", entry).taken == Entry("C1")


@pytest.mark.parametrize("decision", [Decision.TAKE, Decision.UNKNOWN])
def test_what_the_list_settles_stays(decision: Decision) -> None:
    found = replace(take("B1"), decision=decision)
    assert widened(found, LIVE, "serveuse", entry) is found


def test_codes_that_nobody_knows_change_nothing() -> None:
    assert widened(ASKED, LIVE, "serveuse", lambda code: None) is ASKED
    assert widened(ASKED, None, "serveuse", entry) is ASKED


@given(st.text(max_size=120))
def test_what_was_looked_up_belongs_to_its_words_alone(text: str) -> None:
    assert widened(ASKED, LIVE, f"{text} autre", entry) is ASKED


def test_words_of_another_alphabet_are_compared_too() -> None:
    arabic = replace(LIVE, text="نادلة")
    assert widened(ASKED, arabic, "نادلة", entry).asked[0] == Entry("C1")
    assert widened(ASKED, arabic, "طباخ", entry) is ASKED
