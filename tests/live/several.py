#!/usr/bin/env python3
"""live.several: several interfaces and several network namespaces in one capture."""
import os
import re
import time

import lab
from lab import harness


def second_cable(room):
    room.cable("l1", "r1")


def alternate(room, n):
    """Packets on the two cables in turn; the frames in the order in which they were sent."""
    frames = lab.numbered(n)
    for i, f in enumerate(frames):
        room.send(room.left, "l%d" % (i % 2), [f], gap=0.0005)
    return frames


def ordered_by_time(room, program):
    second_cable(room)
    path = room.path("both.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-i", "r1", "-w", path])
    frames = alternate(room, 200)
    time.sleep(0.3)
    assert c.stop() == 0 and c.counts() == (200, 200, 0), c.err
    saved = lab.Savefile(path)
    assert saved.payloads() == frames
    times = [r[0] for r in saved.records]
    assert times == sorted(times)


def each_alone_is_that_of_the_reference(room, program):
    """The same packets as two captures of the reference."""
    harness.need_reference()
    second_cable(room)
    ours = room.path("both.pcap")
    theirs = [room.path("r%d.pcap" % i) for i in range(2)]
    captures = [room.capture(room.right, [*program, "-i", "r0", "-i", "r1", "-w", ours])]
    captures += [room.capture(room.right, ["tcpdump", "-Z", "root", "-i", "r%d" % i, "-w", theirs[i]])
                 for i in range(2)]
    alternate(room, 100)
    time.sleep(1.3)
    for c in captures:
        assert c.stop() == 0, c.err
    merged = sorted(r for path in theirs for r in lab.Savefile(path).records)
    assert [(r[0] // 1000, *r[1:]) for r in lab.Savefile(ours).records] == \
        [(r[0] // 1000, *r[1:]) for r in merged] and len(merged) == 100


def lines_name_the_interface(room, program):
    second_cable(room)
    c = room.capture(room.right, [*program, "-n", "-i", "r0", "-i", "r1"])
    alternate(room, 10)
    time.sleep(0.3)
    assert c.stop() == 0
    names = re.findall(r"^\S+ (r[01])\s+B\s+IP ", c.out.decode(), re.M)
    assert names == ["r0", "r1"] * 5, c.out


def pcapng_records_the_interface(room, program):
    lab.need("tshark")
    second_cable(room)
    path = room.path("both.pcapng")
    c = room.capture(room.right, [*program, "-i", "r0", "-i", "r1", "-P", "-w", path])
    alternate(room, 10)
    time.sleep(0.3)
    assert c.stop() == 0
    names = lab.sh("tshark", "-r", path, "-T", "fields", "-e", "frame.interface_name").split()
    names = [n for n in names if n in ("r0", "r1")]  # tshark may warn about its user
    assert names == ["r0", "r1"] * 5, names
    assert re.findall(r"Number of stat entries = (\d+)", lab.sh("capinfos", path)) == ["1", "1"]


def one_of_them_is_removed(room, program):
    second_cable(room)
    c = room.capture(room.right, [*program, "-n", "-i", "r0", "-i", "r1"])
    lab.sh("ip", "-n", room.right, "link", "del", "r1")
    lab.wait_for("the warning", lambda: b"WARNING: r1: The interface disappeared" in c.err)
    room.send(room.left, "l0", lab.numbered(3))
    time.sleep(0.3)
    assert c.stop() == 0 and c.counts()[0] == 3, c.err


def namespaces_by_name_path_and_number(room, program):
    """The same namespace, named in three ways."""
    sleeper = room.start(room.right, ["sleep", "60"])
    lab.wait_for("the sleeper", lambda: os.readlink("/proc/%d/ns/net" % sleeper.pid) !=
                 os.readlink("/proc/self/ns/net"))
    for where in (room.right, "/run/netns/" + room.right, str(sleeper.pid)):
        c = room.capture(None, [*program, "-n", "--netns", where, "-i", "r0"])
        room.send(room.left, "l0", lab.numbered(2))
        time.sleep(0.1)
        assert c.stop() == 0 and c.counts()[0] == 2, c.err
        assert b"listening on r0@" in c.err, c.err


def two_namespaces_at_once(room, program):
    c = room.capture(None, [*program, "-n", "--netns", room.left, "-i", "l0",
                            "--netns", room.right, "-i", "r0"])
    room.send(room.left, "l0", lab.numbered(3))
    time.sleep(0.3)
    assert c.stop() == 0
    seen = re.findall(r"^\S+ ([lr]0@\S+)\s+(\w+)\s+IP ", c.out.decode(), re.M)
    assert sorted(seen) == [("l0@" + room.left, "Out")] * 3 + [("r0@" + room.right, "B")] * 3, c.out


def a_namespace_that_is_not_there(room, program):
    status, _, err = harness.run([*program, "--netns", "no-such-namespace", "-i", "r0"])
    assert status == 1 and b"no-such-namespace" in err and err.count(b"\n") == 1, err


def as_ksniff_calls_it(room, program):
    """ksniff pipes  -i any -U -w - FILTER  into Wireshark."""
    c = room.capture(None, [*program, "--netns", room.right, "-i", "any", "-U", "-w", "-", "udp port 9"])
    frames = lab.numbered(3)
    room.send(room.left, "l0", [*frames, lab.frame(lab.udp(b"other", dport=10))])
    lab.wait_for("packets", lambda: len(c.out) >= 24 + 3 * (16 + 20 + 28 + 13))
    assert c.stop() == 0 and c.counts()[0] == 3, c.err
    saved = lab.Savefile(c.out)
    assert saved.linktype == 276 and [p[20:] for p in saved.payloads()] == [f[14:] for f in frames]


if __name__ == "__main__":
    lab.main([ordered_by_time, each_alone_is_that_of_the_reference, lines_name_the_interface,
              pcapng_records_the_interface, one_of_them_is_removed, namespaces_by_name_path_and_number,
              two_namespaces_at_once, a_namespace_that_is_not_there, as_ksniff_calls_it])
