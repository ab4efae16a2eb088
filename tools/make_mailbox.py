#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a mailbox export of any size with known truth: an mbox of N messages, and a file that says which message must have
which finding.

    tools/make_mailbox.py --messages 10000 --seed 1 /tmp/box.mbox        # and /tmp/box.mbox.truth.jsonl
    threadline scan --format jsonl --own-domain ostrelune.example -o rows.jsonl /tmp/box.mbox
    tools/make_mailbox.py --check rows.jsonl /tmp/box.mbox

One firm writes with N/100 counterparties. Threads of one to eight messages about invoices, orders and meetings, each quoting the
one before; one in three names the counterparty's account, which never changes. In one of 500 threads somebody else answers in a
counterparty's name from a domain that looks like its own and names another account (the fraud); as often the counterparty
itself answers there and repeats its account (the twin). The same seed gives the same bytes, however many processes write them.
Every domain ends in .example, addresses are of RFC 5737 networks, accounts are synthetic (bank codes that no French bank has).
Domains are code words of which any two differ in three syllables or more: none of the first 10,000 looks like another by chance.
"""
import argparse
import html
import json
import multiprocessing
import pathlib
import random
import sys
from datetime import datetime, timedelta, timezone

OWN = "ostrelune.example"
BLOCK = 1_000  # messages that are made together: whole threads of one stretch of time
START = datetime(2015, 1, 5, 7, 0, tzinfo=timezone.utc)
SECONDS_EACH = 60  # of the calendar, a message
PRIME = 31
SHIFT = (24, 1, 7, 16, 17)  # of all code words: of the first 10,000, which parties have, none looks like another (threadline lookalike)
SYLLABLES = [c + v for c in "bdfgklmnpstvz" for v in "aeiou"][:PRIME * 2:2]
FIRST = ("Anne Bruno Claire Denis Elise Franck Gilles Helene Ismael Jeanne Karim Lucie Marc Nadia Olivier Paule Quentin Rachel "
         "Serge Tiana Ugo Valerie Walter Xavier Yasmine Zoe").split()
WORDS = ("delivery schedule pallet offer revised workshop quantity drawing sample tolerance transport harbour customs storage "
         "inventory planning meeting minutes supplier quality batch report measure weight order confirmation line price unit "
         "discount season forecast capacity machine maintenance spare part technician visit safety training document version "
         "approval signature contract annex clause warehouse pick dispatch tracking number container vessel arrival delay reason "
         "weather strike holiday return credit note balance statement quarter budget project phase milestone review comment "
         "proposal answer question detail photo damage claim insurance expert opinion laboratory test result norm certificate").split()


def letters_to_digits(text):
    return "".join(str(int(c, 36)) for c in text)


def iban(seed):
    """A French IBAN with a right RIB key and right check digits, of a bank code that no bank has (19990..19999)."""
    bank, branch, account = 19990 + seed % 10, 1000 + seed * 7 % 8999, 10_000_000_000 + seed * 7_919
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    bban = f"{bank:05d}{branch:05d}{account:011d}{key:02d}"
    return f"FR{98 - int(letters_to_digits(bban + 'FR00')) % 97:02d}{bban}"


def grouped(text):
    return " ".join(text[i:i + 4] for i in range(0, len(text), 4))


def code_word(number):
    """Five syllables: three count, two are checks of a Reed-Solomon code over 31 elements. Two words differ in three or more."""
    data = [number % PRIME, number // PRIME % PRIME, number // PRIME**2 % PRIME]
    value = lambda x: (data[0] + data[1] * x + data[2] * x * x) % PRIME
    return "".join(SYLLABLES[(value(x) + shift) % PRIME] for x, shift in enumerate(SHIFT, 1))


def imitation(domain, how):
    """A domain that is the other with a letter left out, doubled or exchanged with its neighbour."""
    name = domain.removesuffix(".example")
    if how == 0:
        return name[:6] + name[7:] + ".example"
    if how == 1:
        return name[:5] + name[4] + name[5:] + ".example"
    return name[:5] + name[6] + name[5] + name[7:] + ".example"


def surname(number):
    return "".join(SYLLABLES[number // PRIME**place % PRIME] for place in range(3)).capitalize() + "el"


class Person:
    def __init__(self, number, domain, network):
        self.name = f"{FIRST[number % 26]} {surname(number)}"
        self.address = f"{self.name.lower().replace(' ', '.')}@{domain}"
        self.domain, self.network = domain, network
        self.phone = f"+33 1 99 00 {number // 100 % 100:02d} {number % 100:02d}"

    def header(self):
        return f"{self.name} <{self.address}>"

    def signature(self):
        return [self.name, self.domain.removesuffix(".example").capitalize(), f"Tel. {self.phone}"]


STAFF = [Person(n, OWN, "192.0.2") for n in range(40)]


def counterparty(number):
    domain = code_word(number) + ".example"
    network = ("198.51.100", "203.0.113")[number % 2]
    people = [Person(number * 3 + n + 100, domain, network) for n in range(2)]
    return domain, people, iban(number), f"{network}.{10 + number % 200}"


def date_of(moment):
    return moment.strftime("%a, %d %b %Y %H:%M:%S +0000")


def hops(sender, recipient, moment, host, ip, key):
    """Received fields, the border's first: the counterparty's client, its server, the firm's border."""
    one, two, three = (date_of(moment + timedelta(seconds=s)) for s in (1, 2, 4))
    to = recipient.domain
    return (f"Received: from mx.{host} (mx.{host} [{ip}])\n\tby mx.{to} (Postfix) with ESMTPS id {key[:10].upper()}\n"
            f"\tfor <{recipient.address}>; {three}\n"
            f"Received: from client.{host} (unknown [{ip[:ip.rfind('.')]}.9])\n\tby mx.{host} (Postfix) with ESMTPSA id {key[2:12]}\n"
            f"\tfor <{recipient.address}>; {two}\n"
            f"Authentication-Results: mx.{to}; spf=pass smtp.mailfrom={sender.address};\n\tdkim=pass header.d={host}; dmarc=pass\n"
            f"Return-Path: <{sender.address}>\n"), one


