"""Answers for those who are signed in while others besiege the door: F18, F19 and F24.

An honest client asks for one artifact a hundred times a second, first in peace, then during each
siege; the ratio of its 99th percentiles is what the siege costs it.
"""

import http.client
import json
import os
import resource
import socket
import subprocess
import sys
import threading
import time

RATE = 100


def honest(port, path, token, seconds):
    """Milliseconds of each request, asked at a steady rate on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    times, bad = [], 0
    begun = time.monotonic()
    for number in range(int(seconds * RATE)):
        pause = begun + number / RATE - time.monotonic()
        if pause > 0:
            time.sleep(pause)
        sent = time.monotonic()
        connection.request("GET", path, headers={"Authorization": "Bearer " + token})
        answer = connection.getresponse()
        answer.read()
        bad += answer.status != 200
        times.append((time.monotonic() - sent) * 1000)
    connection.close()
    return {"times": times, "bad": bad}


def strangers(port, seconds):
    """Sign-ins with wrong passwords over 50 connections, ten a second each at most; the answers."""
    counted, lock = {}, threading.Lock()
    until = time.monotonic() + seconds

    def one(number):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        tries = 0
        while time.monotonic() < until:
            begun = time.monotonic()
            body = json.dumps({"email": f"nobody{number}-{tries % 40}@example.org",
                               "password": "not the password"})
            try:
                connection.request("POST", "/api/v1/auth/login", body,
                                   {"Content-Type": "application/json"})
                answer = connection.getresponse()
                answer.read()
                status = answer.status
            except OSError:
                status, connection = 0, http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            with lock:
                counted[status] = counted.get(status, 0) + 1
            tries += 1
            time.sleep(max(0.0, begun + 0.1 - time.monotonic()))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"answers": counted}


def slow(port, seconds, count=2_000):
    """Clients that send a byte a second, of the head or of the body, or never read."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8_192), hard))
    head = b"GET /livez HTTP/1.1\r\nHost: a\r\nX-Slow: "
    body = (b"POST /api/v1/auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            b"Content-Length: 4000\r\n\r\n")
    greedy = b"GET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n" * 20
    opened = []
    for number in range(count):
        line = socket.socket()
        line.settimeout(5)
        try:
            line.connect(("127.0.0.1", port))
            line.sendall([head, body, greedy][number % 3])
            line.setblocking(False)
            opened.append((number, line))
        except OSError:
            line.close()
    until = time.monotonic() + seconds
    closed = count - len(opened)
    while time.monotonic() < until and opened:
        begun = time.monotonic()
        living = []
        for number, line in opened:
            try:
                if number % 3 < 2:
                    line.send(b"a")
                living.append((number, line))
            except BlockingIOError:
                living.append((number, line))
            except OSError:
                line.close()
                closed += 1
        opened = living
        time.sleep(max(0.0, begun + 1 - time.monotonic()))
    return {"opened": count, "closed": closed}


def files(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def memory(pid):
    for line in open(f"/proc/{pid}/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


class Part:
    """A part of this file in a process of its own, so that none waits for another's lock."""

    def __init__(self, name, *arguments):
        self.process = subprocess.Popen(
            [sys.executable, __file__, name, *map(str, arguments)], stdout=subprocess.PIPE,
            text=True)

    def result(self):
        return json.loads(self.process.communicate()[0])


def besieged(rig, report, token, artifact, seconds):
    """Reports what the sieges cost an honest client and the process."""
    path = f"/api/v1/artifacts/{artifact}"
    peace = Part("honest", rig.port, path, token, seconds).result()
    calm = percentile(peace["times"], 0.99)
    before = memory(rig.server.pid)
    for name, part, arguments in (
        ("50 strangers who try passwords as fast as they are let", "strangers", (rig.port, seconds + 2)),
        ("2,000 slow clients", "slow", (rig.port, seconds + 6)),
    ):
        siege = Part(part, *arguments)
        time.sleep(3 if part == "slow" else 1)
        asked = Part("honest", rig.port, path, token, seconds).result()
        descriptors = files(rig.server.pid)
        outcome = siege.result()
        worst = percentile(asked["times"], 0.99)
        grown = memory(rig.server.pid) - before
        report(
            f"Reads by id beside {name}",
            f"99th percentile {worst:.1f} ms against {calm:.1f} ms in peace: {worst / calm:.1f};"
            f" {asked['bad']} failed; {grown:+.0f} MB, {descriptors:,} files; {outcome}",
            "at most 2 times, none failed", worst <= 2 * calm and asked["bad"] == 0)


if __name__ == "__main__":
    kind, arguments = sys.argv[1], sys.argv[2:]
    if kind == "honest":
        answer = honest(int(arguments[0]), arguments[1], arguments[2], float(arguments[3]))
    elif kind == "strangers":
        answer = strangers(int(arguments[0]), float(arguments[1]))
    else:
        answer = slow(int(arguments[0]), float(arguments[1]))
    print(json.dumps(answer))
