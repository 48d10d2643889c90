#!/usr/bin/env python3
"""live.tail: what the kernel delivered before a capture was stopped is there, wherever it goes."""
import signal
import time

import lab

ROUNDS = 10


def send_and_stop(room, capture, number=signal.SIGINT):
    frames = lab.numbered(3)
    room.send(room.left, "l0", frames)
    time.sleep(0.05)
    status = capture.stop(number)
    assert status == 0, "exit status %r, %r" % (status, capture.err)
    assert capture.counts()[0] == 3, capture.err
    return frames


def to_a_file(room, program):
    for i in range(ROUNDS):
        path = room.path("tail%d.pcap" % i)
        c = room.capture(room.right, [*program, "-i", "r0", "-w", path])
        frames = send_and_stop(room, c)
        assert lab.Savefile(path).payloads() == frames


def without_a_pause(room, program):
    """Even when the signal comes right behind the packets."""
    for i in range(ROUNDS):
        path = room.path("now%d.pcap" % i)
        c = room.capture(room.right, [*program, "-i", "r0", "-w", path])
        frames = lab.numbered(100)
        room.send(room.left, "l0", frames)
        assert c.stop() == 0
        assert lab.Savefile(path).payloads() == frames


def to_a_pipe(room, program):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        c = room.capture(room.right, [*program, "-i", "r0", "-U", "-w", "-"])
        frames = send_and_stop(room, c, number)
        assert lab.Savefile(c.out).payloads() == frames


def as_text(room, program):
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        c = room.capture(room.right, [*program, "-i", "r0", "-n"])
        send_and_stop(room, c, number)
        lines = c.out.decode().split("\n")
        assert len(lines) == 5 and lines[3:] == ["", ""], lines
        assert all("10.99.0.1.40000 > 10.99.0.2.9: UDP, length 13" in line for line in lines[:3]), lines


def immediately(room, program):
    path = room.path("immediate.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "--immediate-mode", "-w", path])
    frames = send_and_stop(room, c)
    assert lab.Savefile(path).payloads() == frames


def under_load(room, program):
    """Stopped amidst traffic, the packets form a gapless beginning of what was sent."""
    path = room.path("load.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-B", "8192", "-w", path])
    frames = lab.numbered(20000)
    room.send(room.left, "l0", frames[:15000])
    c.kill(signal.SIGINT)
    room.send(room.left, "l0", frames[15000:])
    assert c.finish() == 0
    payloads = lab.Savefile(path).payloads()
    assert len(payloads) >= 15000, len(payloads)
    assert payloads == frames[:len(payloads)]
    assert c.counts()[2] == 0, c.err


if __name__ == "__main__":
    lab.main([to_a_file, without_a_pause, to_a_pipe, as_text, immediately, under_load])
