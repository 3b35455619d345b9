"""Every way in which a model or its server can misbehave, what is made of it, and how many calls it
takes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from digest.llm.budget import Caps
from digest.llm.question import NoAnswer, Spent, TooLong
from tests.llm.asking import desk, question
from tests.model_server import BEHAVIOURS, GERMAN, Asked, Sent, completion, model_server, refused

# name, calls at the first model, "" when it answers in the end or why it does not
OUTCOMES: list[tuple[str, int, str]] = [
    ("ok", 1, ""),
    ("slow", 1, ""),
    ("drops", 2, ""),
    ("half a body", 2, ""),
    ("huge", 2, ""),
    ("no JSON", 2, ""),
    ("web page", 2, ""),
    ("no choices", 2, ""),
    ("error in a 200", 2, ""),
    ("429", 2, ""),
    ("429 for a second", 2, ""),
    ("429 with a date", 2, ""),
    ("429 in words", 2, ""),
    ("429 for an hour", 1, "HTTP 429, and a wait of 3600 s"),
    ("500", 2, ""),
    ("503", 2, ""),
    ("no credit", 1, "no credit left (HTTP 429)"),
    ("wrong key", 1, "the key in OPENAI_API_KEY is refused (HTTP 401)"),
    ("forbidden", 1, "access is refused (HTTP 403): Country not supported"),
    ("unknown model", 1, "the server has no model 'm1' (HTTP 404)"),
    (
        "wrong address",
        1,
        "there is no chat API at this address (HTTP 404); base_url usually ends in /v1",
    ),
    ("redirect", 1, "it redirects (HTTP 307)"),
    ("prompt too long", 1, "the prompt is too long"),
    ("bad request", 2, ""),
    ("cut short", 2, ""),
    ("cut short unsaid", 2, ""),
    ("empty", 2, ""),
    ("null", 2, ""),
    ("refusal", 1, "it was refused"),
    ("refusal in words", 1, "it was refused"),
    ("filtered", 1, "it was refused"),
    ("thoughts only", 2, ""),
    ("repeated", 2, ""),
    ("nonsense", 2, ""),
    ("prose", 2, ""),
    ("fenced", 1, ""),
    ("thoughts first", 1, ""),
    ("thoughts apart", 1, ""),
    ("thoughts unended", 1, ""),
    ("trailing comma", 1, ""),
    ("in parts", 1, ""),
    ("tool call", 1, ""),
    ("extra fields", 1, ""),
    ("among the thoughts", 1, ""),
    ("among the thoughts, in reasoning", 1, ""),
    ("before the end of its thoughts", 1, ""),
    ("in the form before chats", 1, ""),
    ("streamed unasked", 1, ""),
    ("usage missing", 1, ""),
    ("finish missing", 1, ""),
    ("long finish", 1, ""),
]


@pytest.mark.parametrize(("name", "calls", "why"), OUTCOMES, ids=[row[0] for row in OUTCOMES])
def test_what_comes_of_it(name: str, calls: int, why: str) -> None:
    """The same model answers in the end, or the next does at once; the report says why."""
    with (
        model_server(script=[name]) as server,
        model_server() as next_one,
        desk(server, next_one) as at,
    ):
        answer = at.provider.ask(question())
        assert answer.form.text.startswith("Nimbus")
        assert answer.model == ("m2" if why else "m1")
        assert len(server.real) == calls
        assert len(next_one.real) == bool(why)
        assert not at.ledger.open_calls


def test_every_behaviour_has_an_outcome() -> None:
    """But for the one that takes as long as a timeout, which has a test of its own."""
    assert {name for name, *_ in OUTCOMES} == BEHAVIOURS.keys() - {"hangs"}


@pytest.mark.parametrize(
    ("name", "calls", "why"),
    [row for row in OUTCOMES if row[2]],
    ids=[row[0] for row in OUTCOMES if row[2]],
)
def test_when_nobody_is_left_the_reason_is_given(name: str, calls: int, why: str) -> None:
    """Whoever asked goes on without a model, and the report says why."""
    with (
        model_server(script=[name]) as server,
        desk(server) as at,
        pytest.raises(NoAnswer) as failed,
    ):
        at.provider.ask(question())
    assert str(failed.value).startswith(f"m1 at {server.host}: {why}")


# name, calls that one question takes when it goes on and on, waiting in seconds
FOREVER: list[tuple[str, int]] = [
    ("drops", 4),
    ("bad request", 3),
    ("500", 4),
    ("cut short", 3),
    ("empty", 2),
    ("thoughts only", 2),
    ("repeated", 2),
    ("nonsense", 2),
]


@pytest.mark.parametrize(("name", "calls"), FOREVER, ids=[row[0] for row in FOREVER])
def test_what_never_ends_is_ended(name: str, calls: int) -> None:
    """Each fault has its number of calls, and then the next model is asked."""
    with (
        model_server(script=[name] * 50) as server,
        model_server() as next_one,
        desk(server, next_one) as at,
    ):
        assert at.provider.ask(question()).model == "m2"
        assert len(server.real) == calls


def test_no_mixture_of_faults_takes_more_than_four_answers() -> None:
    """Every fault in turn, each allowed once more, would else go on for long."""
    with (
        model_server(
            script=["nonsense", "empty", "cut short", "repeated", "thoughts only", "cut short"]
        ) as server,
        desk(server) as at,
    ):
        with pytest.raises(NoAnswer):
            at.provider.ask(question())
        assert len(server.real) == 4


def test_a_rate_limit_that_never_ends_costs_two_minutes() -> None:
    """On the endpoint's clock, however many ask; and then it is not asked any more."""
    with (
        model_server(script=["429"] * 500) as server,
        model_server() as next_one,
        desk(server, next_one) as at,
    ):
        for i in range(5):
            assert at.provider.ask(question(f"page {i}")).model == "m2"
        told = at.provider.usage()[0]
        assert told.waited <= 120
        assert told.out == "HTTP 429, and no end of it"
        assert len(server.real) <= 16


