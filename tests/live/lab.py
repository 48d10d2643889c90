"""A laboratory for live tests: two network namespaces joined by a cable, traffic, captures side by side.

Each test file calls lab.main(tests); a test is a function that gets a Lab and the program's path. The
namespaces are made and removed here. Without root or network namespaces the tests are skipped.
"""
import atexit
import contextlib
import ctypes
import os
import re
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
import harness  # noqa: E402

CLONE_NEWNET = 0x40000000
PATIENCE = 20  # seconds for anything that ought to happen at once
LIBC = ctypes.CDLL(None, use_errno=True)
MAC_LEFT, MAC_RIGHT = "02:00:00:00:00:01", "02:00:00:00:00:02"
IP_LEFT, IP_RIGHT = "10.99.0.1", "10.99.0.2"
IP6_LEFT, IP6_RIGHT = "fd99::1", "fd99::2"
BROADCAST = "ff:ff:ff:ff:ff:ff"


def sh(*words, check=True):
    p = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if check and p.returncode != 0:
        raise RuntimeError("%s: %s" % (" ".join(words), p.stdout.decode()))
    return p.stdout.decode()


def wait_for(what, happened, seconds=PATIENCE):
    """Until happened() is true; fails the test when it takes too long."""
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end, "gave up waiting for " + what
        time.sleep(0.005)


def is_connected(ns, interface):
    return "LOWER_UP" in sh("ip", "-n", ns, "link", "show", "dev", interface)


class Lab:
    """Namespaces `left` and `right`, whose interfaces l0 and r0 are the ends of one cable."""

    def __init__(self):
        tag = "snl%d" % os.getpid()
        self.left, self.right = tag + "a", tag + "b"
        self.folder = tempfile.mkdtemp(prefix="snifter-live-")
        os.chmod(self.folder, 0o755)
        self.started = []
        for ns in (self.left, self.right):
            sh("ip", "netns", "add", ns)
            for scope in ("all", "default"):
                for key, value in (("disable_ipv6", 1), ("accept_dad", 0), ("router_solicitations", 0)):
                    self.sysctl(ns, "ipv6/conf/%s/%s" % (scope, key), value)
            sh("ip", "-n", ns, "link", "set", "dev", "lo", "up")
        self.cable("l0", "r0")
        sh("ip", "-n", self.left, "addr", "add", IP_LEFT + "/24", "dev", "l0")
        sh("ip", "-n", self.right, "addr", "add", IP_RIGHT + "/24", "dev", "r0")

    def cable(self, left, right):
        """One more pair of interfaces between the namespaces, up."""
        sh("ip", "link", "add", left, "netns", self.left, "type", "veth", "peer", "name", right,
           "netns", self.right)
        for ns, name, mac in ((self.left, left, MAC_LEFT), (self.right, right, MAC_RIGHT)):
            sh("ip", "-n", ns, "link", "set", "dev", name, "address", mac, "up")
        for ns, name in ((self.left, left), (self.right, right)):
            wait_for(name + " to be up", lambda: is_connected(ns, name))

    def sysctl(self, ns, key, value):
        sh("ip", "netns", "exec", ns, "sh", "-c",
           "test ! -e /proc/sys/net/%s || echo %s > /proc/sys/net/%s" % (key, value, key))

    def use_ipv6(self):
        for ns, name, address in ((self.left, "l0", IP6_LEFT), (self.right, "r0", IP6_RIGHT)):
            self.sysctl(ns, "ipv6/conf/%s/disable_ipv6" % name, 0)
            self.sysctl(ns, "ipv6/conf/lo/disable_ipv6", 0)
            sh("ip", "-n", ns, "addr", "add", address + "/64", "dev", name, "nodad")

    def path(self, name):
        return os.path.join(self.folder, name)

    @contextlib.contextmanager
    def inside(self, ns):
        """Sockets that are made within live in the namespace."""
        home = os.open("/proc/self/ns/net", os.O_RDONLY)
        there = os.open("/run/netns/" + ns, os.O_RDONLY)
        try:
            if LIBC.setns(there, CLONE_NEWNET) != 0:
                raise OSError(ctypes.get_errno(), "setns")
            yield
        finally:
            LIBC.setns(home, CLONE_NEWNET)
            os.close(home)
            os.close(there)

    def start(self, ns, words, **more):
        """A process in a namespace; it is killed at the end if it is still there."""
        command = ["ip", "netns", "exec", ns, *words] if ns else list(words)
        more.setdefault("stdin", subprocess.DEVNULL)
        p = subprocess.Popen(command, env=harness.ENVIRONMENT, **more)
        self.started.append(p)
        return p

    def capture(self, ns, words, **more):
        c = Capture(self, ns, words, **more)
        c.wait_ready()
        return c

    def send(self, ns, interface, frames, gap=0):
        """Puts whole Ethernet frames on an interface."""
        with self.inside(ns), socket.socket(socket.AF_PACKET, socket.SOCK_RAW) as s:
            s.bind((interface, 0))
            for f in frames:
                s.send(f)
                if gap:
                    time.sleep(gap)

    def close(self):
        for p in self.started:
            if p.poll() is None:
                p.kill()
                p.wait()
        for ns in (self.left, self.right):
            sh("ip", "netns", "del", ns, check=False)
        shutil.rmtree(self.folder, ignore_errors=True)


