"""Measures Ghostworks against its budgets and its rival, and writes docs/benchmarks.md."""

import argparse
import base64
import ctypes
import datetime
import json
import os
import platform
import re
import statistics
import subprocess
import threading
import time

from consoles import measured
from gateway import measure
from ledger import pairs
from limit import race
from rig import Platform
from rivals import beside
from siege import besieged

OWNER = ("omar@acme-charity.example", "demo-ghostworks")
OPERATOR = ("ada@ghostworks.example", "demo-ghostworks")
rows = []
consoles = []


def report(what, figure, budget, holds):
    rows.append((what, figure, budget, holds))
    print(f"{'ok  ' if holds else 'MISS'} {what}: {figure} (budget: {budget})", flush=True)


def server_programs():
    for folder in sorted(os.listdir("/usr/lib/postgresql"), reverse=True):
        path = f"/usr/lib/postgresql/{folder}/bin"
        if os.path.exists(path + "/pgbench"):
            return path
    raise SystemExit("pgbench is missing")


# Under the role and the walls that the product reads under; a superuser meets none.
RIVAL = {"PGOPTIONS": "-c role=ghostworks_app"}


def rival_of_a_read(rig, tenant, user, artifact, seconds):
    """What pgbench reaches a second with the context and the query, in one round trip."""
    script = rig.folder + "/rival.sql"
    with open(script, "w") as file:
        file.write(
            "\\startpipeline\n"
            f"SELECT set_config('app.context', '{rig.context(tenant, user)}', true);\n"
            "SELECT id, name, description, tags, metadata, created_by, created_at, updated_by,"
            " updated_at, version FROM artifacts"
            f" WHERE tenant_id = '{tenant}' AND id = '{artifact}'"
            " AND deleted_at IS NULL;\n"
            "\\endpipeline\n"
        )
    address = rig.run("database", "url")[0].strip()
    done = subprocess.run(
        [server_programs() + "/pgbench", "-n", "-M", "prepared", "-c", "8", "-T",
         str(seconds), "-f", script, address],
        capture_output=True, text=True, env=os.environ | RIVAL,
    )
    return float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))


def reads(rig, tokens, artifact, seconds):
    """Requests a second of one artifact on 32 connections, which take the tokens in turn."""
    script = rig.folder + "/tokens.lua"
    with open(script, "w") as file:
        file.write(
            "local heads, next = {}, 0\n"
            + "".join(f"heads[#heads + 1] = 'Bearer {token}'\n" for token in tokens)
            + "function request()\n"
            "    next = next % #heads + 1\n"
            "    return wrk.format(nil, nil, {Authorization = heads[next]})\n"
            "end\n"
        )
    many = ["-s", script] if len(tokens) > 1 else ["-H", f"Authorization: Bearer {tokens[0]}"]
    done = subprocess.run(
        ["wrk", "-t", "2", "-c", "32", "-d", f"{seconds}s", *many,
         f"http://127.0.0.1:{rig.port}/api/v1/artifacts/{artifact}"],
        capture_output=True, text=True,
    )
    if "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1))


# Sessions whose reads share no transaction with another's, beside one whose reads do.
SESSIONS = 16


def read_by_id(rig, seconds):
    """Requests a second of GET /artifacts/{id} against pgbench, in turns on the same server."""
    token = rig.sign_in(*OWNER, workspace="acme-charity")
    artifact = rig.get("/api/v1/artifacts?limit=1", token)[1]["items"][0]["id"]
    tenant = rig.psql("SELECT tenant_id FROM tenant_directory WHERE slug = 'acme-charity'")
    user = rig.psql(f"SELECT id FROM users WHERE email = '{OWNER[0]}'")
    tokens = [rig.sign_in(*OWNER, workspace="acme-charity") for _ in range(SESSIONS)]
    theirs, alone, together = [], [], []
    for _ in range(5):
        theirs.append(rival_of_a_read(rig, tenant, user, artifact, seconds))
        alone.append(reads(rig, [token], artifact, seconds))
        together.append(reads(rig, tokens, artifact, seconds))
    ratio = statistics.median(a / b for a, b in zip(alone, theirs))
    report(
        "`GET /api/v1/artifacts/{id}`, 32 connections, against `pgbench -M prepared -c 8`",
        f"{statistics.median(alone):,.0f} against {statistics.median(theirs):,.0f} a second:"
        f" {ratio:.2f}",
        "at least 0.35", ratio >= 0.35)
    ratio = statistics.median(a / b for a, b in zip(together, theirs))
    report(
        f"The same with {SESSIONS} sessions in turn, whose reads share less",
        f"{statistics.median(together):,.0f} a second: {ratio:.2f}", "–", True)


