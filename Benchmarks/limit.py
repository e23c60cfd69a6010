"""Over-spend at the limit: 64 callers at once, and a budget that is worth exactly 100 calls.

usage: Benchmarks/limit.py GHOSTWORKS       (alone, on a platform of its own)

Both gateways stand before a model server of their own of the same kind, which says of every answer
that it took the same number of tokens, so every call costs the same to the last digit: only what
is written has a price, and as much is written as the call allows. What passed is what the model
server has billed. LiteLLM's budget is the one that it keeps in memory for a provider
(`provider_budget_config`); its budgets of keys and teams need a database of its own, and are not
measured.
"""

import asyncio
import collections
import json
import os
import sys
import time

from gateway import LiteLLM, ModelServer
from rig import Platform

CALLERS = 64
CALLS = 100
# Of each caller; all of them together want some times what the budget is worth.
WISHES = 8
WORDS = 20
THINKING = 50
MODEL = "limit/words"
# USD for a token: 3,000,000 pico.
PRICE = 0.000003
NANO = WORDS * 3_000
BODY = {"stream": False, "max_tokens": WORDS,
        "messages": [{"role": "user", "content": "Say some words."}]}


async def answer(reader):
    """The status of the next answer on a connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
        elif name.lower() == b"transfer-encoding":
            raise SystemExit("an answer of unknown length")
    await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def caller(port, path, token, model, start, statuses):
    body = json.dumps(dict(BODY, model=model)).encode()
    head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    await start.wait()
    for _ in range(WISHES):
        writer.write(head + body)
        statuses[await answer(reader)] += 1
    writer.close()


def rush(*way):
    """How often each status was answered when all callers ask at once, again and again."""
    statuses = collections.Counter()

    async def all_callers():
        start = asyncio.Event()
        tasks = [asyncio.create_task(caller(*way, start, statuses)) for _ in range(CALLERS)]
        await asyncio.sleep(0.5)
        start.set()
        await asyncio.gather(*tasks)

    asyncio.run(all_callers())
    return statuses


def judged(name, server, statuses):
    """What passed and by how much that is too much; every other answer must be a refusal.

    On a busy machine a budget cannot always be locked in time: such a call is refused with 503.
    """
    passed = server.billed()["calls"]
    others = statuses.keys() - {200, 429, 503}
    if others or statuses[200] != passed or statuses.total() != CALLERS * WISHES:
        raise SystemExit(f"{name}: {dict(statuses)}, and {passed} calls were billed")
    return passed, max(0, passed - CALLS) * 100 / CALLS


def ours(rig, owner):
    server = ModelServer(WORDS, THINKING)
    try:
        rig.psql(
            "INSERT INTO ai_providers (id, name, kind) VALUES ('limit', 'Limit', 'openai');"
            "INSERT INTO ai_models (id, provider_id, name, context_tokens, max_output_tokens)"
            f" VALUES ('{MODEL}', 'limit', 'Words', 100000, 4000);"
            "INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,"
            " cached_pico, cache_write_pico, reasoning_pico)"
            f" VALUES ('{MODEL}', '2025-01-01', 0, 3000000, 0, 0, 3000000);")
        rig.environment["GHOSTWORKS_AI_RATE_CALLS"] = "off"
        rig.environment["GHOSTWORKS_AI_RATE_TOKENS"] = "off"
        rig.environment["GHOSTWORKS_AI_PROVIDERS_LIMIT_KIND"] = "openai"
        rig.environment["GHOSTWORKS_AI_PROVIDERS_LIMIT_URL"] = f"http://127.0.0.1:{server.port}/v1"
        rig.restart()
        token = rig.sign_in(*owner, workspace="acme-charity")
        budget = {"scope": "model", "scope_id": MODEL, "metric": "cost", "period": "month",
                  "hard": f"{CALLS * NANO // 10**9}.{CALLS * NANO % 10**9:09d}"}
        connection = rig.connect()
        status, made = rig.request(connection, "POST", "/api/v1/ai/budgets", budget, token)
        connection.close()
        if status != 201:
            raise SystemExit(f"the budget was not made: {made}")
        statuses = rush(rig.port, "/api/v1/ai/openai/v1/chat/completions", token, MODEL)
        found = judged("ours", server, statuses)
        used = int(rig.psql(
            "SELECT p.used FROM ai_budget_periods AS p JOIN ai_budgets AS b"
            f" ON b.tenant_id = p.tenant_id AND b.id = p.budget_id WHERE b.scope_id = '{MODEL}'"))
        if used != found[0] * NANO:
            raise SystemExit(f"{found[0]} calls passed, and {used} nano-USD were charged")
        return found
    finally:
        server.close()


def theirs(python, port):
    server = ModelServer(WORDS, THINKING)
    rival = None
    try:
        prices = f"      input_cost_per_token: 0\n      output_cost_per_token: {PRICE:.9f}\n"
        limit = f"{CALLS * WORDS * PRICE:.9f}"
        rival = LiteLLM(
            python, server.port, port, prices,
            "router_settings:\n  num_retries: 0\n  provider_budget_config:\n    openai:\n"
            f"      budget_limit: {limit}\n      time_period: 1d\n")
        statuses = rush(port, "/v1/chat/completions", "sk-bench", "words")
        return judged("LiteLLM", server, statuses)
    finally:
        if rival:
            rival.close()
        server.close()


def race(rig, report, owner):
    """Needs `serve` to be free to be started anew."""
    passed, over = ours(rig, owner)
    text = f"{passed} passed: {over:.0f}% over"
    python = os.environ.get("LITELLM_PYTHON")
    if python:
        time.sleep(1)
        beside, too_much = theirs(python, rig.port + 8)
        text += f"; LiteLLM {beside}: {too_much:.0f}% over, with its budget of a provider in memory"
    report(f"A budget worth {CALLS} calls, {CALLERS} callers at once", text, "ours never over",
           over == 0)


def main():
    rig = Platform(sys.argv[1], 1, port=int(os.environ.get("BENCH_PORT", "18080")))

    def say(what, figure, budget, holds):
        print(f"{'ok  ' if holds else 'MISS'} {what}: {figure} (budget: {budget})", flush=True)

    try:
        rig.load()
        race(rig, say, ("omar@acme-charity.example", "demo-ghostworks"))
    finally:
        rig.close()


if __name__ == "__main__":
    main()
