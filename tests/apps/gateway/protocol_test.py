#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Edges of the milter protocol by Debian's miltertest: protocol_test.py PROGRAM. Exit status 77: it is not installed."""
import os
import pathlib
import pwd
import shutil
import socket
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import postfix_peer as peer  # noqa: E402

POLICY = {"version": 1, "own": {"domains": ["own.example"]}, "counterparties": [{"name": "Supplier", "domains": ["bigsupplier.example"]}]}


def owners_of(gateway, wanted, seconds=20):
    """Who runs the workers: the log says "start" before each has its name."""
    end = time.time() + seconds
    while True:
        pids = [gateway.children(name) for name in ("tl-front", "tl-judge")]
        owners = {pathlib.Path(f"/proc/{pid}").stat().st_uid for one in pids for pid in one}
        if (all(pids) and owners == {wanted}) or time.time() > end:
            return owners
        time.sleep(0.05)


def run(program, base, place, options, inherited=()):
    """The script against one socket; what is wrong, or nothing."""
    gateway = peer.Gateway(program, base, POLICY, *options)
    gateway.start(inherited)
    wanted = pwd.getpwnam("nobody").pw_uid if "nobody" in options else os.geteuid()
    owners = owners_of(gateway, wanted)
    script = pathlib.Path(__file__).parent / "protocol.lua"
    done = subprocess.run(["miltertest", "-D", f"place={place}", "-s", str(script)], check=False)
    status = gateway.stop()
    if done.returncode or status:
        return f"{place}: {done.returncode}, {status}: {gateway.log_file.read_text()}"
    return None if owners == {wanted} else f"{place}: owners {owners}"


def run_with_locked_memory(program, base):
    """Another program writes to the memory: mail passes without it, and none waits for longer than its budget."""
    place = f"inet:{peer.free_port()}@127.0.0.1"
    gateway = peer.Gateway(program, base, {**POLICY, "gateway": {"budget_ms": 4000}}, "--socket", place, "--memory", "BASE/memory")
    gateway.start()
    script = ["miltertest", "-D", f"place={place}", "-s", str(pathlib.Path(__file__).parent / "messages.lua")]
    before = subprocess.run(script, check=False).returncode
    gateway.wait_for_event("memory")
    holder = sqlite3.connect(base / "memory", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    during = subprocess.run(script, check=False).returncode
    holder.execute("ROLLBACK")
    holder.close()
    failures = {line.get("failure") for line in gateway.lines() if line["event"] == "message"}
    status = gateway.stop()
    if before or during or status or "memory" not in failures or "limit" in failures:
        return f"locked memory: {before}, {during}, {status}, {failures}: {gateway.log_file.read_text()}"
    return None


def run_with_removed_memory(program, base):
    """A memory that is removed while it is open is told, and another one is begun: what is learnt from then on is kept."""
    place = f"inet:{peer.free_port()}@127.0.0.1"
    gateway = peer.Gateway(program, base, POLICY, "--socket", place, "--memory", "BASE/memory")
    gateway.start()
    gateway.wait_for_event("memory")
    (base / "memory").unlink()
    gateway.wait_for_event("memory_failed")
    gateway.wait_for_event("memory", 2)
    script = ["miltertest", "-D", f"place={place}", "-s", str(pathlib.Path(__file__).parent / "messages.lua")]
    done = subprocess.run(script, check=False).returncode
    failures = {line.get("failure") for line in gateway.lines() if line["event"] == "message"}
    status = gateway.stop()
    if done or status or failures != {None} or not (base / "memory").exists():
        return f"removed memory: {done}, {status}, {failures}: {gateway.log_file.read_text()}"
    return None


WRONG_PLACES = [["--socket", place] for place in ("tcp:1", "unix:", "fd:x", "inet:99999@127.0.0.1", "inet:0@127.0.0.1", "inet:abc@127.0.0.1", "inet:1@", "unix:/" + 200 * "x")] + [
    ["--metrics", place] for place in ("127.0.0.1:0x", "127.0.0.1:99999", "127.0.0.1", "192.0.2.1:9099")] + [["--user", "nosuchuser"], ["--socket-group", "nosuchgroup"], ["--memory", "BASE"], ["--memory", "BASE/policy.json"]]


def status_beside(program, base, options):
    """How a gateway ends that must not start, and what it says."""
    command = [program, "milter", "--policy", str(base / "policy.json"), *[option.replace("BASE", str(base)) for option in options]]
    try:
        done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=10)
    except subprocess.TimeoutExpired:
        return "it runs"
    return done.returncode


def wait_until_deserted(place, seconds=20):
    """Waits for the children of a gateway that was killed, who end a moment after it: till then they hold its socket."""
    end = time.time() + seconds
    while time.time() < end:
        with socket.socket(socket.AF_UNIX) as caller:
            if caller.connect_ex(str(place)):
                return
        time.sleep(0.05)


