#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The gateway with a real Postfix on loopback: postfix_test.py PROGRAM [NAME...]. Exit status 77: it cannot run here, and why."""
import hashlib
import hmac
import os
import pathlib
import re
import signal
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import postfix_peer as peer  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parents[3]
OWN = {"domains": ["own.example"]}
PARTIES = [{"name": "Supplier", "domains": ["bigsupplier.example"]}]
RULES = [{"direction": "outbound", "code": "outbound_to_lookalike", "min_severity": "high", "action": "hold"}]


def policy(rules=None, **gateway):
    return {"version": 1, "own": OWN, "counterparties": PARTIES,
            "gateway": {"outbound_networks": ["192.0.2.0/24"], "rules": RULES if rules is None else rules, **gateway}}


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def header_of(content):
    return re.split(rb"\r?\n\r?\n", content, maxsplit=1)[0]


def held_with(bench, message_id):
    return [entry for entry in bench.postfix.held() if message_id.encode() in bench.postfix.content_of(entry["queue_id"])]


# --- one message ---------------------------------------------------------------------------------------------------------------


def accepts_and_leaves_no_trace(bench):
    name, content = peer.mail("bob@own.example", "ann@bigsupplier.example", extra="x-ThreadLine-Secret: 1\r\n")
    code, _ = bench.postfix.send("bob@own.example", ["ann@bigsupplier.example"], content, client="192.0.2.7")
    expect(code == 250, code)
    arrived = bench.sink.mail(name)
    expect(arrived and b"x-threadline" not in arrived.lower(), arrived)
    line = bench.gateway.line_of(name)
    expect((line["verdict"], line["direction"]) == ("accept", "outbound"), line)


def tags_inbound_with_a_mac_and_strips_forged_fields(bench):
    forged = "X-Threadline-Verdict: v=1; verdict=accept\r\nx-THREADLINE-verdict: again\r\nX-Threadline-Other: x\r\n"
    name, content = peer.mail("ann@bigsuppiier.example", "bob@own.example", extra=forged)
    code, _ = bench.postfix.send("ann@bigsuppiier.example", ["bob@own.example"], content, client="203.0.113.9")
    expect(code == 250, code)
    arrived = bench.sink.mail(name)
    fields = re.findall(rb"^x-threadline[^:]*:.*$", header_of(arrived).replace(b"\r", b""), re.I | re.M)
    expect(len(fields) == 1, fields)
    told = fields[0].decode().split(": ", 1)[1]
    words, mac = told.rsplit("; mac=", 1)
    right = hmac.new(b"0123456789abcdef0123", (words + "\n" + name).encode(), hashlib.sha256).hexdigest()
    expect(mac == right and "verdict=tag" in words, told)
    line = bench.gateway.line_of(name)
    expect((line["verdict"], line["direction"]) == ("tag", "inbound") and line["id"] in words, line)


def holds_a_reply_to_a_lookalike(bench):
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    code, text = bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="203.0.113.9", login="bob")
    expect(code == 250 and "lookalike" not in text, text)
    held = held_with(bench, name)
    expect(len(held) == 1, bench.postfix.queue())
    expect(b"x-threadline" not in bench.postfix.content_of(held[0]["queue_id"]).lower(), "a field of ours on outbound mail")
    line = bench.gateway.line_of(name)
    expect(line["verdict"] == "hold" and line["queue_id"] == held[0]["queue_id"] and "bigsuppiier.example" in line["reason"], line)
    expect(bench.sink.mail(name, 1) is None, "it left all the same")


def holds_a_blind_copy_to_a_lookalike(bench):
    name, content = peer.mail("bob@own.example", "ann@bigsupplier.example")
    bench.postfix.send("bob@own.example", ["ann@bigsupplier.example", "zoe@elsewhere.example"], content, client="192.0.2.7")
    expect(bench.gateway.line_of(name)["verdict"] == "accept", bench.gateway.line_of(name))
    name, content = peer.mail("bob@own.example", "ann@bigsupplier.example")
    bench.postfix.send("bob@own.example", ["ann@bigsupplier.example", "ann@bigsuppiier.example"], content, client="192.0.2.7")
    line = bench.gateway.line_of(name)
    expect((line["verdict"], line["code"]) == ("hold", "outbound_to_lookalike"), line)
    content = bench.postfix.content_of(held_with(bench, name)[0]["queue_id"]).partition(b"*** MESSAGE CONTENTS")[2]
    expect(content and b"bigsuppiier" not in content, "the blind copy is told")


