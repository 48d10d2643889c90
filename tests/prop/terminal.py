#!/usr/bin/env python3
"""prop.terminal: colours and the line of progress are for terminals, and change no byte for others.

  terminal.py SNIFTER
"""
import glob
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness

SEQUENCE = re.compile(rb"\x1b\[[0-9]*m")
CAPTURES_MAX = 40


def on_terminal(command, which, environment):
    """What arrives at a terminal that is the program's stdout or stderr, and at a pipe that is the other."""
    master, slave = pty.openpty()
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, which: slave}
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, env=environment, **streams)
    os.close(slave)
    seen = []

    def read_terminal():
        try:
            while True:
                seen.append(os.read(master, 65536))
        except OSError:
            pass  # the last one who had it open is gone

    reader = threading.Thread(target=read_terminal)
    reader.start()
    other = process.stderr if which == "stdout" else process.stdout
    piped = other.read()
    status = process.wait(timeout=60)
    reader.join()
    os.close(master)
    return status, b"".join(seen).replace(b"\r\n", b"\n"), piped


def colours(program, captures):
    plain_terminal = dict(harness.ENVIRONMENT, TERM="xterm")
    plain_terminal.pop("NO_COLOR", None)
    coloured = 0
    for path in captures:
        command = [*program, "-r", path, "-nvvX"]
        _, plain, _ = harness.run(command)
        assert b"\x1b" not in plain, path
        _, always, _ = harness.run([*command, "--color=always"])
        assert SEQUENCE.sub(b"", always) == plain, path
        coloured += always != plain
    assert coloured == len(captures)
    command = [*program, "-r", captures[0], "-n"]
    _, plain, _ = harness.run(command)
    for options, environment, expected in (
            ([], plain_terminal, True),
            (["--color"], dict(plain_terminal, NO_COLOR="1"), True),
            (["--color=never"], plain_terminal, False),
            ([], dict(plain_terminal, NO_COLOR="1"), False),
            ([], dict(plain_terminal, NO_COLOR=""), True),
            ([], dict(plain_terminal, TERM="dumb"), False)):
        status, seen, _ = on_terminal([*command, *options], "stdout", environment)
        assert status == 0 and (SEQUENCE.search(seen) is not None) == expected, (options, seen)
        assert SEQUENCE.sub(b"", seen) == plain, (options, seen)


def feed_slowly(path):
    with open(path, "wb") as f:
        f.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for i in range(20):
            f.write(struct.pack("<IIII", i, 0, 60, 60) + bytes(60))
            f.flush()
            time.sleep(0.08)


def progress(program, folder):
    fifo = os.path.join(folder, "fifo")
    os.mkfifo(fifo)
    for which, options, expected in (("stderr", ["-w", "/dev/null"], True),
                                     ("stderr", ["-n"], True),  # the text goes to a pipe
                                     ("stdout", ["-w", "/dev/null"], False)):
        feeder = threading.Thread(target=feed_slowly, args=(fifo,))
        feeder.start()
        status, seen, piped = on_terminal([*program, "-r", fifo, *options], which, harness.ENVIRONMENT)
        feeder.join()
        messages = seen if which == "stderr" else piped
        assert status == 0, (options, seen, piped)
        assert (b" packets, " in messages) == expected, (which, options, messages)
        assert not expected or messages.endswith(b"\x1b[K"), messages


def main():
    program = harness.program(sys.argv[1])
    captures = sorted(glob.glob(os.path.join(HERE, "..", "golden", "*", "*.pcap")))[:CAPTURES_MAX]
    colours(program, captures)
    with tempfile.TemporaryDirectory() as folder:
        progress(program, folder)
    print("%d captures" % len(captures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
