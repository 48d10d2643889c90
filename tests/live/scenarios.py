#!/usr/bin/env python3
"""live.scenarios: what people type, word for word, and what they see."""
import os
import re
import time

import lab
import web
from lab import harness


def text_as_the_reference(room, program, ns, words, traffic):
    """Both print while the same packets pass; the lines must be the same. Times may differ, see lab.py."""
    harness.need_reference()
    a = room.capture(ns, [*program, *words])
    b = room.capture(ns, ["tcpdump", "-Z", "root", *words])
    traffic()
    time.sleep(web.TCPDUMP_LAG)
    assert a.stop() == 0 and b.stop() == 0

    def without_times(text):
        return re.sub(r"^\d\d:\d\d:\d\d\.\d{6} ", "", text.decode(), flags=re.M)
    ours, theirs = without_times(a.out), without_times(b.out)
    assert ours == theirs, "%r\n--- ours\n%s\n--- theirs\n%s" % (words, ours, theirs)
    return ours


def with_server(room, ns, address, port, what):
    server = web.serve(room, ns, address, port)
    try:
        return what()
    finally:
        server.shutdown()
        server.server_close()


def port_8080_on_loopback(room, program):
    """snifter port 8080 -i lo"""
    text = with_server(room, room.left, "127.0.0.1", 8080, lambda: text_as_the_reference(
        room, program, room.left, ["-n", "port", "8080", "-i", "lo"],
        lambda: web.get(room, room.left, "127.0.0.1", 8080)))
    assert "HTTP: GET /document.json HTTP/1.1" in text, text


def port_80_from_one_host(room, program):
    """snifter port 80 and src A -nA"""
    text = with_server(room, room.right, lab.IP_RIGHT, 80, lambda: text_as_the_reference(
        room, program, room.left, ["-i", "l0", "port", "80", "and", "src", lab.IP_RIGHT, "-nA"],
        lambda: web.get(room, room.left, lab.IP_RIGHT, 80)))
    assert "HTTP/1.1 200 OK" in text and "GET /document" not in text


def port_80_from_or_to_a_host(room, program):
    """snifter 'port 80 and (src A or dst A)' -nA"""
    text = with_server(room, room.right, lab.IP_RIGHT, 80, lambda: text_as_the_reference(
        room, program, room.right,
        ["-i", "r0", "port 80 and (src %s or dst %s)" % (lab.IP_LEFT, lab.IP_LEFT), "-nA"],
        lambda: web.get(room, room.left, lab.IP_RIGHT, 80)))
    assert "HTTP/1.1 200 OK" in text and "GET /document.json" in text


def saved_and_read_by_others(room, program):
    """-w captured.pcap, then tshark -r"""
    lab.need("tshark", "capinfos")
    path = room.path("captured.pcap")
    c = room.capture(room.left, [*program, "-i", "l0", "-w", path])
    with_server(room, room.right, lab.IP_RIGHT, 8080, lambda: web.get(room, room.left, lab.IP_RIGHT))
    time.sleep(0.05)
    assert c.stop() == 0
    status, out, err = harness.run(["tshark", "-r", path, "-Y", "http", "-T", "fields",
                                    "-e", "http.request.uri", "-e", "http.response.code"])
    assert status == 0, err
    assert out.decode().split() == ["/document.json", "200"] * 3, out
    status, out, err = harness.run(["capinfos", "-c", "-T", "-r", path])
    assert status == 0 and int(out.split()[-1]) == c.counts()[0], (out, err)


def any_with_a_filter_to_a_pipe(room, program):
    """-i any -U -w - FILTER, as ksniff calls it."""
    c = room.capture(room.right, [*program, "-i", "any", "-U", "-w", "-", "tcp port 8080"])
    with_server(room, room.right, lab.IP_RIGHT, 8080, lambda: web.get(room, room.left, lab.IP_RIGHT))
    time.sleep(0.05)
    assert c.stop() == 0
    file = lab.Savefile(c.out)
    assert file.linktype == 276 and len(file.records) == c.counts()[0] > 10


def ten_packets(room, program):
    c = room.capture(room.left, [*program, "-i", "l0", "-n", "-c", "10"])
    room.send(room.right, "r0", lab.numbered(30))
    assert c.finish() == 0 and c.out.count(b"\n") == 10 and c.counts()[0] == 10


def files_of_a_megabyte(room, program):
    """-C 1: rotated where the reference does, and nothing is missing between the files."""
    frames = [lab.frame(lab.udp(b"%05d" % i + b"x" * 1200)) for i in range(2500)]
    sizes = {}
    for name, words in (("ours", program), ("theirs", ["tcpdump", "-Z", "root"])):
        folder = room.path(name)
        os.mkdir(folder)
        # The ring holds all of it, so that a busy machine cannot make either of them lose packets.
        c = room.capture(room.left, [*words, "-i", "l0", "-B", "8192", "-C", "1", "-w", folder + "/f"])
        room.send(room.right, "r0", frames)
        time.sleep(web.TCPDUMP_LAG)
        assert c.stop() == 0
        files = sorted(os.listdir(folder), key=lambda n: int(n[1:] or 0))
        assert files == ["f", "f1", "f2", "f3"], files
        sizes[name] = [os.path.getsize(os.path.join(folder, f)) for f in files]
        together = [p for f in files for p in lab.Savefile(os.path.join(folder, f)).payloads()]
        assert together == frames, "%s: %d packets, %r" % (name, len(together), c.err)
    assert sizes["ours"] == sizes["theirs"], sizes


def first_lines(room, program):
    """What a capture says when it starts and ends, byte for byte."""
    harness.need_reference()
    for words in (["-i", "l0"], ["-i", "l0", "-v"], ["-i", "lo", "-w", "/dev/null"], ["-i", "any"],
                  ["-i", "any", "-y", "LINUX_SLL"], ["-i", "any", "-s", "10"], ["-i", "l0", "-j", "adapter"],
                  ["-i", "l0", "-y", "EN10MB", "-s", "96"]):
        a = room.capture(room.left, [*program, *words])
        b = room.capture(room.left, ["tcpdump", "-Z", "root", *words])
        assert a.stop() == 0 and b.stop() == 0
        assert a.err.replace(b"snifter:", b"tcpdump:") == b.err, (words, a.err, b.err)
        assert a.out == b.out, (words, a.out, b.out)


if __name__ == "__main__":
    lab.main([port_8080_on_loopback, port_80_from_one_host, port_80_from_or_to_a_host,
              saved_and_read_by_others,
              any_with_a_filter_to_a_pipe, ten_packets, files_of_a_megabyte, first_lines])
