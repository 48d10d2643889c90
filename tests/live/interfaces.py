#!/usr/bin/env python3
"""live.interfaces: lists, names, numbers, link types; interfaces that are down, come back or are removed."""
import fcntl
import os
import re
import struct
import subprocess
import time

import lab
from lab import harness

TUN_SET_IFF, TUN_SET_LINK = 0x400454ca, 0x400454cd
IFF_TUN, IFF_NO_PI = 1, 0x1000
# What only libpcap's other modules can capture from.
OTHER_MODULES = re.compile(r"^\d+\.(bluetooth|nflog|nfqueue|dbus|usbmon)")


def in_ns(ns, words):
    return harness.run(["ip", "netns", "exec", ns, *words])


def numbered_anew(text):
    """A -D list without the devices of other modules."""
    rows = [r for r in text.decode().splitlines() if not OTHER_MODULES.match(r)]
    return ["%d.%s" % (i, r.split(".", 1)[1]) for i, r in enumerate(rows, 1)]


def list_is_that_of_the_reference(room, program):
    harness.need_reference()
    lab.sh("ip", "-n", room.left, "link", "add", "down0", "type", "veth", "peer", "name", "half0")
    lab.sh("ip", "-n", room.left, "link", "set", "dev", "half0", "up")
    lab.sh("ip", "-n", room.left, "link", "add", "bridge7", "type", "bridge")
    lab.sh("ip", "-n", room.left, "tuntap", "add", "tun9", "mode", "tun")
    for ns in (room.left, room.right, None):
        words = ["ip", "netns", "exec", ns] if ns else []
        ours = harness.run([*words, *program, "-D"])
        theirs = harness.run([*words, "tcpdump", "-D"])
        assert ours[0] == theirs[0] == 0, ours
        assert ours[1].decode().splitlines() == numbered_anew(theirs[1]), (ours[1], theirs[1])


def list_needs_no_privilege(room, program):
    as_root = in_ns(room.left, [*program, "-D"])
    as_nobody = in_ns(room.left, ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups",
                                  "--inh-caps=-all", "--bounding-set=-all", *program, "-D"])
    assert as_nobody == as_root, as_nobody


def a_number_of_the_list_is_a_device(room, program):
    rows = in_ns(room.left, [*program, "-D"])[1].decode().splitlines()
    for number, row in enumerate(rows, 1):
        name = re.match(r"\d+\.(\S+)", row).group(1)
        c = room.capture(room.left, [*program, "-i", str(number)])
        assert b"listening on " + name.encode() + b"," in c.err, c.err
        assert c.stop() == 0


def link_types_are_those_of_the_reference(room, program):
    harness.need_reference()
    for device in ("lo", "l0", "any"):
        ours = in_ns(room.left, [*program, "-i", device, "-L"])
        theirs = in_ns(room.left, ["tcpdump", "-i", device, "-L"])
        assert ours[0] == theirs[0] == 0, ours
        # The reference writes to stderr before 4.99.5.
        assert set(ours[1].splitlines()) == set((theirs[1] + theirs[2]).splitlines()), (ours, theirs)


def errors_are_those_of_the_reference(room, program):
    harness.need_reference()
    lab.sh("ip", "-n", room.left, "link", "add", "down0", "type", "veth", "peer", "name", "down1")
    for options in (["-i", "nosuch0"], ["-i", "averyveryverylongname"], ["-i", "4x"], ["-i", ""],
                    ["-i", "down0"], ["-i", "lo", "-y", "RAW"], ["-i", "lo", "-y", "LINUX_SLL2"],
                    ["-i", "any", "-y", "EN10MB"], ["-i", "lo", "-I"], ["-i", "any", "-I"],
                    ["-i", "l0", "-I"]):
        lab.assert_same_end(room.left, program, options)


def bad_numbers_are_named(room, program):
    n = len(in_ns(room.left, [*program, "-D"])[1].splitlines())
    for device, text in (("0", "Invalid adapter index 0"),
                         ("99", "Invalid adapter index 99: only %d interfaces found" % n)):
        status, _, err = in_ns(room.left, [*program, "-i", device])
        assert status == 1 and err.decode() == "snifter: %s\n" % text, err


def make_tun(room, arphrd, flags=IFF_NO_PI):
    """An interface of any hardware type; it lives as long as the descriptor."""
    with room.inside(room.left):
        fd = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(fd, TUN_SET_IFF, struct.pack("16sH22x", b"odd0", IFF_TUN | flags))
        fcntl.ioctl(fd, TUN_SET_LINK, arphrd)
    lab.sh("ip", "-n", room.left, "link", "set", "dev", "odd0", "up")
    return fd


def hardware_types_have_the_reference_s_link_types(room, program):
    harness.need_reference()
    if not os.path.exists("/dev/net/tun"):
        raise lab.Skip("no TUN devices here")
    # The rest of the types differ by intent (see docs/differences.md) or are as one of these.
    for arphrd in (0, 1, 3, 6, 15, 18, 256, 280, 512, 513, 518, 519, 768, 769, 770, 772, 773, 774, 776, 778,
                   784, 801, 802, 803, 804, 823, 824, 826, 65534):
        fd = make_tun(room, arphrd)
        try:
            ours = in_ns(room.left, [*program, "-i", "odd0", "-L"])
            theirs = in_ns(room.left, ["tcpdump", "-i", "odd0", "-L"])
        finally:
            os.close(fd)
        words = [[line.split()[0] for line in text.decode().splitlines()[1:]]
                 for text in (ours[1], theirs[1] + theirs[2])]
        # A cooked interface offers version 2 of the header as well.
        if words[1] == ["LINUX_SLL"]:
            words[1].append("LINUX_SLL2")
        assert words[0] == words[1], "type %d: %r" % (arphrd, words)


