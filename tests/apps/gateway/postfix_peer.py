# SPDX-License-Identifier: Apache-2.0
"""A private Postfix on loopback, a place where its mail ends, and the gateway before it: what the tests of the gateway talk to."""
import email.utils
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import smtplib
import socket
import socketserver
import subprocess
import tempfile
import threading
import time

MAIN = """compatibility_level = 3.6
queue_directory = {base}/queue
data_directory = {base}/data
mail_owner = postfix
setgid_group = postdrop
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
maillog_file = {base}/log/mail.log
maillog_file_prefixes = {base}/log
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = gw.own.example
mydomain = own.example
myorigin = $mydomain
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
local_transport = error:no local delivery
mynetworks = 0.0.0.0/0
smtpd_relay_restrictions = permit_mynetworks, reject
smtpd_authorized_xclient_hosts = 127.0.0.0/8
smtp_dns_support_level = disabled
smtp_host_lookup = native
smtpd_peername_lookup = no
relayhost = [127.0.0.1]:{sink}
message_size_limit = 104857600
mailbox_size_limit = 0
minimal_backoff_time = 300s
smtpd_milters = {milter}
non_smtpd_milters = $smtpd_milters
milter_protocol = 6
milter_default_action = tempfail
milter_connect_timeout = 10s
milter_command_timeout = 20s
milter_content_timeout = 60s
smtpd_client_connection_count_limit = 0
smtpd_error_sleep_time = 0
smtp_destination_concurrency_limit = 20
"""
SERVICES = """127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


def missing():
    """Why the tests cannot run here, or nothing."""
    for program in ("postfix", "postqueue", "smtp-source"):
        if not shutil.which(program):
            return f"{program} is not installed (Debian: postfix)"
    if os.geteuid() != 0:
        return "Postfix needs root"
    try:
        pwd.getpwnam("postfix")
    except KeyError:
        return "there is no user postfix"
    return None


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Sink(socketserver.ThreadingTCPServer):
    """Takes all mail, keeps it in `mails` (or counts it by Message-ID only)."""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 200

    def __init__(self, keeps=True):
        self.mails, self.ids, self.keeps = [], {}, keeps
        self.lock = threading.Lock()
        super().__init__(("127.0.0.1", 0), SinkSession)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, content):
        found = re.search(rb"^message-id:\s*(\S+)", content, re.I | re.M)
        name = found.group(1).decode() if found else None
        with self.lock:
            if self.keeps:
                self.mails.append(content)
            self.ids[name] = self.ids.get(name, 0) + 1

    def mail(self, message_id, seconds=20):
        """The mail with that Message-ID, once it came; None: it did not."""
        end = time.time() + seconds
        while time.time() < end:
            with self.lock:
                for content in self.mails:
                    if message_id.encode() in content:
                        return content
            time.sleep(0.05)
        return None


class SinkSession(socketserver.StreamRequestHandler):
    def handle(self):
        self.answer("220 sink.example")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.answer("354 go on")
                self.server.take(self.content())
                self.answer("250 taken")
            elif verb == b"QUIT":
                return self.answer("221 bye")
            else:
                self.answer("250 sink.example")

    def content(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)

    def answer(self, text):
        self.wfile.write(text.encode() + b"\r\n")


class Gateway:
    """`threadline milter`, its log in a file."""

    def __init__(self, program, base, policy, *options):
        self.base = base
        self.policy_file = base / "policy.json"
        self.log_file = base / "log" / "gateway.log"
        self.metrics_port = free_port()
        self.set_policy(policy)
        (base / "key").write_text("0123456789abcdef0123\n")
        self.command = [program, "milter", "--policy", str(self.policy_file), "--socket-mode", "0666", "--metrics", f"127.0.0.1:{self.metrics_port}", "--lang", "en", "--key-file",
                        str(base / "key"), *[option.replace("BASE", str(base)) for option in options]]
        if "--socket" not in options:
            self.command += ["--socket", f"unix:{base}/queue/threadline/milter.sock"]
        self.process = None

    def set_policy(self, policy):
        self.policy_file.write_text(policy if isinstance(policy, str) else json.dumps(policy))

    def start(self, inherited=()):
        (self.base / "queue" / "threadline").mkdir(exist_ok=True)
        before = sum(line["event"] == "start" for line in self.lines()) if self.log_file.exists() else 0
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(self.command, stderr=log, stdin=subprocess.DEVNULL, pass_fds=inherited)
        self.wait_for_event("start", before + 1)

    def stop(self):
        if self.process is None:
            return 0
        self.process.terminate()
        status = self.process.wait(60)
        self.process = None
        return status

    def lines(self):
        return [json.loads(line) for line in self.log_file.read_text().splitlines() if line.startswith("{")]

    def wait_for_event(self, event, count=1, seconds=20):
        end = time.time() + seconds
        while time.time() < end:
            found = [line for line in (self.lines() if self.log_file.exists() else []) if line["event"] == event]
            if len(found) >= count:
                return found[-1]
            time.sleep(0.05)
        raise AssertionError(f"no {event} in the log: {self.log_file.read_text()[-2000:]}")

    def line_of(self, message_id, seconds=10):
        end = time.time() + seconds
        while time.time() < end:
            for line in self.lines():
                if line.get("message_id") == message_id:
                    return line
            time.sleep(0.05)
        raise AssertionError(f"no line of {message_id}: {self.log_file.read_text()[-2000:]}")

    def reload(self, policy, event="reload"):
        before = sum(line["event"] == event for line in self.lines())
        self.set_policy(policy)
        self.process.send_signal(signal.SIGHUP)
        self.wait_for_event(event, before + 1)
        time.sleep(0.3)

    def children(self, name):
        found = []
        for task in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                status = (task / "stat").read_text()
            except OSError:
                continue
            comm, rest = status[status.index("(") + 1:status.rindex(")")], status[status.rindex(")") + 2:].split()
            if comm == name and int(rest[1]) == self.process.pid:
                found.append(int(task.name))
        return found

    def metrics(self):
        import urllib.request
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/metrics", timeout=5) as answer:
            text = answer.read().decode()
        return {line.rsplit(" ", 1)[0]: float(line.rsplit(" ", 1)[1]) for line in text.splitlines() if not line.startswith("#")}

    def metrics_total(self):
        """Messages judged so far; of a gateway that does not answer now, none."""
        try:
            return int(sum(value for name, value in self.metrics().items() if name.startswith("threadline_messages_total")))
        except OSError:
            return 0

    def healthy(self):
        import urllib.request
        with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}/healthz", timeout=5) as answer:
            return answer.status == 200


class Postfix:
    def __init__(self, base, sink_port, milter="unix:threadline/milter.sock"):
        self.base, self.port = base, free_port()
        for name in ("etc", "queue", "data", "log"):
            (base / name).mkdir()
        shutil.chown(base / "data", "postfix")
        (base / "etc" / "main.cf").write_text(MAIN.format(base=base, sink=sink_port, milter=milter))
        (base / "etc" / "master.cf").write_text(SERVICES.format(port=self.port))

    def run(self, *words, **how):
        return subprocess.run(words, check=False, capture_output=True, **how)

    def start(self):
        done = self.run("postfix", "-c", str(self.base / "etc"), "start")
        if done.returncode != 0:
            raise AssertionError(done.stderr.decode())
        end = time.time() + 20
        while time.time() < end:
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("Postfix does not answer")

    def stop(self):
        self.run("postfix", "-c", str(self.base / "etc"), "stop")

    def set(self, *settings):
        self.run("postconf", "-c", str(self.base / "etc"), *settings)
        self.run("postfix", "-c", str(self.base / "etc"), "reload")
        time.sleep(1.0)

    def queue(self):
        out = self.run("postqueue", "-c", str(self.base / "etc"), "-j").stdout.decode()
        return [json.loads(line) for line in out.splitlines() if line]

    def held(self):
        return [entry for entry in self.queue() if entry["queue_name"] == "hold"]

    def content_of(self, queue_id):
        return self.run("postcat", "-c", str(self.base / "etc"), "-q", queue_id, "-h", "-b").stdout

    def release(self):
        self.run("postsuper", "-c", str(self.base / "etc"), "-H", "ALL")

    def delete_all(self):
        self.run("postsuper", "-c", str(self.base / "etc"), "-d", "ALL")

    def send(self, sender, recipients, content, client=None, login=None):
        """The server's answer to the message: (code, text)."""
        with smtplib.SMTP("127.0.0.1", self.port, "client.example", timeout=90) as server:
            server.ehlo()
            if client or login:
                words = (f" ADDR={client}" if client else "") + (f" LOGIN={login}" if login else "")
                server.docmd("XCLIENT" + words)
                server.ehlo()
            server.mail(sender, ["BODY=8BITMIME"])
            for recipient in recipients:
                server.rcpt(recipient)
            code, text = server.data(content)
            return code, text.decode("utf-8", "replace")

    def submit(self, sender, recipients, content):
        return self.run("sendmail", "-C", str(self.base / "etc"), "-i", "-f", sender, *recipients, input=content).returncode


class Bench:
    """All of it in a folder that is removed."""

    def __init__(self, program, policy, *options, keeps=True):
        self.base = pathlib.Path(tempfile.mkdtemp(prefix="tl-postfix-", dir="/tmp"))
        self.base.chmod(0o755)
        self.sink = Sink(keeps)
        self.postfix = Postfix(self.base, self.sink.server_address[1])
        self.gateway = Gateway(program, self.base, policy, *options)

    def __enter__(self):
        self.gateway.start()
        self.postfix.start()
        return self

    def __exit__(self, *_):
        self.postfix.stop()
        if self.gateway.process:
            self.gateway.stop()
        self.sink.shutdown()
        shutil.rmtree(self.base, ignore_errors=True)


COUNT = 0


def mail(sender, recipient, subject="order", body="Good morning.\r\n", extra=""):
    """(Message-ID, bytes) of a plain mail."""
    global COUNT
    COUNT += 1
    name = f"<{COUNT}.{os.getpid()}@test.example>"
    text = (f"From: {sender}\r\nTo: {recipient}\r\nSubject: {subject}\r\nDate: {email.utils.formatdate()}\r\n"
            f"Message-ID: {name}\r\n{extra}\r\n{body}")
    return name, text.encode("utf-8")
