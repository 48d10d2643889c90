#!/usr/bin/env python3
"""Copies that snifter makes of captures show the same in tshark as the originals.

  copies.py BINARY FOLDER

Captures below FOLDER are copied to pcapng and, where pcap can hold them, to pcap; so are a merged capture
with several interfaces and one with comments, made by Wireshark's tools. What counts is what tshark says of
each packet: time, lengths, interface, link type, comment, all bytes.
"""
import glob
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness

FIELDS = ["frame.time_epoch", "frame.len", "frame.cap_len", "frame.encap_type", "frame.protocols"]
MORE = ["frame.interface_id", "frame.interface_name", "frame.comment", "frame.packet_flags"]
MOST = 6  # captures; each costs several runs of tshark


def view(path, fields):
    words = ["tshark", "-n", "-r", path, "-T", "fields"]
    for field in fields:
        words += ["-e", field]
    text = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    data = subprocess.run(["tshark", "-n", "-r", path, "-x"], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, check=False).stdout
    return text, data


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
    harness.run(["editcap", "-F", "nsecpcap", captures[0], path("nano.pcap")])
    harness.run(["editcap", "-s", "40", captures[0], path("short.pcapng")])
    harness.run(["tshark", "-r", captures[0], "-w", path("tshark.pcapng")])
    with open(path("two.pcapng"), "wb") as f:
        for name in ("comment.pcapng", "tshark.pcapng"):
            with open(path(name), "rb") as part:
                shutil.copyfileobj(part, f)
    return sorted(glob.glob(path("*.pcap*")))


def check(program, original, folder):
    failures = []
    for suffix in (".pcapng", ".pcap"):
        to = os.path.join(folder, "copy" + suffix)
        status, _, err = copy(program, original, to)
        name = "%s to %s" % (os.path.basename(original), suffix)
        if status != 0:
            mixed = suffix == ".pcap" and b"second link type" in err
            failures += [] if mixed else ["%s: status %s: %s" % (name, status, harness.show(err))]
            continue
        fields = FIELDS + (MORE if suffix == ".pcapng" and is_pcapng(original) else [])
        for what, ours, theirs in zip(("fields", "bytes"), view(to, fields), view(original, fields)):
            if ours != theirs:
                failures.append("%s: %s differ" % (name, what))
    return failures


def main():
    program = harness.program(sys.argv[1])
    for tool in ("tshark", "editcap", "mergecap"):
        if shutil.which(tool) is None:
            harness.skip(tool + " is not installed")
    captures = sorted(glob.glob(os.path.join(sys.argv[2], "*", "*.pcap*")), key=os.path.getsize)
    captures = [c for c in captures if os.path.getsize(c) > 500]
    captures = captures[::max(1, len(captures) // MOST)]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as scratch:
        originals = captures + made_by_others(captures, folder)
        failures = [f for o in originals for f in check(program, o, scratch)]
    print("\n".join(failures + ["%d captures, %d failures" % (len(originals), len(failures))]))
    return 1 if failures or not captures else 0


if __name__ == "__main__":
    sys.exit(main())
