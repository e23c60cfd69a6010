"""Asks the served demo with the official client of OpenAI's interface.

usage: openai_client.py BASE_URL KEY
"""

import sys

import openai


def main(base, key):
    client = openai.OpenAI(base_url=base, api_key=key, max_retries=0)
    names = [model.id for model in client.models.list()]
    assert "offline/search" in names, names
    model = client.models.retrieve("offline/search")
    assert model.id == "offline/search" and model.owned_by == "offline", model

    asked = [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is there?"}]
    answer = client.chat.completions.create(model="offline/search", messages=asked, max_tokens=200)
    assert answer.choices[0].message.content, answer
    assert answer.choices[0].finish_reason in ("stop", "length"), answer
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens

    stream = client.chat.completions.create(
        model="offline/search", messages=asked, max_tokens=200, stream=True,
        stream_options={"include_usage": True})
    chunks = list(stream)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert text == answer.choices[0].message.content, (text, answer)
    assert chunks[-1].usage.completion_tokens == answer.usage.completion_tokens, chunks[-1]
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1]

    # The client asks for base64 unless told.
    vectors = client.embeddings.create(model="offline/search", input=["zakat guide", "water"])
    floats = client.embeddings.create(
        model="offline/search", input="zakat guide", encoding_format="float")
    assert [item.index for item in vectors.data] == [0, 1], vectors
    assert len(vectors.data[0].embedding) == len(floats.data[0].embedding) > 8, floats
    for one, other in zip(vectors.data[0].embedding, floats.data[0].embedding):
        assert abs(one - other) < 1e-6, (one, other)
    assert any(floats.data[0].embedding) and vectors.usage.prompt_tokens > 0, vectors
    refused(openai.UnprocessableEntityError, "validation_error",
            lambda: client.embeddings.create(model="offline/search", input=[]))
    refused(openai.UnprocessableEntityError, "validation_error",
            lambda: client.embeddings.create(model="offline/search", input="x", dimensions=3))

    refused(openai.UnprocessableEntityError, "model_not_allowed",
            lambda: client.chat.completions.create(model="none/such", messages=asked))
    refused(openai.UnprocessableEntityError, "validation_error",
            lambda: client.chat.completions.create(
                model="offline/search", messages=asked, max_tokens=-1))
    refused(openai.UnprocessableEntityError, "context_too_long",
            lambda: client.chat.completions.create(
                model="offline/search",
                messages=[{"role": "user", "content": "long " * 60_000}]))
    refused(openai.NotFoundError, "not_found", lambda: client.models.retrieve("none/such"))
    stranger = openai.OpenAI(base_url=base, api_key="nobody", max_retries=0)
    refused(openai.AuthenticationError, "unauthenticated",
            lambda: stranger.chat.completions.create(model="offline/search", messages=asked))
    print("all good")


def refused(kind, code, ask):
    try:
        ask()
    except kind as error:
        assert error.code == code, (error.code, code)
    else:
        raise AssertionError(f"{code} was not refused")


main(*sys.argv[1:])
