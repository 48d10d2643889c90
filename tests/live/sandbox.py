#!/usr/bin/env python3
"""live.sandbox: what a process that looks at packets can no longer do, tried from inside of it.

A helper (inject.c) makes the running program execute a system call. Each that is not on its list ends it.
"""
import ctypes
import errno
import os
import platform
import pwd
import re
import socket
import stat
import struct
import subprocess
import sys
import time

import lab
from lab import harness

INJECT = os.environ.get("SNIFTER_INJECT", "")
FORBIDDEN = ["open", "openat", "socket", "bind", "connect", "execve", "fork", "clone", "ptrace", "kill",
             "unlink", "rename", "setuid", "prctl", "bpf", "keyctl", "mount", "chmod", "process_vm_writev",
             "io_uring_setup", "pidfd_open"]
# With arguments: executable memory, other requests, other options.
FORBIDDEN_WITH = [("mmap", 0, 4096, 7, 0x22, -1, 0), ("mprotect", 0, 4096, 5), ("ioctl", 0, 0x8914, 0),
                  ("setsockopt", 0, 1, 36, 0, 0)]


def status_of(pid):
    with open("/proc/%d/status" % pid, encoding="ascii") as f:
        return dict(line.rstrip("\n").split(":\t", 1) for line in f if ":\t" in line)


def is_confined(pid):
    s = status_of(pid)
    assert s["NoNewPrivs"] == "1", s
    assert s["Seccomp"] == "2", s
    assert int(s["CapPrm"], 16) == int(s["CapInh"], 16) == 0, s
    return s


def unprivileged_uids():
    found = []
    for name in ("tcpdump", "nobody"):
        try:
            found.append(pwd.getpwnam(name).pw_uid)
        except KeyError:
            pass
    return found


def children_of(pid):
    text = lab.sh("ps", "-o", "pid=", "--ppid", str(pid), check=False)
    return [int(n) for n in text.split()]


def root_becomes_nobody(room, program):
    c = room.capture(room.right, [*program, "-i", "r0", "-n"])
    s = is_confined(c.process.pid)
    assert {int(u) for u in s["Uid"].split()} <= set(unprivileged_uids()), s
    assert s["Groups"].strip() == "", s
    room.send(room.left, "l0", lab.numbered(3))
    time.sleep(0.05)
    assert c.stop() == 0 and c.counts()[0] == 3


def the_resolver_is_confined_too(room, program):
    lab.need("ps")
    c = room.capture(room.right, [*program, "-i", "r0"])
    children = children_of(c.process.pid)
    assert len(children) == 1, children
    s = is_confined(children[0])
    assert {int(u) for u in s["Uid"].split()} <= set(unprivileged_uids()), s
    is_confined(c.process.pid)
    assert c.stop() == 0


def a_user_by_name(room, program):
    harness.need_reference()
    folder = room.path("closed")
    os.mkdir(folder, 0o700)  # root opens the file, and gives it away
    path = folder + "/x.pcap"
    c = room.capture(room.right, [*program, "-i", "r0", "-Z", "nobody", "-w", path])
    s = is_confined(c.process.pid)
    nobody = pwd.getpwnam("nobody")
    assert {int(u) for u in s["Uid"].split()} == {nobody.pw_uid}, s
    room.send(room.left, "l0", lab.numbered(3))
    time.sleep(0.05)
    assert c.stop() == 0 and c.counts()[0] == 3
    assert os.stat(path).st_uid == nobody.pw_uid
    lab.assert_same_end(room.right, program, ["-i", "r0", "-Z", "nosuchuser"])
    words = [*program, "-i", "r0", "-Z", "nosuchuser", "-w", room.path("not.pcap")]
    assert harness.run(["ip", "netns", "exec", room.right, *words])[0] == 1
    assert not os.path.exists(room.path("not.pcap"))


def root_can_stay(room, program):
    path = room.path("root.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-Z", "root", "-w", path])
    s = is_confined(c.process.pid)
    assert s["Uid"].split()[0] == "0", s
    room.send(room.left, "l0", lab.numbered(3))
    time.sleep(0.05)
    assert c.stop() == 0 and c.counts()[0] == 3


