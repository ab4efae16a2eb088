#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Load through a real Postfix and the gateway while its workers are killed:
tools/gateway_load.py [--smtp-source] PROGRAM [MESSAGES] [SESSIONS] [OPTION...]
(options of threadline milter; BASE in them is the folder of the run, as in --memory BASE/memory.db).

Each message is sent until the server accepts it; a tenth goes to a lookalike and is held. Counts both ends: every accepted message
is delivered or held exactly once. With --smtp-source Postfix's own load generator sends all of them to one true address. It gives up at the first
451, so milter_default_action is accept: a message whose worker is killed under it passes unseen and is counted as such, never lost or doubled.
Tells messages/s, milliseconds by the gateway's log, and the memory of its processes by quarter.
Needs what tests/apps/gateway/postfix_peer.py needs (root, Postfix)."""
import json
import os
import pathlib
import signal
import smtplib
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests" / "apps" / "gateway"))
import postfix_peer as peer  # noqa: E402

POLICY = {"version": 1, "own": {"domains": ["own.example"]}, "counterparties": [{"name": "Supplier", "domains": ["bigsupplier.example"]}],
          "gateway": {"rules": [{"direction": "outbound", "code": "outbound_to_lookalike", "min_severity": "high", "action": "hold"}]}}
BODY = "".join(f"Line {n}: the delivery of the order is due on Monday as agreed.\r\n" for n in range(60))


def resident(pid):
    """MB of the process and of all below it."""
    total = 0
    for task in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (task / "stat").read_text().rsplit(")", 1)[1].split()
            if int(task.name) == pid or int(fields[1]) == pid:
                total += int((task / "statm").read_text().split()[1]) * 4096
                if int(task.name) != pid:
                    total += int(resident(int(task.name)) * 1e6) - int((task / "statm").read_text().split()[1]) * 4096
        except (OSError, IndexError, ValueError):
            continue
    return total / 1e6


class Load:
    def __init__(self, bench, messages, sessions):
        self.bench, self.messages, self.sessions = bench, messages, sessions
        self.accepted, self.retries, self.lock = [], 0, threading.Lock()

    def source(self):
        """smtp-source; its exit status 0 says that every message was accepted."""
        self.bench.postfix.set("milter_default_action=accept")
        command = ["smtp-source", "-s", str(self.sessions), "-m", str(self.messages), "-l", "4000", "-f", "bob@own.example",
                   "-t", "ann@bigsupplier.example", f"127.0.0.1:{self.bench.postfix.port}"]
        self.sent = subprocess.Popen(command, stderr=subprocess.PIPE)

    def run_source(self):
        self.source()
        return self.watch(lambda: self.sent.poll() is None, lambda: self.bench.gateway.metrics_total())

    def session(self, number):
        server = None
        for count in range(number, self.messages, self.sessions):
            to = "ann@bigsuppiier.example" if count % 10 == 0 else "ann@bigsupplier.example"
            with self.lock:
                name, content = peer.mail("bob@own.example", to, body=BODY)
            while True:
                try:
                    if server is None or count // self.sessions % 50 == 49:
                        server = smtplib.SMTP("127.0.0.1", self.bench.postfix.port, "client.example", timeout=120)
                    server.sendmail("bob@own.example", [to], content)
                    break
                except (OSError, smtplib.SMTPException):
                    server = None
                    with self.lock:
                        self.retries += 1
                    time.sleep(0.05)
            with self.lock:
                self.accepted.append(name)

    def run(self):
        threads = [threading.Thread(target=self.session, args=(number,)) for number in range(self.sessions)]
        for thread in threads:
            thread.start()
        return self.watch(lambda: any(thread.is_alive() for thread in threads), lambda: len(self.accepted))

    def watch(self, goes_on, count):
        """Kills workers in the first half, and looks at their memory at each quarter."""
        kills, memory, quarter = 0, [], 1
        while goes_on():
            time.sleep(0.5)
            done = count()
            if done >= quarter * self.messages // 4 and quarter < 4:
                memory.append(round(resident(self.bench.gateway.process.pid), 1))
                quarter += 1
            if kills < 6 and done > (kills + 1) * self.messages // 14:  # in the first half, so that the second shows growth alone
                for pid in self.bench.gateway.children("tl-front" if kills % 2 == 0 else "tl-judge")[-1:]:
                    os.kill(pid, signal.SIGKILL)
                kills += 1
        memory.append(round(resident(self.bench.gateway.process.pid), 1))
        return kills, memory

    def count_source(self):
        """What smtp-source sent, at both ends."""
        end = time.time() + 600
        while time.time() < end and self.bench.postfix.queue():
            time.sleep(1)
        ends = self.bench.sink.ids
        judged = sum(1 for line in self.bench.gateway.lines() if line["event"] == "message")
        return {"smtp-source exit": self.sent.returncode, "delivered": sum(ends.values()), "different": len(ends),
                "held": len(self.bench.postfix.held()), "judged": judged, "passed unseen": self.messages - judged}

    def count(self):
        """(delivered, held, lost, twice)"""
        end = time.time() + 120
        while time.time() < end and any(entry["queue_name"] != "hold" for entry in self.bench.postfix.queue()):
            time.sleep(1)
        held_ids = {entry["queue_id"] for entry in self.bench.postfix.held()}
        ends = dict(self.bench.sink.ids)
        for line in self.bench.gateway.lines():
            if line["event"] == "message" and line["queue_id"] in held_ids:
                ends[line["message_id"]] = ends.get(line["message_id"], 0) + 1
        lost = [name for name in self.accepted if name not in ends]
        twice = [name for name in self.accepted if ends.get(name, 0) > 1]
        return sum(self.bench.sink.ids.values()), len(held_ids), len(lost), len(twice)


def main():
    why = peer.missing()
    if why or len(sys.argv) < 2:
        print(why or __doc__)
        return 2
    uses_source = sys.argv[1] == "--smtp-source"
    if uses_source:
        del sys.argv[1]
    messages = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    sessions = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    with peer.Bench(sys.argv[1], POLICY, *sys.argv[4:], keeps=False) as bench:
        load = Load(bench, messages, sessions)
        began = time.time()
        kills, memory = load.run_source() if uses_source else load.run()
        seconds = time.time() - began
        if uses_source:
            told = load.count_source()
            print(json.dumps({"messages": messages, "sessions": sessions, **told, "kills": kills, "messages/s": round(messages / seconds, 1),
                              "resident MB by quarter": memory}))
            return 0 if told["smtp-source exit"] == 0 and told["different"] == told["delivered"] == messages else 1
        delivered, held, lost, twice = load.count()
        times = sorted(line["ms"] for line in bench.gateway.lines() if line["event"] == "message")
        print(json.dumps({"messages": messages, "sessions": sessions, "accepted": len(load.accepted), "delivered": delivered, "held": held,
                          "lost": lost, "twice": twice, "kills": kills, "tried again": load.retries,
                          "messages/s": round(messages / seconds, 1), "p50 ms": times[len(times) // 2],
                          "p99 ms": times[len(times) * 99 // 100], "resident MB by quarter": memory}))
        return 1 if lost or twice else 0


if __name__ == "__main__":
    sys.exit(main())
