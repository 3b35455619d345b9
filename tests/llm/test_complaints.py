"""What servers say is understood: one row for each wording met, by server."""

from __future__ import annotations

import json
from typing import Any

import pytest

from digest.llm.call_errors import Busy, CallFailed, Declined, Hopeless, PromptTooLong, Rejected
from digest.llm.error_mapping import complaint_of, embedded_status, failure_of


def failure(status: int, body: Any, headers: dict[str, str] | None = None) -> CallFailed:
    """The failure that an error answer stands for."""
    return failure_of(complaint_of(status, body), headers or {}, model="m", key_name="SOME_KEY")


def error(message: str, **fields: Any) -> dict[str, Any]:
    """An error in OpenAI's envelope."""
    return {"error": {"message": message, **fields}}


PARTS = [
    (
        "OpenAI",
        400,
        error(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use"
            " 'max_completion_tokens' instead.",
            param="max_tokens",
            code="unsupported_parameter",
        ),
        "limit",
    ),
    (
        "OpenAI",
        400,
        error(
            "Unsupported value: 'temperature' does not support 0.2 with this model. Only the"
            " default (1) value is supported.",
            param="temperature",
            code="unsupported_value",
        ),
        "temperature",
    ),
    (
        "OpenAI",
        400,
        error(
            "Unsupported value: 'messages[0].role' does not support 'system' with this model.",
            param="messages[0].role",
            code="unsupported_value",
        ),
        "system",
    ),
    (
        "OpenAI",
        400,
        error(
            "Invalid parameter: 'response_format' of type 'json_schema' is not supported with this"
            " model.",
            param="response_format",
        ),
        "format",
    ),
    (
        "OpenAI",
        400,
        error(
            "Invalid schema for response_format 'answer': In context=(), 'required' is required to"
            " be supplied",
            param="response_format",
            code="invalid_json_schema",
        ),
        "format",
    ),
    (
        "OpenAI",
        400,
        error(
            "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
            " 'json_object'.",
            param="messages",
        ),
        "format",
    ),
    (
        "Azure",
        400,
        error(
            "response_format value as json_schema is enabled only for api versions"
            " 2024-08-01-preview and later",
            code="BadRequest",
        ),
        "format",
    ),
    (
        "OpenRouter",
        404,
        error(
            "No endpoints found that can handle the requested parameters. To learn more, visit the"
            " docs.",
            code=404,
        ),
        "",
    ),
    (
        "Groq",
        400,
        error(
            "Failed to generate JSON. Please adjust your prompt.",
            code="json_validate_failed",
            failed_generation="{",
        ),
        "format",
    ),
    (
        "Mistral",
        422,
        {
            "detail": [
                {
                    "type": "extra_forbidden",
                    "loc": ["body", "response_format"],
                    "msg": "Extra inputs are not permitted",
                }
            ]
        },
        "format",
    ),
    (
        "FastAPI, which repeats the request",
        422,
        {
            "detail": [
                {
                    "type": "extra_forbidden",
                    "loc": ["body", "temperature"],
                    "msg": "Extra inputs",
                    "input": {"max_tokens": 9},
                }
            ]
        },
        "temperature",
    ),
    (
        "vLLM, which repeats the request",
        400,
        {
            "message": (
                "1 error: {'type': 'value_error', 'loc': ('body',), 'msg': 'odd', 'input':"
                " {'max_tokens': 9, 'temperature': 1}}"
            )
        },
        "",
    ),
    (
        "DeepSeek",
        400,
        error("This response_format type is unavailable now", type="invalid_request_error"),
        "format",
    ),
    (
        "Gemini",
        400,
        [
            {
                "error": {
                    "code": 400,
                    "message": "Developer instruction is not enabled for models/gemma",
                    "status": "INVALID_ARGUMENT",
                }
            }
        ],
        "system",
    ),
    (
        "vLLM",
        400,
        {
            "object": "error",
            "message": "System role not supported",
            "type": "BadRequestError",
            "code": 400,
        },
        "system",
    ),
    (
        "vLLM",
        400,
        {
            "object": "error",
            "message": "Conversation roles must alternate user/assistant/user/assistant/...",
            "code": 400,
        },
        "system",
    ),
    (
        "vLLM",
        400,
        {"object": "error", "message": "Grammar error: unsupported schema keyword", "code": 400},
        "format",
    ),
    (
        "llama.cpp",
        400,
        error("JSON schema conversion failed: Unrecognized schema", code=400),
        "format",
    ),
    ("llama.cpp", 500, error("Failed to parse grammar", code=500), "format"),
    ("llama.cpp", 500, error("Unsupported param: temperature", code=500), "temperature"),
    (
        "LM Studio",
        400,
        {"error": "'response_format.type' must be 'json_schema' or 'text'"},
        "format",
    ),
    (
        "a proxy",
        400,
        error("Unrecognized request argument supplied: max_completion_tokens"),
        "limit",
    ),
    ("a proxy", 400, "Bad Request", ""),
]


