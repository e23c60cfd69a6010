"""The console on a pseudo-terminal against its budgets."""

import os
import statistics
import subprocess
import time

from terminal import Terminal

# Escape alone, as terminals with unambiguous keys send it.
ESCAPE = "\x1b[27u"
LAST = 0.95


def measured(rig, report, owner):
    """All budgets, one after the other; `serve` is running."""
    starting(rig, report)
    moving(rig, report)
    painting(rig, report)
    refreshing(rig, report, owner)
    cancelling(rig, report)


def starting(rig, report):
    starts, firsts = [], []
    for _ in range(5):
        terminal = Terminal([rig.binary, "console"], rig.environment)
        _, _, first, last = terminal.read(quiet=0.05)
        starts.append((first - terminal.begun) * 1000)
        firsts.append((last - terminal.begun) * 1000)
        terminal.close()
    report("Console: first byte", f"{statistics.median(starts):.0f} ms", "at most 20 ms",
           statistics.median(starts) <= 20)
    report("Console: first full frame", f"{statistics.median(firsts):.0f} ms", "at most 40 ms",
           statistics.median(firsts) <= 40)


def tenants(rig, columns=120, rows=40, environment=None):
    """A console with the list of tenants on the screen."""
    terminal = Terminal([rig.binary, "console", "--screen", "tenants"],
                        environment or rig.environment, columns, rows)
    terminal.read(quiet=1.5)
    return terminal


def moving(rig, report):
    terminal = tenants(rig)
    moves = [terminal.press("j") for _ in range(20)]
    size = max(len(data) for data, _, _ in moves)
    writes = max(reads for _, reads, _ in moves)
    delays = sorted(delay for _, _, delay in moves if delay)
    late = delays[int(len(delays) * LAST)]
    report("Console: moving the cursor one row", f"{size} bytes, {writes} write",
           "at most 300 bytes, 1 write", size <= 300 and writes == 1)
    report("Console: key to last byte",
           f"median {statistics.median(delays):.1f} ms, 95th percentile {late:.1f} ms",
           "median 2 ms, 95th percentile 8 ms", statistics.median(delays) <= 2 and late <= 8)
    for _ in range(30):
        terminal.press("j", quiet=0.02)
    # What a busy machine still owes of those presses belongs to none of the next.
    terminal.read(quiet=0.5)
    scrolls = [len(terminal.press("j")[0]) for _ in range(10)]
    report("Console: scrolling by one row", f"{max(scrolls)} bytes", "at most 450 bytes",
           max(scrolls) <= 450)
    used = terminal.processor_seconds()
    idle = terminal.read(quiet=3, limit=3)[0]
    spent = terminal.processor_seconds() - used
    report("Console: idle for 3 seconds", f"{len(idle)} bytes, {spent * 1000:.0f} ms of processor",
           "0 bytes, none", len(idle) == 0 and spent <= 0.02)
    report("Console: memory", f"{terminal.memory_megabytes():.0f} MB", "at most 60 MB",
           terminal.memory_megabytes() <= 60)
    terminal.close()


def painting(rig, report):
    for columns, rows, most in [(120, 40, 4_500), (200, 60, 7_000)]:
        terminal = tenants(rig, columns, rows)
        size = len(terminal.press("\x0c")[0])
        terminal.close()
        report(f"Console: full repaint of {columns}×{rows}", f"{size:,} bytes",
               f"at most {most:,} bytes", 0 < size <= most)


