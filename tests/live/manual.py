#!/usr/bin/env python3
"""live.manual: the examples of snifter(1) that capture, run as they are written, beside a web server."""
import os
import subprocess
import threading

import lab
import web

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "man", "snifter.1")


def keep_asking(room, ended):
    """Requests until the examples have seen enough."""
    while not ended.wait(0.02):
        web.get(room, room.left, "127.0.0.1", requests=1)


def examples(room, program):
    with open(PAGE, encoding="utf-8") as f:
        commands = [line[len(".Dl # "):].strip() for line in f if line.startswith(".Dl # snifter ")]
    assert len(commands) >= 4, commands
    tools = room.path("tools")
    os.mkdir(tools)
    with open(tools + "/snifter", "w", encoding="ascii") as f:
        f.write("#!/bin/sh\nexec %s \"$@\"\n" % " ".join(map(os.path.abspath, program)))
    os.chmod(tools + "/snifter", 0o755)
    environment = dict(os.environ, PATH=tools + ":" + os.environ["PATH"])
    server = web.serve(room, room.left, "127.0.0.1")
    ended = threading.Event()
    asking = threading.Thread(target=keep_asking, args=(room, ended))
    asking.start()
    try:
        for command in commands:
            p = subprocess.run(["ip", "netns", "exec", room.left, "sh", "-c", command], cwd=room.path(""),
                               env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, timeout=lab.PATIENCE)
            assert p.returncode == 0, (command, p.stdout, p.stderr)
            assert b" captured" in p.stderr, (command, p.stderr)
    finally:
        ended.set()
        asking.join()
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    lab.main([examples])
