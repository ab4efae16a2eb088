#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gateway beside rspamd on the same mails in one run: tools/bench_gateway.py PROGRAM [--mails FOLDER] [--memory FILE] [--rounds N].

Each is asked at its best: threadline by the milter protocol on a Unix socket, rspamd (Debian's package) by HTTP on a Unix socket.
Without DNS: rspamd's modules that ask the network or Redis are off (LOCAL below). FOLDER as tools/make_gateway_mails.py writes it (made where there
is none); FILE as tests/bench/memory_bench makes it. Told for 1 and 4 sessions: CPU a mail (user and system time of all processes of each, from
/proc, ended children too), mails a second, p50 and p99 from the first byte of a mail to its verdict. A first round warms both and is not counted.
Each round has 500 mails of its own: threadline keeps what it read of attachments, and no mail comes twice."""
import argparse
import ctypes
import http.client
import json
import multiprocessing
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
TICK = os.sysconf("SC_CLK_TCK")
POLICY = {"version": 1, "own": {"domains": ["own.example"]}, "counterparties": [{"name": "Supplier", "domains": ["firm1.example"]}],
          "gateway": {"rules": [{"min_severity": "critical", "action": "hold"}]}}
# Modules that ask DNS, HTTP or Redis; what is left reads the mail itself (regexp rules, MIME checks, HTML, URLs, chartable ...).
OFF = ("rbl surbl spf dkim dkim_signing dmarc arc asn fuzzy_check mx_check neural greylist ratelimit replies reputation history_redis "
       "url_redirector multimap_redis milter_headers metadata_exporter clickhouse elastic antivirus external_services known_senders "
       "bimi maillist_redis whitelist hfilter").split()
LOCAL = {
    "options.inc": 'filters = "chartable,regexp";\ndns { nameserver = ["127.0.0.1:9"]; timeout = 0.05s; retransmits = 1; }\n'
                   'pidfile = "BASE/rspamd.pid";\nlocal_addrs = [];\nmax_urls = 1000;\n',
    "logging.inc": 'type = "file";\nfilename = "BASE/rspamd.log";\nlevel = "error";\n',
    "worker-normal.inc": 'bind_socket = "BASE/rspamd.sock mode=0666";\ncount = 2;\ntask_timeout = 30s;\n',
    "worker-controller.inc": "enabled = false;\n",
    "worker-proxy.inc": "enabled = false;\n",
    "worker-fuzzy.inc": "enabled = false;\n",
    "statistic.conf": "",
    **{f"{module}.conf": "enabled = false;\n" for module in OFF},
}


class Orphans:
    """Processes whose parent ends before it waits for them (what bubblewrap starts) come to this process: their time is counted here."""

    PR_SET_CHILD_SUBREAPER = 36

    def __init__(self):
        ctypes.CDLL(None).prctl(self.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.seconds = 0.0

    def reap(self, ours):
        for entry in os.listdir("/proc"):
            if not entry.isdigit() or int(entry) in ours:
                continue
            try:
                fields = pathlib.Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
                if int(fields[1]) == os.getpid() and fields[0] == "Z":
                    usage = os.wait4(int(entry), os.WNOHANG)[2]
                    self.seconds += usage.ru_utime + usage.ru_stime
            except (OSError, ChildProcessError):
                continue
        return self.seconds


def cpu_seconds(root):
    """User and system time of the process and of all below it, with children that have ended."""
    parents, times = {}, {}
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = pathlib.Path(f"/proc/{entry}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        parents[int(entry)] = int(fields[1])
        times[int(entry)] = sum(int(one) for one in fields[11:15])
    total = 0
    for pid in parents:
        above = pid
        while above and above != root:
            above = parents.get(above, 0)
        total += times[pid] if above == root else 0
    return total / TICK


# --- the two programs ----------------------------------------------------------------------------------------------------------


class Threadline:
    name = "threadline"

    def __init__(self, program, memory, base):
        self.place = str(base / "milter.sock")
        (base / "policy.json").write_text(json.dumps(POLICY))
        words = [program, "milter", "--policy", str(base / "policy.json"), "--socket", f"unix:{self.place}", "--jobs", "2"]
        words += ["--memory", memory] if memory else []
        self.process = subprocess.Popen(words, stderr=(base / "threadline.log").open("w"))
        wait_for(lambda: os.path.exists(self.place))

    def session(self):
        return MilterSession(self.place)


class Rspamd:
    name = "rspamd"

    def __init__(self, base):
        self.place = str(base / "rspamd" / "rspamd.sock")
        local = base / "rspamd" / "local.d"
        (base / "rspamd" / "override.d").mkdir(parents=True)
        local.mkdir()
        for name, words in LOCAL.items():
            (local / name).write_text(words.replace("BASE", str(base / "rspamd")))
        variables = [f"--var={key}={base / 'rspamd'}" for key in ("LOCAL_CONFDIR", "DBDIR", "RUNDIR", "LOGDIR")]
        for path in [base, *base.rglob("*")]:
            path.chmod(0o777 if path.is_dir() else 0o666)
        self.process = subprocess.Popen(["rspamd", "-f", "-c", "/etc/rspamd/rspamd.conf", "-u", "_rspamd", "-g", "_rspamd", *variables],
                                        stdout=(base / "rspamd.out").open("w"), stderr=subprocess.STDOUT)
        wait_for(lambda: connects(self.place))
        time.sleep(5)  # it compiles its patterns (hyperscan) beside

    def session(self):
        return HttpSession(self.place)


def connects(place):
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.connect(place)
        return True
    except OSError:
        return False


def wait_for(is_ready, seconds=60):
    end = time.time() + seconds
    while not is_ready():
        if time.time() > end:
            sys.exit("a program does not start")
        time.sleep(0.1)


class MilterSession:
    """The mail server's side of the protocol (version 6), one connection."""

    def __init__(self, place):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(place)
        self.socket.sendall(self.frame(b"O" + struct.pack("!III", 6, 0x1FF, 0x1FFFFF)))
        _, wanted = self.answer()
        self.steps = struct.unpack("!I", wanted[8:12])[0]

    @staticmethod
    def frame(content):
        return struct.pack("!I", len(content)) + content

    def read(self, count):
        data = b""
        while len(data) < count:
            more = self.socket.recv(count - len(data))
            if not more:
                raise OSError("the milter hung up")
            data += more
        return data

    def answer(self):
        content = self.read(struct.unpack("!I", self.read(4))[0])
        return content[:1], content[1:]

    def command(self, content, silent=False):
        self.socket.sendall(self.frame(content))
        return None if silent else self.answer()

    def judge(self, mail):
        if not hasattr(self, "client"):
            self.client = mail["client"]
            self.command(b"C" + b"client.example\0" + b"4" + struct.pack("!H", 25) + self.client.encode() + b"\0")
            self.command(b"Hclient.example\0")
        user = mail["user"].encode()
        macros = b"i\0" + mail["id"].encode() + b"\0" + (b"{auth_authen}\0" + user + b"\0" if user else b"")
        self.command(b"DM" + macros, silent=True)
        self.command(b"M<" + mail["sender"].encode() + b">\0")
        for recipient in mail["recipients"]:
            self.command(b"R<" + recipient.encode() + b">\0")
        for name, value in mail["fields"]:
            self.command(b"L" + name + b"\0" + value + b"\0")
        self.command(b"N")
        for at in range(0, len(mail["body"]), 65_535):
            self.command(b"B" + mail["body"][at:at + 65_535])
        self.socket.sendall(self.frame(b"E"))
        while True:
            code, _ = self.answer()
            if code in b"acrtdy":
                return


