#!/usr/bin/env python3
"""What must be true of output files whatever the options: complete, bounded, valid after any failure.

  output_files.py BINARY [FAILING_WRITE_LIBRARY]
"""
import contextlib
import errno
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import forge
import harness
import savefile

COUNT = 2000


def payload(i):
    """A packet that says which one it is, of a length of its own."""
    return forge.PACKET[:14] + i.to_bytes(4, "big") + bytes(i * 7 % 400)


def number(packet):
    return int.from_bytes(packet.data[14:18], "big")


def records(count=COUNT):
    return b"".join(forge.record(1700000000 + i // 100, i % 100, data=payload(i)) for i in range(count))


class Room:
    """A folder with in.pcap and a way to run the program in it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.write("in.pcap", forge.header() + records())

    def write(self, name, data):
        with open(self.path(name), "wb") as f:
            f.write(data)

    def path(self, name):
        return os.path.join(self.folder, name)

    def run(self, *options, before=None, env=harness.ENVIRONMENT):
        return subprocess.run([*self.program, "-r", "in.pcap", *options], cwd=self.folder, timeout=60,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=env, preexec_fn=before)

    def names(self, prefix="out"):
        return sorted((n for n in os.listdir(self.folder) if n.startswith(prefix)),
                      key=lambda n: int(re.sub(r"\D", "", n) or 0))

    def numbers(self, names):
        """Numbers of the packets in files, one after another; each file must be sound to its last byte."""
        found = []
        for name in names:
            with open(self.path(name), "rb") as f:
                raw = f.read()
            if raw[:4] == b"\x0a\x0d\x0d\x0a":
                p = subprocess.run([*self.program, "-r", name, "-w", "tmp.pcap"], cwd=self.folder,
                                   stderr=subprocess.PIPE, check=False)
                assert p.returncode == 0, (name, p.stderr)
                name = "tmp.pcap"
            capture = savefile.read(self.path(name))
            size = 24 + sum(16 + len(p.data) for p in capture.packets)
            assert size == os.path.getsize(self.path(name)), name + " has a torn record"
            found += [number(p) for p in capture.packets]
        return found


def ok(p):
    assert p.returncode == 0, (p.returncode, p.stderr)


def rotated_files_are_the_whole(room):
    for suffix in ("", ".pcapng"):
        ok(room.run("-w", "out" + suffix, "-C", "20k"))
        names = room.names()
        assert len(names) > 5, names
        assert room.numbers(names) == list(range(COUNT))
        for name in names:
            assert os.path.getsize(room.path(name)) <= 20 * 1024 + 500
            os.unlink(room.path(name))


def a_copy_is_the_same_in_either_format(room):
    ok(room.run("-w", "out.pcapng"))
    p = subprocess.run([*room.program, "-r", "out.pcapng", "-w", "out.pcap"], cwd=room.folder,
                       stderr=subprocess.DEVNULL, check=False)
    ok(p)
    with open(room.path("out.pcap"), "rb") as a, open(room.path("in.pcap"), "rb") as b:
        assert a.read() == b.read()
    with open(room.path("out.pcapng"), "rb") as f:
        original = f.read()
    ok(subprocess.run([*room.program, "-r", "out.pcapng", "-w", "again.pcapng"], cwd=room.folder,
                      stderr=subprocess.DEVNULL, check=False))
    with open(room.path("again.pcapng"), "rb") as f:
        assert f.read() == original


def the_newest_files_are_kept(room):
    ok(room.run("-w", "out", "-C", "20k", "--max-files", "3"))
    names = room.names()
    assert len(names) == 3, names
    numbers = room.numbers(names)
    assert numbers == list(range(numbers[0], COUNT)) and numbers[0] > 0


def steady_sizes(room):
    """Sizes of a moment: files that come and go between two looks make sums that never were."""
    before, now = None, sizes(room)
    while before != now:
        before, now = now, sizes(room)
    return now


def sizes(room, prefix="out"):
    total, count = 0, 0
    for name in os.listdir(room.folder):
        if name.startswith(prefix):
            try:
                total += os.path.getsize(room.path(name))
                count += 1
            except FileNotFoundError:
                pass
    return total, count


def the_total_is_never_exceeded(room):
    p = subprocess.Popen([*room.program, "-r", "-", "-w", "out", "-U", "--max-total", "50k"], cwd=room.folder,
                         stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    data, at, seen = forge.header() + records(), 0, 0
    while at < len(data):
        p.stdin.write(data[at:at + 3000])
        p.stdin.flush()
        at += 3000
        total, count = steady_sizes(room)
        assert total <= 50 * 1024, total
        seen = max(seen, count)
    p.stdin.close()
    assert p.wait(20) == 0, p.stderr.read()
    assert seen > 3
    assert not [n for n in os.listdir(room.folder) if n.endswith(".part")]
    numbers = room.numbers(room.names())
    assert numbers == list(range(numbers[0], COUNT))
    assert sizes(room)[0] > 30 * 1024


def an_unfinished_file_is_recognisable(room):
    p = subprocess.Popen([*room.program, "-r", "-", "-w", "out", "-U", "-C", "20k", "--max-files", "9"],
                         cwd=room.folder, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
    p.stdin.write(forge.header() + records(300))
    p.stdin.flush()
    end = time.monotonic() + 20
    while not os.path.exists(room.path("out")):
        assert time.monotonic() < end
        time.sleep(0.01)
    finished = [n for n in room.names() if not n.endswith(".part")]
    unfinished = [n for n in os.listdir(room.folder) if n.endswith(".part")]
    assert len(unfinished) == 1 and finished, (finished, unfinished)
    room.numbers(finished)
    p.stdin.close()
    assert p.wait(20) == 0


def stopping_at_an_amount(room):
    ok(room.run("-w", "out", "--stop-after", "30k"))
    size = os.path.getsize(room.path("out"))
    assert 30 * 1024 - 500 < size <= 30 * 1024, size
    numbers = room.numbers(["out"])
    assert numbers == list(range(len(numbers)))
    os.unlink(room.path("out"))
    ok(room.run("-w", "out", "-C", "10k", "--stop-after", "35k"))
    total = sizes(room)[0]
    assert 35 * 1024 - 500 < total <= 35 * 1024, total
    for name in room.names():
        os.unlink(room.path(name))
    ok(room.run("-w", "out", "--stop-after", "123p"))
    assert room.numbers(["out"]) == list(range(123))
    begun = time.monotonic()
    p = subprocess.Popen([*room.program, "-r", "-", "-w", "slow", "--stop-after", "1s"], cwd=room.folder,
                         stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdin.write(forge.header() + records(5))
    p.stdin.flush()
    while p.poll() is None and time.monotonic() < begun + 20:
        try:
            p.stdin.write(forge.record(data=payload(5)))
            p.stdin.flush()
        except BrokenPipeError:
            break
        time.sleep(0.05)
    assert p.wait(20) == 0, p.stderr.read()
    assert 0.9 < time.monotonic() - begun < 10


def a_pipe(room, *options):
    """A run that reads a pipe: one packet, and a half of the next."""
    p = subprocess.Popen([*room.program, "-r", "-", *options], cwd=room.folder, stdin=subprocess.PIPE,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdin.write(forge.header() + records(2)[:-8])
    p.stdin.flush()
    p.stderr.readline()
    return p


def a_pipe_that_is_silent(room):
    """What goes by the clock does so without packets; a signal ends it well, also amid a packet."""
    p = a_pipe(room, "-w", "out%H%M%S", "-G", "1")
    end = time.monotonic() + 20
    while len(room.names()) < 3:
        assert time.monotonic() < end, room.names()
        time.sleep(0.05)
    p.send_signal(signal.SIGINT)
    assert p.wait(20) == 0 and p.stderr.read() == b""
    assert room.numbers(room.names()) == [0]
    p = a_pipe(room, "-w", "one", "-G", "1", "-W", "1")
    assert p.wait(20) == 0 and p.stderr.read() == b"Maximum file limit reached: 1\n"
    p = a_pipe(room, "-w", "two", "--stop-after", "1s")
    assert p.wait(20) == 0 and p.stderr.read() == b""
    assert room.numbers(["one", "two"]) == [0, 0]


def limited(size):
    """Runs in the child: no file may grow beyond that."""
    import resource

    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


def a_failed_write_leaves_a_sound_file(room):
    for options in (["-w", "out"], ["-w", "out", "-U"], ["-w", "out", "-C", "100k"], ["-w", "out.pcapng"]):
        p = room.run(*options, before=limited(30000))
        assert p.returncode == 14, (options, p)
        assert (options[1] + ": File too large").encode() in p.stderr, p.stderr
        numbers = room.numbers([options[1]])
        assert numbers == list(range(len(numbers))) and len(numbers) > 50


def a_failing_disk_leaves_sound_files(room):
    """At each place: in the first bytes, in a header, in the middle, while files are rotated."""
    with open(room.program[-1], "rb") as f:
        if not "".join(sys.argv[2:]) or b"ld-linux" not in f.read():
            return  # nothing can be put before the write() of a static program
    for error in (errno.EIO, errno.EDQUOT, errno.ENOSPC, errno.EFBIG):
        for after in (0, 10, 24, 30, 5000, 30000, 300000):
            for options in (["-w", "out"], ["-w", "out", "-U"], ["-w", "out", "-C", "20k"],
                            ["-w", "out.pcapng"], ["-w", "out", "-C", "20k", "--max-files", "5"]):
                environment = dict(harness.ENVIRONMENT, LD_PRELOAD=sys.argv[2],
                                   FAILING_WRITE_ERROR=str(error), FAILING_WRITE_AFTER=str(after),
                                   ASAN_OPTIONS="verify_asan_link_order=0")
                p = room.run(*options, env=environment)
                assert p.returncode == 14, (options, after, p)
                said = rb"%s\d*: %s\n" % (options[1].encode(), os.strerror(error).encode())
                assert re.search(said, p.stderr), p.stderr
                names = room.names()
                sound = [n for n in names if os.path.getsize(room.path(n)) > 0]
                numbers = room.numbers(sound)
                first = numbers[0] if numbers else 0
                assert numbers == list(range(first, first + len(numbers))), (options, after)
                kept = "--max-files" in options
                assert kept or first == 0 and len(numbers) * 440 + 1000 > min(after, 290000), (options, after)
                for name in names:
                    os.unlink(room.path(name))


def a_killed_run_leaves_what_was_flushed(room):
    for delay in (0.01, 0.03, 0.05, 0.1):
        p = subprocess.Popen([*room.program, "-r", "-", "-w", "out", "-U"], cwd=room.folder,
                             stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        p.stdin.write(forge.header() + records(1000))
        p.stdin.flush()
        time.sleep(delay)
        p.kill()
        p.wait(20)
        p.stdin.close()
        if os.path.getsize(room.path("out")) > 0:
            numbers = room.numbers(["out"])
            assert numbers == list(range(len(numbers)))


def a_folder_that_goes_away(room):
    os.mkdir(room.path("gone"))
    p = subprocess.Popen([*room.program, "-r", "-", "-w", "gone/out", "-C", "20k"], cwd=room.folder,
                         stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    data = forge.header() + records()
    p.stdin.write(data[:15000])
    p.stdin.flush()
    while not os.path.exists(room.path("gone/out")):
        time.sleep(0.01)
    os.unlink(room.path("gone/out"))
    os.rmdir(room.path("gone"))
    try:
        p.stdin.write(data[15000:])
        p.stdin.close()
    except BrokenPipeError:
        pass
    error = p.stderr.read()
    assert p.wait(20) == 14, error
    assert b"gone/out1: No such file or directory" in error, error


def an_input_that_is_cut_while_it_is_read(room):
    """The reader of our output waits, so that we are in the middle: what is gone is told as what it
    is, and not as a failure to write."""
    for options in (["-w", "-"], ["-w", "-", "-U"], ["-w", "-", "-P"], ["-w", "-", "ether[0] = 0xff"]):
        room.write("cut.pcap", forge.header() + records() * 4)
        p = subprocess.Popen([*room.program, "-r", "cut.pcap", *options], cwd=room.folder,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        p.stdout.read(100000)
        os.truncate(room.path("cut.pcap"), 150000)
        error = p.communicate(timeout=60)[1]
        assert p.returncode == 1, (options, p.returncode, error)
        assert error.endswith(b"error reading dump file: it became shorter while it was read\n"), error


def a_signal_while_files_are_rotated(room):
    """Whenever it comes, all files are whole and have their names."""
    rng = random.Random(5)
    data = forge.header() + records() * 5
    for options in (["-C", "3k"], ["-C", "3k", "-W", "3"], ["-C", "3k", "--max-files", "4"],
                    ["--max-total", "20k"], ["-C", "3k", "-P", "--max-files", "4"]) * 3:
        p = subprocess.Popen([*room.program, "-r", "-", "-w", "out", *options], cwd=room.folder,
                             stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        p.stdin.write(data[:24])
        p.stdin.flush()
        p.stderr.readline()  # from here on it listens to signals
        with contextlib.suppress(BrokenPipeError):
            for at in range(24, len(data), 5000):
                p.stdin.write(data[at:at + 5000])
                p.stdin.flush()
                if rng.random() < 0.03:
                    p.send_signal(rng.choice((signal.SIGINT, signal.SIGTERM)))
        with contextlib.suppress(BrokenPipeError):
            p.stdin.close()
        assert p.wait(20) == 0, p.stderr.read()
        names = room.names()
        assert names and not [n for n in names if n.endswith(".part")], names
        for name in names:
            room.numbers([name])
            os.unlink(room.path(name))
        p.stdout.close()
        p.stderr.close()


def mounted(room, commands):
    """Runs shell commands where mounting is allowed; None when it is not here."""
    words = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    allowed = subprocess.run([*words, "mount", "-t", "tmpfs", "x", "/mnt"], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL, check=False)
    if allowed.returncode != 0:
        return None
    return subprocess.run([*words, "sh", "-c", "mkdir -p disk && " + commands, "sh", *room.program],
                          cwd=room.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, env=harness.ENVIRONMENT, check=False)


def a_full_disk(room):
    full = "mount -t tmpfs -o size=64k x disk && "
    for options, names in (("-w disk/out", ["out"]), ("-w disk/out -C 20k", ["out", "out1", "out2"]),
                           ("-w disk/out -C 16k", ["out", "out1", "out2"])):
        p = mounted(room, full + '"$@" -r in.pcap ' + options + "; echo $?; cp disk/* .")
        if p is None:
            return
        assert p.stdout == b"14\n", p
        assert re.search(rb"disk/out\d*: No space left on device", p.stderr), p.stderr
        assert b"pcap_loop" not in p.stderr, p.stderr
        sound = [n for n in names if os.path.getsize(room.path(n)) > 0]
        numbers = room.numbers(sound)
        assert numbers == list(range(len(numbers))) and len(numbers) > 100, numbers[:5]
        for name in room.names():
            os.unlink(room.path(name))


def a_read_only_disk(room):
    p = mounted(room, 'mount -t tmpfs -o ro x disk && "$@" -r in.pcap -w disk/out; echo $?')
    if p is not None:
        assert p.stdout == b"1\n" and b"disk/out: Read-only file system" in p.stderr, p


TESTS = [a_pipe_that_is_silent, rotated_files_are_the_whole, a_copy_is_the_same_in_either_format,
         the_newest_files_are_kept,
         the_total_is_never_exceeded, an_unfinished_file_is_recognisable, stopping_at_an_amount,
         a_failed_write_leaves_a_sound_file, a_failing_disk_leaves_sound_files,
         a_killed_run_leaves_what_was_flushed, an_input_that_is_cut_while_it_is_read,
         a_signal_while_files_are_rotated, a_folder_that_goes_away, a_full_disk, a_read_only_disk]


def main():
    program = harness.program(os.path.abspath(sys.argv[1]))
    failures = 0
    for test in TESTS:
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Room(program, folder))
            except AssertionError as e:
                import traceback
                failures += 1
                print("%s: %s\n%s" % (test.__name__, e, traceback.format_exc(limit=-2)))
    print("%d tests, %d failures" % (len(TESTS), failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
