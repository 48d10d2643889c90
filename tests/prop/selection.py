#!/usr/bin/env python3
"""prop.selection: options that choose among packets or join lines change nothing else.

  selection.py SNIFTER

The reference that the other tests use is older than --skip, --print-sampling, --lengths and -g. What they
print is compared with the text without them, of each golden capture of IPv4.
"""
import glob
import itertools
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness

CAPTURES_MAX = 25


def lines(program, path, *options):
    status, out, err = harness.run([*program, "-r", path, "-n", "-tt", "-#", *options])
    assert status == 0, (path, options, err)
    return out.decode("utf-8", "backslashreplace").splitlines()


def check(program, path):
    plain = lines(program, path)
    n = len(plain)
    assert n > 0 and all(re.match(r" *%d  " % (i + 1), line) for i, line in enumerate(plain)), (path, plain)
    # Sequence numbers are absolute, since the packets that begin connections may be among the skipped.
    absolute = lines(program, path, "-S")
    for skip in (0, 1, n // 2, n, n + 1):
        assert lines(program, path, "-S", "--skip", str(skip)) == absolute[skip:], (path, skip)
        two = lines(program, path, "-S", "--skip=%d" % skip, "-c", "2")
        assert two == absolute[skip:skip + 2], (path, skip)
    for every in (1, 2, 3):
        sampled = lines(program, path, "--print-sampling", str(every))
        assert sampled == absolute[every - 1::every], (path, every)
    measured = lines(program, path, "--lengths")
    assert all(re.match(r" *\d+  caplen \d+ len \d+ \d+\.\d{6} ", line) for line in measured), path
    assert [re.sub(r"caplen \d+ len \d+ ", "", line, count=1) for line in measured] == plain, path
    broken = "\n".join(lines(program, path, "-v"))
    joined = "\n".join(lines(program, path, "-v", "-g"))
    head = r"(IP (?:truncated-ip - \d+ bytes missing! )?\(tos .*\))\n    (?=\d)"
    assert re.sub(head, r"\1 ", broken) == joined, path
    return broken != joined


def main():
    program = harness.program(sys.argv[1])
    captures = sorted(glob.glob(os.path.join(HERE, "..", "golden", "*", "*.pcap")))
    # One line for each packet, whose first header is IPv4.
    fitting = (c for c in captures
               if all(re.match(r" *\d+  \d+\.\d{6} IP ", line) for line in lines(program, c)))
    captures = harness.share(list(itertools.islice(fitting, CAPTURES_MAX)))
    joined = sum(check(program, c) for c in captures)
    print("%d captures, %d with lines to join" % (len(captures), joined))
    for options in (["--skip", "-1"], ["--skip", "x"], ["--print-sampling", "0"]):
        assert harness.run([*program, "-r", captures[0], *options])[0] == 1, options
    return 0 if joined > len(captures) // 5 else 1


if __name__ == "__main__":
    sys.exit(main())
