#!/usr/bin/env python3
"""live.names: names of addresses and ports from files and from a DNS server of our own."""
import os
import shutil
import socket
import struct
import threading
import time

import lab
from lab import harness

SILENT, SLOW = "10.99.1.", "10.99.2."  # networks about which the server says nothing, or late
SLOW_S = 0.3


def dns_name(data, at):
    labels = []
    while data[at]:
        labels.append(data[at + 1:at + 1 + data[at]].decode())
        at += 1 + data[at]
    return ".".join(labels), at + 1


def encode(name):
    return b"".join(bytes([len(x)]) + x.encode() for x in name.split(".")) + b"\0"


class Server:
    """Answers on 127.0.0.1 in a namespace; what it knows is in `names` (address: name) and `hosts`."""

    def __init__(self, room, ns):
        self.names = {lab.IP_LEFT: "left.Example", lab.IP_RIGHT: "right.example",
                      "10.99.3.1": "bad\x1b[31m.example", SLOW + "1": "slow.example"}
        self.hosts = {"right.example": [lab.IP_RIGHT], "both.example": [lab.IP_LEFT, lab.IP_RIGHT],
                      "many.example": ["10.99.9.%d" % i for i in range(1, 120)]}
        self.asked = []
        with room.inside(ns):
            self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.tcp = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.udp.bind(("127.0.0.1", 53))
        self.tcp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.tcp.bind(("127.0.0.1", 53))
        self.tcp.listen()
        for serve in (self.serve_udp, self.serve_tcp):
            threading.Thread(target=serve, daemon=True).start()

    def close(self):
        self.udp.close()
        self.tcp.close()

    def serve_udp(self):
        try:
            while True:
                self.answer_udp(*self.udp.recvfrom(512))
        except OSError:
            return  # closed

    def answer_udp(self, query, sender):
        name, _ = dns_name(query, 12)
        address = ".".join(reversed(name.split(".")[:4]))
        self.asked.append(name)
        if address.startswith(SILENT):
            return
        answer = self.answer(query)
        if len(answer) > 512:
            answer = answer[:2] + b"\x83\x80" + answer[4:6] + bytes(6) + query[12:]
        delay = SLOW_S if address.startswith(SLOW) else 0
        if delay:
            threading.Timer(delay, self.udp.sendto, (answer, sender)).start()
        else:
            self.udp.sendto(answer, sender)

    def serve_tcp(self):
        while True:
            try:
                connection, _ = self.tcp.accept()
            except OSError:
                return
            with connection:
                (length,) = struct.unpack("!H", connection.recv(2))
                answer = self.answer(connection.recv(length))
                connection.sendall(struct.pack("!H", len(answer)) + answer)

    def answer(self, query):
        name, at = dns_name(query, 12)
        (kind,) = struct.unpack("!H", query[at:at + 2])
        records = []
        if kind == 12:
            known = self.names.get(".".join(reversed(name.split(".")[:4])))
            records = [encode(known)] if known else []
        if kind == 1:
            records = [socket.inet_aton(a) for a in self.hosts.get(name, [])]
        exists = records or name in self.hosts
        head = query[:2] + (b"\x81\x80" if exists else b"\x81\x83")
        head += struct.pack("!HHHH", 1, len(records), 0, 0) + query[12:at + 4]
        return head + b"".join(struct.pack("!HHHIH", 0xc00c, kind, 1, 60, len(r)) + r for r in records)


def with_server(test):
    """Runs the test with a server and with files under /etc that send everybody there."""
    def run(room, program):
        # A copy of the whole folder, as a bare machine has no file of these names to mount over.
        shutil.copytree("/etc", room.path("etc"), symlinks=True)
        for name, content in (("resolv.conf", "nameserver 127.0.0.1\noptions timeout:1 attempts:2\n"),
                              ("hosts", "127.0.0.1 localhost\n10.99.4.1 from-file alias\n")):
            path = room.path("etc/" + name)
            if os.path.lexists(path):
                os.remove(path)
            with open(path, "w", encoding="ascii") as f:
                f.write(content)
        server = Server(room, room.right)
        try:
            test(room, program, server)
        finally:
            server.close()
    run.__name__ = test.__name__
    return run


def in_files(room, words):
    """The words, where /etc/resolv.conf and /etc/hosts are ours."""
    bind = "mount --bind %s /etc && " % room.path("etc")
    return ["unshare", "-m", "sh", "-c", bind + 'exec "$@"', "sh", *words]


def run(room, words):
    return harness.run(["ip", "netns", "exec", room.right, *in_files(room, words)])


def savefile(room, packets):
    with open(room.path("in.pcap"), "wb") as f:
        f.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 262144, 1))
        for i, p in enumerate(packets):
            data = lab.frame(p)
            f.write(struct.pack("<IIII", 1700000000 + i, 0, len(data), len(data)) + data)
    return room.path("in.pcap")