class UnixConnection(http.client.HTTPConnection):
    """Opened again wherever the server closes it."""

    def __init__(self, place):
        super().__init__("localhost", timeout=60)
        self.place = place

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.place)


class HttpSession:
    def __init__(self, place):
        self.connection = UnixConnection(place)

    def judge(self, mail):
        headers = {"IP": mail["client"], "Helo": "client.example", "From": mail["sender"], "Rcpt": ",".join(mail["recipients"]), "Queue-Id": mail["id"]}
        if mail["user"]:
            headers["User"] = mail["user"]
        self.connection.request("POST", "/checkv2", mail["bytes"], headers)
        answer = self.connection.getresponse()
        told = answer.read()
        if answer.status != 200 or b'"score"' not in told:
            raise OSError(f"rspamd: {answer.status} {told[:200]}")


# --- the run -------------------------------------------------------------------------------------------------------------------


MAILS = 500  # a round


def mails_of(folder, rounds):
    """Lists of MAILS mails, one a round."""
    if not folder.is_dir():
        subprocess.run([sys.executable, str(HERE / "make_gateway_mails.py"), str(folder), str(rounds * MAILS)], check=True)
    mails = read_mails(folder)
    if len(mails) < rounds * MAILS:
        sys.exit(f"{folder}: {len(mails)} mails, {rounds * MAILS} are needed; name a folder that is not there, and they are made")
    return [mails[at:at + MAILS] for at in range(0, rounds * MAILS, MAILS)]


