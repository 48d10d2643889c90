#!/usr/bin/env python3
"""prop.valgrind: a sample of runs reads nothing that was never written, and frees what it takes.

  valgrind.py BINARY UNIT-TESTS

The sanitizers do not see reads of uninitialised memory, valgrind does.
"""
import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness

VALGRIND = ["valgrind", "-q", "--error-exitcode=99", "--leak-check=full", "--errors-for-leak-kinds=definite"]
GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "golden")
CAPTURES = ["dns", "tcp", "bgp", "nfs", "isakmp", "wlan"]  # folders; of each the first capture
FILTERS = ["tcp port 80 or host 10.0.0.1 and not vlan 5", "ip[ip[0] & 15 * 4 + 2] = 7 or icmp6"]
UNIT_TESTS = ["test_bpf_passes", "test_pcapfile_savefile", "test_names_dns", "test_print_floor"]


def commands(binary, unit_tests):
    for folder in CAPTURES:
        names = sorted(n for n in os.listdir(os.path.join(GOLDEN, folder)) if n.endswith(".pcap"))
        yield [binary, "-r", os.path.join(GOLDEN, folder, names[0]), "-nevvvX", "-c", "20",
               "--no-sandbox"]  # valgrind cannot run the calls that make one
    for expression in FILTERS:
        yield [binary, "-y", "EN10MB", "-d", expression]
        yield [binary, "-y", "EN10MB", "--explain", expression]
    for name in UNIT_TESTS:
        yield [os.path.join(unit_tests, name)]


def main():
    if shutil.which("valgrind") is None:
        harness.skip("there is no valgrind")
    count, failures = 0, []
    for command in commands(*sys.argv[1:3]):
        count += 1
        p = subprocess.run(VALGRIND + command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE, env=harness.ENVIRONMENT)
        if p.returncode != 0:
            failures.append("%s: status %d\n%s" % (" ".join(command), p.returncode, harness.show(p.stderr)))
    print("\n".join(failures + ["%d runs" % count]))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