def packets_of_odd_hardware(room, program):
    """CAN, netlink, tunnels, a type that nobody knows: the file and the words are those of the reference."""
    harness.need_reference()
    if not os.path.exists("/dev/net/tun"):
        raise lab.Skip("no TUN devices here")
    can = struct.pack("=IB3x8s", 0x123, 8, b"CAN data")
    ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
    for arphrd, protocol, data in ((280, 0x000c, can), (280, 0x000d, can + bytes(56)), (824, 0, bytes(32)),
                                   (512, 0x0800, lab.udp(b"PPP")), (769, 0x86dd, bytes(range(64))),
                                   (776, 0x86dd, bytes(range(64))), (778, 0x0800, lab.udp(b"GRE")),
                                   (803, 0x0004, bytes(range(64))), (9999, 0x0800, lab.udp(b"strange"))):
        fd = make_tun(room, arphrd, flags=0)
        try:
            a = room.capture(room.left, [*program, "-i", "odd0", "-w", ours])
            b = room.capture(room.left, ["tcpdump", "-Z", "root", "-i", "odd0", "-w", theirs])
            for _ in range(5):
                os.write(fd, struct.pack("!HH", 0, protocol) + data)
            time.sleep(1.2)
            assert a.stop() == 0 and b.stop() == 0
        finally:
            os.close(fd)
        assert lab.assert_same_packets(ours, theirs) == 5, arphrd
        fallback = b"WARNING: arptype 9999 not supported - falling back to cooked socket"
        assert (fallback in a.err) == (arphrd == 9999), a.err
        assert a.err.split(b": listening")[1] == b.err.split(b": listening")[1], (a.err, b.err)


def raw_ip_from_a_tunnel(room, program):
    harness.need_reference()
    if not os.path.exists("/dev/net/tun"):
        raise lab.Skip("no TUN devices here")
    fd = make_tun(room, 65534)
    ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
    try:
        a = room.capture(room.left, [*program, "-i", "odd0", "-w", ours])
        b = room.capture(room.left, ["tcpdump", "-Z", "root", "-i", "odd0", "-w", theirs])
        for i in range(20):
            os.write(fd, lab.udp(b"tunnelled %d" % i))
        time.sleep(1.2)
        assert a.stop() == 0 and b.stop() == 0
    finally:
        os.close(fd)
    assert lab.assert_same_packets(ours, theirs) == 20


def a_removed_interface_ends_the_capture(room, program):
    path = room.path("removed.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-w", path])
    frames = lab.numbered(50)
    room.send(room.left, "l0", frames)
    lab.sh("ip", "-n", room.right, "link", "del", "dev", "r0")
    assert c.finish() == 1
    assert b"snifter: pcap_loop: The interface disappeared\n" in c.err, c.err
    assert c.counts()[0] == 50, c.err
    assert lab.Savefile(path).payloads() == frames


def an_interface_that_was_down_for_a_while(room, program):
    path = room.path("down.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-w", path])
    before, after = lab.numbered(5), lab.numbered(5, dport=10)
    room.send(room.left, "l0", before)
    lab.sh("ip", "-n", room.right, "link", "set", "dev", "r0", "down")
    time.sleep(0.3)
    assert c.process.poll() is None, c.err
    lab.sh("ip", "-n", room.right, "link", "set", "dev", "r0", "up")
    lab.wait_for("the cable", lambda: lab.is_connected(room.left, "l0"))
    room.send(room.left, "l0", after)
    time.sleep(0.05)
    assert c.stop() == 0, c.err
    assert lab.Savefile(path).payloads() == before + after


def removed_while_it_was_down(room, program):
    c = room.capture(room.right, [*program, "-i", "r0", "-n"])
    lab.sh("ip", "-n", room.right, "link", "set", "dev", "r0", "down")
    time.sleep(0.2)
    lab.sh("ip", "-n", room.right, "link", "del", "dev", "r0")
    assert c.finish() == 1 and b"The interface disappeared" in c.err, c.err


def any_survives_a_removed_interface(room, program):
    room.cable("l1", "r1")
    c = room.capture(room.right, [*program, "-i", "any", "-n", "-w", room.path("any.pcap")])
    room.send(room.left, "l0", lab.numbered(3))
    lab.sh("ip", "-n", room.right, "link", "del", "dev", "r0")
    room.send(room.left, "l1", lab.numbered(3))
    time.sleep(0.05)
    assert c.stop() == 0, c.err
    assert c.counts()[0] == 6, c.err


def a_namespace_that_goes_away(room, program):
    """Its sockets keep it alive: the capture just goes on and ends as usual."""
    c = room.capture(room.right, [*program, "-i", "lo", "-n"])
    subprocess.run(["ip", "netns", "del", room.right], check=True)
    time.sleep(0.1)
    assert c.process.poll() is None
    assert c.stop() == 0


if __name__ == "__main__":
    lab.main([list_is_that_of_the_reference, list_needs_no_privilege, a_number_of_the_list_is_a_device,
              link_types_are_those_of_the_reference, errors_are_those_of_the_reference, bad_numbers_are_named,
              hardware_types_have_the_reference_s_link_types, packets_of_odd_hardware, raw_ip_from_a_tunnel,
              a_removed_interface_ends_the_capture, an_interface_that_was_down_for_a_while,
              removed_while_it_was_down, any_survives_a_removed_interface, a_namespace_that_goes_away])
