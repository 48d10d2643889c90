#!/usr/bin/env python3
"""live.output: where packets go: full disks, readers that go away, promptness, signals, counts."""
import os
import re
import signal
import subprocess
import time

import lab

PROMPT_S = 0.1


def a_full_disk_is_reported(room, program):
    disk = room.path("disk")
    os.mkdir(disk)
    lab.sh("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk)
    try:
        c = room.capture(room.right, [*program, "-i", "r0", "-w", disk + "/x.pcap"])
        frames = [lab.frame(lab.udp(b"z" * 1000)) for _ in range(300)]
        room.send(room.left, "l0", frames)
        time.sleep(0.2)
        if c.process.poll() is None:
            c.kill(signal.SIGINT)
        status = c.finish()
    finally:
        lab.sh("umount", disk)
    assert status not in (0, None), (status, c.err)
    assert b"No space left on device" in c.err, c.err
    assert c.counts()[1] > 0, c.err


def dev_full_is_reported(room, program):
    for options in (["-w", "/dev/full"], ["-w", "/dev/full", "-U"], ["-n"]):
        out = open("/dev/full", "wb") if options == ["-n"] else subprocess.PIPE
        c = room.capture(room.right, [*program, "-i", "r0", *options], stdout=out)
        room.send(room.left, "l0", lab.numbered(2000))
        time.sleep(0.2)
        if c.process.poll() is None:
            c.kill(signal.SIGINT)
        assert c.finish() not in (0, None), (options, c.err)
        assert b"No space left on device" in c.err, (options, c.err)


def the_reader_of_a_pipe_goes_away(room, program):
    for options in (["-w", "-"], ["-U", "-w", "-"], ["-n"]):
        reading, writing = os.pipe()
        c = room.capture(room.right, [*program, "-i", "r0", *options], stdout=writing)
        os.close(writing)
        os.close(reading)
        room.send(room.left, "l0", lab.numbered(10))
        time.sleep(0.3)
        ended = c.process.poll()
        if ended is None:
            c.kill(signal.SIGINT)
        status = c.finish()
        assert b"Broken pipe" in c.err, (options, status, c.err)
        assert status not in (0, None), (options, status, c.err)


def arrival(room, c, frames, size_of_each):
    """Seconds from each send to its arrival at our end of the pipe."""
    late = []
    for f in frames:
        before = len(c.out)
        sent = time.monotonic()
        room.send(room.left, "l0", [f])
        lab.wait_for("the packet at the end of the pipe", lambda: len(c.out) >= before + size_of_each)
        late.append(c.out_times[-1][0] - sent)
        time.sleep(0.02)
    return sorted(late)


def pipes_are_prompt(room, program):
    for options, size in ((["-n"], 40), (["-w", "-"], 40), (["-U", "-w", "-"], 40), (["-l", "-n"], 40),
                          (["-nA"], 40)):
        c = room.capture(room.right, [*program, "-i", "r0", *options])
        time.sleep(0.05)
        late = arrival(room, c, lab.numbered(15), size)
        assert c.stop() == 0
        assert late[7] < PROMPT_S, "%r: %r" % (options, late)


def packets_flow_before_the_buffer_is_full(room, program):
    """-U to a file: what was captured is in the file at once."""
    path = room.path("flowing.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-U", "-w", path])
    frames = lab.numbered(1)
    room.send(room.left, "l0", frames)
    lab.wait_for("the packet in the file", lambda: os.path.getsize(path) > 24, 1)
    assert lab.Savefile(path).payloads() == frames
    assert c.stop() == 0


def idle_costs_nothing(room, program):
    c = room.capture(room.right, [*program, "-i", "r0", "-n"])
    pid = process_of(c)

    def switches():
        with open("/proc/%d/status" % pid, encoding="ascii") as f:
            return sum(int(n) for n in re.findall(r"ctxt_switches:\s+(\d+)", f.read()))
    before = switches()
    time.sleep(1)
    assert switches() - before <= 5, "%d wake-ups in an idle second" % (switches() - before)
    assert c.stop() == 0


def process_of(c):
    """`ip netns exec` becomes the program, so the process is the program."""
    return c.process.pid


def statistics_on_request(room, program):
    path = room.path("stats.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-w", path])
    room.send(room.left, "l0", lab.numbered(96))
    time.sleep(0.2)
    c.kill(signal.SIGUSR1)
    wanted = b"snifter: 96 packets captured, 96 packets received by filter, 0 packets dropped by kernel\n"
    lab.wait_for("statistics", lambda: wanted in c.err, 2)
    lab.wait_for("the file to grow when idle", lambda: os.path.getsize(path) > 96 * 60, 2)
    c.kill(signal.SIGUSR2)  # asks for the same, and must not end the capture
    assert len(lab.Savefile(path).records) == 96
    room.send(room.left, "l0", lab.numbered(4))
    time.sleep(0.05)
    assert c.stop() == 0
    assert c.err.endswith(b"100 packets captured\n100 packets received by filter\n"
                          b"0 packets dropped by kernel\n"), c.err


def a_limit_ends_the_capture(room, program):
    for options in (["-w", room.path("ten.pcap")], ["-n"]):
        c = room.capture(room.right, [*program, "-i", "r0", "-c", "10", *options])
        frames = lab.numbered(25)
        room.send(room.left, "l0", frames)
        assert c.finish() == 0, c.err
        assert c.counts()[0] == 10, c.err
    assert lab.Savefile(room.path("ten.pcap")).payloads() == frames[:10]
    assert c.out.count(b"\n") == 10


def nohup_is_respected(room, program):
    c = room.capture(room.right, ["nohup", *program, "-i", "r0", "-n", "-w", room.path("nohup.pcap")])
    c.kill(signal.SIGHUP)
    time.sleep(0.2)
    assert c.process.poll() is None, c.err
    assert c.stop() == 0


def what_the_kernel_drops_is_told_at_once(room, program):
    """A reader that is stopped fills pipe and ring; the count adds up."""
    c = room.capture(room.right, [*program, "-i", "r0", "-n"])
    sent = 0
    c.kill(signal.SIGSTOP)
    while sent < 60000:
        room.send(room.left, "l0", lab.numbered(5000))
        sent += 5000
    c.kill(signal.SIGCONT)
    lab.wait_for("a warning", lambda: b"dropped" in c.err and b"-B" in c.err, 3)
    time.sleep(0.3)
    assert c.stop() == 0
    captured, received, dropped = c.counts()
    assert received == sent and dropped > 0, c.err
    assert captured == received - dropped == c.out.count(b"UDP"), (c.counts(), c.out.count(b"UDP"))


if __name__ == "__main__":
    lab.main([a_full_disk_is_reported, dev_full_is_reported, the_reader_of_a_pipe_goes_away, pipes_are_prompt,
              packets_flow_before_the_buffer_is_full, idle_costs_nothing, statistics_on_request,
              a_limit_ends_the_capture, nohup_is_respected, what_the_kernel_drops_is_told_at_once])
