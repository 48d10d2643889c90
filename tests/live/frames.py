#!/usr/bin/env python3
"""live.frames: what happens to the bytes: VLAN tags, cooked headers, snapshot lengths, giants, directions."""
import socket
import struct
import threading
import time

import lab
from lab import harness

# Tagged frames of every sort, one untagged, and one with a length instead of a type.
TAGS = ([], [(0x8100, 5)], [(0x88a8, 0x6007)], [(0x8100, 0)], [(0x8100, 0xefff)],
        [(0x88a8, 24), (0x8100, 68)], [(0x8100, 24), (0x8100, 68)], [(0x9100, 3)])
EMPTY_IP6 = b"\x60" + b"\0" * 5 + b"\x3b\x40" + b"\1" * 32
ARP = b"\0\1\x08\0\6\4\0\1" + b"\0" * 20
LLC = b"\xaa\xaa\x03" + b"L" * 39


def all_frames():
    return [lab.frame(lab.udp(b"tagged"), tags=t) for t in TAGS] + [lab.frame(LLC, ethertype=len(LLC))]


def side_by_side(room, program, options, frames, ns=None):
    ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
    ns = ns or room.right
    a = room.capture(ns, [*program, *options, "-w", ours])
    b = room.capture(ns, ["tcpdump", "-Z", "root", *options, "-w", theirs])
    room.send(room.left, "l0", frames)
    time.sleep(1.2)
    assert a.stop() == 0 and b.stop() == 0
    return ours, theirs


def tags_are_where_they_were(room, program):
    harness.need_reference()
    frames = all_frames()
    for ns, device in ((room.right, "r0"), (room.left, "l0")):
        ours, theirs = side_by_side(room, program, ["-i", device], frames, ns)
        assert lab.Savefile(ours).payloads() == frames
        lab.assert_same_packets(ours, theirs)


def cooked_1_is_that_of_the_reference(room, program):
    harness.need_reference()
    frames = [lab.frame(lab.udp(b"tagged"), tags=t) for t in TAGS if len(t) < 2]
    frames.append(lab.frame(LLC, ethertype=len(LLC)))
    ours, theirs = side_by_side(room, program, ["-i", "any", "-y", "LINUX_SLL"], frames)
    assert lab.assert_same_packets(ours, theirs) == len(frames)


def cooked_packets_with_two_tags(room, program):
    """Newer kernels report the protocol behind the second tag; the reference takes that tag for payload."""
    payload = lab.udp(b"tagged")
    for tags in ([(0x88a8, 24), (0x8100, 68)], [(0x8100, 24), (0x8100, 0x4500)]):
        for inner, ethertype in ((payload, 0x0800), (EMPTY_IP6, 0x86dd), (ARP, 0x0806)):
            path = room.path("two.pcap")
            for version, fields in (("LINUX_SLL", 14), ("LINUX_SLL2", 0)):
                c = room.capture(room.right, [*program, "-i", "any", "-y", version, "-w", path])
                room.send(room.left, "l0", [lab.frame(inner, ethertype=ethertype, tags=tags)])
                time.sleep(0.03)
                assert c.stop() == 0
                bytes_ = lab.Savefile(path).payloads()[0]
                header = 20 if fields == 0 else 16
                assert bytes_[fields:fields + 2] == struct.pack("!H", tags[0][0]), bytes_
                expected = struct.pack("!HHHH", tags[0][1], 0x8100, tags[1][1], ethertype) + inner
                assert bytes_[header:header + len(expected)] == expected, bytes_


def cooked_2_keeps_the_tag(room, program):
    """The reference loses it; without tags the two agree."""
    harness.need_reference()
    plain = [lab.frame(lab.udp(b"x")), lab.frame(LLC, ethertype=len(LLC))]
    ours, theirs = side_by_side(room, program, ["-i", "any"], plain)
    assert lab.assert_same_packets(ours, theirs) == 2
    ours, theirs = side_by_side(room, program, ["-i", "any"], [lab.frame(lab.udp(b"x"), tags=[(0x8100, 5)])])
    ours, theirs = lab.Savefile(ours).payloads()[0], lab.Savefile(theirs).payloads()[0]
    assert theirs[:2] == b"\x08\x00" and ours[:2] == b"\x81\x00", (ours, theirs)
    assert ours[2:20] == theirs[2:20]
    assert ours[20:] == b"\x00\x05\x08\x00" + theirs[20:]


def snapshot_lengths_are_those_of_the_reference(room, program):
    harness.need_reference()
    frames = [lab.frame(lab.udp(b"tagged"), tags=t) for t in TAGS if len(t) < 2]
    frames += [lab.frame(LLC, ethertype=len(LLC)), lab.frame(lab.udp(b"y" * 1400))]
    for options in (["-i", "r0", "-s", "30"], ["-i", "r0", "-s", "14"], ["-i", "r0", "-s", "1"],
                    ["-i", "any", "-y", "LINUX_SLL", "-s", "40"],
                    ["-i", "any", "-y", "LINUX_SLL", "-s", "3"]):
        ours, theirs = side_by_side(room, program, options, frames)
        n = lab.assert_same_packets(ours, theirs)
        assert n == len(frames), (options, n)
        assert lab.Savefile(ours).header == lab.Savefile(theirs).header, options


