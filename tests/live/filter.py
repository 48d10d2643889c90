#!/usr/bin/env python3
"""live.filter: one meaning for one filter: in the kernel, in user space, before and after it is there."""
import os
import threading
import time

import lab
from lab import harness

# More instructions than the kernel takes, so user space judges: 4000 scattered hosts, none of them ours.
LONG_LIST = " or ".join("host 11.%d.%d.%d" % (x >> 16 & 255, x >> 8 & 255, x & 255)
                        for x in (n * 2654435761 & 0xffffff for n in range(4000)))


def flood(room, port, seconds):
    """Packets to the port as fast as python sends, from a thread; returns it and the count's holder."""
    sent = [0]
    frames = lab.numbered(64, dport=port)

    def work():
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for f in frames:
                s.send(f)
            sent[0] += len(frames)
    with room.inside(room.left):
        s = lab.socket.socket(lab.socket.AF_PACKET, lab.socket.SOCK_RAW)
        s.bind(("l0", 0))
    t = threading.Thread(target=work)
    t.start()
    return t, sent


def nothing_leaks_at_the_start(room, program):
    """Opened again and again amidst traffic that the filter rejects."""
    for device in ("r0", "any"):
        thread, _ = flood(room, 9, 3)
        try:
            while thread.is_alive():
                path = room.path("leak.pcap")
                c = room.capture(room.right, [*program, "-i", device, "-w", path, "udp", "dst", "port", "7"])
                time.sleep(0.02)
                assert c.stop() == 0, c.err
                assert lab.Savefile(path).records == [], "packets leaked"
                assert c.counts()[:2] == (0, 0), c.err
        finally:
            thread.join()


def what_matches_is_not_lost(room, program):
    path = room.path("match.pcap")
    thread, _ = flood(room, 9, 1.5)
    c = room.capture(room.right, [*program, "-i", "r0", "-w", path, "dst", "port", "7"])
    frames = lab.numbered(300, dport=7)
    room.send(room.left, "l0", frames, gap=0.002)
    thread.join()
    assert c.stop() == 0, c.err
    assert lab.Savefile(path).payloads() == frames
    assert c.counts() == (300, 300, 0), c.err


TAGS = ([], [(0x8100, 5)], [(0x88a8, 24), (0x8100, 68)])


def mixed_frames(most_tags=2):
    some = [lab.frame(lab.udp(b"p%d" % p, dport=p), tags=t)
            for p in (7, 9, 80) for t in TAGS[:most_tags + 1]]
    arp = lab.frame(b"\0\1\x08\0\6\4\0\1" + b"\0" * 20, ethertype=0x0806)
    other_host = lab.frame(lab.udp(b"other", source="10.99.0.77"))
    return some + [arp, other_host, lab.frame(lab.udp(b"x" * 900, dport=7))]


# What the kernel shows differs from what is saved in tags, cooked headers and lengths.
EXPRESSIONS = ["udp", "udp port 7", "vlan", "vlan 5", "not vlan", "vlan and udp port 9", "not arp",
               "src host 10.99.0.77", "arp or port 80", "less 60", "greater 500", "ip[2:2] > 100",
               "len <= 80 and udp", "inbound", "outbound"]


# It judges the first packets again, in user space, where it does not know their direction.
REFERENCE_FAILS = ["inbound", "outbound"]
# It forgets the length of the cooked header.
REFERENCE_FAILS_ON_ANY = ["less 60", "greater 500", "len <= 80 and udp"]


def save(room, program, device, expression):
    path = room.path("one.pcap")
    c = room.capture(room.right, [*program, "-i", device, "-w", path, expression])
    room.send(room.left, "l0", mixed_frames())
    time.sleep(0.03)
    assert c.stop() == 0, c.err
    return lab.Savefile(path).payloads(), c


def user_space_agrees_with_the_kernel(room, program):
    """A filter too long for the kernel means the same as the short one that it contains."""
    in_user_space = 0
    for device in ("r0", "any"):
        for expression in EXPRESSIONS:
            if device == "any" and "vlan" in expression:
                continue  # has no meaning on cooked link types, as in tcpdump
            short, _ = save(room, program, device, expression)
            long_text = "(%s) or (%s)" % (expression, LONG_LIST)
            long, c = save(room, program, device, long_text)
            in_user_space += b"too complex for kernel" in c.err
            assert long == short, "%s on %s: %d packets in the kernel, %d in user space" % (
                expression, device, len(short), len(long))
    # The compiler finds some of the long filters shorter than they look.
    assert in_user_space > len(EXPRESSIONS), "only %d filters were too long" % in_user_space