def refreshing(rig, report, owner, seconds=10):
    """A tenant's summary while something of it changes once a second."""
    environment = dict(rig.environment, GHOSTWORKS_STATE_DIRECTORY=rig.folder + "/owner")
    subprocess.run([rig.binary, "login", owner[0], "--password-stdin"], env=environment, text=True,
                   input=owner[1] + "\n", check=True, capture_output=True)
    token = rig.sign_in(*owner, workspace="acme-charity")
    terminal = Terminal([rig.binary, "console", "--tenant", "acme-charity"], environment)
    terminal.read(quiet=3)
    connection = rig.connect()
    sent, frames = 0, 0
    for number in range(seconds):
        until = time.monotonic() + 1
        status, answer = rig.request(connection, "POST", "/api/v1/artifacts",
                                     {"name": f"Live {time.time_ns()} {number}"}, token)
        if status != 201:
            raise SystemExit(f"a change for the live screen: {answer}")
        while (left := until - time.monotonic()) > 0:
            data, _, _, _ = terminal.read(quiet=left, limit=left)
            sent += len(data)
            frames += data.count(b"\x1b[?2026l")
    connection.close()
    terminal.close()
    # A screen that slept through the changes would be cheap.
    report("Console: a live screen whose data changes once a second",
           f"{sent / seconds:,.0f} bytes a second, {frames} frames in {seconds} seconds",
           "at most 1,024 bytes a second, a frame a change",
           0 < sent / seconds <= 1_024 and frames >= seconds // 2)


def cancelling(rig, report):
    """From `esc` until the console says so, and until the server has stopped the statement."""
    terminal = tenants(rig)
    said, ended = [], []
    for _ in range(5):
        lock = locked(rig)
        terminal.press("r", quiet=0.05, limit=0.05)
        awaited(terminal, b"esc cancels")
        begun = time.monotonic()
        os.write(terminal.file, ESCAPE.encode())
        awaited(terminal, b"Cancelled after")
        said.append((time.monotonic() - begun) * 1000)
        while waiting(rig):
            if time.monotonic() - begun > 10:
                raise SystemExit("a cancelled statement goes on")
        ended.append((time.monotonic() - begun) * 1000)
        lock.stdin.close()
        lock.wait(10)
        # The sentence goes away before the next round, or it would be taken for its answer.
        terminal.read(quiet=7, limit=8)
    terminal.close()
    report("Console: `esc` until a running query is cancelled",
           f"said after {max(said):.0f} ms, ended at the server within {max(ended):.0f} ms",
           "at most 100 ms", max(ended) <= 100)


def locked(rig):
    """A session that holds the list of tenants until its input ends."""
    lock = subprocess.Popen(
        ["psql", "-h", rig.folder + "/data/run", "-U", "postgres", "-d", "ghostworks", "-XAtq"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    lock.stdin.write("BEGIN; LOCK TABLE tenant_directory IN ACCESS EXCLUSIVE MODE;\n\\echo held\n")
    lock.stdin.flush()
    if lock.stdout.readline().strip() != "held":
        raise SystemExit("the list of tenants could not be locked")
    return lock


def waiting(rig):
    """Whether a statement of a reader waits for the lock; errands of `serve` may, for other reasons."""
    return rig.psql(
        "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted"
        " AND relation = 'tenant_directory'::regclass AND usename = 'ghostworks_reader'") != "0"


def awaited(terminal, text, limit=10):
    """Reads until a text has come."""
    data, end = b"", time.monotonic() + limit
    while text not in data:
        if time.monotonic() > end:
            raise SystemExit(f"the console did not write {text.decode()}: {data[-400:]}")
        data += terminal.read(quiet=0.002, limit=0.05)[0]
    return data


def alone():
    """`python3 Benchmarks/consoles.py BINARY`: these rows alone, to the standard output."""
    import sys

    from rig import Platform
    rig = Platform(sys.argv[1], 1, port=int(sys.argv[2]) if len(sys.argv) > 2 else 18080)

    def report(what, figure, budget, holds):
        print(f"{'ok  ' if holds else 'MISS'} {what}: {figure} (budget: {budget})", flush=True)

    try:
        rig.load()
        rig.serve()
        measured(rig, report, ("omar@acme-charity.example", "demo-ghostworks"))
    finally:
        rig.close()


if __name__ == "__main__":
    alone()