@pytest.mark.parametrize(
    ("server", "status", "body", "part"),
    PARTS,
    ids=[f"{row[0]}: {json.dumps(row[2])[:70]}" for row in PARTS],
)
def test_what_a_server_does_not_take_is_named(
    server: str, status: int, body: Any, part: str
) -> None:
    """So that it is left out the next time."""
    failed = failure(status, body)
    assert isinstance(failed, Rejected)
    assert failed.part == part


TOO_LONG = [
    (
        "OpenAI",
        400,
        error(
            "This model's maximum context length is 8192 tokens. However, your messages resulted in"
            " 9000 tokens.",
            code="context_length_exceeded",
        ),
        8192,
    ),
    (
        "vLLM",
        400,
        {
            "message": (
                "This model's maximum context length is 4096 tokens. However, you requested 5000"
                " tokens (4800 in the messages …)."
            )
        },
        4096,
    ),
    (
        "llama.cpp",
        400,
        error(
            "the request exceeds the available context size, try increasing it",
            type="exceed_context_size_error",
            n_prompt_tokens=1407,
            n_ctx=4096,
        ),
        4096,
    ),
    (
        "llama.cpp",
        400,
        error(
            "request (4390 tokens) exceeds the available context size (4096 tokens), try"
            " increasing it"
        ),
        4096,
    ),
    ("llama.cpp", 500, error("Context size has been exceeded.", code=500), None),
    (
        "LM Studio",
        400,
        {
            "error": (
                "The number of tokens to keep from the initial prompt is greater than the context"
                " length"
            )
        },
        None,
    ),
    (
        "Gemini",
        400,
        error(
            "The input token count (1200000) exceeds the maximum number of tokens allowed"
            " (1048575)."
        ),
        1048575,
    ),
    ("Anthropic", 400, error("prompt is too long: 210000 tokens > 200000 maximum"), 200000),
    (
        "Groq",
        413,
        error(
            "Request too large for model `x` on tokens per minute (TPM): Limit 6000, Requested"
            " 7200",
            code="rate_limit_exceeded",
        ),
        6000,
    ),
    (
        "Together",
        422,
        error("`inputs` tokens + `max_new_tokens` must be <= 4097. Given: 5000"),
        4097,
    ),
]


@pytest.mark.parametrize(
    ("server", "status", "body", "window"),
    TOO_LONG,
    ids=[f"{row[0]}: {json.dumps(row[2])[:70]}" for row in TOO_LONG],
)
def test_a_prompt_that_is_too_long_is_known_with_the_window(
    server: str, status: int, body: Any, window: int | None
) -> None:
    """The window, where the server names it, is what the next prompt is cut to."""
    failed = failure(status, body)
    assert isinstance(failed, PromptTooLong)
    assert failed.window == window


