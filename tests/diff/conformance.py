#!/usr/bin/env python3
"""diff.conformance: the decoder cases that lie beside the repository, when they do.

  conformance.py BINARY             the protocols listed in conformance.txt must pass completely
  conformance.py BINARY --update    rewrite conformance.txt: all protocols that pass completely now

The cases are not part of this repository; without them the test is skipped.
"""
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness

CASES = os.path.join(HERE, "..", "..", "..", "shared", "conformance", "decode", "run.py")
LIST = os.path.join(HERE, "conformance.txt")


def runner(*arguments):
    binary = " ".join(harness.program(os.path.abspath(sys.argv[1])))
    return [sys.executable, "-B", CASES, binary, *arguments]


def main():
    if not os.path.exists(CASES):
        harness.skip("there are no conformance cases beside the repository")
    if "--update" in sys.argv:
        _, out, _ = harness.run(runner(), timeout=600)
        table = re.findall(r"^(\S+) +(\d+)/(\d+)$", out.decode(), re.M)
        with open(LIST, "w", encoding="utf-8") as f:
            f.writelines(tag + "\n" for tag, passed, of in table if passed == of)
        return 0
    with open(LIST, encoding="utf-8") as f:
        tags = f.read().split()
    if not tags:
        harness.skip("no protocol is expected to pass yet")
    return subprocess.run(runner("--fails", "--only", ",".join(tags))).returncode


if __name__ == "__main__":
    sys.exit(main())
