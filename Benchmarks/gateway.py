"""Calls to models through the gateway: against the model server alone, and beside LiteLLM's proxy.

Both gateways stand before the same model server (`model_server.py`), which thinks for 200 ms for
the latency and not at all for the throughput. LiteLLM is measured when a Python with it is named by
LITELLM_PYTHON; it keeps no budgets here, because those need a database of its own (the one that it
keeps in memory is measured by `limit.py`).
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENTS = 32
THINKING = 200
MODEL = "bench/words"


class ModelServer:
    def __init__(self, pieces=20, thinking=0):
        self.process = subprocess.Popen(
            [sys.executable, HERE + "/model_server.py", "0", str(pieces), str(thinking)],
            stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def billed(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/billed") as answer:
            return json.loads(answer.read())

    def close(self):
        self.process.kill()
        self.process.wait()


async def client(port, path, token, model, until, firsts, wholes, failures):
    """Asks again and again on one connection; milliseconds to the first piece and to the end."""
    body = json.dumps({
        "model": model, "stream": True, "max_tokens": 100, "stream_options": {"include_usage": True},
        "messages": [{"role": "user", "content": "Say some words."}]}).encode()
    head = (f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n").encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.monotonic() < until:
        begun = time.monotonic()
        writer.write(head + body)
        first, tail = None, b""
        while True:
            part = await reader.read(1 << 16)
            if not part:
                failures.append("closed")
                return
            tail = (tail + part)[-4096:]
            if first is None and b'"content":' in tail and b"word" in tail:
                first = time.monotonic()
            if tail.endswith(b"0\r\n\r\n"):
                break
            if first is None and b"HTTP/1.1 4" in tail or b"HTTP/1.1 5" in tail:
                failures.append(tail[-600:].decode(errors="replace"))
                writer.close()
                return
        if first is None or b"[DONE]" not in tail:
            failures.append(tail[-600:].decode(errors="replace"))
            return
        firsts.append((first - begun) * 1000)
        wholes.append((time.monotonic() - begun) * 1000)
    writer.close()


def drive(port, path, token, model, seconds, clients=CLIENTS):
    """Median milliseconds to the first piece, and calls a second."""
    firsts, wholes, failures = [], [], []

    async def all_clients():
        until = time.monotonic() + seconds
        await asyncio.gather(*(
            client(port, path, token, model, until, firsts, wholes, failures)
            for _ in range(clients)))

    begun = time.monotonic()
    asyncio.run(all_clients())
    if failures:
        raise SystemExit(f"{path}: {len(failures)} calls failed: {failures[0]}")
    return statistics.median(firsts), len(wholes) / (time.monotonic() - begun)


class LiteLLM:
    """LiteLLM's proxy before a model server; nil where it is not installed."""

    def __init__(self, python, model_port, port, prices="", router=""):
        self.port = port
        self.folder = tempfile.mkdtemp(prefix="litellm", dir="/var/tmp")
        config = self.folder + "/config.yaml"
        with open(config, "w") as file:
            file.write(
                "model_list:\n  - model_name: words\n    litellm_params:\n"
                "      model: openai/words\n      api_key: none\n"
                f"      api_base: http://127.0.0.1:{model_port}/v1\n{prices}{router}"
                "general_settings:\n  master_key: sk-bench\n")
        self.process = subprocess.Popen(
            [os.path.dirname(python) + "/litellm", "--config", config, "--port", str(port),
             "--host", "127.0.0.1"],
            stdout=open(self.folder + "/log", "w"), stderr=subprocess.STDOUT,
            env=dict(os.environ, LITELLM_LOG="ERROR", LITELLM_MODE="PRODUCTION",
                     # Its own list of prices: the one on the web is fetched in vain where there is none.
                     LITELLM_LOCAL_MODEL_COST_MAP="True"))
        until = time.monotonic() + 180
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/liveliness", timeout=1)
                return
            except OSError:
                time.sleep(0.1)
        log = open(self.folder + "/log").read()[-2000:]
        self.close()
        raise SystemExit("LiteLLM did not start: " + log)

    def close(self):
        self.process.terminate()
        self.process.wait(20)
        subprocess.run(["rm", "-rf", self.folder])


def catalogue(rig):
    """The model of the bench, with a price, and a budget that counts it."""
    rig.psql(
        "INSERT INTO ai_providers (id, name, kind) VALUES ('bench', 'Bench', 'openai');"
        "INSERT INTO ai_models (id, provider_id, name, context_tokens, max_output_tokens)"
        f" VALUES ('{MODEL}', 'bench', 'Words', 100000, 4000);"
        "INSERT INTO ai_price_versions (model_id, effective_from, input_pico, output_pico,"
        " cached_pico, cache_write_pico, reasoning_pico)"
        f" VALUES ('{MODEL}', '2025-01-01', 150000, 600000, 75000, 150000, 600000);")


def measure(rig, report, owner, seconds):
    """Starts a server of its own on the rig's platform for each of the two model servers."""
    python = os.environ.get("LITELLM_PYTHON")
    catalogue(rig)
    rig.environment["GHOSTWORKS_AI_RATE_CALLS"] = "off"
    rig.environment["GHOSTWORKS_AI_RATE_TOKENS"] = "off"
    path = "/api/v1/ai/openai/v1/chat/completions"
    found = {}
    # A few milliseconds beside 200 need more turns than a throughput does.
    for kind, thinking, turns in (("latency", THINKING, 7), ("throughput", 0, 3)):
        server = ModelServer(thinking=thinking)
        rig.environment["GHOSTWORKS_AI_PROVIDERS_BENCH_KIND"] = "openai"
        rig.environment["GHOSTWORKS_AI_PROVIDERS_BENCH_URL"] = f"http://127.0.0.1:{server.port}/v1"
        rig.restart()
        token = rig.sign_in(*owner, workspace="acme-charity")
        rival = LiteLLM(python, server.port, rig.port + 7) if python else None
        try:
            ways = [("direct", server.port, "/v1/chat/completions", "none", "words"),
                    ("ours", rig.port, path, token, MODEL)]
            if rival:
                ways.append(("LiteLLM", rival.port, "/v1/chat/completions", "sk-bench", "words"))
            for name, *way in ways:
                drive(*way, seconds=1.5)
            rounds = {name: [] for name, *_ in ways}
            for _ in range(turns):
                for name, *way in ways:
                    rounds[name].append(drive(*way, seconds=seconds))
            place = 0 if kind == "latency" else 1
            found[kind] = {
                name: statistics.median(each[place] for each in taken)
                for name, taken in rounds.items()}
        finally:
            if rival:
                rival.close()
            server.close()
    direct = found["latency"]["direct"]
    added = found["latency"]["ours"] - direct
    theirs = f", LiteLLM adds {found['latency']['LiteLLM'] - direct:.1f} ms" if python else ""
    report(
        f"First piece of a stream, {CLIENTS} clients, a model that thinks for {THINKING} ms",
        f"{added:.1f} ms after the model's own{theirs}", "at most 5 ms", added <= 5)
    ours = found["throughput"]["ours"]
    text = f"{ours:,.0f} a second, held and settled; {found['throughput']['direct']:,.0f} direct"
    if python:
        text += f"; LiteLLM {found['throughput']['LiteLLM']:,.0f}, without budgets"
    report(
        "Whole streamed calls, a model that does not think", text,
        "more than LiteLLM" if python else "none",
        not python or ours > found["throughput"]["LiteLLM"])
