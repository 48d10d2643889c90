#!/usr/bin/env python3
"""prop.reading_modes: what is printed and copied does not depend on how a savefile is read.

  reading_modes.py SNIFTER

Each golden capture comes as a file, through standard input, through a FIFO and compressed; text, copy and
status must be the same, and the same again the second time. Names that a pcapng file tells must stand where
-n has the addresses.
"""
import glob
import gzip
import os
import struct
import subprocess
import sys
import tempfile
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness
from forge import block, interface, packet, section

CAPTURES_MAX = 60
GROWN = 65536  # bytes
# Packets that are changed as they are read, which those of a mapped file must not be.
TURNED = ["usb/swapped.pcap", "usb/swapped_mmapped.pcap", "nflog/swapped.pcap"]


def run(command, stdin=None):
    p = subprocess.run(command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                       env=harness.ENVIRONMENT, timeout=60)
    err = [line for line in p.stderr.splitlines() if not line.startswith(b"reading from file ")]
    return p.returncode, p.stdout, err


def through_fifo(command, raw, fifo):
    def feed():
        with open(fifo, "wb") as f:
            try:
                f.write(raw)
            except BrokenPipeError:
                pass

    feeder = threading.Thread(target=feed)
    feeder.start()
    try:
        return run(command)
    finally:
        feeder.join()


def readings(program, path, options, folder):
    """The same file in every way there is."""
    with open(path, "rb") as f:
        raw = f.read()
    packed, fifo = os.path.join(folder, "packed"), os.path.join(folder, "fifo")
    with open(packed, "wb") as f:
        f.write(gzip.compress(raw, 1))
    if not os.path.exists(fifo):
        os.mkfifo(fifo)
    yield "file", run([*program, "-r", path, *options])
    yield "file again", run([*program, "-r", path, *options])
    with open(path, "rb") as f:
        yield "standard input", run([*program, "-r", "-", *options], f)
    yield "FIFO", through_fifo([*program, "-r", fifo, *options], raw, fifo)
    yield "compressed", run([*program, "-r", packed, *options])
    yield "compressed FIFO", through_fifo([*program, "-r", fifo, *options], gzip.compress(raw, 1), fifo)


def check_modes(program, path, options, folder):
    (_, want), *rest = readings(program, path, options, folder)
    wrong = [mode for mode, got in rest if got != want]
    if wrong:
        print(f"{path} {' '.join(options)}: differs from the file as {', '.join(wrong)}")
    return not wrong


def check_names(program, folder):
    addresses = {"10.0.0.1": "client.example", "10.0.0.2": "server.example"}
    records = b""
    for address, name in addresses.items():
        record = bytes(map(int, address.split("."))) + name.encode() + b"\0"
        records += struct.pack("<HH", 1, len(record)) + record + bytes(-len(record) % 4)
    path = os.path.join(folder, "names")
    with open(path, "wb") as f:
        f.write(section() + interface() + block(4, records + bytes(4)) + packet() * 3)
    _, text, _ = run([*program, "-t", "-r", path])
    _, numbers, _ = run([*program, "-t", "-n", "-r", path])
    # IP ADDRESS.PORT > ADDRESS.PORT: ...; what the port is called does not matter here
    said = [line.decode().split()[1:4:2] for line in text.splitlines()]
    hosts = [[end.rstrip(":").rpartition(".")[0] for end in ends] for ends in said]
    good = hosts == [list(addresses.values())] * 3 and all(a.encode() in numbers for a in addresses)
    if not good:
        print("names of the file:", text, numbers)
    return good


def grown(name, folder):
    """A golden pcap file whose packets come again until they are more than is read at first."""
    with open(os.path.join(HERE, "..", "golden", name), "rb") as f:
        raw = f.read()
    path = os.path.join(folder, name.replace("/", "-"))
    with open(path, "wb") as f:
        f.write(raw[:24] + raw[24:] * (GROWN // len(raw)))
    return path


def main():
    program = harness.program(sys.argv[1])
    good = True
    captures = sorted(glob.glob(os.path.join(HERE, "..", "golden", "*", "*.pcap*")))[:CAPTURES_MAX]
    with tempfile.TemporaryDirectory() as folder:
        # the reader itself, on broken files as well
        corpus = os.path.join(HERE, "..", "..", "fuzz", "corpus", "pcapfile")
        captures += sorted(glob.glob(corpus + "/*.pcap") + glob.glob(corpus + "/*.pcapng"))
        captures = list(harness.share(captures))
        for path in [*captures, *(grown(name, folder) for name in TURNED)]:
            good &= check_modes(program, path, ["-n", "-X"], folder)
            good &= check_modes(program, path, ["-w", "-"], folder)
        good &= check_names(program, folder)
    print(f"{len(captures)} captures read in 6 ways")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
