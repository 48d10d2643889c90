#!/usr/bin/env python3
"""What a mini build does without, it says.

  left_out.py BINARY FOLDER

FOLDER is that of the golden cases, for a capture.
"""
import gzip
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness

PCAPNG = bytes.fromhex("0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000")


def main():
    binary = harness.program(sys.argv[1])
    capture = os.path.join(sys.argv[2], "dns", "edns.pcap")
    failures = []
    with tempfile.TemporaryDirectory() as scratch:
        packed, section = os.path.join(scratch, "a.gz"), os.path.join(scratch, "a.pcapng")
        with open(capture, "rb") as f, gzip.open(packed, "wb") as to:
            to.write(f.read())
        with open(section, "wb") as f:
            f.write(PCAPNG)
        for arguments, part in (
                (["-r", packed], b"does not decompress"),
                (["-r", section], b"reads no pcapng"),
                (["-r", capture, "-w", section], b"writes no pcapng"),
                (["-r", capture, "-E", "3des-cbc:key"], b"decrypts nothing"),
                (["-y", "EN10MB", "--explain", "tcp"], b"cannot explain"),
                (["-y", "EN10MB", "-d", "--filter-dialect=plain", "tcp"], b"not in this small build"),
                (["-y", "EN10MB", "-d", "decnet host 1.2"], b"not in this small build"),
                (["-y", "EN10MB", "-d", "llc"], b"not in this small build")):
            status, _, err = harness.run([*binary, *arguments])
            if status == 0 or part not in err:
                failures.append("%s: exit status %s, %s" % (" ".join(arguments), status, harness.show(err)))
        if b"small build: no pcapng" not in harness.run([*binary, "--version"])[1]:
            failures.append("--version does not tell")
    print("\n".join(failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
