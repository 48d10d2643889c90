#!/usr/bin/env python3
"""live.privileges: with how little one can capture, and what is said when it is too little."""
import os
import shutil
import stat
import time

import lab
from lab import harness

NOBODY = 65534


def as_nobody(words, *capabilities):
    """The words, run by an ordinary user with just these capabilities."""
    keep = ",".join("+" + c for c in capabilities)
    return ["setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups",
            "--inh-caps", "-all" + ("," + keep if keep else ""),
            "--ambient-caps", "-all" + ("," + keep if keep else ""), *words]


def published(room, program):
    """A copy of the program that everybody can run."""
    copy = room.path("snifter")
    shutil.copy(program[-1], copy)
    os.chmod(copy, 0o755)
    return [*program[:-1], copy]


def captures(room, ns, words):
    folder = room.path("out")
    os.makedirs(folder, exist_ok=True)
    os.chmod(folder, 0o777 | stat.S_ISVTX)
    path = os.path.join(folder, "x.pcap")
    c = room.capture(ns, [*words, "-w", path])
    frames = lab.numbered(5)
    room.send(room.left, "l0", frames)
    time.sleep(0.03)
    status = c.stop()
    assert status == 0, c.err
    payloads = lab.Savefile(path).payloads()
    assert payloads == frames, len(payloads)
    os.unlink(path)


def net_raw_is_enough(room, program):
    lab.need("setpriv")
    captures(room, room.right, as_nobody([*published(room, program), "-i", "r0"], "net_raw"))


def net_raw_is_enough_for_promiscuity(room, program):
    lab.need("setpriv")

    def promiscuity():
        details = lab.sh("ip", "-n", room.right, "-d", "link", "show", "dev", "r0")
        return int(details.split("promiscuity ")[1].split()[0])
    before = promiscuity()
    c = room.capture(room.right, as_nobody([*published(room, program), "-i", "r0", "-n"], "net_raw"))
    assert promiscuity() == before + 1
    assert c.stop() == 0
    assert promiscuity() == before
    c = room.capture(room.right, as_nobody([*published(room, program), "-i", "r0", "-n", "-p"], "net_raw"))
    assert promiscuity() == before
    assert c.stop() == 0


def a_file_capability_is_enough(room, program):
    lab.need("setpriv", "setcap")
    start = published(room, program)
    lab.sh("setcap", "cap_net_raw+ep", start[-1])
    captures(room, room.right, as_nobody([*start, "-i", "r0"]))


def without_it_the_remedy_is_named(room, program):
    lab.need("setpriv")
    harness.need_reference()
    start = published(room, program)
    ours = harness.run(["ip", "netns", "exec", room.right, *as_nobody([*start, "-i", "lo"])])
    theirs = harness.run(["ip", "netns", "exec", room.right, *as_nobody(["tcpdump", "-i", "lo"])])
    assert ours[0] == theirs[0] == 1
    first, second, third = ours[2].decode().splitlines()
    assert first.replace("snifter:", "tcpdump:") == theirs[2].decode().splitlines()[0], (ours, theirs)
    assert "CAP_NET_RAW" in second
    assert "setcap cap_net_raw+ep " + start[-1] in third and "--cap-add NET_RAW" in third


def in_a_user_namespace_without_root(room, program):
    lab.need("setpriv", "unshare")
    start = published(room, program)
    words = ["unshare", "--user", "--map-root-user", "--net", "sh", "-c",
             "ip link set lo up && exec %s -i lo -n" % " ".join(start)]
    if harness.run(as_nobody(["unshare", "--user", "--map-root-user", "--net", "true"]))[0] != 0:
        raise lab.Skip("no user namespaces for ordinary users here")
    c = room.capture(None, as_nobody(words))
    assert c.stop() == 0, c.err
    assert b"listening on lo" in c.err, c.err


if __name__ == "__main__":
    lab.main([net_raw_is_enough, net_raw_is_enough_for_promiscuity, a_file_capability_is_enough,
              without_it_the_remedy_is_named, in_a_user_namespace_without_root])
