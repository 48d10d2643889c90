#!/usr/bin/env python3
"""lint.manual: the manual pages are sound, complete, and their examples are true.

  manual.py ROOT SNIFTER

Every option of the table stands in snifter(1) and every word of the language in snifter-filter(7). Lines of
.Dl in snifter-filter(7) are compiled; in the other pages those behind "$ " are run one after the other, in a
folder with the file that they read. (Those behind "# " need a live interface: live.manual.) mandoc and groff
find nothing to say, where they are installed.
"""
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile

import common

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness

PAGES = ["man/snifter.1", "man/snifter-filter.7", "man/snifter-savefile.5"]
# Pages of other packages need not be installed, nor ours.
IGNORED = re.compile(r"mandoc\.db|referenced manual not found")


def displayed(text, mark=""):
    """The texts of .Dl lines that begin with the mark."""
    found = [line for line in re.findall(r"^\.Dl (.*)$", text, re.M) if line.startswith(mark)]
    return [line[len(mark):].replace("\\e", "\\").replace("\\&", "") for line in found]


def sound(root, page):
    for command in (["mandoc", "-Tlint"], ["groff", "-ww", "-mdoc", "-Tutf8"]):
        if shutil.which(command[0]) is None:
            continue
        p = subprocess.run([*command, os.path.join(root, page)], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
        said = p.stderr.decode() + (p.stdout.decode() if command[0] == "mandoc" else "")
        yield from ("%s: %s" % (page, line) for line in said.splitlines() if not IGNORED.search(line))


def options(root):
    """The options of the table and those of the page must be the same."""
    row = re.compile(r"^OPTION\('(\\?.)', *\"([^\"]*)\"", re.M)
    table = set()
    for letter, name in row.findall(common.text(root, "src/cli/options.def")):
        table |= ({"-" + letter} if letter != "\\0" else set()) | ({"--" + name} if name else set())
    page = common.text(root, PAGES[0])
    items = re.findall(r"^\.It (Fl .*)$", page, re.M)
    there = {"-" + word for item in items for word in re.findall(r"Fl (\S+)", item)}
    yield from ("%s: %s is missing" % (PAGES[0], o) for o in sorted(table - there))
    yield from ("%s: there is no option %s" % (PAGES[0], o) for o in sorted(there - table))
    if len(table) < 60:
        yield "src/cli/options.def: the options were not found"


def keywords(root):
    words = re.findall(r'^(?:KEYWORD|ALIAS)\("([^"]*)"', common.text(root, "src/lexer/keywords.def"), re.M)
    page = set(re.findall(r"[\w-]+", common.text(root, PAGES[1])))
    yield from ("%s: the word %s is missing" % (PAGES[1], w) for w in words if w not in page)
    if len(words) < 100:
        yield "src/lexer/keywords.def: the words were not found"


def filters(root, program):
    found = displayed(common.text(root, PAGES[1]))
    for expression in found:
        status, _, err = harness.run([*program, "-d", expression])
        if status != 0:
            yield "%s: %s: %s" % (PAGES[1], expression, err.decode())
    if len(found) < 40:
        yield "%s: the examples were not found" % PAGES[1]


def commands(root, program):
    capture = os.path.join(root, "tests", "golden", "http", "get.pcap")
    for page in (PAGES[0], PAGES[2]):
        found = displayed(common.text(root, page), "$ snifter ")
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(capture, os.path.join(folder, "captured.pcap"))
            for words in found:
                p = subprocess.run([*program, *shlex.split(words)], cwd=folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
                if p.returncode != 0:
                    yield "%s: %s: status %d: %s" % (page, words, p.returncode, p.stderr.decode())
        if not found:
            yield "%s: the examples were not found" % page


def main():
    root, program = sys.argv[1], harness.program(os.path.abspath(sys.argv[2]))
    findings = [f for page in PAGES for f in sound(root, page)]
    findings += [*options(root), *keywords(root), *filters(root, program), *commands(root, program)]
    return common.report(findings)


if __name__ == "__main__":
    sys.exit(main())
