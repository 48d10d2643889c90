#!/usr/bin/env python3
"""diff.savefile: the savefile reader against tcpdump.

  savefile.py SAVEFILE_DUMP SNIFTER [-v]

Every kind of sound, strange and broken file is made here, and the captures beside the repository are read
when they are there. What tcpdump reads is taken from its own copy (-w with nanoseconds): header, times,
lengths, bytes. What it says about a broken file is compared word for word, with the exit status. The whole
program, when it is there, must then give the same copy and the same messages.
"""
import glob
import os
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness
from forge import PACKET, block, header, interface, obsolete, option, packet, record, section, simple

CAPTURES = os.path.join(HERE, "..", "..", "..", "shared", "conformance")


def pcap_files():
    for n in (0, 1, 3, 4, 5, 10, 23, 24):
        yield f"header cut at {n}", (header() + record())[:n]
    for junk in (b"abcd", b"abcd" * 10, bytes(40), b"\x1f\x8b\x00" + bytes(40)):
        yield f"junk {junk[:4].hex()}", junk
    for magic in (0xA1B2C3D4, 0xA1B2CD34, 0xA1B234CD, 0xA12B3C4D, 0xA1B23C4D, 0xA1B2C3CB, 0xA1E2CB12):
        for order in "<>":
            more = bytes(8) if magic == 0xA1B2CD34 else b""
            yield (f"magic {magic:x} {order}",
                   header(magic, order=order) + 2 * record(order=order, more=more))
    for version in ((0, 0), (1, 0), (1, 9), (2, 0), (2, 1), (2, 2), (2, 3), (2, 4), (2, 5), (3, 0),
                    (543, 0), (543, 1)):
        for caplen, length in ((54, 54), (54, 100), (100, 54)):
            for order in "<>":
                yield (f"version {version} lengths {caplen} {length} {order}",
                       header(major=version[0], minor=version[1], order=order)
                       + record(caplen=caplen, length=length, data=PACKET[:54], order=order)
                       + record(data=PACKET[:54], order=order))
    for snaplen in (0, 1, 40, 65535, 262144, 262145, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
        yield f"snaplen {snaplen:x}", header(snaplen=snaplen) + record() * 3
        yield f"modified snaplen {snaplen:x}", header(0xA1B2CD34, snaplen=snaplen) + record(more=bytes(8)) * 3
    for linktype in (1, 113, 189, 220, 231, 249, 266, 279):
        for snaplen in (0, 40, 100, 262144, 0x7FFFFFFF):
            for caplen in (100, 262144, 262145, 1048577, 8388609, 134217729, 0x7FFFFFFF, 0xFFFFFFFF):
                yield (f"linktype {linktype} snaplen {snaplen:x} caplen {caplen:x}",
                       header(linktype=linktype, snaplen=snaplen) + record(caplen=caplen, length=caplen))
    for caplen in (262150, 262158, 262159):
        yield (f"modified caplen {caplen}",
               header(0xA1B2CD34) + record(caplen=caplen, length=caplen, more=bytes(8)))
    for size in (262144, 262000):
        yield f"large {size}", header() + record() + record(data=bytes(size)) + record()
    for linktype in (0, 7, 12, 101, 104, 147, 276, 0x04000001, 0xF4000001, 0x10000001, 0x08000001):
        yield f"linktype {linktype:x}", header(linktype=linktype) + record()
    whole = header() + record() + record(data=PACKET[:30])
    for n in range(24, len(whole)):
        yield f"cut at {n}", whole[:n]
    whole = header(0xA1B2CD34) + record(more=bytes(8)) * 2
    for n in range(24, len(whole), 3):
        yield f"modified cut at {n}", whole[:n]
    whole = header(snaplen=20) + record(data=PACKET[:40]) * 2
    for n in range(24, len(whole)):
        yield f"beyond snaplen cut at {n}", whole[:n]
    for fraction in (0, 999999, 1000000, 1999999, 0x7FFFFFFF):
        yield f"microseconds {fraction}", header() + record(fraction=fraction)
    for fraction in (0, 999999999):
        yield f"nanoseconds {fraction}", header(0xA1B23C4D) + record(fraction=fraction)
    for zone in (1, 3600, -3600, 0x7FFFFFFF):
        yield f"zone {zone}", header(zone=zone, accuracy=6) + record()
    yield "no data", header() + record(data=b"") * 2


def pcapng_files():
    begin = section() + interface()
    yield "sound", begin + packet()
    yield "other order", section(">") + interface(order=">") + packet(order=">") + simple(order=">")
    yield "byte order magic", section(magic=0x11223344) + interface() + packet()
    for length in (0, 4, 12, 20, 24, 27, 28, 29, 30, 32, 36, 0xFFFFC, 0x100000, 0x100004,
                   0x7FFFFFFC, 0xFFFFFFFC):
        yield f"first section length {length:x}", section(length=length) + interface() + packet()
        yield (f"second section length {length:x}",
               begin + packet() + section(length=length) + interface() + packet())
    yield "section trailer", section(trailer=32) + interface() + packet()
    yield "second section trailer", begin + section(trailer=32) + interface() + packet()
    for version in ((0, 0), (1, 1), (1, 2), (1, 3), (2, 0)):
        yield f"version {version}", section(major=version[0], minor=version[1]) + interface() + packet()
        yield (f"second version {version}", begin + packet() + section(major=version[0], minor=version[1])
               + interface() + packet())
    yield "second section order magic", begin + packet() + section(magic=1) + interface() + packet()
    yield "second section", (begin + packet()) * 3
    yield "second section without interface", begin + packet() + section() + packet()
    yield "second section short", begin + packet() + block(0x0A0D0D0A, bytes(12))
    yield ("second section large",
           begin + packet() + section(options=option(1, b"x" * 60000) * 20) + interface() + packet())
    for length in (0, 1, 4, 8, 11, 12, 13, 14, 16, 18, 20, 24, 28, 60, 88, 90, 92, 96,
                   0x1000000, 0x1000004, 0x7FFFFFFC, 0xFFFFFFFC, 0xFFFFFFFD):
        yield f"interface length {length:x}", section() + interface(length=length) + packet()
        yield f"packet length {length:x}", begin + packet(length=length)
        yield f"packet length {length:x} with another", begin + packet() + packet(length=length) + packet()
        yield f"unknown block length {length:x}", begin + block(0x77, b"", length=length) + packet()
    yield "packet trailer", begin + packet(trailer=96)
    yield "unknown trailer", begin + block(0x77, b"1234", trailer=12) + packet()
    for caplen in (0, 1, 50, 52, 53, 54, 55, 100, 262144, 262145, 0x7FFFFFFF, 0xFFFFFFFF):
        yield f"caplen {caplen:x}", begin + packet() + packet(caplen=caplen, length=caplen)
        yield f"obsolete caplen {caplen:x}", begin + packet() + obsolete(caplen=caplen)
        yield f"simple length {caplen:x}", begin + packet() + simple(length=caplen)
        yield (f"simple length {caplen:x} snaplen 40",
               section() + interface(snaplen=40) + simple(length=caplen))
    for number in (1, 2, 65535, 0x10000, 0xFFFFFFFF):
        yield f"interface number {number:x}", begin + packet(number)
        yield f"obsolete interface number {number:x}", begin + obsolete(number & 0xFFFF)
    for kind in (simple, packet, obsolete):
        yield f"{kind.__name__} without interface", section() + kind()
        yield f"{kind.__name__}", begin + kind() + kind(data=b"") + kind(data=PACKET[:33])
    for kind, body in ((6, 16), (3, 0), (2, 16), (1, 4), (5, 4), (4, 0), (10, 0), (0xBAD, 0)):
        yield f"short block {kind}", begin + block(kind, bytes(body)) + packet()
        yield f"short block {kind} first", section() + block(kind, bytes(body)) + interface() + packet()
    yield "no section", interface() + packet()
    yield "names", begin + block(4, struct.pack("<HH", 1, 8) + b"\x0a\0\0\1abc\0" + bytes(4)) + packet()
    yield "bad names", begin + block(4, b"\1\0\xff\xff") + packet()
    for snaplen in (0, 1, 40, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
        yield f"snaplen {snaplen:x}", section() + interface(snaplen=snaplen) + packet() * 2
    for linktype in (231, 249, 279, 12, 147):
        for caplen in (100, 262145):
            for snaplen in (0, 262144, 300000):
                yield (f"linktype {linktype} snaplen {snaplen} caplen {caplen}",
                       section() + interface(linktype, snaplen) + packet(caplen=caplen, length=caplen))
        for length in (8519680, 16777220, 134348800, 134348804):
            yield (f"linktype {linktype} length {length}",
                   section() + interface(linktype) + packet(length=length))
    yield "two interfaces", begin + interface() + packet() + packet(1)
    yield from pcapng_options()
    whole = begin + packet(options=option(1, b"hello") + option(0, b"")) + simple()
    for n in range(4, len(whole)):
        yield f"cut at {n}", whole[:n]


def pcapng_options():
    def file(name, options, ticks=1700000000000005):
        return name, section() + interface(options=options) + packet(ticks=ticks & (1 << 64) - 1)

    for digits in (*range(0, 22), 64, 127):
        yield file(f"resolution 10^-{digits}", option(9, bytes([digits])),
                   12 * 10 ** digits + 10 ** digits // 8 + 7)
    for bits in (*range(0, 34), 64, 65, 127):  # from 35 on tcpdump's arithmetic overflows
        yield file(f"resolution 2^-{bits}", option(9, bytes([bits | 128])),
                   (11 << bits) + (1 << bits) // 8 + 3)
    for ticks in (1700000000999999999, 1700000000123456789):
        yield file(f"nanoseconds {ticks}", option(9, b"\x09"), ticks)
    for code, size in ((9, 1), (14, 8)):
        yield file(f"option {code} twice", option(code, bytes(size)) * 2)
        for wrong in (0, 2, 4, 7, 9, 16):
            yield file(f"option {code} with {wrong}", option(code, bytes(wrong)))
    for offset in (1, -1, 3600, -1700000000, 1 << 31):
        yield file(f"offset {offset}", option(14, struct.pack("<q", offset)))
    yield file("options after the end", option(0, b"") + option(9, b"\x09"))
    yield file("end with a value", option(0, b"1234"))
    yield file("no end", option(2, b"eth0"))
    yield file("too long", struct.pack("<HH", 2, 100) + b"abcd")
    yield file("no padding", struct.pack("<HH", 2, 5) + b"abcd")
    yield file("header only", struct.pack("<HH", 9, 1))
    yield file("empty name, long description", option(2, b"") + option(3, b"x" * 3000))
    yield "packet options", section() + interface() + packet(options=option(1, b"hello") + option(0, b""))
    yield "bad packet options", section() + interface() + packet(options=struct.pack("<HH", 1, 1000))
    yield "captured more than there was", section() + interface() + packet(length=10)


def wireshark_files(folder):
    """What editcap and mergecap make of two captures; nothing where they are missing."""
    if shutil.which("editcap") is None or shutil.which("mergecap") is None:
        return
    made = [os.path.join(folder, name) for name in ("a.pcap", "b.pcap")]
    for path, seconds in zip(made, (1700000000, 1700000003)):
        with open(path, "wb") as f:
            f.write(header())
            f.writelines(record(seconds + i, i * 1000, data=PACKET[:20 + i]) for i in range(40))
    out = os.path.join(folder, "out")
    for command in (["editcap", "-F", "pcap"], ["editcap", "-F", "nsecpcap"], ["editcap", "-F", "modpcap"],
                    ["editcap", "-F", "rh6_1pcap"], ["editcap", "-F", "suse6_3pcap"],
                    ["editcap", "-F", "nokiapcap"],
                    ["editcap", "-F", "pcapng"], ["editcap", "-F", "pcapng", "-s", "30"],
                    ["editcap", "-F", "pcapng", "-a", "3:hello", "-t", "0.000000001"],
                    ["editcap", "-F", "pcapng", "--capture-comment", "whole file"]):
        if subprocess.run([*command, made[0], out], capture_output=True).returncode == 0:
            with open(out, "rb") as f:
                yield " ".join(command), f.read()
    for command in (["mergecap", "-F", "pcapng"], ["mergecap", "-I", "none", "-F", "pcapng"],
                    ["mergecap", "-a", "-F", "pcap"]):
        if subprocess.run([*command, "-w", out, *made], capture_output=True).returncode == 0:
            with open(out, "rb") as f:
                yield " ".join(command), f.read()


def captures():
    for path in sorted(glob.glob(os.path.join(CAPTURES, "*", "*", "*.pcap*"))):
        with open(path, "rb") as f:
            yield os.path.basename(path), f.read()


# -- comparing

# Where snifter does better on purpose: several link types or snapshot lengths in one file.
BETTER = ("interface has a type", "interface has a snapshot length")
LINKTYPE_MASK = 0x03FFFFFF  # the bits above are tcpdump's to keep, not ours to print
# 2^31 nanoseconds, which tcpdump takes for a negative number when it divides them by 1000
OVERFLOWS = ("timestamp_invalid_nano.pcap",)
HEAD = "RD link-type "
BEYOND = "%d.%09d" % divmod((1 << 63) - 1, 10 ** 9)


def checksum(data):
    value = 2166136261
    for byte in data:
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value


def read_copy(raw):
    """The lines that savefile_dump prints for a nanosecond file in this machine's order."""
    lines, at = [], 24
    while at + 16 <= len(raw):
        seconds, fraction, caplen, length = struct.unpack("=IIII", raw[at:at + 16])
        ns = seconds * 10 ** 9 + fraction
        lines.append(f"{ns // 10**9}.{ns % 10**9:09} caplen {caplen} len {length} "
                     f"sum {checksum(raw[at + 16:at + 16 + caplen]):08x}")
        at += 16 + caplen
    return lines


def reference(path, copy):
    """What tcpdump makes of a file: header, packets, message, exit status."""
    if os.path.exists(copy):
        os.remove(copy)
    status, _, err = harness.run([harness.REFERENCE, "-r", path, "--nano", "-w", copy])
    message = [line for line in err.decode("latin1").splitlines()
               if not line.startswith(("reading from file", "Warning: interface names"))]
    raw = b""
    if os.path.exists(copy):
        with open(copy, "rb") as f:
            raw = f.read()
    head = None
    if len(raw) >= 24:
        snaplen, linktype = struct.unpack("=II", raw[16:24])
        head = (linktype & LINKTYPE_MASK, snaplen)
    return head, read_copy(raw), message, status


def overflown(time, carried):
    """The time of a packet whose microseconds count whole seconds, as tcpdump makes nanoseconds of it: the
    product does not fit into 32 bits."""
    seconds, fraction = map(int, time.split("."))
    ns = (carried * 10 ** 9 + fraction) % 2 ** 32
    ns += (seconds - carried) * 10 ** 9
    return f"{ns // 10**9}.{ns % 10**9:09}"


def ours(dump, path, chunk, batch):
    status, out, err = harness.run([*dump, path, str(chunk), str(batch)])
    err = err.decode("latin1").splitlines()
    head = None
    for line in err:
        if line.startswith(HEAD):
            linktype, snaplen = line[len(HEAD):].split(", snapshot length ")
            head = (int(linktype), int(snaplen))
    lines = []
    for line in out.decode("latin1").splitlines():
        word = line.split()
        if word[0] in ("block", "name"):
            continue
        if word[1] == "carried":
            if word[3] == "us":
                word[0] = overflown(word[0], int(word[2]))
            del word[1:4]
        if word[0] != BEYOND:
            word[0] = "%d.%s" % (int(word[0].split(".")[0]) % 2 ** 32, word[0].split(".")[1])
        lines.append(f"{word[0]} caplen {word[6]} len {word[8]} sum {word[10]}")
    return head, lines, [line for line in err if not line.startswith(HEAD)], status


def alike(want, got):
    lines = want[1]
    if len(lines) == len(got[1]):
        # what does not fit into 64 bits of nanoseconds has no common form
        lines = [mine if mine.startswith(BEYOND) else line for line, mine in zip(lines, got[1])]
    # without a copy tcpdump's header is not known; it stopped at the first packet, or before
    head = got[0] if want[0] is None and lines == [] else want[0]
    return got == (head, lines, *want[2:])


def whole_program(snifter, path):
    """Whether snifter's copy and messages are tcpdump's. Microseconds are asked for, as they are not its
    default for files that have more, and as tcpdump's nanoseconds overflow."""
    # another processor's copy may be in another byte order
    if "SNIFTER_EMULATOR" in os.environ or not os.access(snifter, os.X_OK):
        return True
    options = ["-r", path, "--micro", "-w", "-"]
    want = harness.run([harness.REFERENCE, *options])
    status, out, err = harness.run([snifter, *options])
    prefix = os.path.basename(snifter).encode() + b": "
    err = b"".join(line.replace(prefix, b"tcpdump: ", 1) if line.startswith(prefix) else line
                   for line in err.splitlines(True))
    if want != (status, out, err):
        print(f"  tcpdump {want}\n  snifter {status, out, err}")
    return want == (status, out, err)


def main():
    dump, snifter, verbose = harness.program(sys.argv[1]), sys.argv[2], "-v" in sys.argv
    harness.need_reference()
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        path, copy = os.path.join(folder, "in"), os.path.join(folder, "copy")
        files = [*pcap_files(), *pcapng_files(), *wireshark_files(folder), *captures()]
        copied = {name for name, _ in harness.share(files)}
        for name, raw in files:
            with open(path, "wb") as f:
                f.write(raw)
            want = reference(path, copy)
            if any(word in line for word in BETTER for line in want[2]):
                continue
            count += 1
            # as fast as it can, and in the smallest steps there are
            for chunk, batch in ((1 << 20, 64), (1, 1)):
                got = ours(dump, path, chunk, batch)
                if not alike(want, got):
                    failed += 1
                    print(f"{name} (pieces of {chunk}):\n  tcpdump {want}\n  ours    {got}")
                    break
            else:
                sound = name not in OVERFLOWS and not any(line.startswith(BEYOND) for line in got[1])
                if sound and name in copied and not whole_program(snifter, path):
                    failed += 1
                    print(f"{name}: the program copies it differently")
                elif verbose:
                    print("ok", name)
    print(f"{count - failed} files read alike, {failed} not")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
