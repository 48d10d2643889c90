#!/usr/bin/env python3
"""prop.completions: the completions in the shells themselves, as far as they are installed.

  completions.py ROOT SNIFTER

Each question is what somebody has typed; the answers must be among what the shell offers, and for a beginning
that fits one word only, that word is what it completes to. The files must be those that completions/generate
makes.
"""
import filecmp
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "support"))
import harness

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")
FILES = ["snifter.bash", "_snifter", "snifter.fish"]
# What is typed, what must be offered, what must not be.
QUESTIONS = [
    ("snifter --linkt", {"--linktype"}, {"--live"}),
    ("snifter -y EN10", {"EN10MB"}, {"RAW"}),
    ("snifter -T zmt", {"zmtp1"}, {"rtp"}),
    ("snifter -j adapter_", {"adapter_unsynced"}, {"host"}),
    ("snifter -Q ino", {"inout"}, {"out"}),
    ("snifter -i lo", {"lo"}, {"any"}),
    ("snifter -n portr", {"portrange"}, {"port"}),
    ("snifter -r captu", {"captured.pcap"}, {"host"}),
]


def bash(question, environment, folder):
    words = question.split(" ")
    script = ("source \"$FILES/snifter.bash\"; COMP_WORDS=(%s); COMP_CWORD=%d; _snifter snifter '%s' '%s';"
              "printf '%%s\\n' \"${COMPREPLY[@]}\"" % (" ".join(words), len(words) - 1, words[-1], words[-2]))
    return subprocess.run(["bash", "-c", script], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, timeout=20).stdout.decode().split()


def fish(question, environment, folder):
    script = "source $FILES/snifter.fish; complete -C '%s'" % question
    out = subprocess.run(["fish", "-c", script], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, timeout=20).stdout.decode()
    return [line.split("\t")[0] for line in out.splitlines()]


def read_until(fd, wanted, seconds=10):
    """What the terminal shows, until `wanted` is a part of it; for ever is not waited."""
    seen, end = "", time.monotonic() + seconds
    while wanted not in seen and time.monotonic() < end:
        if select.select([fd], [], [], 0.1)[0]:
            seen += ESCAPE.sub("", os.read(fd, 65536).decode("utf-8", "replace"))
    return seen


def zsh(question, environment, folder):
    """The line as it stands after the key for completion, in an interactive shell."""
    pid, fd = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.execvpe("zsh", ["zsh", "-f", "-i"], dict(environment, TERM="xterm", PS1="> "))
    try:
        # The quotes keep what the terminal echoes apart from what the shell says.
        os.write(fd, b"unsetopt beep zle_bracketed_paste; fpath=($FILES $fpath); autoload -U compinit; "
                     b"compinit -u -D; print RE''ADY\n")
        read_until(fd, "READY")
        os.write(fd, question.encode() + b"\t")
        time.sleep(0.3)
        os.write(fd, b"\x01print -r -- BEG''IN '\x05' E''ND\n")  # at both ends: to show the line
        seen = read_until(fd, "END")
        return re.findall(r"BEGIN(.*)END", seen)[-1].split()
    finally:
        os.close(fd)
        os.waitpid(pid, 0)


def stale(root):
    there = os.path.join(root, "completions")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-B", os.path.join(there, "generate"), folder], check=True)
        return filecmp.cmpfiles(folder, there, FILES, False)[1]


def main():
    root, program = os.path.abspath(sys.argv[1]), harness.program(os.path.abspath(sys.argv[2]))
    failures = ["completions/%s is not what completions/generate makes: run it" % n for n in stale(root)]
    shells = [s for s in (bash, zsh, fish) if shutil.which(s.__name__)]
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "snifter"), "w", encoding="ascii") as f:
            f.write("#!/bin/sh\nexec %s \"$@\"\n" % " ".join(program))
        os.chmod(f.name, 0o755)
        open(os.path.join(folder, "captured.pcap"), "wb").close()
        environment = dict(harness.ENVIRONMENT, FILES=os.path.join(root, "completions"), HOME=folder,
                           PATH=folder + ":" + os.environ["PATH"])
        for shell in shells:
            for question, offered, others in QUESTIONS:
                found = set(shell(question, environment, folder))
                if not offered <= found or others & found:
                    failures.append("%s: %s: %s" % (shell.__name__, question, sorted(found)))
    print("\n".join(failures + ["%d shells, %d questions" % (len(shells), len(QUESTIONS))]))
    return 1 if failures else 0 if shells else harness.SKIP


if __name__ == "__main__":
    sys.exit(main())