def an_outside_client_is_inbound_whoever_he_says_he_is(bench):
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="203.0.113.9")
    expect(bench.gateway.line_of(name)["direction"] == "inbound", bench.gateway.line_of(name))


def holds_what_a_program_on_the_server_submits(bench):
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    expect(bench.postfix.submit("bob@own.example", ["ann@bigsuppiier.example"], content.replace(b"\r\n", b"\n")) == 0, "sendmail")
    line = bench.gateway.line_of(name, 30)
    expect((line["direction"], line["verdict"]) == ("outbound", "hold"), line)


def holds_an_automatic_forward(bench):
    bench.gateway.reload(policy([{"direction": "outbound", "min_severity": "high", "action": "reject"}]))
    name, content = peer.mail("ann@bigsupplier.example", "bob@own.example",
                              extra="X-MS-Exchange-Inbox-Rules-Loop: bob@own.example\r\n")
    code, _ = bench.postfix.send("bob@own.example", ["collector@elsewhere.example"], content, client="192.0.2.7")
    line = bench.gateway.line_of(name)
    expect(line["code"] == "outbound_auto_forward", line)
    expect(line.get("would") == "reject", line)
    expect(code == 250 and line["verdict"] == "hold" and held_with(bench, name), "the account under suspicion was told")
    bench.gateway.reload(policy())


def rejects_and_tempfails_with_words_that_tell_nothing(bench):
    for action, wanted in (("reject", 550), ("tempfail", 451)):
        bench.gateway.reload(policy([{"direction": "outbound", "min_severity": "high", "action": action}]))
        name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
        code, text = bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="192.0.2.7")
        expect(code == wanted, (code, text))
        expect(not re.search("lookalike|threadline|bigsup|fraud", text, re.I), text)
        expect(bench.gateway.line_of(name)["verdict"] == action, name)
    bench.gateway.reload(policy())


def a_dry_run_changes_nothing_and_says_what_it_would_do(bench):
    bench.gateway.reload(policy(dry_run=True))
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    code, _ = bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="192.0.2.7")
    line = bench.gateway.line_of(name)
    expect(code == 250 and (line["verdict"], line["would"]) == ("accept", "hold") and bench.sink.mail(name), line)
    bench.gateway.reload(policy())


def a_wrong_policy_leaves_the_old_in_force(bench):
    bench.gateway.reload('{"version": 1, "own": 3}', "reload_refused")
    expect("/own" in bench.gateway.wait_for_event("reload_refused")["what"], "no place in the log")
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="192.0.2.7")
    expect(bench.gateway.line_of(name)["verdict"] == "hold", "the old policy is not in force")
    bench.gateway.set_policy(policy())


def takes_twenty_megabytes(bench):
    body = ("".join("0123456789abcdef" * 4 + "\r\n" for _ in range(1000))) * 320
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example", body=body)
    expect(len(content) > 20_000_000, len(content))
    code, text = bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="192.0.2.7")
    expect(code == 250 and bench.gateway.line_of(name)["verdict"] == "hold", text)


def a_message_over_the_cap_is_a_limit_and_its_head_is_judged(bench):
    bench.gateway.reload(policy(max_message_bytes=100_000))
    for to, verdict in (("ann@bigsupplier.example", "accept"), ("ann@bigsuppiier.example", "hold")):
        name, content = peer.mail("bob@own.example", to, body="x" * 60 + "\r\n" + ("y" * 70 + "\r\n") * 5000)
        code, _ = bench.postfix.send("bob@own.example", [to], content, client="192.0.2.7")
        line = bench.gateway.line_of(name)
        expect(code == 250 and line["failure"] == "limit" and line["verdict"] == verdict, line)
    bench.gateway.reload(policy())


