#!/usr/bin/env python3
"""prop.pcapfile_gzip: a compressed savefile reads as the plain one does, however it was compressed.

  gzip_files.py SAVEFILE_DUMP

The files are made here with zlib: all levels and strategies, small windows, flushes, several members. Then
each is damaged: what is delivered before the complaint must be what the plain file begins with. Last comes a
file that grows a thousandfold, for which memory must not grow.
"""
import os
import random
import subprocess
import sys
import tempfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness
from forge import header, record

BOMB_BYTES = 300 * 1000 * 1000
BOMB_RESIDENT_KIB = 4 * 1024  # of the whole process; a sanitizer's own memory does not fit
GZIP = 16  # zlib: a gzip header instead of its own


def compress(data, level=6, strategy=0, window=15, memory=8, flush=None):
    c = zlib.compressobj(level, zlib.DEFLATED, GZIP + window, memory, strategy)
    if flush is None:
        return c.compress(data) + c.flush()
    every, kind = flush
    pieces = [c.compress(data[i:i + every]) + c.flush(kind) for i in range(0, len(data), every)]
    return b"".join(pieces) + c.flush()


WAYS = ([{"level": n} for n in range(10)]
        + [{"strategy": n} for n in (zlib.Z_FILTERED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE, zlib.Z_FIXED)]
        + [{"window": 9}, {"memory": 1}, {"flush": (5000, zlib.Z_SYNC_FLUSH)},
           {"flush": (700, zlib.Z_FULL_FLUSH)}, {"flush": (3000, zlib.Z_BLOCK)}])


def contents(rng, kind, n):
    if kind == 0:
        return rng.randbytes(n)
    if kind == 1:
        return bytes(n)
    if kind == 2:
        return bytes(rng.choices(b"ab", k=n))
    if kind == 3:
        return (b"GET / HTTP/1.1\r\nHost: example.org\r\n" * (n // 30 + 1))[:n]
    return bytes(min(255, int(rng.expovariate(0.05))) for _ in range(n))


def plain_files(rng):
    yield header()
    yield header() + record()
    for kind in range(5):
        sizes = rng.choices((40, 60, 1500, 9000), k=60)
        yield header() + b"".join(record(i, data=contents(rng, kind, n)) for i, n in enumerate(sizes))
    yield header() + b"".join(record(i, data=contents(rng, i % 5, 60000)) for i in range(8))


class Dump:
    def __init__(self, program, folder):
        self.program, self.path = program, os.path.join(folder, "in")

    def __call__(self, raw, chunk=1 << 20, batch=64):
        with open(self.path, "wb") as f:
            f.write(raw)
        return harness.run([*self.program, self.path, str(chunk), str(batch)])


def check(ok, *what):
    if not ok:
        print("wrong:", *what)
        sys.exit(1)


def check_ways(dump, plain):
    want = dump(plain)
    check(want[0] == 0, "plain file", want)
    for way in harness.share(WAYS):
        packed = compress(plain, **way)
        for chunk, batch in ((1 << 20, 64), (1000, 1), (1, 64)):
            if chunk == 1 and len(packed) > 30000:
                continue
            check(dump(packed, chunk, batch) == want, len(plain), way, chunk)
    parts = [plain[:1000], b"", plain[1000:20000], plain[20000:]]
    members = b"".join(compress(part, level) for level, part in enumerate(parts))
    check(dump(members) == want, "members")
    check(dump(members + bytes(700)) == want, "padding")
    return want


def check_damage(dump, rng, plain, want):
    packed = compress(plain)
    for _ in harness.share(range(60)):
        at = rng.randrange(len(packed))
        flipped = packed[:at] + bytes([packed[at] ^ 1 << rng.randrange(8)]) + packed[at + 1:]
        for raw in (packed[:at], flipped, packed[:at] + packed[at + 1:]):
            status, out, err = dump(raw)
            if raw is flipped and at < 10:
                check(status in (0, 1), "header byte", at, status, err)
                continue
            check(status == 1 and b"tcpdump: " in err, "damage at", at, status, err)
            lines = out.splitlines()
            # a flipped bit may change packets before the checksum tells; a cut may not
            if raw is not packed[:at]:
                continue
            check(lines == want[1].splitlines()[:len(lines)], "cut at", at)


def check_bomb(dump):
    """Packets of zeros, a thousand times as large as their file."""
    c = zlib.compressobj(9, zlib.DEFLATED, GZIP + 15)
    packed, size = [c.compress(header())], 0
    one = record(data=bytes(250000))
    while size < BOMB_BYTES:
        packed.append(c.compress(one))
        size += len(one)
    with open(dump.path, "wb") as f:
        f.write(b"".join(packed) + c.flush())
    run = subprocess.run([*dump.program, dump.path, str(1 << 20), "64", "count"], capture_output=True,
                         timeout=100)
    packets, _, _, peak, _ = run.stdout.split() or [b""] * 5
    check(run.returncode == 0 and int(packets) == size // len(one), run)
    peak = int(peak)
    print(f"{size} bytes out of {os.path.getsize(dump.path)}, resident {peak} KiB")
    return peak


def main():
    rng = random.Random(7)
    with tempfile.TemporaryDirectory() as folder:
        dump = Dump(harness.program(sys.argv[1]), folder)
        peak = check_bomb(dump)
        with open(sys.argv[1], "rb") as f:
            padded = b"__asan_init" in f.read() or len(dump.program) > 1  # memory of a sanitizer, an emulator
        check(padded or peak < BOMB_RESIDENT_KIB, "memory")
        for plain in plain_files(rng):
            want = check_ways(dump, plain)
            if len(plain) > 1000:
                check_damage(dump, rng, plain, want)
    return 0


if __name__ == "__main__":
    sys.exit(main())
