#!/usr/bin/env python3
"""A model server that answers as fast as it is told to, to measure what stands before it.

usage: Benchmarks/model_server.py [PORT] [PIECES] [THINKING]

Speaks chat completions, streamed and whole, on 127.0.0.1; PIECES (20) words an answer, the first
after THINKING (0) milliseconds. Prints the port when it listens. GET /billed tells how many calls
and tokens were billed.
"""

import asyncio
import json
import sys

PORT = int(sys.argv[1]) if len(sys.argv) > 1 else 0
PIECES = int(sys.argv[2]) if len(sys.argv) > 2 else 20
THINKING = int(sys.argv[3]) / 1000 if len(sys.argv) > 3 else 0
USAGE = {"prompt_tokens": 10, "completion_tokens": PIECES, "total_tokens": 10 + PIECES}
billed = {"calls": 0, "tokens": 0}


def chunk(data):
    return b"%x\r\n%s\r\n" % (len(data), data)


def event(choices, usage=None):
    body = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m",
            "choices": choices, "usage": usage}
    return chunk(b"data: " + json.dumps(body).encode() + b"\n\n")


def choice(delta, reason=None):
    return [{"index": 0, "delta": delta, "finish_reason": reason}]


HEAD = (b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n")
FIRST = HEAD + event(choice({"role": "assistant", "content": "word "}))
PIECE = event(choice({"content": "word "}))
LAST = (event(choice({}, "stop")) + event([], USAGE) + chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n")


def whole(body):
    data = json.dumps(body).encode()
    return (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            % len(data)) + data


WHOLE = whole({"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": "m",
               "choices": [{"index": 0, "finish_reason": "stop",
                            "message": {"role": "assistant", "content": "word " * PIECES}}],
               "usage": USAGE})
NOTHING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


async def answer(path, body, writer):
    if path == b"/billed":
        writer.write(whole(billed))
        return
    if not body:
        # Somebody looks around, as proxies do that begin.
        writer.write(NOTHING)
        return
    billed["calls"] += 1
    billed["tokens"] += USAGE["total_tokens"]
    if THINKING:
        await asyncio.sleep(THINKING)
    if not json.loads(body).get("stream"):
        writer.write(WHOLE)
        return
    writer.write(FIRST)
    for _ in range(PIECES - 1):
        writer.write(PIECE)
        await writer.drain()
    writer.write(LAST)


async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = 0
            for line in head.split(b"\r\n")[1:]:
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            body = await reader.readexactly(length)
            await answer(head.split(b" ", 2)[1], body, writer)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", PORT)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