def malformed_mail_is_decided(bench):
    before = len(bench.gateway.lines())
    odd = [b"", b"\r\n", b"no header at all\r\n", b"From\r\n: x\r\n\r\n", b"From: " + b"a" * 5000 + b"\r\n\r\nx\r\n",
           b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n--x\r\n--x--\r\n--x\r\n", b"Subject: \xff\xfe\x80\r\n\r\n\xff\x80\r\n",
           b"Content-Type: message/rfc822\r\n\r\n" * 60 + b"x\r\n", b"Received: (((((" + b"(" * 900 + b"\r\n\r\nx\r\n"]
    for content in odd:
        code, text = bench.postfix.send("bob@own.example", ["ann@bigsupplier.example"], content, client="192.0.2.7")
        expect(code == 250, (content[:40], code, text))
    lines = [line for line in bench.gateway.lines()[before:] if line["event"] == "message"]
    expect(len(lines) == len(odd), lines)
    expect(not [line for line in bench.gateway.lines()[before:] if line["event"] == "restart"], "something was ended by it")


def several_messages_a_connection_are_told_apart(bench):
    import smtplib
    with smtplib.SMTP("127.0.0.1", bench.postfix.port) as server:
        for to, verdict in (("ann@bigsuppiier.example", "hold"), ("ann@bigsupplier.example", "accept")):
            name, content = peer.mail("bob@own.example", to)
            server.sendmail("bob@own.example", [to], content)
            expect(bench.gateway.line_of(name)["verdict"] == verdict, to)


def a_reader_that_is_killed_costs_no_message(bench):
    bench.gateway.reload(policy())
    judge = bench.gateway.children("tl-judge")
    expect(judge, "no judge")
    os.kill(judge[-1], signal.SIGKILL)
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    code, _ = bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="192.0.2.7")
    line = bench.gateway.line_of(name)
    expect(code == 250 and line["verdict"] == "hold" and "failure" not in line, line)


def metrics_and_health_are_told(bench):
    told = bench.gateway.metrics()
    expect(bench.gateway.healthy(), "not healthy")
    expect(told['threadline_messages_total{direction="outbound",verdict="hold"}'] >= 1, told)
    expect(told['threadline_findings_total{code="outbound_to_lookalike"}'] >= 1, told)
    expect(told["threadline_in_flight"] == 0 and told["threadline_message_seconds_count"] >= 1, told)


def held_lists_what_is_on_hold_with_the_reason(bench):
    name, content = peer.mail("bob@own.example", "ann@bigsuppiier.example")
    bench.postfix.send("bob@own.example", ["ann@bigsuppiier.example"], content, client="192.0.2.7")
    queue_id = bench.gateway.line_of(name)["queue_id"]
    queue = bench.base / "queue.json"
    queue.write_bytes(bench.postfix.run("postqueue", "-c", str(bench.base / "etc"), "-j").stdout)
    words = [bench.gateway.command[0], "held", "--queue-json", str(queue), "--log", str(bench.gateway.log_file)]
    told = bench.postfix.run(*words).stdout.decode()
    expect(queue_id in told and "outbound_to_lookalike: " in told and "bigsuppiier.example" in told, told)
    alarms, state = bench.base / "alarms", bench.base / "told"
    words += ["--alarm", f"cat >> {alarms}", "--alarm-after", "0s", "--alarm-state", str(state)]
    for _ in range(2):
        done = bench.postfix.run(*words)
        expect(done.returncode == 0, done.stderr)
    expect(alarms.read_text().count(queue_id) == 1, alarms.read_text())


# --- restarts and absence ------------------------------------------------------------------------------------------------------