HOPELESS = [
    (
        "OpenAI",
        401,
        error("Incorrect API key provided: sk-abc", code="invalid_api_key"),
        "the key in SOME_KEY is refused (HTTP 401)",
    ),
    (
        "OpenAI",
        429,
        error("You exceeded your current quota", code="insufficient_quota"),
        "no credit left (HTTP 429)",
    ),
    (
        "OpenRouter",
        402,
        error("Insufficient credits. Add more.", code=402),
        "no credit left (HTTP 402)",
    ),
    (
        "OpenAI",
        403,
        error("Country, region, or territory not supported"),
        "access is refused (HTTP 403): Country, region, or territory not supported",
    ),
    (
        "OpenAI",
        404,
        error(
            "The model `gpt-9` does not exist or you do not have access to it.",
            code="model_not_found",
        ),
        "the server has no model 'm' (HTTP 404)",
    ),
    (
        "OpenRouter",
        400,
        error("foo/bar is not a valid model ID", code=400),
        "the server has no model 'm' (HTTP 400)",
    ),
    (
        "OpenRouter",
        404,
        error("No endpoints found for foo/bar.", code=404),
        "the server has no model 'm' (HTTP 404)",
    ),
    (
        "Ollama",
        404,
        error('model "x" not found, try pulling it first', type="api_error"),
        "the server has no model 'm' (HTTP 404)",
    ),
    (
        "vLLM",
        404,
        {"object": "error", "message": "The model `x` does not exist.", "code": 404},
        "the server has no model 'm' (HTTP 404)",
    ),
    (
        "nginx",
        404,
        "",
        "there is no chat API at this address (HTTP 404); base_url usually ends in /v1",
    ),
    (
        "FastAPI",
        404,
        {"detail": "Not Found"},
        "there is no chat API at this address (HTTP 404); base_url usually ends in /v1",
    ),
    (
        "OpenRouter",
        404,
        error("No endpoints available matching your data policy", code=404),
        "HTTP 404: No endpoints available matching your data policy",
    ),
    (
        "anything",
        405,
        "",
        "there is no chat API at this address (HTTP 405); base_url usually ends in /v1",
    ),
]


@pytest.mark.parametrize(
    ("server", "status", "body", "line"), HOPELESS, ids=[f"{row[0]}: {row[3]}" for row in HOPELESS]
)
def test_what_no_second_call_mends_is_one_clear_line(
    server: str, status: int, body: Any, line: str
) -> None:
    """And a line about a key never repeats what the server says of it."""
    failed = failure(status, body)
    assert isinstance(failed, Hopeless)
    assert str(failed) == line


WAITS = [
    ("seconds", 429, "", {"retry-after": "7"}, 7.0),
    ("milliseconds", 429, "", {"retry-after-ms": "1500", "retry-after": "2"}, 1.5),
    (
        "a date",
        429,
        "",
        {"retry-after": "Mon, 22 Sep 2025 06:30:20 GMT", "date": "Mon, 22 Sep 2025 06:30:00 GMT"},
        20.0,
    ),
    ("in words", 429, error("Rate limit reached. Please try again in 1.2s."), {}, 1.2),
    ("in words, milliseconds", 429, error("Please try again in 350ms."), {}, 0.35),
    ("in words, minutes", 429, error("Please try again in 6m30s."), {}, 390.0),
    (
        "Gemini",
        429,
        error("Quota", details=[{"@type": "RetryInfo", "retryDelay": "31s"}]),
        {},
        31.0,
    ),
    ("nothing", 429, error("Slow down"), {}, None),
    (
        "a server that starts",
        503,
        error("Loading model", type="unavailable_error"),
        {"retry-after": "3"},
        3.0,
    ),
    ("a bad gateway", 502, "", {}, None),
    ("an exception", 500, error("Internal error"), {}, None),
]


@pytest.mark.parametrize(
    ("name", "status", "body", "headers", "seconds"), WAITS, ids=[row[0] for row in WAITS]
)
def test_the_wait_that_a_server_asks_for_is_understood(
    name: str, status: int, body: Any, headers: dict[str, str], seconds: float | None
) -> None:
    """In each of the ways in which servers ask for it."""
    failed = failure(status, body, headers)
    assert isinstance(failed, Busy)
    assert failed.seconds == seconds
    assert failed.limited == (status == 429)


