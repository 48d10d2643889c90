#!/usr/bin/env python3
"""prop.large_packets: each golden capture's packets, blown up to 64 KiB, are printed in bounded time.

  large_packets.py BINARY [FACTOR]

What is behind the headers is repeated, or replaced by zeros or ones, the length fields of IP and UDP are
made to fit, and the packet claims to be as long as it is or 256 MiB. A file of such packets may take
SECONDS of processor time, FACTOR times as much in slow builds.
"""
import glob
import os
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness
import savefile

SECONDS = 2.0
SIZE, CLAIMED, PACKETS = 65535, 256 << 20, 2
GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden")
ETHERNET, IP_AT, UDP = 1, 14, 17


def fit_lengths(data):
    """The lengths in an Ethernet frame's IP and UDP headers, made to say that all of it is theirs."""
    data = bytearray(data)
    kind, ip = data[12:14], IP_AT
    if kind == b"\x08\x00" and data[ip] == 0x45:
        struct.pack_into(">H", data, ip + 2, len(data) - ip)
        protocol, udp = data[ip + 9], ip + 20
    elif kind == b"\x86\xdd":
        struct.pack_into(">H", data, ip + 4, len(data) - ip - 40)
        protocol, udp = data[ip + 6], ip + 40
    else:
        return bytes(data)
    if protocol == UDP:
        struct.pack_into(">H", data, udp + 4, len(data) - udp)
    return bytes(data)


def blown_up(data, linktype):
    for kept in (len(data), len(data) * 3 // 4, len(data) // 2):
        for unit in (data[kept // 2:kept] or b"\0", b"\0", b"\xff", data[-4:]):
            large = (data[:kept] + unit * (SIZE // len(unit) + 1))[:SIZE]
            yield fit_lengths(large) if linktype == ETHERNET else large


def write(path, capture):
    with open(path, "wb") as f:
        f.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, capture.linktype))
        count = 0
        for packet in [p for p in capture.packets if len(p.data) > 16][:PACKETS]:
            for data in blown_up(packet.data, capture.linktype & 0xffff):
                count += 1
                length = CLAIMED if count % 4 == 0 else len(data)
                f.write(struct.pack("<IIII", 1700000000, count, len(data), length))
                f.write(data)
    return count


def time_of(command):
    """(exit status, seconds of processor time)"""
    nowhere = subprocess.DEVNULL
    p = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, env=harness.ENVIRONMENT)
    _, status, used = os.wait4(p.pid, 0)
    return status, used.ru_utime + used.ru_stime


def main():
    binary, factor = harness.program(sys.argv[1]), float((sys.argv[2:] + ["1"])[0])
    slowest, printed, failures = (0.0, None), 0, []
    with tempfile.TemporaryDirectory() as scratch:
        path = os.path.join(scratch, "large.pcap")
        for name in sorted(glob.glob(os.path.join(GOLDEN, "*", "*.pcap"))):
            capture = savefile.read(name)
            if capture is None:
                continue
            printed += write(path, capture)
            status, seconds = time_of([*binary, "-r", path, "-nevvv"])
            slowest = max(slowest, (seconds, os.path.relpath(name, GOLDEN)))
            if status != 0 or seconds > SECONDS * factor:
                failures.append("%s: status %d, %.1f seconds" % (name, status, seconds))
    print("\n".join(failures + ["%d packets; the slowest file took %.2f s: %s" % (printed, *slowest)]))
    return 1 if failures or printed == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