def rate(threads, seconds, work):
    """How often a second several threads get a piece of work done."""
    end = time.monotonic() + seconds
    counts, failures = [0] * threads, []

    def loop(index):
        try:
            once = work()
            while time.monotonic() < end:
                once()
                counts[index] += 1
        except (Exception, SystemExit) as error:
            failures.append(error)

    begun = time.monotonic()
    running = [threading.Thread(target=loop, args=(index,)) for index in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    if failures:
        raise SystemExit(failures[0])
    return sum(counts) / (time.monotonic() - begun)


def bcrypt():
    """One hash of cost 12 by the library that the product hashes with."""
    crypt = ctypes.CDLL("libcrypt.so.1").crypt_r
    crypt.restype = ctypes.c_char_p
    data = ctypes.create_string_buffer(32_768)

    def once():
        made = crypt(b"x" * 64, b"$2b$12$abcdefghijklmnopqrstuu", data)
        if not made or not made.startswith(b"$2b$12$"):
            raise SystemExit("bcrypt failed")

    return once


def sign_ins(rig, seconds):
    """Sign-ins a second against hashes a second on the same cores, in turns."""
    def owner():
        connection = rig.connect()
        body = {"email": OWNER[0], "password": OWNER[1]}

        def once():
            status, answer = rig.request(connection, "POST", "/api/v1/auth/login", body)
            if status != 200:
                raise SystemExit(f"sign-in: {answer}")

        return once

    ours, theirs = [], []
    for _ in range(3):
        theirs.append(rate(os.cpu_count(), seconds, bcrypt))
        ours.append(rate(min(4, 2 * os.cpu_count()), seconds, owner))
    ratio = statistics.median(mine / rival for mine, rival in zip(ours, theirs))
    report(
        f"Sign-ins, against bcrypt of cost 12 alone on {os.cpu_count()} cores",
        f"{statistics.median(ours):.1f} against {statistics.median(theirs):.1f} a second:"
        f" {ratio:.2f}",
        "at least 0.8", ratio >= 0.8)


def authentication(rig, seconds):
    """What confirming session, membership and permission adds to a tenant's read."""
    token = rig.sign_in(*OWNER, workspace="acme-charity")
    payload = token.split(".")[1]
    claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    artifact = rig.get("/api/v1/artifacts?limit=1", token)[1]["items"][0]["id"]
    permission = rig.psql("SELECT id FROM permissions WHERE name = 'artifact.read'")
    tenant, user = claims["tenant_id"], claims["sub"]
    read = (
        "SELECT id, name, description, tags, metadata, created_by, created_at, updated_by,"
        f" updated_at, version FROM artifacts WHERE tenant_id = '{tenant}' AND id = '{artifact}'"
        " AND deleted_at IS NULL;\n")
    address = rig.run("database", "url")[0].strip()
    script = rig.folder + "/guard.sql"

    def milliseconds(first):
        context = rig.context(tenant, user)
        with open(script, "w") as file:
            file.write(f"\\startpipeline\n{first.format(context)};\n{read}\\endpipeline\n")
        done = subprocess.run(
            [server_programs() + "/pgbench", "-n", "-M", "prepared", "-c", "1", "-T",
             str(seconds), "-f", script, address],
            capture_output=True, text=True,
        )
        return 1000 / float(re.search(r"tps = ([\d.]+)", done.stdout).group(1))

    context = "set_config('app.context', '{}', true)"
    asked, guarded, plain, whole = [], [], [], []
    for _ in range(3):
        stamp = rig.psql(f"SELECT access_stamp FROM sessions WHERE id = '{claims['sid']}'")
        plain.append(milliseconds(f"SELECT {context}"))
        guarded.append(milliseconds(
            f"SELECT {context}, app.confirm_stamp('{claims['sid']}', '{stamp}')"))
        asked.append(
            milliseconds(f"SELECT app.enter('{{}}', '{claims['sid']}', {permission})"))
        done = subprocess.run(
            ["wrk", "-t", "1", "-c", "1", "-d", f"{seconds}s", "-H",
             f"Authorization: Bearer {token}",
             f"http://127.0.0.1:{rig.port}/api/v1/artifacts/{artifact}"],
            capture_output=True, text=True,
        )
        if "Non-2xx" in done.stdout:
            raise SystemExit(done.stdout)
        whole.append(1000 / float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout).group(1)))
    cost = statistics.median(a - b for a, b in zip(guarded, plain))
    first = statistics.median(a - b for a, b in zip(asked, plain))
    request = statistics.median(whole)
    report(
        "Session, membership and permission of `GET /api/v1/artifacts/{id}`, one connection",
        f"{cost:.3f} of {request:.3f} ms: {cost / request:.0%}; asked for the first time"
        f" {first:.3f} ms",
        "at most 10 % of the request", cost / request <= 0.1)


