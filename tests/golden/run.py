#!/usr/bin/env python3
"""Golden cases of one protocol: the text of each, then each packet cut at every length.

  run.py BINARY FOLDER

The text must be what the reference printed (see make-expected). The cut packets have no stored text: the
program must survive them, print a line for each and exit with 0; diff.trunc compares the text. Under an emulator
fewer lengths must do.
"""
import difflib
import os
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness
import savefile


def text_failures(binary, case):
    status, out, err = harness.run(case.command(binary))
    with open(case.expected, "rb") as f:
        expected = f.read()
    if status == 0 and out == expected:
        return []
    diff = difflib.unified_diff(harness.show(expected).split("\n"), harness.show(out).split("\n"),
                                "expected", "printed", n=0, lineterm="")
    return ["$ " + " ".join(case.command(binary)), "exit status %s" % status, harness.show(err), *list(diff)[:20]]


def cut_failures(binary, case, folder):
    capture = savefile.read(case.capture)
    if capture is None:
        return []
    path = os.path.join(folder, "cut.pcap")
    records = savefile.write_cut(capture, path, thin=harness.is_emulated())
    failures = []
    option_sets = [["-n", "-tt", "-vvv", "-e", "-X"], ["-n", "-tt"]]
    for flags in option_sets[:1] if harness.is_emulated() else option_sets:
        status, out, err = harness.run([*binary, "-r", path, *flags])
        lines = sum(1 for line in out.split(b"\n") if line.startswith(b"17") and line[10:17] == b".000000")
        expected = sum(1 for _, caplen in records if caplen > 0)  # an empty packet has a line without time
        if status != 0 or lines != expected:
            failures.append("%s cut, with %s: exit status %s, %d of %d packets printed\n%s"
                            % (case.capture, " ".join(flags), status, lines, expected, harness.show(err)[-2000:]))
    return failures


def main():
    binary, folder = harness.program(sys.argv[1]), sys.argv[2]
    found, failures = harness.cases(folder)
    with tempfile.TemporaryDirectory() as scratch:
        for case in found:
            if os.path.exists(case.expected) and os.path.exists(case.capture):
                failures += text_failures(binary, case)
        for case in {c.capture: c for c in found if os.path.exists(c.capture)}.values():
            failures += cut_failures(binary, case, scratch)
    failures = harness.pending(folder, failures)
    print("\n".join(failures + ["%d cases" % len(found)]))
    return 1 if failures or not found else 0


if __name__ == "__main__":
    sys.exit(main())