def prose(rng, sentences):
    lines = []
    for _ in range(sentences):
        words = rng.choices(WORDS, k=rng.randint(8, 18))
        lines.append(words[0].capitalize() + " " + " ".join(words[1:]) + ".")
    return lines


def wrapped(lines):
    out = []
    for line in lines:
        while len(line) > 76:
            cut = line.rfind(" ", 0, 76)
            out.append(line[:cut])
            line = line[cut + 1:]
        out.append(line)
    return out


STYLE = "".join(f"p.c{n}, li.c{n} {{margin:0cm; font-size:{10 + n}.0pt; font-family:\"Calibri\",sans-serif;}}\n" for n in range(12))


def message(rng, number, kind, sender, recipient, moment, subject, body, thread, host, ip):
    """The raw message, and what it says (that later ones quote)."""
    key = f"{rng.getrandbits(64):016x}"
    message_id = f"<{key}.{number}@{host}>"
    received, _ = hops(sender, recipient, moment, host, ip, key)
    said = wrapped(body) + [""] + sender.signature()
    quoted = []
    if thread:
        before = thread[-1]
        quoted = ["", f"On {before['at']:%a, %d %b %Y at %H:%M}, {before['from'].header()} wrote:"]
        quoted += ["> " + line for line in before["text"][:400]]
    text = said + quoted
    head = (f"{received}From: {sender.header()}\nTo: {recipient.header()}\nSubject: {subject}\nDate: {date_of(moment)}\n"
            f"Message-ID: {message_id}\nMIME-Version: 1.0\nX-Mailer: {kind}\n")
    if thread:
        references = " ".join(m["id"] for m in thread[-10:])
        head += f"In-Reply-To: {thread[-1]['id']}\nReferences: {references}\n"
    plain = "\n".join(text) + "\n"
    page = "<html><head><style>\n" + STYLE + "</style></head><body>\n" + "\n".join(
        f'<p class="c1">{html.escape(line) or "&nbsp;"}</p>' for line in text) + "\n</body></html>\n"
    edge = f"=_{key}"
    parts = [f"--{edge}\nContent-Type: text/plain; charset=us-ascii\n\n{plain}",
             f"--{edge}\nContent-Type: text/html; charset=us-ascii\n\n{page}"]
    whole = f"Content-Type: multipart/alternative; boundary=\"{edge}\"\n\n" + "".join(parts) + f"--{edge}--\n"
    if rng.random() < 0.06:
        rows = "\n".join(",".join(str(rng.randrange(10**6)) for _ in range(6)) for _ in range(rng.randint(200, 1_500)))
        whole = (f"Content-Type: multipart/mixed; boundary=\"{edge}m\"\n\n--{edge}m\n{whole}--{edge}m\nContent-Type: text/csv; "
                 f"name=\"list-{number}.csv\"\nContent-Disposition: attachment; filename=\"list-{number}.csv\"\n\n{rows}\n--{edge}m--\n")
    raw = head + whole
    safe = raw.replace("\nFrom ", "\n>From ")
    return f"From {sender.address} {moment:%a %b %d %H:%M:%S %Y}\n{safe}\n", {
        "id": message_id, "at": moment, "from": sender, "text": text}


def account_lines(account, holder):
    return ["Please pay the invoice to our account:", f"Account holder: {holder}", f"IBAN: {grouped(account)}"]