@pytest.mark.parametrize(
    "body",
    [
        error(
            "The response was filtered due to the prompt triggering Azure OpenAI's content"
            " management policy.",
            code="content_filter",
        ),
        error("Your input was flagged", code=403, metadata={"reasons": ["violence"]}),
    ],
)
def test_a_filter_before_the_model_is_a_refusal(body: Any) -> None:
    """Another endpoint may see it otherwise."""
    assert isinstance(failure(400, body), Declined)


def test_an_error_in_a_200_has_its_status() -> None:
    """Routers send what their upstream said in the body of a good answer."""
    assert embedded_status(error("Provider returned error", code=502)) == 502
    assert embedded_status(error("?", code="weird")) == 500
    assert embedded_status({"choices": [{}], "error": None}) is None


ADDRESSES = [
    ("LM Studio", {"error": "Unexpected endpoint or method. (POST /chat/completions)"}),
    ("an API's frame", {"detail": "Not Found"}),
    ("a gateway", {"message": "no Route matched: route not found"}),
    ("Groq", error("Unknown request URL: POST /chat/completions.", code="unknown_url")),
    ("in a list", [error("Invalid URL (POST /chat/completions)")]),
]


@pytest.mark.parametrize("body", [row[1] for row in ADDRESSES], ids=[row[0] for row in ADDRESSES])
def test_an_error_in_a_200_about_the_address_is_told_as_one(body: Any) -> None:
    """It is no weakness of the moment: asking again would bring the same."""
    assert embedded_status(body) == 404
    failed = failure_of(complaint_of(404, body, embedded=True), {}, model="m", key_name="")
    assert isinstance(failed, Hopeless)
    assert "base_url usually ends in /v1" in str(failed)


WEAK = [
    ("Ollama", 500, error("model requires more system memory (12.1 GiB) than is available")),
    ("llama.cpp", 503, error("Loading model", code=503)),
    ("in a list", 500, [error("The model is overloaded")]),
    ("plain text", 502, "upstream is asleep"),
]


@pytest.mark.parametrize(("name", "status", "body"), WEAK, ids=[row[0] for row in WEAK])
def test_what_a_server_says_of_its_weakness_is_repeated(name: str, status: int, body: Any) -> None:
    """A status alone tells nobody what to do."""
    inner = body[0] if isinstance(body, list) else body
    says = inner if isinstance(inner, str) else inner["error"]["message"]
    failed = failure(status, body)
    assert isinstance(failed, Busy)
    assert str(failed) == f"HTTP {status}: {says}"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, error("No connected db.", type="no_db_connection", code="400")),
        (400, error("Authentication Error, No api key passed in.")),
        (500, "Internal Server Error: LiteLLM Virtual Key expected, to start with 'sk-'"),
    ],
)
def test_a_proxy_that_minds_the_key_is_told_as_that(status: int, body: Any) -> None:
    """LiteLLM answers a wrong or empty key with whatever goes wrong in it."""
    failed = failure(status, body)
    assert isinstance(failed, Hopeless)
    assert str(failed) == f"the key in SOME_KEY is refused (HTTP {status})"


@pytest.mark.parametrize(
    "says",
    [
        "This model only supports streaming. Set stream=true.",
        "Non-streaming requests are not supported by this deployment",
        "parameter stream must be true for this model",
    ],
)
def test_a_server_that_only_streams_says_so_in_many_words(says: str) -> None:
    """It is then asked for a stream."""
    failed = failure(400, error(says))
    assert isinstance(failed, Rejected)
    assert failed.part == "whole"


DEEP = json.loads("[" * 900 + "]" * 900)


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        7,
        "x" * 10**6,
        {"error": {"message": {"a": 1}, "code": [], "param": 3}},
        {"error": []},
        error("\n\x1b[31mred" * 999),
        DEEP,
    ],
)
@pytest.mark.parametrize("status", [302, 400, 404, 418, 429, 500])
def test_no_error_answer_is_too_strange(body: Any, status: int) -> None:
    """What it stands for is always a failure with one printable line."""
    said = str(failure(status, body))
    assert said.isprintable()
    assert len(said) < 400
