#!/usr/bin/env python3
"""diff.trunc: each golden packet cut at every length prints as the installed reference prints it.

  trunc.py BINARY FOLDER
"""
import difflib
import os
import re
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness
import savefile

OPTION_SETS = [["-n"], ["-nv"], ["-nvv", "-e"], ["-nvvv", "-X"], ["-nA"], ["-nq"]]
SHOWN = 3  # differing packets per option set


def by_record(out):
    """The text of each record, by number: a record begins at a line with its time, and may have more lines.
    (A record of no bytes is printed without time, and so counts as part of the one before.)"""
    texts, current = {}, 0
    for line in out.split(b"\n"):
        m = re.match(rb"(1[0-9]{9})\.000000 ", line + b" ")
        if m:
            current = int(m.group(1)) - savefile.FIRST_SECOND
        texts.setdefault(current, []).append(line)
    return texts


def differences(binary, path, records, flags):
    command = ["-r", path, "-tt", *flags]
    status, printed, err = harness.run([*binary, *command])
    expected_status, expected, _ = harness.run([harness.REFERENCE, *command])
    if (status, printed) == (expected_status, expected):
        return []
    failures = ["with %s: exit status %s, the reference's %s" % (" ".join(flags), status, expected_status)]
    if status != 0:
        failures.append(harness.show(err)[-2000:])
    ours, theirs = by_record(printed), by_record(expected)
    wrong = [i for i in range(len(records)) if ours.get(i) != theirs.get(i)]
    failures.append("%d of %d differ" % (len(wrong), len(records)))
    for i in wrong[:SHOWN]:
        failures.append("packet %d cut at %d" % (records[i][0] + 1, records[i][1]))
        pair = [[harness.show(line) for line in side.get(i, [])] for side in (theirs, ours)]
        failures += list(difflib.unified_diff(*pair, n=0, lineterm=""))[2:]
    return failures


def main():
    binary, folder = harness.program(sys.argv[1]), sys.argv[2]
    harness.need_reference()
    options = {}
    for case in harness.cases(folder)[0]:
        sets = options.setdefault(case.capture, list(OPTION_SETS))
        # Not the sets with -t, which would change the time that tells records apart.
        if case.flags not in sets and not any(re.match("-[A-Za-z#]*t", f) for f in case.flags):
            sets.append(case.flags)
    failures, compared = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        os.chmod(scratch, 0o755)
        path = os.path.join(scratch, "cut.pcap")
        for name, sets in options.items():
            capture = savefile.read(name)
            if capture is None:
                continue
            records = savefile.write_cut(capture, path)
            for flags in sets:
                found = differences(binary, path, records, flags)
                failures += [os.path.basename(name) + " " + found[0], *found[1:]] if found else []
                compared += len(records)
    failures = harness.pending(folder, failures, "PENDING-CUT")
    print("\n".join(failures + ["%d texts compared" % compared]))
    return 1 if failures or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
