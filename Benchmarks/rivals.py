"""The console beside other programs for terminals, in one run and through the same harness."""

import os
import shutil
import statistics
import subprocess

from terminal import Terminal

HEADS = ["program", "first byte", "at rest", "a row down: bytes", "writes",
         "key to last byte: median", "95th percentile", "repaint", "idle for 3 s", "memory"]
DOWN = "\x1b[B"


def table(rig, rows=10_000):
    """A table of so many rows as CSV, for the programs that read files."""
    path = rig.folder + "/rows.csv"
    with open(path, "w") as file:
        file.write("name,slug,plan,status,members,created\n")
        for number in range(rows):
            file.write(f"Tenant {number},tenant-{number},free,active,{number % 90},2026-03-02\n")
    return path


def repository(rig):
    """A repository with 500 commits."""
    path = rig.folder + "/repository"
    subprocess.run(["git", "init", "-q", path], check=True)
    lines = []
    for number in range(500):
        lines.append(
            f"commit refs/heads/main\ncommitter Ada <ada@example.org> {1_700_000_000 + number} +0000"
            f"\ndata <<END\nChange number {number}\nEND\n\n")
    subprocess.run(["git", "-C", path, "fast-import", "--quiet"], input="".join(lines), text=True,
                   check=True)
    subprocess.run(["git", "-C", path, "symbolic-ref", "HEAD", "refs/heads/main"], check=True)
    return path


def programs(rig):
    """Names, commands and the keys that move one row down; rivals that are there only."""
    console = [rig.binary, "console", "--screen", "tenants"]
    rows = table(rig)
    socket = rig.folder + "/data/run"
    wanted = [
        ("Ghostworks", console, "j"),
        ("tig", ["tig", "-C", repository(rig)], DOWN),
        ("htop", ["htop"], DOWN),
        ("pspg", ["pspg", "--csv", "-f", rows], "j"),
        ("visidata", ["vd", rows], "j"),
        ("pg_activity", ["pg_activity", "-h", socket, "-U", "postgres", "-d", "ghostworks"], DOWN),
    ]
    for name, command, key in wanted:
        path = shutil.which(command[0])
        if path:
            yield name, [path, *command[1:]], key
        else:
            print(f"     {name} is not installed and not measured", flush=True)


def start(rig, command):
    """Milliseconds until the first byte and until the last one before a tenth of a second of rest."""
    first, whole = [], []
    for _ in range(5):
        terminal = Terminal(command, rig.environment)
        _, _, begin, end = terminal.read(quiet=0.1)
        terminal.close()
        if begin:
            first.append((begin - terminal.begun) * 1000)
            whole.append((end - terminal.begun) * 1000)
    return statistics.median(first), statistics.median(whole)


def measure(rig, name, command, key):
    first, whole = start(rig, command)
    terminal = Terminal(command, rig.environment)
    terminal.read(quiet=1.5)
    terminal.press(key)
    moves = [terminal.press(key, quiet=0.1, limit=0.6) for _ in range(20)]
    sizes = [len(data) for data, _, _ in moves if data]
    delays = sorted(delay for _, _, delay in moves if delay)
    repaint = len(terminal.press("\x0c", limit=1.5)[0])
    terminal.read(quiet=0.5, limit=1.5)
    used = terminal.processor_seconds()
    idle = len(terminal.read(quiet=3, limit=3)[0])
    spent = (terminal.processor_seconds() - used) * 1000
    memory = terminal.memory_megabytes()
    alive = os.path.exists(f"/proc/{terminal.pid}") and terminal.is_running()
    terminal.close()
    if not alive or not sizes:
        print(f"     {name} ended by itself or drew nothing, and is left out", flush=True)
        return None
    writes = statistics.median(count for data, count, _ in moves if data)
    return [
        name, f"{first:.0f} ms", f"{whole:.0f} ms", f"{statistics.median(sizes):,.0f}",
        f"{writes:.0f}", f"{statistics.median(delays):.1f} ms",
        f"{delays[int(len(delays) * 0.95)]:.1f} ms", f"{repaint:,} bytes" if repaint else "none",
        f"{idle:,} bytes, {spent:.0f} ms of processor", f"{memory:.0f} MB"]


def beside(rig):
    """The lines of the table of docs/benchmarks.md."""
    lines = ["| " + " | ".join(HEADS) + " |", "|---" * len(HEADS) + "|"]
    for name, command, key in programs(rig):
        row = measure(rig, name, command, key)
        if row:
            lines.append("| " + " | ".join(row) + " |")
            print("     " + " | ".join(row), flush=True)
    return lines


def alone():
    """`python3 Benchmarks/rivals.py BINARY`: this table alone, to the standard output."""
    import sys

    from rig import Platform
    rig = Platform(sys.argv[1], 1)
    try:
        rig.load()
        print("\n".join(beside(rig)))
    finally:
        rig.close()


if __name__ == "__main__":
    alone()
