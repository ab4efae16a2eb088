#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""cluster_test.py PROGRAM slurm|parallel: the job scripts of tools/cluster on one node, run by tests/postgresql/throw_away.

Eight shards of an export, and one judge; then again, what is kept passed over, with eight shards of the judge, joined. The program of
one shard of each is killed with SIGKILL while it works; the rows are those of one machine, byte for byte. Slurm: a controller and a
node of its own, on loopback. parallel: over ssh to a server of its own, on loopback.
Exit status 77: what it needs is not installed (tools/setup --cluster).
"""
import contextlib
import getpass
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools" / "cluster"
SHARDS = 8
KILLED = 3
MAILS = 1600


def skip(why):
    print(f"skipped: {why} (tools/setup --cluster)")
    sys.exit(77)


def needs(*programs):
    found = [shutil.which(one, path=os.environ["PATH"] + ":/usr/sbin:/sbin") for one in programs]
    for name, path in zip(programs, found):
        if path is None:
            skip(f"{name} is not installed")
    return found


def free_ports(count):
    """Ports that nobody listens on, each another: all are held until the last is found."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def mail(number, rng):
    firm = rng.randrange(20)
    sender = f"claire@supplier{firm}.example" if number % 97 else f"claire@suppller{firm}.example"
    when = f"{1 + number // 96 % 28} {['Jan', 'Feb', 'Mar', 'Apr'][number // 2688 % 4]} 2024 {number // 4 % 24:02}:{number % 4 * 15:02}:00 +0100"
    reply = f"In-Reply-To: <{number - 20}@mail.example>\nReferences: <{number - 20}@mail.example>\n" if number >= 20 and number % 3 else ""
    words = " ".join(rng.choice("invoice order delivery thank you for the payment of our goods next week please".split()) for _ in range(600))
    account = "\nIBAN FR76 3000 6000 0112 3456 7890 189" if number % 97 == 0 else ""
    return (f"From: Claire <{sender}>\nTo: marc@payer.example\nSubject: order {firm}\nDate: {when}\n{reply}"
            f"Message-ID: <{number}@mail.example>\n\nHello,\n{words}{account}\n\n")


def write_evidence(folder):
    """A mailbox long enough to be cut, one that is not, loose files, a copy, an empty file and a log."""
    rng = random.Random(12)
    folder.mkdir()
    with open(folder / "long.mbox", "w", encoding="utf-8") as box:
        for number in range(MAILS):
            box.write("From - Thu Mar  1 00:00:00 2024\n" + mail(number, rng))
        while box.tell() < 9 << 20:  # longer than a file that one shard reads whole
            number += 1
            box.write("From - Thu Mar  1 00:00:00 2024\n" + mail(number, rng) + "x" * 60000 + "\n\n")
    with open(folder / "short.mbox", "w", encoding="utf-8") as box:
        for number in range(5000, 5040):
            box.write("From - Thu Mar  1 00:00:00 2024\n" + mail(number, rng))
    for number in range(6000, 6040):
        (folder / f"{number}.eml").write_text(mail(number, rng))
    shutil.copy(folder / "6000.eml", folder / "copy.eml")
    (folder / "empty.eml").write_text("")


def has_entered(store, verb):
    """Whether shard 3/8 has told the store that it works."""
    told = {"extract": f"shard WHERE number = {KILLED}", "judge": f"access WHERE verb = 'judge {KILLED}/{SHARDS}'"}
    return run(["psql", store, "-Atc", f"SELECT count(*) FROM threadline.{told[verb]}"]).stdout.strip() not in ("", "0")


def kill_at_work(process, store, verb):
    """Kills a shard's program once it has entered its work; it is held while the store is asked, so that it cannot end before."""
    try:
        while True:
            os.kill(process, signal.SIGSTOP)
            if has_entered(store, verb):
                os.kill(process, signal.SIGKILL)
                return True
            os.kill(process, signal.SIGCONT)
            time.sleep(0.01)
    except ProcessLookupError:
        return False