def timed(rig, connection, path, token):
    begun = time.monotonic()
    status, answer = rig.request(connection, "GET", path, token=token)
    if status != 200:
        raise SystemExit(f"{path}: {answer}")
    return (time.monotonic() - begun) * 1000, answer


def search(rig):
    """Searches in the largest tenant, over HTTP: rare words, common words, Arabic, beginnings."""
    token = rig.sign_in(*OWNER, workspace="acme-charity")
    count = int(rig.psql("SELECT max(artifacts) FROM tenant_stats"))
    queries = [
        "zakat", "ramadan%20campaign", "quarterly%20report%20kuwait", "donor", "volun",
        "supplier%20contract%20lagos", "%D9%85%D8%AD%D9%85%D8%AF", "privacy%20notice%20osaka",
        "training%20outline%202025", "%D8%AF%D9%84%D9%8A%D9%84", "incident%20review%20toronto",
        "board%20minutes%20lisbon",
    ]
    connection = rig.connect()
    times = []
    for _ in range(10):
        for query in queries:
            times.append(
                timed(rig, connection, f"/api/v1/artifacts/search?q={query}&limit=20", token)[0])
    connection.close()
    median = statistics.median(times)
    report(
        f"Search in a tenant of {count:,} artifacts, over HTTP",
        f"median {median:.1f} ms, 95th percentile {sorted(times)[int(len(times) * 0.95)]:.1f} ms",
        "median under 10 ms", median < 10)


def pages(rig, name, path, token, last):
    """The first page against a page far behind it, walked to by cursor."""
    connection = rig.connect()
    first, answer = [], None
    for _ in range(21):
        took, answer = timed(rig, connection, path, token)
        first.append(took)
    walked = 1
    cursor = answer["page"]["next_cursor"]
    late = []
    while cursor and walked < last:
        took, answer = timed(rig, connection, f"{path}&cursor={cursor}", token)
        late.append(took)
        cursor = answer["page"]["next_cursor"]
        walked += 1
    connection.close()
    ratio = statistics.median(late[-21:]) / statistics.median(first)
    report(
        name,
        f"page 1 {statistics.median(first):.2f} ms, page {walked:,}"
        f" {statistics.median(late[-21:]):.2f} ms: {ratio:.2f}",
        "the same (at most 1.5)", ratio <= 1.5)


