"""Running the binary under test and the reference beside it."""
import os
import re
import shlex
import subprocess
import sys

SKIP = 77
REFERENCE = "tcpdump"
REFERENCE_VERSION = "4.99.3"
ENVIRONMENT = dict(os.environ, TZ="UTC0", LC_ALL="C")


def skip(why):
    print("skipped: " + why)
    sys.exit(SKIP)


def go_on_with_the_systems_python(error):
    """After an ImportError: a distribution's packages are its own Python's only. Skips if those lack it."""
    system = "/usr/bin/python3"
    if os.path.exists(system) and not os.path.samefile(system, sys.executable):
        os.execv(system, [system, "-B"] + sys.argv)
    skip(str(error))


def run(command, timeout=120):
    """(exit status, stdout, stderr); a program that takes too long has status "timeout"."""
    try:
        p = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                           env=ENVIRONMENT, timeout=timeout)
    except subprocess.TimeoutExpired as e:
        return "timeout", e.stdout or b"", e.stderr or b""
    return p.returncode, p.stdout, p.stderr


def program(binary):
    """The command that runs the binary under test; a build for another processor is run by an emulator."""
    return os.environ.get("SNIFTER_EMULATOR", "").split() + [binary]


def is_emulated():
    """Whether the binary under test runs some ten times slower than this machine."""
    return bool(os.environ.get("SNIFTER_EMULATOR"))


def share(items):
    """The items; under a sanitizer, where each start of the program takes ten times as long, every fifth of
    them: then other tests, which start one program for all, look at memory."""
    return items[::5] if os.environ.get("SNIFTER_SANITIZED") else items


def reference_version():
    try:
        _, out, err = run([REFERENCE, "--version"])
    except OSError:
        return None
    m = re.search(r"tcpdump version (\S+)", (out + err).decode())
    return m.group(1) if m else None


def need_reference():
    version = reference_version()
    if version is None:
        skip("tcpdump is not installed")
    if version != REFERENCE_VERSION:
        skip("tcpdump here is %s, the reference is %s" % (version, REFERENCE_VERSION))


def pending(folder, failures, name="PENDING"):
    """The failures of a folder that count. Its file PENDING, if any, says what is not written yet: then
    failing is a skipped test, and passing is a failure, so that the file cannot outlive its reason."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return failures
    with open(path, encoding="utf-8") as f:
        why = f.read().strip()
    if failures:
        print("\n".join(failures))
        skip("pending: " + why)
    return ["%s: everything passes, so remove it (it says: %s)" % (path, why)]


def show(data):
    return data.decode("utf-8", "backslashreplace")


class Case:
    """One golden case: NAME.flags (one line of options), NAME.out (what the reference prints on stdout), and
    NAME.pcap. A name with @ shares the capture of the part before it: ping@v.flags goes with ping.pcap."""

    def __init__(self, flags_path):
        self.name = flags_path[:-len(".flags")]
        self.expected = self.name + ".out"
        folder, base = os.path.split(self.name)
        stem = os.path.join(folder, base.split("@")[0])
        self.capture = stem + (".pcapng" if os.path.exists(stem + ".pcapng") else ".pcap")
        with open(flags_path, encoding="utf-8") as f:
            self.flags = shlex.split(f.read())

    def command(self, start):
        return [*start, "-r", self.capture, *self.flags]


def cases(folder):
    """The cases of a folder, and what is wrong with its files: missing, or belonging to no case."""
    names = sorted(os.listdir(folder))
    found = [Case(os.path.join(folder, n)) for n in names if n.endswith(".flags")]
    used = {c.capture for c in found} | {c.expected for c in found} | {c.name + ".flags" for c in found}
    there = {os.path.join(folder, n) for n in names if not n.endswith((".md", "PENDING", "PENDING-CUT"))}
    strays = ["%s: belongs to no case (there is no .flags for it)" % n for n in sorted(there - used)]
    return found, strays + ["%s: missing" % n for n in sorted(used - there)]