def run_beside_another(program, base):
    """A place that another process has is taken (69), and stays that process's; what no place can be is wrong usage (64)."""
    place = base / "queue" / "threadline" / "milter.sock"
    gateway = peer.Gateway(program, base, POLICY, "--socket", f"unix:{place}")
    gateway.start()
    free = ["--socket", f"unix:{base}/free.sock"]
    wanted = [(["--socket", f"unix:{place}"], 69),
              (["--socket", f"unix:{place}", "--dry-run"], 69),
              ([*free, "--metrics", f"127.0.0.1:{gateway.metrics_port}"], 69),
              ([*free, "--metrics", f"unix:{place}"], 69),
              ([*free, "--metrics", f"unix:{base}/policy.json"], 69),
              ([*free, "--metrics", "unix:/nonexistent/metrics"], 69),
              *[([*free, *wrong], 64) for wrong in WRONG_PLACES]]
    told = [(options, status_beside(program, base, options)) for options, _ in wanted]
    faults = [f"{options}: {status}, not {right}" for (options, status), (_, right) in zip(told, wanted, strict=True) if status != right]
    script = ["miltertest", "-D", f"place=unix:{place}", "-s", str(pathlib.Path(__file__).parent / "messages.lua")]
    if subprocess.run(script, check=False).returncode:
        faults.append("the gateway is not reached any more")
    if not (base / "policy.json").is_file() or (base / "free.sock").exists():
        faults.append("the policy is gone, or a socket was left behind")
    gateway.process.kill()  # it leaves its socket behind: the next one takes the place
    gateway.process.wait()
    wait_until_deserted(place)
    gateway.start()
    if gateway.stop() or place.exists():
        faults.append("the socket that was left behind was not replaced and removed")
    return "; ".join(faults) or None


def talk(place, *packets):
    """A session of a mail server that has sent these packets (command, its data), each answered where the protocol says so."""
    session = socket.socket(socket.AF_UNIX)
    session.connect(str(place))
    session.settimeout(10)
    for command, data in packets:
        session.sendall(struct.pack("!I", 1 + len(data)) + command + data)
        if command != b"D":
            length = struct.unpack("!I", session.recv(4, socket.MSG_WAITALL))[0]
            session.recv(length, socket.MSG_WAITALL)
    return session


def run_with_idle_session(program, base):
    """Told to stop, it waits for a message under way, and not for a server that is connected and sends none."""
    place = base / "queue" / "threadline" / "milter.sock"
    gateway = peer.Gateway(program, base, POLICY)
    connected = [(b"O", struct.pack("!III", 6, 0x1FF, 0)), (b"C", b"client.test\x004" + struct.pack("!H", 25) + b"192.0.2.7\x00")]
    faults = []
    gateway.start()
    with talk(place, *connected):
        began = time.time()
        if gateway.stop() or time.time() - began > 10:
            faults.append(f"an idle session was waited for: {time.time() - began:.1f} s")
    gateway.start()
    with talk(place, *connected, (b"M", b"<ann@bigsupplier.example>\x00")):
        gateway.process.terminate()
        time.sleep(3)
        if gateway.process.poll() is not None:
            faults.append("a message under way was not waited for")
    if gateway.process.wait(10):
        faults.append("it did not end with the message")
    return "; ".join(faults) or None


def main():
    if not shutil.which("miltertest"):
        print("skipped: miltertest is not installed (Debian: miltertest)")
        return 77
    faults = []
    for kind in ("unix", "inet", "fd", "locked memory", "removed memory", "beside another", "idle session"):
        base = pathlib.Path(tempfile.mkdtemp(prefix="tl-protocol-"))
        base.chmod(0o755)
        try:
            for name in ("log", "queue"):
                (base / name).mkdir()
            port = peer.free_port()
            options = {"unix": ["--user", "nobody"] if os.geteuid() == 0 else [], "inet": ["--socket", f"inet:{port}@127.0.0.1"]}
            if kind == "locked memory":
                faults.append(run_with_locked_memory(sys.argv[1], base))
            elif kind == "removed memory":
                faults.append(run_with_removed_memory(sys.argv[1], base))
            elif kind == "beside another":
                faults.append(run_beside_another(sys.argv[1], base))
            elif kind == "idle session":
                faults.append(run_with_idle_session(sys.argv[1], base))
            elif kind == "fd":
                with socket.socket() as handed:
                    handed.bind(("127.0.0.1", port))
                    handed.listen()
                    faults.append(run(sys.argv[1], base, f"inet:{port}@127.0.0.1", ["--socket", f"fd:{handed.fileno()}"], (handed.fileno(),)))
            else:
                place = f"unix:{base}/queue/threadline/milter.sock" if kind == "unix" else f"inet:{port}@127.0.0.1"
                faults.append(run(sys.argv[1], base, place, options[kind]))
        finally:
            shutil.rmtree(base, ignore_errors=True)
    for fault in filter(None, faults):
        print(fault)
    return 1 if any(faults) else 0


if __name__ == "__main__":
    sys.exit(main())
