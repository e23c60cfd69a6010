"""Asks the served demo with the official client of Anthropic's interface.

usage: anthropic_client.py BASE_URL KEY
"""

import sys

import anthropic

MODEL = "offline/search"
ASKED = [{"role": "user", "content": "What is there?"}]


def main(base, key):
    client = anthropic.Anthropic(base_url=base, api_key=key, max_retries=0)
    answer = client.messages.create(
        model=MODEL, system="Be brief.", messages=ASKED, max_tokens=200,
        stop_sequences=["never said"], extra_body={"temperature": 0.5})
    assert answer.type == "message" and answer.role == "assistant", answer
    assert answer.id.startswith("msg_") and answer.model == MODEL, answer
    assert [block.type for block in answer.content] == ["text"], answer
    assert answer.content[0].text, answer
    assert answer.stop_reason in ("end_turn", "max_tokens"), answer
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0, answer

    events = list(client.messages.create(
        model=MODEL, system="Be brief.", messages=ASKED, max_tokens=200, stream=True))
    kinds = [event.type for event in events]
    assert kinds[:2] == ["message_start", "content_block_start"], kinds
    assert kinds[-3:] == ["content_block_stop", "message_delta", "message_stop"], kinds
    assert set(kinds[2:-3]) == {"content_block_delta"}, kinds

    with client.messages.stream(
            model=MODEL, system="Be brief.", messages=ASKED, max_tokens=200) as stream:
        text = "".join(stream.text_stream)
        whole = stream.get_final_message()
    assert text == whole.content[0].text == answer.content[0].text, (text, answer)
    assert whole.usage.output_tokens == answer.usage.output_tokens, (whole, answer)
    assert whole.usage.input_tokens == answer.usage.input_tokens, (whole, answer)
    assert whole.stop_reason == answer.stop_reason, (whole, answer)

    # The header of clients that send no bearer.
    other = anthropic.Anthropic(
        base_url=base, api_key="unused", max_retries=0,
        default_headers={"X-Api-Key": key, "Authorization": anthropic.Omit()})
    assert other.messages.create(model=MODEL, messages=ASKED, max_tokens=5).stop_reason

    models = list(other.models.list(limit=1))
    names = [model.id for model in models]
    assert MODEL in names and len(set(names)) == len(names) > 1, names
    model = client.models.retrieve(MODEL)
    assert model == models[names.index(MODEL)], (model, models)
    assert model.type == "model" and model.display_name and model.max_tokens > 0, model
    assert model.lifecycle == "active" and model.created_at.year >= 1970, model
    assert not list(client.models.list(lifecycle=["retired"]))

    counted = client.messages.count_tokens(model=MODEL, system="Be brief.", messages=ASKED)
    # An estimate, a tenth above what is expected.
    assert counted.input_tokens >= answer.usage.input_tokens > 0, (counted, answer)

    def ask(**more):
        return lambda: client.messages.create(
            **{"model": MODEL, "messages": ASKED, "max_tokens": 200, **more})

    refused(anthropic.NotFoundError, "not_found_error", ask(model="none/such"))
    refused(anthropic.NotFoundError, "not_found_error",
            lambda: client.models.retrieve("none/such"))
    refused(anthropic.NotFoundError, "not_found_error",
            lambda: client.messages.count_tokens(model="none/such", messages=ASKED))
    bad = anthropic.BadRequestError, "invalid_request_error"
    refused(*bad, ask(max_tokens=-1))
    refused(*bad, ask(messages=[]))
    refused(*bad, lambda: client.messages.count_tokens(model=MODEL, messages=[]))
    refused(*bad, lambda: client.models.list(after_id="none/such"))
    refused(*bad, ask(extra_body={"top_k": 5}))
    refused(*bad, ask(messages=[{"role": "user", "content": "long " * 60_000}]))
    refused(*bad, ask(messages=[{"role": "user", "content": [{"type": "image", "source": {
        "type": "url", "url": "https://pictures.example/a.png"}}]}]))
    # The refusal comes before the stream.
    refused(*bad, ask(max_tokens=-1, stream=True))
    stranger = anthropic.Anthropic(base_url=base, api_key="nobody", max_retries=0)
    refused(anthropic.AuthenticationError, "authentication_error",
            lambda: stranger.messages.create(model=MODEL, messages=ASKED, max_tokens=5))
    print("all good")


def refused(kind, name, ask):
    try:
        ask()
    except kind as error:
        assert error.type == name, (error.type, name)
        assert error.body["error"]["details"]["error_code"], error.body
    else:
        raise AssertionError(f"{name} was not refused")


main(*sys.argv[1:])