@with_server
def text_with_names_is_that_of_the_reference(room, program, server):
    harness.need_reference()
    packets = [lab.udp(b"x" * 20, sport=s, dport=d, source=a, target=b)
               for s, d in ((40000, 9), (514, 5000), (123, 65535))
               for a, b in ((lab.IP_LEFT, lab.IP_RIGHT), (lab.IP_RIGHT, "10.99.4.1"),
                            ("10.99.4.1", "10.99.9.9"), ("127.0.0.1", lab.IP_LEFT),
                            ("0.0.0.0", "255.255.255.255"))]
    path = savefile(room, packets)
    for options in ([], ["-N"], ["-e"], ["-v"], ["-q"]):
        ours = run(room, [*program, "-r", path, *options])
        theirs = run(room, [harness.REFERENCE, "-r", path, *options])
        assert ours[:2] == theirs[:2], (options, harness.show(ours[1]), harness.show(theirs[1]))
    assert b"left.Example" in run(room, [*program, "-r", path])[1]


@with_server
def nothing_is_asked_with_n(room, program, server):
    path = savefile(room, [lab.udp(b"x")])
    status, out, err = run(room, [*program, "-n", "-r", path])
    assert status == 0 and lab.IP_LEFT.encode() in out, (out, err)
    assert server.asked == [], server.asked


@with_server
def an_address_is_asked_for_once(room, program, server):
    path = savefile(room, [lab.udp(b"x")] * 50)
    assert run(room, [*program, "-r", path])[0] == 0
    assert len(server.asked) == 2, server.asked


@with_server
def names_that_a_terminal_would_obey_are_not_printed(room, program, server):
    path = savefile(room, [lab.udp(b"x", source="10.99.3.1")])
    status, out, err = run(room, [*program, "-r", path])
    assert status == 0 and b"\x1b" not in out and b"10.99.3.1" in out, (out, err)


@with_server
def hosts_in_filters(room, program, server):
    packets = [lab.udp(b"x", source=a) for a in (lab.IP_LEFT, lab.IP_RIGHT, "10.99.4.1", "10.99.9.77")]
    path = savefile(room, packets)
    for name, count in (("right.example", 1), ("both.example", 2), ("alias", 1), ("many.example", 1)):
        status, out, err = run(room, [*program, "-n", "-r", path, "--count", "src", "host", name])
        assert status == 0 and out.startswith(b"%d packet" % count), (name, out, err)
    status, out, err = run(room, [*program, "-n", "-r", path, "host", "nobody.example"])
    assert status == 1 and b"unknown host 'nobody.example'" in err, err


@with_server
def a_silent_server_does_not_stop_the_capture(room, program, server):
    c = room.capture(room.right, in_files(room, [*program, "-i", "r0", "-t", "udp"]))
    frames = [lab.frame(lab.udp(b"x", source=SILENT + str(i % 250 + 1))) for i in range(2000)]
    begun = time.monotonic()
    room.send(room.left, "l0", frames)
    lab.wait_for("all lines", lambda: c.out.count(b"\n") >= 2000, 5)
    took = time.monotonic() - begun
    assert c.stop() == 0, c.err
    assert took < 3, took
    assert c.counts()[0] == 2000 and c.counts()[2] == 0, c.err
    assert (SILENT + "7.40000").encode() in c.out


@with_server
def a_late_name_is_used_when_it_is_there(room, program, server):
    c = room.capture(room.right, in_files(room, [*program, "-i", "r0", "-t", "udp"]))
    frame = lab.frame(lab.udp(b"x", source=SLOW + "1", target=SLOW + "1"))
    begun = time.monotonic()
    room.send(room.left, "l0", [frame])
    lab.wait_for("a number", lambda: (SLOW + "1.40000").encode() in c.out)
    assert time.monotonic() - begun < SLOW_S
    time.sleep(2 * SLOW_S)
    room.send(room.left, "l0", [frame])
    lab.wait_for("the name", lambda: b"slow.example.40000" in c.out)
    assert c.stop() == 0, c.err


@with_server
def without_any_server_numbers_come_soon(room, program, server):
    server.close()
    path = savefile(room, [lab.udp(b"x", source="10.99.8.%d" % i) for i in range(1, 100)])
    begun = time.monotonic()
    status, out, err = run(room, [*program, "-r", path])
    assert status == 0 and out.count(b"\n") == 99, err
    assert time.monotonic() - begun < 3


def leaves_no_process_behind(room, program):
    def children():
        return lab.sh("ps", "-eo", "args").count(os.path.basename(program[-1]) + " -i r0")
    c = room.capture(room.right, [*program, "-i", "r0"])
    assert children() >= 2
    assert c.stop() == 0, c.err
    lab.wait_for("the resolver process to end", lambda: children() == 0)
    c = room.capture(room.right, [*program, "-i", "r0"])
    c.process.kill()
    c.process.wait()
    lab.wait_for("the resolver process to end", lambda: children() == 0)


if __name__ == "__main__":
    lab.main([text_with_names_is_that_of_the_reference, nothing_is_asked_with_n, an_address_is_asked_for_once,
              names_that_a_terminal_would_obey_are_not_printed, hosts_in_filters,
              a_silent_server_does_not_stop_the_capture, a_late_name_is_used_when_it_is_there,
              without_any_server_numbers_come_soon, leaves_no_process_behind])