def verify(rig):
    """The whole chain of the largest tenant, from the shell."""
    events = int(rig.psql("SELECT max(audit_seq) FROM tenant_heads"))
    token = rig.sign_in(*OWNER, workspace="acme-charity")
    connection = rig.connect()
    begun = time.monotonic()
    status, answer = rig.request(
        connection, "POST", "/api/v1/audit-logs/verify", body={}, token=token)
    took = time.monotonic() - begun
    connection.close()
    if status != 200:
        raise SystemExit(f"verify: {answer}")
    report(
        f"Chain verification of {events:,} events, payload hashes included",
        f"{events / took:,.0f} events a second", "at least 100,000", events / took >= 100_000)


def directory(rig):
    """A million tenants in the directory, for the operators' list."""
    rig.psql(
        "INSERT INTO tenant_directory (slug, tenant_id, name, plan_id, created_at)"
        " SELECT 'bench-' || n, gen_random_uuid(), 'Bench ' || n, 'free',"
        " now() - n * interval '1 second' FROM generate_series(1, 1000000) AS n;")


def write(scale):
    machine = f"{os.cpu_count()} cores, {platform.machine()}"
    lines = [
        "# Benchmarks", "",
        "Measured by `make bench` on a throw-away embedded cluster with the demonstration at"
        f" scale {scale}.",
        "Ratios are taken in one run on one machine; read them rather than the absolute figures.",
        "The database is vacuumed, and its pages are written, behind each load.",
        "", f"Last run: {datetime.date.today()}, {machine}.", "",
        "pgbench runs under the application's role and behind the same walls as the product; as a"
        " superuser", "it meets neither and is twice as fast.", "",
        "| what | measured | budget | holds |", "|---|---|---|---|",
    ]
    lines += [f"| {a} | {b} | {c} | {'yes' if d else 'no'} |" for a, b, c, d in rows]
    if consoles:
        lines += [
            "", "## The console beside other programs", "",
            "Through the same pseudo-terminal of 120 by 40 cells, one after the other in this run:"
            " tig over 500 commits,", "pspg and visidata over a table of 10,000 rows, pg_activity on"
            " the embedded server, htop, and the console", "over a directory of 1,000,000 tenants."
            " Bytes and writes are medians of 20 presses.",
            "At rest is a screen that got nothing for a tenth of a second: the console's has its rows"
            " from the database", "by then; its first full frame, which waits for none, stands above.",
            "Asked whether it repeats a character, the pseudo-terminal answers as xterm does.", "",
            *consoles]
    lines += ["", "Repeat it with `make bench`; `Benchmarks/run --scale 2` is a short form.", ""]
    with open("docs/benchmarks.md", "w") as file:
        file.write("\n".join(lines))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--binary", required=True)
    arguments.add_argument("--probe", required=True)
    arguments.add_argument("--scale", type=int, default=84)
    arguments.add_argument("--seconds", type=int, default=8)
    options = arguments.parse_args()
    rig = Platform(options.binary, options.scale)
    try:
        took = rig.load()
        report(f"Demo load at scale {options.scale} ({12_000 * options.scale:,} artifacts)",
               f"{took:.0f} s", "a million in under 300 s", took < 300)
        rig.settle()
        rig.serve()
        read_by_id(rig, options.seconds)
        authentication(rig, options.seconds)
        sign_ins(rig, options.seconds)
        search(rig)
        verify(rig)
        owner = rig.sign_in(*OWNER, workspace="acme-charity")
        pages(rig, "Audit list of the largest tenant", "/api/v1/audit-logs?limit=20", owner, 10_000)
        pairs(rig, report, OPERATOR, server_programs(), options.probe, options.seconds)
        directory(rig)
        rig.settle()
        operator = rig.sign_in(*OPERATOR)
        pages(rig, "Tenant list with 1,000,000 tenants", "/api/v1/admin/tenants?limit=20",
              operator, 10_000)
        measured(rig, report, OWNER)
        consoles.extend(beside(rig))
        artifact = rig.get("/api/v1/artifacts?limit=1", owner)[1]["items"][0]["id"]
        besieged(rig, report, rig.sign_in(*OWNER, workspace="acme-charity"), artifact,
                 options.seconds)
        measure(rig, report, OWNER, options.seconds)
        race(rig, report, OWNER)
    finally:
        rig.close()
    write(options.scale)


if __name__ == "__main__":
    main()
