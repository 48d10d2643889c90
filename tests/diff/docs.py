#!/usr/bin/env python3
"""diff.docs: every command in the documents about filters says what the document says.

In a block marked `console` a line that begins with "$ snifter" is a command; what follows, up to the next
command or the end of the block, is what it prints. With --write the documents are brought up to date.
"""
import shlex
import subprocess
import sys


def run(program, line):
    words = [program] + shlex.split(line)[2:]
    p = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=20)
    text = p.stdout.decode().replace("Warning: assuming Ethernet\n", "")
    return [l.expandtabs(8).rstrip() for l in text.splitlines()]


def renew(program, lines):
    out, inside, skipping = [], False, False
    for line in lines:
        if line.startswith("```"):
            inside, skipping = line == "```console" and not inside, False
            out.append(line)
        elif inside and line.startswith("$ snifter"):
            out += [line] + run(program, line)
            skipping = True
        elif not skipping:
            out.append(line)
    return out


def main():
    write = "--write" in sys.argv
    program, *documents = [a for a in sys.argv[1:] if a != "--write"]
    wrong = 0
    for name in documents:
        with open(name) as f:
            before = f.read().split("\n")
        after = renew(program, before)
        if write:
            with open(name, "w") as f:
                f.write("\n".join(after))
        elif before != after:
            wrong += 1
            for old, new in zip(before, after):
                if old != new:
                    print("%s:\n  says %s\n  is   %s" % (name, old, new))
                    break
    return wrong > 0


sys.exit(main())