def kill_shard(store, started, verb):
    """Kills the program of shard 3/8, a process of this test, as soon as it works. Answers whether it was there."""
    while started.poll() is None:
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                words = (entry / "cmdline").read_bytes().decode().split("\0")
            except OSError:
                continue
            if len(words) > 2 and words[1] == verb and f"{KILLED}/{SHARDS}" in words and store in words:
                return kill_at_work(int(entry.name), store, verb)
        time.sleep(0.01)
    return False


def run(words, **how):
    return subprocess.run([str(word) for word in words], check=False, text=True, capture_output=True, **how)


class Parallel:
    """An ssh server of its own on loopback, for a key of its own."""

    def __init__(self, folder):
        _, _, self.sshd, keygen = needs("parallel", "ssh", "sshd", "ssh-keygen")
        self.folder = folder
        for key in ("host", "user"):
            subprocess.run([keygen, "-q", "-t", "ed25519", "-N", "", "-f", folder / key], check=True)
        [port] = free_ports(1)
        (folder / "authorized").write_text((folder / "user.pub").read_text())
        (folder / "authorized").chmod(0o600)
        (folder / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1:{port}\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\nPidFile none\n"
            "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin prohibit-password\nAcceptEnv *\n")
        if os.geteuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        self.server = subprocess.Popen([self.sshd, "-D", "-e", "-f", folder / "sshd_config"], stderr=open(folder / "sshd.log", "w"))
        self.ssh = (f"ssh -p {port} -i {folder}/user -o UserKnownHostsFile={folder}/known -o StrictHostKeyChecking=accept-new "
                    f"-o BatchMode=yes {getpass.getuser()}@127.0.0.1")
        for _ in range(50):
            if run(self.ssh.split() + ["true"]).returncode == 0:
                return
            time.sleep(0.2)
        self.end()
        sys.exit((folder / "sshd.log").read_text())

    def start(self, program, store, output, evidence, judges):
        environment = dict(os.environ, THREADLINE=program, JUDGE_SHARDS=judges, HOSTS=f"4/{self.ssh}", JOBLOG=str(self.folder / "joblog"),
                           EXTRACT_OPTIONS="--quiet", JUDGE_OPTIONS="--jobs 1")
        return subprocess.Popen([TOOLS / "parallel", store, str(SHARDS), output, evidence], env=environment)

    def wait(self, started):
        return started.wait(timeout=400)

    def end(self):
        self.server.terminate()
        self.server.wait()