def giants(room, program):
    """Frames of 64 KiB and more, as loopback and offloading make them."""
    path = room.path("giants.pcap")
    sizes = [1, 1500, 9000, 65000, 65507]
    c = room.capture(room.left, [*program, "-i", "lo", "-w", path, "udp"])
    with room.inside(room.left), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s, \
            socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sink:
        sink.bind(("127.0.0.1", 9))
        for n in sizes:
            s.sendto(b"g" * n, ("127.0.0.1", 9))
    time.sleep(0.05)
    assert c.stop() == 0
    records = lab.Savefile(path).records
    assert [r[2] for r in records] == [n + 42 for n in sizes], [r[:3] for r in records]
    assert all(r[1] == r[2] for r in records), [r[:3] for r in records]


def unsegmented_tcp(room, program):
    """A sender with segmentation offload shows super-packets; none may be cut or lost."""
    path = room.path("tso.pcap")
    document = bytes(range(256)) * 4096
    with room.inside(room.right):
        server = socket.create_server((lab.IP_RIGHT, 7777))
    c = room.capture(room.left, [*program, "-i", "l0", "-w", path, "tcp"])
    with room.inside(room.left):
        client = socket.create_connection((lab.IP_RIGHT, 7777))
    other, _ = server.accept()
    sender = threading.Thread(target=lambda: (client.sendall(document), client.close()))
    sender.start()
    got = b""
    while piece := other.recv(1 << 20):
        got += piece
    assert got == document
    sender.join()
    other.close()
    server.close()
    time.sleep(0.05)
    assert c.stop() == 0
    records = lab.Savefile(path).records
    assert all(r[1] == r[2] for r in records), "a packet was cut"
    assert max(r[2] for r in records) > 20000, "nothing large came by"
    # The data of the segments, put together by sequence number, is what was sent.
    pieces = {}
    for r in records:
        ip = r[3][14:]
        head = (ip[0] & 15) * 4
        offset = head + (ip[head + 12] >> 4) * 4
        total = struct.unpack("!H", ip[2:4])[0] or len(ip)
        data = ip[offset:total]
        if data and ip[12:16] == socket.inet_aton(lab.IP_LEFT):
            pieces[struct.unpack("!I", ip[head + 4:head + 8])[0]] = data
    first = min(pieces)
    whole = b"".join(pieces[k] for k in sorted(pieces))
    assert first in pieces and whole == document, "%d bytes of %d" % (len(whole), len(document))


def big_tcp(room, program):
    """Packets that are longer than an IP length can say, where the kernel makes them (Linux 5.19)."""
    for ns, name in ((room.left, "l0"), (room.right, "r0")):
        lab.sh("ip", "-n", ns, "link", "set", name, "gso_max_size", "180000", "gro_max_size", "180000",
               check=False)
    room.use_ipv6()
    path = room.path("big.pcap")
    with room.inside(room.right):
        server = socket.create_server((lab.IP6_RIGHT, 7777), family=socket.AF_INET6)
    # Room for everything: on a busy machine the program may not run while it is sent.
    c = room.capture(room.right, [*program, "-B", "65536", "-i", "r0", "-w", path])
    with room.inside(room.left):
        client = socket.create_connection((lab.IP6_RIGHT, 7777))
    other, _ = server.accept()
    document = bytes(32 << 20)
    sender = threading.Thread(target=lambda: (client.sendall(document), client.close()))
    sender.start()
    left = len(document)
    while piece := other.recv(1 << 20):
        left -= len(piece)
    sender.join()
    other.close()
    server.close()
    assert left == 0
    time.sleep(0.2)
    assert c.stop() == 0 and c.counts()[2] == 0, c.err
    records = lab.Savefile(path).records
    assert all(r[1] == r[2] for r in records), "a packet was cut"
    if max(r[2] for r in records) <= 65535 + 14:
        raise lab.Skip("this kernel makes no such packets")


def directions(room, program):
    """-Q, on one interface and on any, as the reference has it."""
    harness.need_reference()
    for device in ("r0", "any"):
        for direction, expected in (("in", 4), ("out", 3), ("inout", 7)):
            ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
            options = ["-i", device, "-Q", direction]
            a = room.capture(room.right, [*program, *options, "-w", ours])
            b = room.capture(room.right, ["tcpdump", "-Z", "root", *options, "-w", theirs])
            room.send(room.left, "l0", lab.numbered(4))
            room.send(room.right, "r0", lab.numbered(3))
            time.sleep(1.2)
            assert a.stop() == 0 and b.stop() == 0
            assert lab.assert_same_packets(ours, theirs) == expected, (device, direction)
            # Packets of the other direction never reach us, so they are not counted either.
            assert a.counts() == (expected, expected, 0), a.err


def loopback_is_not_seen_twice(room, program):
    for device, options in (("lo", []), ("any", []), ("lo", ["-Q", "in"])):
        path = room.path("lo.pcap")
        c = room.capture(room.left, [*program, "-i", device, *options, "-w", path, "udp"])
        with room.inside(room.left), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            for i in range(5):
                s.sendto(b"%d" % i, ("127.0.0.1", 9))
        time.sleep(0.05)
        assert c.stop() == 0
        assert len(lab.Savefile(path).records) == 5, (device, options)
        assert c.counts() == (5, 5, 0), c.err
    c = room.capture(room.left, [*program, "-i", "lo", "-Q", "out", "-w", path])
    with room.inside(room.left), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"x", ("127.0.0.1", 9))
    time.sleep(0.05)
    assert c.stop() == 0 and c.counts() == (0, 0, 0), c.err  # as tcpdump


if __name__ == "__main__":
    lab.main([tags_are_where_they_were, cooked_1_is_that_of_the_reference, cooked_packets_with_two_tags,
              cooked_2_keeps_the_tag,
              snapshot_lengths_are_those_of_the_reference, giants, unsegmented_tcp, big_tcp, directions,
              loopback_is_not_seen_twice])
