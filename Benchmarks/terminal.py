"""Drives a program on a pseudo-terminal and counts what it writes."""

import fcntl
import os
import select
import signal
import struct
import termios
import time


class Terminal:
    def __init__(self, command, environment, columns=120, rows=40):
        surroundings = dict(environment, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
        # Measured as it is seen: in the colours of its theme.
        surroundings.pop("NO_COLOR", None)
        self.file, inner = os.openpty()
        self.set_size(columns, rows)
        # Spawned and not forked: a copy of this process's pages would count as the program's time,
        # five milliseconds with a heap of 100 MB. Opened behind setsid, the terminal controls it.
        streams = [(os.POSIX_SPAWN_OPEN, 0, os.ttyname(inner), os.O_RDWR, 0),
                   (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        self.begun = time.monotonic()
        self.pid = os.posix_spawn(command[0], command, surroundings, file_actions=streams,
                                  setsid=True)
        os.close(inner)

    def set_size(self, columns, rows):
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.set_size(columns, rows)
        os.kill(self.pid, signal.SIGWINCH)

    def read(self, quiet=0.15, limit=5.0):
        """All output until it has been quiet so long: bytes, reads, time of first and last."""
        data, reads, first, last = b"", 0, None, None
        end = time.monotonic() + limit
        wait = limit
        while time.monotonic() < end:
            ready, _, _ = select.select([self.file], [], [], wait)
            if not ready:
                break
            try:
                part = os.read(self.file, 1 << 20)
            except OSError:
                break
            if not part:
                break
            last = time.monotonic()
            first = first or last
            # As xterm: the character was repeated, and three tabs lead on from there.
            if b"\x1b[8b\t\t\t\x1b[6n" in part:
                os.write(self.file, b"\x1b[2;33R")
            data += part
            reads += 1
            wait = quiet
        return data, reads, first, last

    def press(self, keys, **options):
        """Sends keys; what came back, and the milliseconds until its last byte."""
        begun = time.monotonic()
        os.write(self.file, keys.encode())
        data, reads, _, last = self.read(**options)
        return data, reads, (last - begun) * 1000 if last else None

    def processor_seconds(self):
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_megabytes(self):
        for line in open(f"/proc/{self.pid}/status"):
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0

    def is_running(self):
        with open(f"/proc/{self.pid}/stat") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"

    def close(self):
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)