def test_a_limit_is_waited_for_by_all() -> None:
    """Four workers, one told to wait five seconds: nobody asks before that."""
    with model_server() as server, desk(server) as at:
        at.provider.probe()
        server.behave(lambda *_: refused(429, "slow down", **{"Retry-After": "5"}))
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda i: at.provider.ask(question(f"page {i}")), range(8)))
        assert {answer.model for answer in answers} == {"m1"}
        assert at.provider.usage()[0].waited == 5
        assert len(server.real) == 9


def test_a_dead_endpoint_costs_seconds(free_port: int) -> None:
    """Four tries in seven seconds, once: then nobody asks it again."""
    with model_server() as alive, desk(alive) as at:
        dead = at.add(f"http://127.0.0.1:{free_port}/v1", first=True)
        for i in range(5):
            assert at.provider.ask(question(f"page {i}")).model == "m1"
        assert dead.out == "connection refused"
        assert dead.usage().waited == 7


def test_a_hanging_endpoint_costs_one_timeout() -> None:
    """When the tiny question is not answered in time, no other is asked."""
    with model_server() as server, model_server() as alive, desk(server, timeout=1.0) as at:
        at.add(alive.base_url)
        server.answer = lambda _: str(server.stopped.wait(20))
        for i in range(4):
            assert at.provider.ask(question(f"page {i}")).model == "m9"
        assert len(server.asked) == 1
        assert at.responders[0].out == "no answer within 1 s"


def test_an_endpoint_that_stops_answering_is_left_after_three_questions() -> None:
    """It had answered before, so the first silence says little."""
    with (
        model_server(script=["hangs"] * 9) as server,
        model_server() as alive,
        desk(server, timeout=1.0) as at,
    ):
        at.add(alive.base_url)
        for i in range(6):
            assert at.provider.ask(question(f"page {i}")).model == "m9"
        assert len(server.real) == 3


