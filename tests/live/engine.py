#!/usr/bin/env python3
"""live.engine: the capture engine on kernels that have less, and what only many rounds show."""
import os
import re
import subprocess
import threading
import time

import lab
from lab import harness

ENGINE = os.environ.get("SNIFTER_ENGINE", "")
# A cycle takes 25 ms, in which the kernel waits for its own readers.
CYCLES = int(os.environ.get("SNIFTER_CYCLES", "500"))
STARTS = 200


def as_the_reference(room, how):
    """Frames of all sizes, some tagged: the same file as that of the reference.  What the engine said."""
    harness.need_reference()
    ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
    a = room.capture(room.right, [ENGINE, "save", "r0", how, ours])
    b = room.capture(room.right, ["tcpdump", "-Z", "root", "-B", "8192", "-i", "r0", "-w", theirs])
    for n in range(300):
        tags = ((), ((0x8100, n),), ((0x88a8, 7), (0x8100, n)))[n % 3]
        room.send(room.left, "l0", [lab.frame(lab.udp(b"x" * (n * 37 % 1400 + 1)), tags=tags)], gap=0.001)
    time.sleep(1.2)
    assert a.stop() == 0 and b.stop() == 0, a.err
    assert lab.assert_same_packets(ours, theirs) == 300
    return a.err


def a_new_kernel(room, _):
    assert b"ring of version 3, 2097152 bytes" in as_the_reference(room, "new")


def a_kernel_before_version_3(room, _):
    assert b"ring of version 2" in as_the_reference(room, "old")


def a_kernel_short_of_memory(room, _):
    said = as_the_reference(room, "poor")
    assert 100000 < int(re.search(rb"version 3, (\d+) bytes", said).group(1)) <= 700000, said


def many_captures_leave_nothing_open(room, _):
    p = room.start(room.right, [ENGINE, "cycles", "r0", str(CYCLES)], stdout=subprocess.PIPE)
    out, _ = p.communicate(timeout=400)
    assert p.returncode == 0 and out == b"0 descriptors more after %d cycles\n" % CYCLES, out


def many_starts(room, program):
    """The program starts, captures and ends, time after time; no process and no socket is left."""
    for _ in range(STARTS):
        c = room.capture(room.right, [*program, "-i", "r0", "-w", "/dev/null"])
        assert c.stop() == 0, c.err
    with room.inside(room.right), open("/proc/thread-self/net/packet", encoding="ascii") as f:
        assert len(f.readlines()) == 1


def a_replaced_filter_never_leaks(room, _):
    """Packets to ports 7 and 9 in turn, as fast as it goes, while the filter changes between the two."""
    c = room.capture(room.right, [ENGINE, "swap", "r0", "4000"])
    frames = [lab.frame(lab.udp(b"%d" % port, dport=port)) for port in (7, 9)] * 50
    flood = threading.Thread(target=lambda: [room.send(room.left, "l0", frames) for _ in range(400)])
    flood.start()
    assert c.finish() == 0, c.err
    flood.join()
    good, leaked, swaps = (int(n) for n in re.findall(rb"\d+", c.out))
    assert leaked == 0 and good > 2000 and swaps > 100, c.out


if __name__ == "__main__":
    if not ENGINE:
        harness.skip("the engine's test program was not built")
    lab.main([a_new_kernel, a_kernel_before_version_3, a_kernel_short_of_memory,
              many_captures_leave_nothing_open, many_starts, a_replaced_filter_never_leaks])