def forbidden_calls_end_it(room, program):
    if not INJECT or subprocess.run([INJECT, "0", "getuid"], stderr=subprocess.DEVNULL).returncode == 77:
        raise lab.Skip("no injector for this processor")
    for call in [(name,) for name in FORBIDDEN] + FORBIDDEN_WITH:
        c = room.capture(room.right, [*program, "-i", "r0", "-n"])
        room.send(room.left, "l0", lab.numbered(1))
        lab.wait_for("a packet", lambda: b"UDP" in c.out)
        words = [INJECT, str(c.process.pid), call[0], *(str(a & (1 << 64) - 1) for a in call[1:])]
        p = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=lab.PATIENCE)
        assert p.stdout.decode() == "killed by Bad system call\n", (call, p.stdout)
        c.finish()


def allowed_calls_do_not(room, program):
    """The injector is not what kills: a call passes without the sandbox, an allowed one with it."""
    if not INJECT or subprocess.run([INJECT, "0", "getuid"], stderr=subprocess.DEVNULL).returncode == 77:
        raise lab.Skip("no injector for this processor")
    for options, call in ((["--no-sandbox"], "getuid"), ([], "uname")):
        c = room.capture(room.right, [*program, "-i", "r0", "-n", *options])
        time.sleep(0.05)
        p = subprocess.run([INJECT, str(c.process.pid), call], stdout=subprocess.PIPE, timeout=lab.PATIENCE)
        assert p.stdout.startswith(b"returned "), p.stdout
        c.finish()


def rotation_goes_on(room, program):
    """New files in the directory of the first, owned alike; nothing anywhere else."""
    for words, pattern in ((["-C", "1"], "f"), (["-C", "1", "-W", "3"], "f"), (["-G", "1"], "f%S"),
                           (["-C", "1", "-P", "--max-files", "2"], "f"), (["-G", "1"], "sub-%M/f%S")):
        folder = room.path("rotated")
        os.mkdir(folder)
        for minute in range(60):
            os.mkdir("%s/sub-%02d" % (folder, minute))
        c = room.capture(room.right, [*program, "-i", "r0", *words, "-w", folder + "/" + pattern])
        s = is_confined_but_for_files(c.process.pid)
        assert s["Uid"].split()[0] == "0", s
        frames = [lab.frame(lab.udp(b"x" * 1400)) for _ in range(400)]
        for _ in range(4):
            room.send(room.left, "l0", frames)
            time.sleep(0.4)
        assert c.stop() == 0, (words, c.err)
        files = [os.path.join(d, f) for d, _, names in os.walk(folder) for f in names]
        assert len(files) >= 2, (words, files, c.err)
        assert {os.stat(f).st_uid for f in files} == {0}, files
        lab.sh("rm", "-r", folder)


def is_confined_but_for_files(pid):
    s = status_of(pid)
    assert s["NoNewPrivs"] == "1" and s["Seccomp"] == "2", s
    assert int(s["CapPrm"], 16) & ~(1 << 1) == 0, s  # CAP_DAC_OVERRIDE
    return s


def commands_for_finished_files(room, program):
    """-z is run by a process that is not confined."""
    folder = room.path("post")
    os.mkdir(folder)
    script = room.path("note")
    with open(script, "w", encoding="ascii") as f:
        f.write("#!/bin/sh\necho \"$1\" >> %s/notes\n" % folder)
    os.chmod(script, stat.S_IRWXU)
    c = room.capture(room.right, [*program, "-i", "r0", "-C", "1", "-z", script, "-w", folder + "/f"])
    for _ in range(4):
        room.send(room.left, "l0", [lab.frame(lab.udp(b"x" * 1400)) for _ in range(400)])
        time.sleep(0.1)
    assert c.stop() == 0, c.err
    notes = folder + "/notes"
    lab.wait_for("the command", lambda: os.path.exists(notes) and len(open(notes).read().split()) >= 2, 3)
    names = sorted(open(notes, encoding="ascii").read().split())
    assert names[0] == folder + "/f" and names[1] == folder + "/f1", names