def a_kernel_without_room_for_the_filter(room, program):
    """Then user space judges, and the message names the knob."""
    key = "core/optmem_max"
    room.sysctl(room.right, key, 2000)
    now = lab.sh("ip", "netns", "exec", room.right, "cat", "/proc/sys/net/" + key, check=False)
    if now.strip() != "2000":
        raise lab.Skip("not a setting of namespaces in this kernel")
    hosts = LONG_LIST[:8000].rpartition(" or")[0]
    c = room.capture(room.right, [*program, "-i", "r0", "-n", "(%s) or udp port 9" % hosts])
    room.send(room.left, "l0", [*lab.numbered(3), *lab.numbered(3, dport=10)])
    time.sleep(0.2)
    assert c.stop() == 0 and c.counts()[0] == 3, c.err
    assert b"try increasing net.core.optmem_max" in c.err, c.err


def as_the_reference(room, program):
    """The same packets pass in tcpdump, which loses count of tags on cooked link types."""
    harness.need_reference()
    for device in ("r0", "any"):
        for expression in EXPRESSIONS:
            if expression in REFERENCE_FAILS:
                continue
            if device == "any" and ("vlan" in expression or expression in REFERENCE_FAILS_ON_ANY):
                continue
            ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
            options = ["-i", device, "-y", "LINUX_SLL"] if device == "any" else ["-i", device]
            a = room.capture(room.right, [*program, *options, "-w", ours, expression])
            b = room.capture(room.right, ["tcpdump", "-Z", "root", *options, "-w", theirs, expression])
            room.send(room.left, "l0", mixed_frames(1 if device == "any" else 2))
            time.sleep(1.1)
            assert a.stop() == 0 and b.stop() == 0
            try:
                n = lab.assert_same_packets(ours, theirs, 5000)
            except AssertionError as e:
                raise AssertionError("%s on %s: %s" % (expression, device, e)) from None
            assert n > 0, (device, expression)


def words_of_the_kernel_only(room, program):
    """Interface numbers, and a chain of headers, which libpcap makes a loop of that no kernel takes."""
    with room.inside(room.right):
        own = lab.socket.if_nametoindex("r0")
    for expression, count in (("ifindex %d" % own, 12), ("ifindex %d" % (own + 100), 0),
                              ("ip protochain 17", 8), ("ip protochain 6", 0)):
        for device in ("r0", "any") if expression.startswith("ifindex") else ("r0",):
            payloads, c = save(room, program, device, expression)
            assert len(payloads) == count, "%s on %s: %d, not %d" % (expression, device, len(payloads), count)
            assert b"too complex" not in c.err, c.err


def the_plain_dialect(room, program):
    """Tags are looked under, whether the kernel took one off or not; in user space as in the kernel."""
    plain = [*program, "--filter-dialect=plain"]
    for expression, count in (("udp", 11), ("udp port 7", 4), ("vlan", 6), ("vlan 5", 3), ("vlan 68", 3),
                              ("not vlan and ip", 5), ("ip and not vlan", 5), ("arp", 1)):
        payloads, _ = save(room, plain, "r0", expression)
        assert len(payloads) == count, "%s: %d, not %d" % (expression, len(payloads), count)
        long, _ = save(room, plain, "r0", "(%s) or (%s)" % (expression, LONG_LIST))
        assert long == payloads, expression


def the_snapshot_length_holds_in_user_space(room, program):
    path = room.path("short.pcap")
    text = "udp or (%s)" % LONG_LIST
    c = room.capture(room.right, [*program, "-i", "r0", "-s", "50", "-w", path, text])
    room.send(room.left, "l0", [lab.frame(lab.udp(b"x" * 900)), lab.frame(lab.udp(b"y"))])
    time.sleep(0.03)
    assert c.stop() == 0, c.err
    records = lab.Savefile(path).records
    assert [r[1:3] for r in records] == [(50, 942), (43, 43)], [r[1:3] for r in records]


def a_filter_from_a_file(room, program):
    source = room.path("filter.txt")
    with open(source, "w", encoding="ascii") as f:
        f.write("# only this\nudp dst port 7\n")
    path = room.path("fromfile.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-w", path, "-F", source])
    frames = lab.numbered(3, dport=7)
    room.send(room.left, "l0", lab.numbered(5) + frames)
    time.sleep(0.03)
    assert c.stop() == 0, c.err
    assert lab.Savefile(path).payloads() == frames
    os.unlink(source)


if __name__ == "__main__":
    lab.main([nothing_leaks_at_the_start, what_matches_is_not_lost, user_space_agrees_with_the_kernel,
              a_kernel_without_room_for_the_filter, as_the_reference, words_of_the_kernel_only,
              the_plain_dialect, the_snapshot_length_holds_in_user_space, a_filter_from_a_file])
