#!/usr/bin/env python3
"""prop.damaged_files: whatever is in a file, reading it ends soon, in bounded memory, with a known message.

  damaged_files.py SNIFTER

Small files of every kind are cut at every offset, get wrong numbers in every place of four bytes and wrong
bits all over, and are read as they are and compressed: printed, copied to pcap and to pcapng. The address
space is limited to what docs/capture-files.md promises.
"""
import gzip
import os
import random
import re
import resource
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness
from forge import PACKET, all_blocks, header, record

ADDRESS_SPACE = 64 << 20
SECONDS = 60  # for one run on a busy machine; a loop would take for ever
NUMBERS = (0, 1, 3, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFC, 0xFFFFFFFF)
# Ways to read; the last three make output files, so that "a pcap file cannot hold" may be said.
WAYS = (["-n", "-vvv", "-X"], ["-k", "-t", "-n"], ["--count", "greater", "10"],
        ["-w", "-"], ["-w", "-", "-P"], ["-w", "-", "--micro", "-P", "--comment", "x"])
MESSAGES = re.compile("|".join((
    r"truncated (pcapng )?dump file; tried to read \d+ [\w ]+, only got \d+",
    r"unknown file format", r"archaic pcap savefile format",
    r"unsupported pcap(ng)? savefile version \d+\.\d+", r"unknown pcapng savefile major version number \d+",
    r"invalid packet capture length \d+, bigger than (snaplen|maximum) of \d+",
    r"block in pcapng dump file has a length of \d+ .*", r"pcapng block size \d+ > maximum \d+",
    r"block total length in header and trailer don't match",
    r"block of type \d+ in pcapng dump file is too short",
    r"Section Header Block in pcapng dump file has invalid length .*", r"Interface Description Block .*",
    r"the (capture )?file has (no|a) .*", r"a packet arrived on interface \d+, but .*",
    r"error reading dump file: the compressed data .*",
    r"standard output: a pcap file cannot hold .*", r"-: a pcap file cannot hold .*",
    r"WARNING: .*")))


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Reader:
    def __init__(self, program, folder, bounded):
        self.program, self.path, self.before = program, os.path.join(folder, "in"), limit if bounded else None
        self.runs, self.failures = 0, []

    def __call__(self, what, raw):
        with open(self.path, "wb") as f:
            f.write(raw)
        way = WAYS[self.runs % len(WAYS)]
        self.runs += 1
        try:
            p = subprocess.run([*self.program, "-r", self.path, *way], stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=SECONDS,
                               env=harness.ENVIRONMENT, preexec_fn=self.before, check=False)
            wrong = self.judge(p)
        except subprocess.TimeoutExpired:
            wrong = "does not end"
        if wrong:
            self.failures.append(f"{what}, {' '.join(way)}: {wrong}")

    def judge(self, p):
        name = os.path.basename(self.program[-1]) + ": "
        lines = [line for line in p.stderr.decode("latin1").splitlines()
                 if not line.startswith(("reading from file", "Warning: interface names"))]
        said = [line[len(name):].removeprefix("pcap_loop: ") for line in lines if line.startswith(name)]
        if len(said) != len(lines) or not all(MESSAGES.fullmatch(line) for line in said):
            return f"says {lines}"
        errors = [line for line in said if not line.startswith("WARNING")]
        return None if p.returncode == (1 if errors else 0) else f"status {p.returncode}, says {lines}"


def small_files():
    yield "pcap", header() + record(data=PACKET[:50]) + record(data=PACKET)
    yield "nano, big-endian", header(0xA1B23C4D, order=">") + record(order=">") * 2
    yield "modified", header(0xA1B2CD34) + record(more=bytes(8)) + record(data=PACKET[:20], more=bytes(8))
    yield "pcapng", all_blocks("<")
    yield "two sections", all_blocks(">") + all_blocks("<")


def damage(rng, raw):
    for n in range(len(raw)):
        yield f"cut at {n}", raw[:n]
    for at in range(0, len(raw) - 3, 4):
        for number in rng.sample(NUMBERS, 2):
            order = rng.choice(("little", "big"))
            yield f"{number:x} at {at}", raw[:at] + number.to_bytes(4, order) + raw[at + 4:]
    for _ in range(60):
        copy = bytearray(raw)
        for _ in range(rng.randint(1, 4)):
            copy[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
        yield "bits " + copy.hex(), bytes(copy)


def main():
    program = harness.program(os.path.abspath(sys.argv[1]))
    rng = random.Random(3)
    with open(sys.argv[1], "rb") as f:
        bounded = b"__asan_init" not in f.read() and len(program) == 1  # they map what they like
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(program, folder, bounded)
        for name, raw in small_files():
            for what, damaged in harness.share(list(damage(rng, raw))):
                if rng.random() < 0.1:
                    reader(f"{name}, {what}, compressed", gzip.compress(damaged, 1))
                else:
                    reader(f"{name}, {what}", damaged)
            for what, damaged in harness.share(list(damage(rng, gzip.compress(raw)))):
                if rng.random() < 0.15:
                    reader(f"compressed {name}, {what}", damaged)
    print("\n".join(reader.failures[:20]))
    print(f"{reader.runs} damaged files, {len(reader.failures)} failures")
    return 1 if reader.failures else 0


if __name__ == "__main__":
    sys.exit(main())
