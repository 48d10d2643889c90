#!/usr/bin/env python3
"""live.web: the main job beside the reference: a real HTTP exchange over a cable between two namespaces.

Both programs capture the same traffic with the same filter, attached in the kernel. What they save must
agree to the byte, and each must print the other's file alike.
"""
import http.client
import http.server
import json
import socket
import struct
import threading
import time

import lab
from lab import harness

PORT = 8080
LATE_US = 5000
DOCUMENT = json.dumps({"message": "hello", "numbers": list(range(2000))}).encode()


class Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(DOCUMENT)))
        self.end_headers()
        self.wfile.write(DOCUMENT)

    def log_message(self, *_):
        pass


def serve(room, ns, address, port=PORT):
    """A server in the namespace; returns it."""
    class Server(http.server.ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in address else socket.AF_INET
        daemon_threads = True

    with room.inside(ns):
        server = Server((address, port), Answer)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def get(room, ns, address, port=PORT, requests=3):
    """Requests over one connection that the namespace opens."""
    with room.inside(ns):
        connection = http.client.HTTPConnection(address, port, timeout=lab.PATIENCE)
        connection.connect()
    for _ in range(requests):
        connection.request("GET", "/document.json")
        assert connection.getresponse().read() == DOCUMENT
    connection.close()


# tcpdump loses what came in the last second before it is stopped, and with --immediate-mode other packets.
TCPDUMP_LAG = 1.2


def reference(*options):
    return ["tcpdump", "-Z", "root", *options]  # the folder is root's


def side_by_side(room, program, ns, options, traffic):
    """Files of snifter and tcpdump for the same traffic."""
    ours, theirs = room.path("ours.pcap"), room.path("theirs.pcap")
    a = room.capture(ns, [*program, *options, "-w", ours])
    b = room.capture(ns, reference(*options, "-w", theirs))
    traffic()
    time.sleep(TCPDUMP_LAG)
    assert a.stop() == 0 and b.stop() == 0
    assert a.counts()[2] == 0 and b.counts()[2] == 0, (a.err, b.err)
    n = lab.assert_same_packets(ours, theirs, LATE_US)
    assert a.counts()[0] == n, a.err
    return n, ours, theirs


def print_alike(program, path, *options):
    ours = harness.run([*program, "-r", path, *options])
    theirs = harness.run(["tcpdump", "-r", path, *options])
    assert ours[0] == theirs[0] == 0, (ours, theirs)
    assert ours[1] == theirs[1], "%r prints %s differently" % (options, path)


def exchange(room, program, server, client, address, expression):
    http = serve(room, server, address)
    try:
        for ns, device in ((room.left, "l0"), (room.right, "r0")):
            n, ours, theirs = side_by_side(room, program, ns, ["-i", device, *expression],
                                           lambda: get(room, client, address))
            assert n >= 12, "only %d packets" % n
            for options in (["-n"], ["-nA"], ["-ne", "-vv"], ["-nXX", "-tt"]):
                print_alike(program, ours, *options)
                print_alike(program, theirs, *options)
    finally:
        http.shutdown()
        http.server_close()


def over_ipv4(room, program):
    harness.need_reference()
    exchange(room, program, room.right, room.left, lab.IP_RIGHT, ["tcp", "port", str(PORT)])


def over_ipv6(room, program):
    harness.need_reference()
    room.use_ipv6()
    exchange(room, program, room.right, room.left, lab.IP6_RIGHT,
             ["port %d and (src %s or dst %s)" % (PORT, lab.IP6_LEFT, lab.IP6_LEFT)])


def on_loopback(room, program):
    harness.need_reference()
    http = serve(room, room.left, "127.0.0.1")
    try:
        n, ours, _ = side_by_side(room, program, room.left, ["-i", "lo", "port", str(PORT)],
                                  lambda: get(room, room.left, "127.0.0.1"))
        assert n >= 12, n
        print_alike(program, ours, "-nA")
    finally:
        http.shutdown()
        http.server_close()


def on_any_cooked(room, program):
    harness.need_reference()
    http = serve(room, room.right, lab.IP_RIGHT)
    try:
        for cooked in ([], ["-y", "LINUX_SLL"]):
            n, ours, _ = side_by_side(room, program, room.right, ["-i", "any", *cooked, "port", str(PORT)],
                                      lambda: get(room, room.left, lab.IP_RIGHT))
            assert n >= 12, n
            print_alike(program, ours, "-ne")
    finally:
        http.shutdown()
        http.server_close()


def udp_to_the_microsecond(room, program):
    """Three capturers, and packets that the kernel stamps once: the times are the same to the microsecond."""
    lab.need("dumpcap")
    harness.need_reference()
    paths = [room.path(n) for n in ("ours.pcap", "theirs.pcap", "others.pcap")]
    captures = [room.capture(room.right, [*program, "-i", "r0", "-w", paths[0]]),
                room.capture(room.right, reference("-i", "r0", "-w", paths[1]))]
    other = lab.Capture(room, room.right, ["dumpcap", "-q", "-P", "-i", "r0", "-w", paths[2]])
    lab.wait_for("dumpcap", lambda: b"File:" in other.err)
    room.send(room.left, "l0", lab.numbered(500), gap=0.001)
    room.send(room.left, "l0", [lab.frame(lab.udp(b"x" * n), tags=((), ((0x8100, n),))[n % 2])
                                for n in range(0, 1400, 7)])
    time.sleep(TCPDUMP_LAG)
    lab.wait_for("dumpcap to write", lambda: not unfinished(paths[2], 700))
    for c in (*captures, other):
        assert c.stop() == 0, c.err
    assert lab.assert_same_packets(paths[0], paths[1]) == 700
    assert lab.assert_same_packets(paths[0], paths[2]) == 700


def unfinished(path, wanted):
    try:
        return len(lab.Savefile(path).records) < wanted
    except (OSError, AssertionError, ValueError, struct.error):
        return True


if __name__ == "__main__":
    lab.main([over_ipv4, over_ipv6, on_loopback, on_any_cooked, udp_to_the_microsecond])
