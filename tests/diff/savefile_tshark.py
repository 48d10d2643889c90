#!/usr/bin/env python3
"""diff.savefile_tshark: the savefile reader against tshark, on files that tcpdump refuses.

  savefile_tshark.py SAVEFILE_DUMP [-v]

Interfaces that differ in link type, snapshot length and resolution, sections of both byte orders, comments
and directions: time, lengths, interface, link type and texts of each packet must agree.
"""
import itertools
import os
import random
import re
import shutil
import struct
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness
from forge import PACKET, block, header, interface, obsolete, option, packet, record, section, simple

FIELDS = ("frame.time_epoch", "frame.cap_len", "frame.len", "frame.interface_id", "frame.encap_type",
          "frame.interface_name", "frame.packet_flags_direction", "frame.comment")
# Wireshark has numbers of its own for link types: what it says for those that are used here.
ENCAPSULATIONS = {"1": 1, "4": 9, "7": 101, "20": 105, "25": 113, "28": 104}
LINE = re.compile(r"(\S+) if (\d+) link (\d+) caplen (\d+) len (\d+) sum \S+(?: direction (\d))?"
                  r"(?: comment (.*?))? (\S*)$")
RESOLUTIONS = (3, 6, 7, 9, 0x80 | 10, 0x80 | 20)


def ticks(resolution, seconds, nanoseconds):
    units = 1 << (resolution & 0x7F) if resolution & 0x80 else 10 ** resolution
    return seconds * units + nanoseconds * units // 10 ** 9


def random_file(rng):
    """Sections with interfaces of all kinds, each packet on one of them."""
    raw, seconds = b"", 1600000000
    # tshark 4.0 looks for the names of all sections' interfaces in the first: they have to be alike
    interfaces = rng.randint(1, 4)
    for _ in range(rng.randint(1, 3)):
        order = rng.choice("<>")
        raw += section(order, options=rng.choice((b"", option(4, b"forge", order) + option(0, b"", order))))
        faces = []
        for i in range(interfaces):
            resolution = rng.choice(RESOLUTIONS)
            options = option(9, bytes([resolution]), order)
            options += option(2, f"if{i}".encode(), order) + option(0, b"", order)
            snaplen = rng.choice((0, 60, 262144))
            raw += interface(rng.choice(list(ENCAPSULATIONS.values())), snaplen, options, order)
            faces.append(resolution)
        for _ in range(rng.randint(0, 12)):
            i = rng.randrange(len(faces))
            seconds += 1
            when = ticks(faces[i], seconds, rng.randrange(10 ** 9))
            data = PACKET[:rng.randint(20, 60)]
            options = b""
            if rng.random() < 0.3:
                options += option(1, b"note %d" % seconds, order)
            if rng.random() < 0.3:
                options += option(2, struct.pack(order + "I", rng.choice((1, 2))), order)
            if options:
                options += option(0, b"", order)
            make = obsolete if rng.random() < 0.2 else packet
            raw += make(i, ticks=when, data=data, options=options, order=order)
            if rng.random() < 0.1:
                raw += simple(data=data, order=order)
            if rng.random() < 0.1:
                raw += block(rng.choice((0x77, 10, 0x80000001)), bytes(8), order)
    return raw


def merged_files(folder):
    """What mergecap makes of captures with different link types."""
    if shutil.which("mergecap") is None:
        return
    parts = []
    for i, linktype in enumerate((1, 101, 113)):
        parts.append(os.path.join(folder, f"part{i}"))
        with open(parts[-1], "wb") as f:
            f.write(header(linktype=linktype))
            f.writelines(record(1700000000 + 3 * n + i, data=PACKET[:40 + n]) for n in range(9))
    out = os.path.join(folder, "merged")
    for mode in (["-I", "none"], ["-I", "all"], ["-a"]):
        if harness.run(["mergecap", *mode, "-F", "pcapng", "-w", out, *parts])[0] == 0:
            with open(out, "rb") as f:
                yield "mergecap " + " ".join(mode), f.read()


def tshark(path):
    fields = itertools.chain.from_iterable(("-e", field) for field in FIELDS)
    status, out, err = harness.run(["tshark", "-n", "-r", path, "-T", "fields", *fields])
    if status != 0:
        return err
    lines = []
    for line in out.decode().splitlines():
        when, caplen, length, number, encapsulation, name, direction, comment = line.split("\t")
        lines.append((when or "0.000000000", caplen, length, number,
                      str(ENCAPSULATIONS.get(encapsulation, encapsulation)),
                      name.replace("unknown", ""),
                      str(int(direction, 16)) if direction else "", comment))
    return lines


def ours(dump, path, chunk, batch):
    status, out, err = harness.run([*dump, path, str(chunk), str(batch)])
    if status != 0:
        return err
    lines = []
    for line in out.decode().splitlines():
        if line.startswith(("block ", "name ")):
            continue
        when, number, linktype, caplen, length, direction, comment, name = LINE.match(line).groups()
        lines.append((when, caplen, length, number, linktype, name, direction or "", comment or ""))
    return lines


def main():
    dump, verbose = harness.program(sys.argv[1]), "-v" in sys.argv
    if shutil.which("tshark") is None:
        harness.skip("tshark is not installed")
    rng = random.Random(11)
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in")
        made = ((f"random file {i}", random_file(rng)) for i in range(25))
        for name, raw in itertools.chain(made, merged_files(folder)):
            with open(path, "wb") as f:
                f.write(raw)
            count += 1
            want = tshark(path)
            for chunk, batch in ((1 << 20, 64), (3, 2)):
                got = ours(dump, path, chunk, batch)
                if got != want:
                    failed += 1
                    print(f"{name} (pieces of {chunk}):\n  tshark {want}\n  ours   {got}")
                    break
            if verbose:
                print(name, len(want), "packets")
    print(f"{count - failed} files read alike, {failed} not")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