class Capture:
    """A capturing program whose output is collected while it runs."""

    def __init__(self, lab, ns, words, stdout=subprocess.PIPE, **more):
        self.out, self.err = b"", b""
        self.out_times = []  # (monotonic time, bytes so far) for each piece that arrived
        self.process = lab.start(ns, words, stdout=stdout, stderr=subprocess.PIPE, **more)
        self.threads = [threading.Thread(target=self.read_err, daemon=True)]
        if self.process.stdout is not None:
            self.threads.append(threading.Thread(target=self.read_out, daemon=True))
        for t in self.threads:
            t.start()

    def read_err(self):
        while True:
            piece = os.read(self.process.stderr.fileno(), 65536)
            if not piece:
                return
            self.err += piece

    def read_out(self):
        while True:
            piece = os.read(self.process.stdout.fileno(), 65536)
            if not piece:
                return
            self.out += piece
            self.out_times.append((time.monotonic(), len(self.out)))

    def wait_ready(self):
        wait_for("the capture to listen: %r" % self.err,
                 lambda: b"listening on" in self.err or self.process.poll() is not None)
        assert self.process.poll() is None, "the capture did not start: %r" % self.err

    def kill(self, number):
        self.process.send_signal(number)

    def finish(self, seconds=PATIENCE):
        """Waits until it ends by itself; the exit status."""
        try:
            status = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError("the capture did not end; it said %r" % self.err) from None
        for t in self.threads:
            t.join(PATIENCE)
        return status

    def stop(self, number=signal.SIGINT):
        self.kill(number)
        return self.finish()

    def counts(self):
        """(captured, received by filter, dropped by kernel) from the last words."""
        ends = re.findall(rb"^(\d+) packets? (?:captured|received by filter|dropped by kernel)$",
                          self.err, re.M)
        numbers = [int(n) for n in ends]
        assert len(numbers) == 3, "no statistics: %r" % self.err
        return tuple(numbers)


# -- packets ------------------------------------------------------------------------------------------

def mac_bytes(text):
    return bytes(int(x, 16) for x in text.split(":"))


def frame(payload, ethertype=0x0800, source=MAC_LEFT, target=BROADCAST, tags=()):
    """An Ethernet frame; tags are (TPID, TCI), outermost first."""
    head = mac_bytes(target) + mac_bytes(source)
    for tpid, tci in tags:
        head += struct.pack("!HH", tpid, tci)
    return head + struct.pack("!H", ethertype) + payload


def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    return ~total & 0xffff


def udp(payload, sport=40000, dport=9, source=IP_LEFT, target=IP_RIGHT):
    """An IPv4 packet with a UDP datagram without checksum."""
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28 + len(payload), 1, 0, 64, 17, 0,
                       socket.inet_aton(source), socket.inet_aton(target))
    head = head[:10] + struct.pack("!H", checksum(head)) + head[12:]
    return head + struct.pack("!HHHH", sport, dport, 8 + len(payload), 0) + payload


def numbered(n, **more):
    return [frame(udp(b"packet %06d" % i, **more)) for i in range(n)]