def kinds_of(mails, apart):
    if not apart:
        return [mails]
    return [[one for one in mails if (b"application/pdf" in one["bytes"]) == has_pdf] for has_pdf in (False, True)]


def read_mails(folder):
    mails = []
    for path in sorted(folder.glob("*.eml")):
        content, session = path.read_bytes(), json.loads(path.with_suffix(".json").read_text())
        head, body = content.split(b"\r\n\r\n", 1)
        fields = [tuple(one.split(b":", 1)) for one in head.replace(b"\r\n\t", b"\n\t").split(b"\r\n")]
        mails.append({**session, "id": path.stem, "bytes": content, "body": body, "fields": [(name, value.strip()) for name, value in fields]})
    return mails


def talk(program, mails, results):
    session, times = program.session(), []
    for mail in mails:
        began = time.perf_counter()
        session.judge(mail)
        times.append(time.perf_counter() - began)
    results.put(times)


def measure(program, mails, sessions, orphans, ours):
    results = multiprocessing.Queue()
    before, began = cpu_seconds(program.process.pid) + orphans.reap(ours), time.perf_counter()
    peers = [multiprocessing.Process(target=talk, args=(program, mails[number::sessions], results)) for number in range(sessions)]
    for peer in peers:
        peer.start()
    times = sorted(one for _ in peers for one in results.get(timeout=300))
    for peer in peers:
        peer.join()
    seconds = time.perf_counter() - began
    time.sleep(0.3)
    spent = cpu_seconds(program.process.pid) + orphans.reap(ours) - before
    return {"program": program.name, "sessions": sessions, "mails": len(times), "cpu ms a mail": round(spent * 1_000 / len(times), 2),
            "mails/s": round(len(times) / seconds, 1), "p50 ms": round(times[len(times) // 2] * 1_000, 1),
            "p99 ms": round(times[min(len(times) * 99 // 100, len(times) - 1)] * 1_000, 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--mails", type=pathlib.Path)
    parser.add_argument("--memory", default="")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--apart", action="store_true", help="mails without a PDF, then those with one")
    options = parser.parse_args()
    base = pathlib.Path(tempfile.mkdtemp(prefix="bench-gateway-"))
    programs, orphans = [], Orphans()
    try:
        rounds = iter(mails_of(options.mails or base / "mails", 1 + 2 * options.rounds))
        programs.append(Threadline(options.program, options.memory, base))
        if shutil.which("rspamd"):
            programs.append(Rspamd(base))
        else:
            print("rspamd is not installed (Debian: rspamd): threadline alone", file=sys.stderr)
        ours = {program.process.pid for program in programs}
        warming = next(rounds)
        for program in programs:
            measure(program, warming, 2, orphans, ours)
        for sessions in (1, 4):
            for _ in range(options.rounds):
                for kind in kinds_of(next(rounds), options.apart):
                    for program in programs:
                        print(json.dumps(measure(program, kind, sessions, orphans, ours)), flush=True)
    finally:
        for program in programs:
            program.process.send_signal(signal.SIGTERM)
        for program in programs:
            program.process.wait(30)
        shutil.rmtree(base, ignore_errors=True)


if __name__ == "__main__":
    main()