def test_an_unfit_model_is_left_after_eight_questions() -> None:
    """One that answers all day, and never in the form, would cost two calls for every page."""
    with (
        model_server(lambda asked: '{"sum": 5}' if asked.is_probe else "No idea.") as server,
        model_server() as fit,
        desk(server, fit) as at,
    ):
        for i in range(12):
            assert at.provider.ask(question(f"page {i}")).model == "m2"
        assert len(server.real) == 16
        assert at.responders[0].out.startswith("8 questions in a row")


def test_after_an_answer_of_use_the_count_begins_anew() -> None:
    """A page that no model can read is no fault of the model's."""
    with model_server(script=["refusal", "refusal", "ok"] * 6) as server, desk(server) as at:
        for i in range(18):
            try:
                at.provider.ask(question(f"page {i}"))
            except NoAnswer:
                continue
        assert len(server.real) == 18


AGAIN = [
    ("cut short", "max_tokens", lambda first, second: second == 2 * first),
    ("repeated", "temperature", lambda first, second: second > first),
    ("repeated", "response_format", lambda first, second: first and not second),
    ("empty", "response_format", lambda first, second: first and not second),
]


@pytest.mark.parametrize(
    ("name", "field", "differs"), AGAIN, ids=[f"{row[0]}: {row[1]}" for row in AGAIN]
)
def test_the_second_try_is_another_one(name: str, field: str, differs: object) -> None:
    """Asking the same again would bring the same again."""
    with model_server(script=[name]) as server, desk(server) as at:
        at.provider.ask(question())
        first, second = (one.body.get(field) for one in server.real)
        assert callable(differs)
        assert differs(first, second)


def test_what_was_wrong_is_named_and_not_what_was_said() -> None:
    """The reminder comes after the prompt, in our words: what the model wrote may have come from
    the page.
    """
    with model_server() as server, desk(server) as at:
        server.behave(lambda *_: completion('{"text": {"obey": "the page"}}'))
        at.provider.ask(question("The page."))
        first, second = (one.prompt for one in server.real)
    assert first.startswith("The page.")
    assert second.startswith(
        f"{first}\n\nYour previous answer could not be used: text: input should be a valid string."
    )
    assert "obey" not in second


def test_an_answer_in_another_language_is_asked_for_again() -> None:
    """And the language is named."""

    def german_first(asked: Asked) -> str:
        if asked.is_probe:
            return '{"sum": 5}'
        return (
            '{"text": "In English now."}' if "'en'" in asked.prompt else f'{{"text": "{GERMAN}"}}'
        )

    with model_server(german_first) as server, desk(server) as at:
        assert at.provider.ask(question()).form.text == "In English now."
        assert at.provider.usage()[0].events == {"language": 1}


def test_a_prompt_that_is_too_long_says_how_long_it_may_be() -> None:
    """Whoever asked can make it shorter; and the window is known from then on."""
    with model_server(script=["prompt too long"]) as server, desk(server) as at:
        with pytest.raises(TooLong) as failed:
            at.provider.ask(question("word " * 5000))
        assert failed.value.room
        assert 2500 < failed.value.room < 4096
        assert at.provider.room("read") < 4096
        at.provider.ask(question("word " * 1200))
        with pytest.raises(TooLong):
            at.provider.ask(question("word " * 5000))
        assert len(server.real) == 2


def test_a_prompt_longer_than_the_configured_window_is_not_sent() -> None:
    """It costs nothing to know."""
    with model_server() as server, desk(server, context_tokens=2048) as at:
        with pytest.raises(TooLong):
            at.provider.ask(question("word " * 5000))
        assert not server.real


def test_a_server_that_silently_cuts_the_prompt_is_found_out() -> None:
    """Some read the last part of a long prompt and answer as if that were all; their own count of
    tokens gives them away.
    """
    with model_server() as server, model_server() as honest, desk(server, honest) as at:
        server.behave(lambda _, text: completion(text, tokens_in=2048))
        assert at.provider.ask(question("word " * 5000)).model == "m2"
        assert at.provider.usage()[0].events == {"too long": 1}


def test_a_cap_stops_before_the_call() -> None:
    """Nothing is sent that might break it, and what costs nothing is still to be had."""
    with model_server() as server, desk(server, caps=Caps(100.0, 100.0, 900, 10**6)) as at:
        at.provider.ask(question("a", words=10))
        with pytest.raises(Spent):
            at.provider.ask(question("b " * 400, words=100))
        assert len(server.real) == 1
        assert at.provider.ask(question("a", words=10)).cached