class Savefile:
    """A pcap file: records are (time in ns, captured length, length, bytes)."""

    def __init__(self, path_or_bytes):
        raw = path_or_bytes
        if not isinstance(raw, bytes):
            with open(path_or_bytes, "rb") as f:
                raw = f.read()
        magic, _, _, _, _, self.snaplen, self.linktype = struct.unpack("=IHHiIII", raw[:24])
        unit = {0xa1b2c3d4: 1000, 0xa1b23c4d: 1}[magic]
        self.header, self.records, at = raw[:24], [], 24
        while at < len(raw):
            seconds, fraction, caplen, length = struct.unpack("=IIII", raw[at:at + 16])
            assert at + 16 + caplen <= len(raw), "the file is cut within a record"
            self.records.append((seconds * 10**9 + fraction * unit, caplen, length,
                                 raw[at + 16:at + 16 + caplen]))
            at += 16 + caplen

    def payloads(self):
        return [r[3] for r in self.records]


def assert_same_packets(a, b, late_us=0):
    """The two files hold the same packets: times, lengths, bytes, order.

    The kernel stamps a packet once for all sockets, but not one that carries a departure time of its own
    when it arrives: TCP between namespaces or over loopback. Then each socket stamps, hence late_us.
    """
    a, b = Savefile(a), Savefile(b)
    assert a.linktype == b.linktype, "link types %d and %d" % (a.linktype, b.linktype)
    for i, (x, y) in enumerate(zip(a.records, b.records)):
        assert abs(x[0] // 1000 - y[0] // 1000) <= late_us, "packet %d: times %d and %d" % (i, x[0], y[0])
        assert x[1:3] == y[1:3], "packet %d: lengths %r and %r" % (i, x[1:3], y[1:3])
        assert x[3] == y[3], "packet %d:\n%s\n%s" % (i, x[3].hex(), y[3].hex())
    assert len(a.records) == len(b.records), "%d and %d packets" % (len(a.records), len(b.records))
    return len(a.records)


def assert_same_end(ns, program, words):
    """Both fail, with status 1 and the same message but for the name."""
    ours = harness.run(["ip", "netns", "exec", ns, *program, *words])
    theirs = harness.run(["ip", "netns", "exec", ns, "tcpdump", *words])
    assert ours[0] == theirs[0] == 1, (words, ours, theirs)
    assert harness.show(ours[2]).replace("snifter:", "tcpdump:") == harness.show(theirs[2]), (ours, theirs)


def missing(wanted, payloads):
    """Those of the frames that are not among the packets' bytes."""
    there = set(payloads)
    return [f for f in wanted if f not in there]


# -- running ------------------------------------------------------------------------------------------

def need_namespaces():
    if os.geteuid() != 0:
        harness.skip("live tests need root")
    if shutil.which("ip") is None:
        harness.skip("live tests need the program ip (iproute2)")
    p = subprocess.run(["unshare", "-n", "true"], stderr=subprocess.DEVNULL)
    if p.returncode != 0:
        harness.skip("no network namespaces here")
    name = "snl%dt" % os.getpid()
    p = subprocess.run(["ip", "netns", "add", name], stderr=subprocess.DEVNULL)
    if p.returncode != 0:
        harness.skip("ip cannot make network namespaces here")
    # In a plain chroot the root folder is no mount point, and ip cannot enter what it made.
    p = subprocess.run(["ip", "netns", "exec", name, "true"], stderr=subprocess.DEVNULL)
    sh("ip", "netns", "del", name)
    if p.returncode != 0:
        harness.skip("ip cannot enter network namespaces here")


def need(*programs):
    for p in programs:
        if shutil.which(p) is None:
            raise Skip(p + " is not installed")


class Skip(Exception):
    """A test that cannot run here."""


def main(tests):
    """Runs the tests of a file, each in a laboratory of its own:  TEST.py PROGRAM [name part...]"""
    need_namespaces()
    program = harness.program(sys.argv[1])
    failures = skipped = 0
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(1))
    for test in tests:
        if len(sys.argv) > 2 and not any(part in test.__name__ for part in sys.argv[2:]):
            continue
        lab = Lab()
        atexit.register(lab.close)
        try:
            test(lab, program)
            print("ok      " + test.__name__)
        except Skip as why:
            skipped += 1
            print("skipped %s: %s" % (test.__name__, why))
        except Exception:
            failures += 1
            print("FAILED  " + test.__name__)
            traceback.print_exc(file=sys.stdout)
        finally:
            lab.close()
            atexit.unregister(lab.close)
    sys.exit(1 if failures else harness.SKIP if skipped == len(tests) else 0)
