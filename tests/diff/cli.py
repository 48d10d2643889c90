#!/usr/bin/env python3
"""Command lines whose text, messages, files and exit status must be tcpdump's.

  cli.py BINARY TABLE...

A table holds one shell command per line, in which $T is the program; # begins a comment line. Each runs
twice in a fresh folder of captures (see captures()): with tcpdump, and with BINARY under the name tcpdump.
Both runs must agree in exit status, standard output, standard error, and in every file that they leave.

A line that begins with "names: " prints names, and so waits for a machine whose /etc has the usual files: the
reference knows no service without them, we have the common ones built in.

A line that begins with "differs: " is one of our documented differences: the two must not agree, and the
lines below it, indented, are what must be true of our run: "status N", "out TEXT", "err TEXT" (which must
contain the text).
"""
import os
import shutil
import struct
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import forge
import harness

TIMEOUT = 20
NAME_FILES = ("/etc/services", "/etc/hosts")


def udp(sport, dport, size, src=(127, 0, 0, 1), dst=(10, 0, 0, 2)):
    """An Ethernet frame with UDP over IPv4."""
    ip = struct.pack(">BBHHHBBH", 0x45, 0, 28 + size, 1, 0, 64, 17, 0) + bytes(src + dst)
    header = struct.pack(">HHHH", sport, dport, 8 + size, 0)
    return bytes.fromhex("00112233445566778899aabb0800") + ip + header + bytes(range(size))


def captures(folder):
    """What the commands find: captures of all kinds, lists of them, a filter."""
    def write(name, data):
        with open(os.path.join(folder, name), "wb") as f:
            f.write(data)

    few = b"".join(forge.record(1700000000 + i, 123456, data=udp(40000 + i, 9 + i, 20 + i))
                   for i in range(5))
    write("few.pcap", forge.header() + few)
    write("one.pcap", forge.header() + forge.record(data=udp(1, 2, 3)))
    write("none.pcap", forge.header())
    write("big.pcap", forge.header() + b"".join(
        forge.record(1700000000 + i, 5, data=udp(40000, 5000 + i % 7, 200) + bytes(800))
        for i in range(3000)))
    write("nano.pcap", forge.header(magic=0xA1B23C4D) + forge.record(fraction=123456789, data=udp(1, 2, 3)))
    write("swapped.pcap", forge.header(order=">") + forge.record(data=udp(1, 2, 3), order=">"))
    write("raw.pcap", forge.header(linktype=101) + forge.record(data=udp(1, 2, 3)[14:]))
    write("odd.pcap", forge.header(linktype=9999) + forge.record(data=udp(1, 2, 3)))
    write("short.pcap", forge.header(snaplen=64) + forge.record(data=udp(1, 2, 50)[:64], length=92))
    write("mixed.pcapng", forge.section() + forge.interface() + forge.interface(linktype=101)
          + forge.packet(data=udp(1, 2, 3)) + forge.packet(1, data=udp(3, 4, 5)[14:],
                                                           options=forge.option(1, b"a comment")))
    write("liar.pcap", forge.header(snaplen=50) + forge.record(data=udp(1, 2, 30))
          + forge.record(data=udp(3, 4, 5)))
    write("far.pcapng", forge.section() + forge.interface() + forge.packet(data=udp(1, 2, 3))
          + forge.packet(ticks=5000000000 * 1000000, data=udp(3, 4, 5)))
    write("empty", b"")
    write("stub", forge.header()[:10])
    write("junk", bytes(range(1, 100)))
    write("cut.pcap", forge.header() + forge.record() + forge.record()[:-20])
    write("huge.pcap", forge.header() + forge.record() + forge.record(caplen=300000))
    write("list", b"few.pcap\none.pcap\n")
    write("list-raw", b"one.pcap\nraw.pcap\n")
    write("list-bad", b"one.pcap\nmissing.pcap\nfew.pcap")
    write("tcp-filter", b"udp # not tcp\nand port 10\n")
    os.mkdir(os.path.join(folder, "folder"))


def remains(folder):
    """Every file of a folder with its bytes."""
    found = {}
    for where, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(where, name)
            with open(path, "rb") as f:
                found[os.path.relpath(path, folder)] = f.read()
    return found


def run(program, command):
    with tempfile.TemporaryDirectory() as folder:
        captures(folder)
        os.chmod(folder, 0o777)  # the reference, when root starts it, writes as another user
        environment = dict(harness.ENVIRONMENT, T=program)
        try:
            p = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT)
        except subprocess.TimeoutExpired:
            return {"status": "timeout", "out": b"", "err": b"", "files": {}}
        return {"status": p.returncode, "out": p.stdout, "err": p.stderr, "files": remains(folder)}


def describe(name, value):
    if name == "files":
        return " ".join("%s(%d)" % (n, len(v)) for n, v in sorted(value.items()))
    return harness.show(value)[:1500] if isinstance(value, bytes) else str(value)


def compare(command, ours, theirs):
    failures = []
    for part in ("status", "err", "out", "files"):
        if ours[part] != theirs[part]:
            failures.append("$ %s\n  %s differs\n  expected: %s\n  is:       %s"
                            % (command, part, describe(part, theirs[part]), describe(part, ours[part])))
    return failures


def check_difference(command, claims, ours, theirs):
    failures = []
    if not compare(command, ours, theirs):
        failures.append("$ %s\n  does not differ" % command)
    for claim in claims:
        what, _, text = claim.partition(" ")
        true = ours["status"] == int(text) if what == "status" else text.encode() in ours[what]
        if not true:
            failures.append("$ %s\n  %s is not true; status %s, out: %s err: %s"
                            % (command, claim, ours["status"], harness.show(ours["out"])[:500],
                               harness.show(ours["err"])[:500]))
    return failures


def read_table(path):
    """(command, None) for lines that must agree, (command, claims) for those that differ."""
    rows = []
    with open(path, encoding="utf-8") as f:
        for line in f.read().split("\n"):
            if line.startswith("  "):
                rows[-1][1].append(line.strip())
            elif line.startswith("differs: "):
                rows.append((line[len("differs: "):], []))
            elif line.startswith("names: "):
                if all(map(os.path.exists, NAME_FILES)):
                    rows.append((line[len("names: "):], None))
            elif line and not line.startswith("#"):
                rows.append((line, None))
    return rows


def main():
    harness.need_reference()
    binary = harness.program(sys.argv[1])
    if len(binary) > 1:
        harness.skip("an emulated program cannot be called tcpdump")
    reference = shutil.which(harness.REFERENCE)
    rows = [row for path in sys.argv[2:] for row in read_table(path)]
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        renamed = os.path.join(folder, "tcpdump")
        os.symlink(os.path.abspath(binary[0]), renamed)
        for command, claims in rows:
            ours, theirs = run(renamed, command), run(reference, command)
            failures += compare(command, ours, theirs) if claims is None \
                else check_difference(command, claims, ours, theirs)
    print("\n".join(failures + ["%d commands, %d failures" % (len(rows), len(failures))]))
    return 1 if failures or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