def reading_is_confined(room, program):
    path = room.path("some.pcap")
    c = room.capture(room.right, [*program, "-i", "r0", "-w", path])
    room.send(room.left, "l0", lab.numbered(7))
    time.sleep(0.05)
    assert c.stop() == 0
    reading, writing = os.pipe()
    p = lab.Capture(room, None, [*program, "-n", "-r", "-"], stdin=reading)
    os.close(reading)
    os.write(writing, open(path, "rb").read())
    lab.wait_for("packets", lambda: p.out.count(b"UDP") == 7)
    is_confined(p.process.pid)
    os.close(writing)
    assert p.finish() == 0
    names = room.path("list")
    with open(names, "w", encoding="ascii") as f:
        f.write("%s\n%s\n" % (path, path))
    status, out, err = harness.run([*program, "-n", "-V", names])
    assert status == 0 and out.count(b"UDP") == 14, err
    fifo = room.path("fifo")  # a file after it is opened in another way than it was, inside the sandbox
    os.mkfifo(fifo)
    with open(names, "w", encoding="ascii") as f:
        f.write("%s\n%s\n" % (fifo, path))
    with subprocess.Popen(["cp", path, fifo]):
        status, out, err = harness.run([*program, "-n", "-V", names])
    assert status == 0 and out.count(b"UDP") == 14, err
    with open(names, "w", encoding="ascii") as f:
        f.write("%s\n%s\n" % (path, path))
    copy = room.path("copy.pcap")
    status, out, err = harness.run([*program, "-V", names, "-C", "1", "-w", copy])
    assert status == 0 and len(lab.Savefile(copy).records) == 14, err


def names_are_still_found(room, program):
    """Services and hosts from files, in the sandbox."""
    c = room.capture(room.left, [*program, "-i", "lo"])
    with room.inside(room.left), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"x", ("127.0.0.1", 9))
    lab.wait_for("a line", lambda: b"UDP" in c.out, 5)
    assert c.stop() == 0
    assert re.search(rb"localhost\.\d+ > localhost\.discard: UDP", c.out), c.out


LANDLOCK_CREATE, PRCTL = 444, 157  # system calls of x86-64
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LOAD, EQUAL, RETURN, ALLOW, ERRNO = 0x20, 0x15, 0x06, 0x7fff0000, 0x00050000


def older_kernel(landlock, seccomp):
    """Makes what this process will start see a kernel that lacks the one, or the other, or both."""
    ops = [(LOAD, 0, 0, 0)]
    if not landlock:
        ops += [(EQUAL, 0, 1, LANDLOCK_CREATE), (RETURN, 0, 0, ERRNO | errno.ENOSYS)]
    if not seccomp:
        ops += [(EQUAL, 0, 3, PRCTL), (LOAD, 0, 0, 16), (EQUAL, 0, 1, PR_SET_SECCOMP),
                (RETURN, 0, 0, ERRNO | errno.EINVAL)]
    ops += [(RETURN, 0, 0, ALLOW)]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *op) for op in ops))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(ops), ctypes.addressof(code)))
    if lab.LIBC.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


def older_kernels_are_told_of_quietly(room, program):
    """What the kernel lacks is one line with -v, and none without; packets flow all the same."""
    if platform.machine() != "x86_64":
        raise lab.Skip("system calls are numbered otherwise here")
    for landlock, seccomp, words in ((False, True, b"no Landlock"), (True, False, b"no seccomp filters"),
                                     (False, False, b"no Landlock and no seccomp filters")):
        for options in ([], ["-v"]):
            c = room.capture(room.right, [*program, "-i", "r0", "-n", *options],
                             preexec_fn=lambda: older_kernel(landlock, seccomp))
            room.send(room.left, "l0", lab.numbered(1))
            lab.wait_for("a packet", lambda: b"UDP" in c.out)
            assert c.stop() == 0, c.err
            lines = [w for w in c.err.split(b"\n") if b"this kernel has" in w]
            assert lines == ([b"snifter: this kernel has " + words] if options else []), c.err


def need_a_seal():
    """Sanitizers need calls that the sandbox refuses, so their builds go without one."""
    with open(harness.program(sys.argv[1])[0], "rb") as f:
        if b"__asan_init" in f.read():
            harness.skip("a build with sanitizers has no sandbox")


if __name__ == "__main__":
    need_a_seal()
    lab.main([root_becomes_nobody, the_resolver_is_confined_too, a_user_by_name, root_can_stay,
              forbidden_calls_end_it, allowed_calls_do_not, rotation_goes_on, commands_for_finished_files,
              reading_is_confined, names_are_still_found, older_kernels_are_told_of_quietly])