class Slurm:
    """munge, a controller and a node of its own, on loopback ports."""

    def __init__(self, folder):
        munged, controller, node, _, _ = needs("munged", "slurmctld", "slurmd", "sbatch", "scontrol")
        if os.geteuid() != 0:
            skip("Slurm's node runs jobs of others: it needs root")
        self.folder, self.servers = folder, []
        (folder / "munge.key").write_bytes(os.urandom(128))
        (folder / "munge.key").chmod(0o400)
        for name in ("state", "spool"):
            (folder / name).mkdir()
        host = socket.gethostname().split(".")[0]
        controller_port, node_port = free_ports(2)
        (folder / "slurm.conf").write_text(
            f"ClusterName=threadline\nSlurmctldHost={host}(127.0.0.1)\nSlurmctldPort={controller_port}\nSlurmdPort={node_port}\n"
            f"AuthType=auth/munge\nAuthInfo=socket={folder}/munge.socket,cred_expire=5\nCredType=cred/munge\nSlurmUser=root\n"
            f"StateSaveLocation={folder}/state\nSlurmdSpoolDir={folder}/spool\nSlurmctldPidFile={folder}/slurmctld.pid\n"
            f"SlurmdPidFile={folder}/slurmd.pid\nSlurmctldLogFile={folder}/slurmctld.log\nSlurmdLogFile={folder}/slurmd.log\n"
            "ProctrackType=proctrack/pgid\nTaskPlugin=task/none\nSelectType=select/cons_tres\nSelectTypeParameters=CR_CPU\nMpiDefault=none\n"
            "SlurmdParameters=config_overrides\nReturnToService=2\nSchedulerParameters=sched_interval=2,bf_interval=2\n"
            f"NodeName={host} NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN\nPartitionName=all Nodes={host} Default=YES State=UP\n")
        os.environ["SLURM_CONF"] = str(folder / "slurm.conf")
        self.serve([munged, "-F", "--force", f"--socket={folder}/munge.socket", f"--key-file={folder}/munge.key",
                    f"--pid-file={folder}/munge.pid", f"--log-file={folder}/munge.log", f"--seed-file={folder}/munge.seed"])
        self.serve([controller, "-D"])
        self.serve([node, "-D", "-N", host])
        for _ in range(100):
            if run(["sinfo", "-h", "-o", "%T"]).stdout.strip() == "idle":
                return
            time.sleep(0.2)
        self.fail("no node")

    def serve(self, words):
        self.servers.append(subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=open(self.folder / "servers.log", "a")))

    def fail(self, why):
        logs = "".join(f"\n{one.name}: {one.read_text()[-3000:]}" for one in self.folder.glob("*.log"))
        self.end()
        sys.exit(why + logs)

    def start(self, program, store, output, evidence, judges):
        environment = dict(os.environ, THREADLINE=program, JUDGE_SHARDS=judges, SBATCH_OPTIONS=f"--output={self.folder}/%x-%a.log",
                           EXTRACT_OPTIONS="--quiet")
        done = run([TOOLS / "slurm", store, SHARDS, output, evidence], env=environment)
        if done.returncode != 0:
            self.fail(done.stderr)
        # Runs until the queue is empty.
        return subprocess.Popen(["bash", "-c", "while [ -n \"$(squeue -h 2>/dev/null)\" ]; do sleep 0.3; done"])

    def wait(self, started):
        started.wait(timeout=500)
        return 0

    def end(self):
        for server in reversed(self.servers):
            server.terminate()
        for server in self.servers:
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def main():
    program, kind = os.path.abspath(sys.argv[1]), sys.argv[2]
    store = os.environ["THREADLINE_TEST_POSTGRESQL"]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="threadline_cluster_"))
    os.environ["LC_ALL"] = "C.UTF-8"
    scheduler = None
    try:
        scheduler = (Slurm if kind == "slurm" else Parallel)(folder)
        evidence = folder / "evidence"
        write_evidence(evidence)
        alone = run([program, "scan", "--quiet", "--format", "jsonl", "-o", folder / "alone.jsonl", evidence])
        assert alone.returncode == 3, alone.stderr  # an empty file is told
        expected = (folder / "alone.jsonl").read_bytes()
        assert expected.count(b"\n") > MAILS and b'"lookalike_domain"' in expected
        for judges, verb in ((1, "extract"), (SHARDS, "judge")):
            output = folder / f"{verb}.jsonl"
            started = scheduler.start(program, store, str(output), evidence, str(judges))
            killed = kill_shard(store, started, verb)
            status = scheduler.wait(started)
            logs = "".join(f"\n{one.name}: {one.read_text()[-1000:]}" for one in sorted(folder.glob("*.log")) + sorted(folder.glob("joblog")))
            assert killed, f"{verb} 3 was not there to be killed" + logs
            assert status == 0, str(status) + logs
            accesses = run([program, "memory", "show", "--access", store]).stdout
            assert accesses.count(f"{verb} {KILLED}/{SHARDS}") >= 2, accesses + logs
            got = output.read_bytes() if output.exists() else b""
            assert expected == got, f"{len(expected)} bytes of rows, {len(got)} from the shards" + logs
        facts = run([program, "memory", "purge", "--facts", store])
        assert facts.returncode == 0 and facts.stdout.startswith("facts of "), facts.stderr
        print(f"{kind}: {expected.count(chr(10).encode())} rows of {SHARDS} shards of extract, then of judge, one of each killed: those of one machine; {facts.stdout.strip()}")
    finally:
        if scheduler is not None:
            scheduler.end()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
