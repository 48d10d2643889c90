#!/usr/bin/env python3
"""Copies that snifter makes of captures show the same in tshark as the originals.

  copies.py BINARY FOLDER [--all]

Captures below FOLDER are copied to pcapng and, where pcap can hold them, to pcap; so are captures that
Wireshark's tools make of them, and strange ones that are made here. What counts is what tshark says of each
packet: time, lengths, interface, link type, comment, frame check sequence, all bytes. Then captures go from
pcap to pcapng and back, and from pcapng to pcapng: that must change no byte.
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
from forge import PACKET, all_blocks, header, record

CONFORMANCE = os.path.join(HERE, "..", "..", "..", "shared", "conformance")
FIELDS = ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.encap_type", "frame.protocols", "eth.fcs"]
MORE = ["frame.interface_id", "frame.interface_name", "frame.interface_description", "frame.comment",
        "frame.packet_flags"]
MOST = 6  # captures; each costs several runs of tshark
EVERY = 5  # so many go to pcapng and back, unless --all is given


def tshark(path, *options):
    return subprocess.run(["tshark", "-n", "-r", path, *options], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False).stdout


def fields_of(path, fields):
    return tshark(path, "-T", "fields", *(word for field in fields for word in ("-e", field)))


def bytes_of(path):
    return tshark(path, "-x")


def is_pcapng(path):
    with open(path, "rb") as f:
        return f.read(4) == b"\x0a\x0d\x0d\x0a"


def copy(program, path, to):
    return harness.run([*program, "-r", path, "-w", to])


def made_by_others(captures, folder):
    """Captures that Wireshark's tools make of some of ours."""
    def path(name):
        return os.path.join(folder, name)

    harness.run(["mergecap", "-w", path("merged.pcapng"), *captures[:3]])
    harness.run(["editcap", "-a", "1:first comment", "-a", "1:second", "-F", "pcapng", captures[0],
                 path("comment.pcapng")])
    for kind in ("nsecpcap", "modpcap"):
        harness.run(["editcap", "-F", kind, captures[0], path(kind + ".pcap")])
    with open(path("keys"), "w", encoding="ascii") as f:
        f.write("CLIENT_RANDOM " + "0" * 64 + " " + "1" * 96 + "\n")
    harness.run(["editcap", "--inject-secrets", "tls," + path("keys"), captures[0], path("keys.pcapng")])
    harness.run(["mergecap", "-I", "none", "-w", path("interfaces.pcapng"), *captures[:3]])
    harness.run(["editcap", "-s", "40", captures[0], path("short.pcapng")])
    harness.run(["tshark", "-r", captures[0], "-w", path("tshark.pcapng")])
    with open(path("two.pcapng"), "wb") as f:
        for name in ("comment.pcapng", "tshark.pcapng"):
            with open(path(name), "rb") as part:
                shutil.copyfileobj(part, f)
    return sorted(glob.glob(path("*.pcap*")))


def made_here():
    """What no tool makes, but files are."""
    yield "beyond.pcap", header(snaplen=20) + record(data=PACKET[:40]) + record(data=PACKET[:18]) + record()
    yield "snaplen_0.pcap", header(snaplen=0) + record()
    yield "linktype_19.pcap", header(linktype=19) + record()
    for bits in (0x04000000, 0x24000000, 0xF0000000):
        yield "fcs_%x.pcap" % bits, header(linktype=1 | bits) + record(data=PACKET + b"\1\2\3\4")
    yield "big_nano.pcap", header(0xA1B23C4D, order=">") + record(fraction=999999999, order=">")
    yield "version_2_2.pcap", header(minor=2) + record()
    yield "blocks.pcapng", all_blocks("<")
    yield "two_orders.pcapng", all_blocks(">") + all_blocks("<")


def write_all(files, folder):
    for name, raw in files:
        with open(os.path.join(folder, name), "wb") as f:
            f.write(raw)


def contents(path):
    """Header and records of a pcap copy. The bits above the link type are left out, and whole seconds in the
    field of microseconds are added to the seconds: pcapng has no place for these."""
    with open(path, "rb") as f:
        raw = f.read()
    unit = 10 ** 9 if raw[:4] == struct.pack("=I", 0xA1B23C4D) else 10 ** 6
    parts, at = [raw[:22]], 24
    while at + 16 <= len(raw):
        seconds, fraction, caplen, length = struct.unpack("=4I", raw[at:at + 16])
        parts += [divmod(seconds * unit + fraction, unit), length, raw[at + 16:at + 16 + caplen]]
        at += 16 + caplen
    return parts


def there_and_back(program, original, folder):
    """From pcapng to pcapng, or from pcap through pcapng to pcap: the same bytes."""
    plain, ng, back = (os.path.join(folder, name) for name in ("plain.pcap", "ng.pcapng", "back.pcap"))
    copy(program, original, ng)
    if is_pcapng(original):
        with open(original, "rb") as a, open(ng, "rb") as b:
            # what stands before the first damage
            return [] if a.read().startswith(b.read()) else [original + ": the copy differs"]
    copy(program, original, plain)
    copy(program, ng, back)
    same = contents(plain) == contents(back)
    return [] if same else [original + ": not the same through pcapng and back"]


def check(program, original, folder):
    failures, seen, whole = [], {}, bytes_of(original)
    for suffix in (".pcapng", ".pcap"):
        to = os.path.join(folder, "copy" + suffix)
        status, _, err = copy(program, original, to)
        name = "%s to %s" % (os.path.basename(original), suffix)
        if status != 0:
            mixed = suffix == ".pcap" and b"second link type" in err
            failures += [] if mixed else ["%s: status %s: %s" % (name, status, harness.show(err))]
            continue
        fields = (*FIELDS, *(MORE if suffix == ".pcapng" and is_pcapng(original) else ()))
        if fields not in seen:
            seen[fields] = fields_of(original, fields)
        if fields_of(to, fields) != seen[fields]:
            failures.append("%s: fields differ" % name)
        if bytes_of(to) != whole:
            failures.append("%s: bytes differ" % name)
    return failures


def main():
    program = harness.program(sys.argv[1])
    for tool in ("tshark", "editcap", "mergecap"):
        if shutil.which(tool) is None:
            harness.skip(tool + " is not installed")
    golden = sorted(glob.glob(os.path.join(sys.argv[2], "*", "*.pcap*")), key=os.path.getsize)
    captures = [c for c in golden if os.path.getsize(c) > 500]
    captures = captures[::max(1, len(captures) // MOST)]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        write_all(made_here(), folder)
        originals = captures + made_by_others(captures, folder)
        failures = [f for o in originals for f in check(program, o, scratch)]
        others = sorted(glob.glob(os.path.join(CONFORMANCE, "*", "*", "*.pcap*"))) or golden
        everything = originals + (others if "--all" in sys.argv else others[::EVERY])
        failures += [f for o in everything for f in there_and_back(program, o, scratch)]
    print("\n".join(failures + ["%d captures, %d failures" % (len(everything), len(failures))]))
    return 1 if failures or not captures else 0


if __name__ == "__main__":
    sys.exit(main())