def each_message_is_delivered_once_while_workers_are_killed_and_reloaded(bench):
    bench.gateway.reload(policy())
    accepted, failures, lock = [], [], threading.Lock()

    def talk(number):
        for count in range(25):
            name, content = peer.mail("bob@own.example", "ann@bigsupplier.example", extra=f"X-Talk: {number}.{count}\r\n")
            for _ in range(40):
                try:
                    code, text = bench.postfix.send("bob@own.example", ["ann@bigsupplier.example"], content, client="192.0.2.7")
                except OSError as error:
                    code, text = 0, str(error)
                if code == 250:
                    with lock:
                        accepted.append(name)
                    break
                time.sleep(0.1)
            else:
                with lock:
                    failures.append((name, code, text))

    threads = [threading.Thread(target=talk, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for turn in range(6):
        time.sleep(0.5)
        if turn % 3 == 2:
            bench.gateway.reload(policy())
        for pid in bench.gateway.children("tl-front" if turn % 2 == 0 else "tl-judge")[-1:]:
            os.kill(pid, signal.SIGKILL)
    for thread in threads:
        thread.join()
    expect(not failures, failures[:3])
    expect(len(accepted) == 150, len(accepted))
    for name in accepted:
        expect(bench.sink.mail(name), name)
    twice = [name for name in accepted if bench.sink.ids.get(name) != 1]
    expect(not twice, twice)


def without_a_gateway_the_default_action_decides(bench):
    bench.gateway.stop()
    for action, wanted in (("tempfail", 451), ("accept", 250), ("quarantine", 250), ("reject", 554)):
        bench.postfix.set(f"milter_default_action={action}", "milter_connect_timeout=2s")
        name, content = peer.mail("bob@own.example", "ann@bigsupplier.example")
        try:
            code, _ = bench.postfix.send("bob@own.example", ["ann@bigsupplier.example"], content)
        except Exception as error:  # smtplib: refused before DATA
            code = getattr(error, "smtp_code", None)
        if action == "quarantine":
            expect(held_with(bench, name), "not held")
        if action in ("tempfail", "reject"):
            expect(code not in (250,), (action, code))
        else:
            expect(code == wanted, (action, code))
    bench.postfix.set("milter_default_action=tempfail")
    bench.gateway.start()


def sigterm_lets_messages_end(bench):
    import smtplib
    name, content = peer.mail("bob@own.example", "ann@bigsupplier.example", body=("x" * 70 + "\r\n") * 50_000)
    with smtplib.SMTP("127.0.0.1", bench.postfix.port, timeout=60) as server:
        server.ehlo()
        server.mail("bob@own.example")
        server.rcpt("ann@bigsupplier.example")
        server.docmd("DATA")
        server.sock.sendall(content[:len(content) // 2])
        time.sleep(0.5)
        bench.gateway.process.terminate()
        time.sleep(1.5)
        server.sock.sendall(content[len(content) // 2:] + b"\r\n.\r\n")
        code, text = server.getreply()
        expect(code == 250, (code, text))
    expect(bench.gateway.stop() == 0, "exit status")
    expect(bench.gateway.line_of(name)["verdict"] == "accept" and bench.sink.mail(name), "not judged or not delivered")
    bench.gateway.start()


# --- memory ----------------------------------------------------------------------------------------------------------------------


def what_earlier_mail_showed_counts(bench):
    bench.gateway.reload(policy([{"direction": "inbound", "code": "bank_account_changed", "min_severity": "info", "action": "hold"}]))
    for iban, verdict in (("FR76 3000 6000 0112 3456 7890 189", None), ("DE89 3704 0044 0532 0130 00", "hold")):
        body = f"Please pay our invoice to this account:\r\nIBAN: {iban}\r\n"
        name, content = peer.mail("Ann Miller <ann@bigsupplier.example>", "bob@own.example", subject="invoice " + iban[:4], body=body)
        bench.postfix.send("ann@bigsupplier.example", ["bob@own.example"], content, client="203.0.113.9")
        line = bench.gateway.line_of(name)
        expect("failure" not in line and (line["verdict"] == "hold") == (verdict == "hold"), line)
    expect(bench.gateway.metrics()["threadline_memory_bytes"] > 0, "no size")
    bench.gateway.reload(policy())


# --- the article ---------------------------------------------------------------------------------------------------------------


def the_articles_fourth_mail_and_the_reply_to_it_are_held(bench):
    case = ROOT / "corpus" / "kit-de-survie"
    rules = [{"min_severity": "critical", "action": "hold"}]
    bench.gateway.reload({"version": 1, "own": {"domains": ["meridienne-groupe.example"]}, "gateway": {"rules": rules}})
    attack = sorted((case / "reminder").glob("*.eml"))[0].read_bytes()
    attack = re.sub(rb"\A(?:Received|Authentication-Results|Received-SPF|Return-Path):(?:.*\n)(?:[ \t].*\n)*", b"", attack)
    victim, impostor = "p.quidoitpayer@meridienne-groupe.example", "f.lecomptable@meridiene-groupe.example"
    code, _ = bench.postfix.send(impostor, [victim], attack.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), client="198.51.100.41")
    line = next(line for line in reversed(bench.gateway.lines()) if line["event"] == "message")
    expect(code == 250 and (line["direction"], line["verdict"]) == ("inbound", "hold"), line)
    expect("meridiene-groupe.example" in line["reason"], line["reason"])
    name, reply = peer.mail(
        "P. QuiDoitPayer <" + victim + ">", "F. LeComptable <" + impostor + ">", subject="Re: facturation en retard",
        body="Bonjour,\r\n\r\nVirement fait ce matin.\r\n\r\nDe : F. LeComptable <f.lecomptable@meridienne-groupe.example>\r\n"
             "Envoy\u00e9 : jeudi 5 avril 2018 10:59\r\n\u00c0 : P. QuiDoitPayer <" + victim + ">\r\nObjet : facturation en retard\r\n\r\n"
             "Merci.\r\n", extra="MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n")
    code, text = bench.postfix.send(victim, [impostor], reply, client="203.0.113.50", login="pqdp")
    line = bench.gateway.line_of(name)
    expect(code == 250 and (line["direction"], line["verdict"]) == ("outbound", "hold"), (line, text))
    expect(held_with(bench, name) and "meridiene-groupe.example" in line["reason"], line)
    bench.gateway.reload(policy())


TESTS = [accepts_and_leaves_no_trace, tags_inbound_with_a_mac_and_strips_forged_fields, holds_a_reply_to_a_lookalike,
         holds_a_blind_copy_to_a_lookalike,
         an_outside_client_is_inbound_whoever_he_says_he_is, holds_what_a_program_on_the_server_submits, holds_an_automatic_forward,
         rejects_and_tempfails_with_words_that_tell_nothing, a_dry_run_changes_nothing_and_says_what_it_would_do,
         a_wrong_policy_leaves_the_old_in_force, takes_twenty_megabytes, a_message_over_the_cap_is_a_limit_and_its_head_is_judged,
         malformed_mail_is_decided, several_messages_a_connection_are_told_apart, a_reader_that_is_killed_costs_no_message,
         metrics_and_health_are_told, held_lists_what_is_on_hold_with_the_reason, each_message_is_delivered_once_while_workers_are_killed_and_reloaded,
         without_a_gateway_the_default_action_decides, sigterm_lets_messages_end, what_earlier_mail_showed_counts,
         the_articles_fourth_mail_and_the_reply_to_it_are_held]


def main():
    why = peer.missing()
    if why:
        print(f"skipped: {why}")
        return 77
    wanted = [test for test in TESTS if not sys.argv[2:] or test.__name__ in sys.argv[2:]]
    failed = 0
    with peer.Bench(sys.argv[1], policy(), "--memory", "BASE/memory.db") as bench:
        for test in wanted:
            began = time.time()
            try:
                test(bench)
                print(f"ok    {test.__name__} ({time.time() - began:.1f} s)", flush=True)
            except Exception as error:  # every test is told, then the next one runs
                failed += 1
                print(f"FAIL  {test.__name__}: {type(error).__name__}: {str(error)[:3000]}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
