"""What the lints share: the files of the tree, the floor table, and how a finding is reported."""
import os
import re
import shutil
import subprocess
import sys

# Only these modules may call the operating system; every other module under src is pure.
IMPURE_MODULES = {"capture", "cli"}
IMPURE_FILES = re.compile(r"^src/names/system[^/]*$")
PURE_HEADERS = {"stdint.h", "stddef.h", "stdbool.h", "stdarg.h", "limits.h"}
PURE_FUNCTIONS = {"memcpy", "memmove", "memset", "memcmp", "strlen"}


def tree(root):
    """The tree's own files, relative to root: what git tracks or would track; without git all but build/."""
    if os.path.exists(os.path.join(root, ".git")) and shutil.which("git"):
        p = subprocess.run(["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z",
                            "--cached", "--others", "--exclude-standard"], stdout=subprocess.PIPE)
        if p.returncode == 0:
            names = sorted(n for n in p.stdout.decode().split("\0") if n)
            return [n for n in names if os.path.isfile(os.path.join(root, n))]
    found = []
    for folder, subfolders, names in os.walk(root):
        subfolders[:] = [s for s in subfolders if s not in (".git", "build")]
        found += [os.path.relpath(os.path.join(folder, n), root) for n in names]
    return sorted(found)


def text(root, name):
    with open(os.path.join(root, name), encoding="utf-8", newline="") as f:
        return f.read()


def without_comments(source):
    """C text with comments and string contents blanked; line numbers stay."""
    pattern = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group(0)), source)


def floors(root):
    """The table of docs/design.md, section 2: module -> (floor, modules it may include, single headers)."""
    table = {}
    row = re.compile(r"^\| (\d) \| `(\w+)` \|.*\| ([^|]*) \|$", re.M)
    for floor, module, allowed in row.findall(text(root, "docs/design.md")):
        headers = set(re.findall(r"`([\w/]+\.h)`", allowed))
        words = set(re.findall(r"\w+", re.sub(r"`[^`]*`", "", allowed))) - {"nothing"}
        table[module] = (int(floor), words, headers)
    if len(table) < 9:
        raise SystemExit("docs/design.md: the table of floors was not found")
    for module, (_, words, _) in table.items():
        if "all" in words:
            table[module] = (table[module][0], set(table), table[module][2])
    return table


def report(findings):
    """Print the findings; the exit status of a lint."""
    for f in findings:
        print(f)
    print("%d finding%s" % (len(findings), "" if len(findings) == 1 else "s"))
    return 1 if findings else 0


def main(find):
    """Run a lint that needs the root of the tree only: lint.py ROOT."""
    sys.exit(report(find(os.path.abspath(sys.argv[1]))))


def left_over(found, exceptions):
    """(file, line, text, check) tuples for which there is no exception, by (file, check); and those used."""
    used = {(f[0], f[3]) for f in found if (f[0], f[3]) in exceptions}
    return ["%s:%s: %s [%s]" % f for f in found if (f[0], f[3]) not in exceptions], used