def thread_of(rng, number, parties, count, at):
    """One thread: its messages with their times, and what is true of them."""
    which = rng.randrange(parties)
    domain, people, account, ip = counterparty(which)
    them, us = rng.choice(people), rng.choice(STAFF)
    holder = domain.removesuffix(".example").capitalize()
    subject = f"{rng.choice(('Invoice', 'Order', 'Delivery', 'Meeting'))} {number:08d}"
    draw = rng.random()
    plot = "fraud" if draw < 0.002 and count >= 3 else "twin" if draw < 0.004 and count >= 3 else ""
    names_account = bool(plot) or rng.random() < 0.33
    made, thread, truth = [], [], []
    moment = at
    for place in range(count):
        is_theirs = place % 2 == 0
        sender, recipient = (them, us) if is_theirs else (us, them)
        host, from_ip = (domain, ip) if is_theirs else (OWN, "192.0.2.25")
        body = [f"Hello {recipient.name.split()[0]},", ""] + prose(rng, max(2, int(rng.lognormvariate(1.9, 0.7))))
        codes = []
        if is_theirs and names_account and place == 0:
            body += [""] + account_lines(account, holder)
        last = plot and place == count - 1 - (count - 1) % 2
        if last and plot == "twin":
            body += [""] + account_lines(account, holder)
        if last and plot == "fraud":
            false_domain = imitation(domain, which % 3)
            sender = Person(0, false_domain, "203.0.113")
            sender.name, sender.phone = them.name, them.phone
            sender.address = them.address.replace(domain, false_domain)
            host, from_ip = false_domain, "203.0.113.250"
            body += ["", "Our bank details have changed. Please use the new account from now on:"]
            body += account_lines(iban(which + 5_000_000 + number), holder)
            codes = ["lookalike_domain", "bank_account_changed", "thread_hijack"]
        title = subject if place == 0 else f"Re: {subject}"
        raw, entry = message(rng, number * 10 + place, "Mailer 5.2", sender, recipient, moment, title, body, thread, host, from_ip)
        made.append((moment, raw))
        if last:
            truth.append({"message_id": entry["id"], "plot": plot, "codes": codes})
        if last and plot == "fraud":
            break
        thread.append(entry)
        moment += timedelta(seconds=rng.randint(1_200, 4 * 3_600))
    return made, truth


def block(job):
    """One stretch of the mailbox as bytes, and its truth."""
    seed, index, messages, parties = job
    rng = random.Random(f"{seed}/{index}")
    begin = START + timedelta(seconds=SECONDS_EACH * BLOCK * index)
    made, truth, number = [], [], index * BLOCK
    while len(made) < messages:
        count = min(rng.choices((1, 2, 3, 4, 5, 6, 7, 8), (30, 20, 15, 12, 9, 6, 5, 3))[0], messages - len(made))
        at = begin + timedelta(seconds=rng.randrange(SECONDS_EACH * BLOCK))
        ours, ours_truth = thread_of(rng, number, parties, count, at)
        made += ours
        truth += ours_truth
        number += 1
    made.sort(key=lambda one: one[0])
    return "".join(raw for _, raw in made).encode("ascii"), truth


def generate(path, messages, seed, processes):
    parties = min(max(20, messages // 100), 10_000)
    jobs = [(seed, index, min(BLOCK, messages - index * BLOCK), parties) for index in range((messages + BLOCK - 1) // BLOCK)]
    size = 0
    with open(path, "wb") as mbox, open(f"{path}.truth.jsonl", "w", encoding="ascii") as told, \
            multiprocessing.Pool(processes) as pool:
        for raw, truth in pool.imap(block, jobs):
            size += mbox.write(raw)
            for one in truth:
                told.write(json.dumps(one) + "\n")
    print(f"{messages} messages, {size} bytes, {size // messages} a message")


def check(rows_path, path):
    """Every fraud has its codes and one of them is critical; nothing else in the mailbox is critical."""
    truth = {one["message_id"]: one for one in map(json.loads, open(f"{path}.truth.jsonl", encoding="ascii"))}
    found, critical = {}, {}
    with open(rows_path, encoding="utf-8") as rows:
        for line in rows:
            if '"kind":"finding"' not in line.replace(": ", ":"):
                continue
            row = json.loads(line)
            found.setdefault(row["message_id"], set()).add(row["code"])
            if row["severity"] == "critical":
                critical.setdefault(row["message_id"], []).append(row["code"])
    frauds = [one for one in truth.values() if one["plot"] == "fraud"]
    missed = [one for one in frauds if not set(one["codes"]) <= found.get(one["message_id"], set())]
    missed += [one for one in frauds if one not in missed and one["message_id"] not in critical]
    false = {i: codes for i, codes in critical.items() if truth.get(i, {}).get("plot") != "fraud"}
    for one in missed[:10]:
        print("missed", one["message_id"], one["codes"], sorted(found.get(one["message_id"], ())))
    for message_id, codes in list(false.items())[:10]:
        print("false critical", message_id, codes)
    print(f"{len(frauds)} frauds, {len(missed)} missed; {len(truth) - len(frauds)} twins; {len(false)} false critical")
    return 1 if missed or false or not frauds else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=pathlib.Path)
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--check", metavar="ROWS", help="the rows of a scan of it (jsonl), held against the truth")
    asked = parser.parse_args()
    if asked.check:
        return check(asked.check, asked.path)
    generate(asked.path, asked.messages, asked.seed, asked.processes)
    return 0


if __name__ == "__main__":
    sys.exit(main())