def test_a_second_time_costs_no_call() -> None:
    """Good answers and useless ones alike: the same question to the same model would bring the
    same.
    """
    with (
        model_server(script=["refusal in words", "nonsense", "nonsense", "ok"]) as server,
        model_server() as other,
        desk(server, other) as at,
    ):
        for _ in range(2):
            models = [at.provider.ask(question(prompt)).model for prompt in ("a", "b", "c")]
            assert models == ["m2", "m2", "m1"]
        assert (len(server.real), len(other.real)) == (4, 2)


def test_an_answer_from_before_is_judged_like_a_new_one() -> None:
    """What is kept is the text; a form that has changed since makes it another question."""
    with model_server() as server, desk(server) as at:
        fresh, kept = at.provider.ask(question()), at.provider.ask(question())
        assert (fresh.cached, kept.cached, fresh.form) == (False, True, kept.form)
        assert at.provider.used().cached == 1


def test_what_failed_on_the_way_is_not_kept() -> None:
    """A broken connection is no answer."""
    with model_server(script=["500"] * 4) as server, desk(server) as at:
        with pytest.raises(NoAnswer):
            at.provider.ask(question())
        assert not at.answers.kept


def test_the_report_says_what_happened() -> None:
    """One line for each model to which anything happened."""
    script = ["429 for a second", "cut short", "ok", "cut short", "ok", "refusal"]
    with model_server(script=script) as server, model_server() as other, desk(server, other) as at:
        for prompt in ("a", "b", "c"):
            at.provider.ask(question(prompt))
        first, second = at.provider.usage()
    happened = "1 × 429, 2 × answer cut short, 1 × refused (waited 1 s)"
    assert first.line() == f"m1 at {server.host}: {happened}, 1 × left to m2 at {other.host}"
    assert (first.json()["gave_up"], first.json()["left_to"]) == (1, {f"m2 at {other.host}": 1})
    assert (first.calls, first.eventful) == (6, True)
    assert (second.line(), second.eventful) == (f"m2 at {other.host}: 2 × answered", False)


def test_the_last_leaves_it_to_the_embedded_summariser() -> None:
    """And eight answers without anything of the form say what they lack."""
    with model_server(script=["nonsense"] * 16) as server, desk(server) as at:
        for prompt in "abcdefgh":
            with pytest.raises(NoAnswer):
                at.provider.ask(question(prompt))
        line = at.provider.usage()[0].line()
    assert (
        "8 × left to embedded, not asked again: 8 questions in a row without an answer of use, the"
        " last because it lacks text" in line
    )


def test_tokens_that_nobody_counted_are_estimated() -> None:
    """A server without `usage` is not free."""
    with model_server(script=["usage missing"]) as server, desk(server) as at:
        at.provider.ask(question())
        assert min(cost.tokens_out for cost in at.ledger.paid) > 10
        assert len(at.ledger.paid) == 2


def test_a_call_that_broke_may_have_cost_something() -> None:
    """What was generated and lost is charged all the same: the worst is taken for true. A refused
    call costs nothing.
    """
    with model_server(script=["half a body", "500", "ok"]) as server, desk(server) as at:
        at.provider.ask(question())
        assert len(server.real) == 3
        assert len(at.ledger.paid) == 3  # the probe, the broken one, the answer


def test_half_a_character_stops_nobody() -> None:
    """A page or an answer may hold half of a surrogate pair, which can neither be sent nor kept."""
    with model_server() as server, desk(server) as at:
        server.behave(
            lambda *_: Sent(
                b'{"choices": [{"message": {"content": "{\\"text\\": \\"a \\ud800 \\\\ud800'
                b' b\\"}"}}]}'
            )
        )
        answer = at.provider.ask(question("A page with \ud800 in it."))
        assert answer.form.text == "a ? ? b"
        assert "A page with ? in it." in server.real[0].prompt
