#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Mailboxes in which every message adds to one thing that later messages are held against, and what they cost.

    tools/hostile_mailbox.py --shape one_signer --messages 4000 /tmp/box.mbox    # one mailbox
    tools/hostile_mailbox.py --measure                                           # all shapes, exponents of growth
    tools/hostile_mailbox.py --measure --memory one_name                         # with --memory FILE

Whoever writes the mails chooses how many numbers one person signs with, how many accounts one firm presents, how many addresses
share a name. What the judgement of one message asks of the memory must not grow with that: the exponent of a whole run's
processor time in its messages is 1 then, and 2 where each message looks at all before it. Measured are doublings (--sizes), the
start of the program taken off. Facts and memory of few messages are in memory, of many in files (docs/batch.md): `held` is the
exponent over sizes to 4,000, `filed` that over those from 8,000 on, `rows` that of the rows' bytes. Domains end in .example, telephone numbers are Ofcom's for drama, accounts are synthetic.
"""
import argparse
import pathlib
import random
import sys
import tempfile
from datetime import datetime, timedelta, timezone

from bench_growth import exponent
from bench_runs import BUILD, measured
from make_mailbox import FIRST, WORDS, code_word, date_of, grouped, iban, surname

OWN, FIRM = "ostrelune.example", "kestrelworks.example"
BUYER, SUPPLIER = f"Bob Jones <bob.jones@{OWN}>", f"Ann Miller <ann.miller@{FIRM}>"
START = datetime(2015, 1, 5, 7, 0, tzinfo=timezone.utc)
SIZES = (500, 1000, 2000, 4000, 8000, 16000)
HELD = 4000  # messages of which these shapes' facts are held in memory
ROUNDS = 2
AREAS = [f"+44 {area} 496 0" for area in (113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161)] + ["+44 20 7946 0", "+44 191 498 0"]


def number(n):
    return f"{AREAS[n // 1000 % len(AREAS)]}{n % 1000:03d}"


def words(n, count=12):
    return " ".join(random.Random(n).choices(WORDS, k=count))


def domain(n):
    return code_word(n) + ".example"


def person(n, at=None):
    name = f"{FIRST[n % 26]} {surname(n)}"
    return f"{name} <{name.lower().replace(' ', '.')}@{at or domain(n)}>"


def near(n, name="kestrelworks"):
    """A domain two letters from the other: more than 8,000 of them."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    one, other, pair = n % 26, n // 26 % 26, n // 676 % (len(name) - 1)
    return name[:pair] + letters[one] + name[pair:pair + 1] + letters[other] + name[pair + 1:] + ".example"


def mail(n, sender, text, to=BUYER, subject=None, at=None, **fields):
    """`fields`: Message_ID for Message-ID, and so on."""
    moment = at or START + timedelta(minutes=20 * n)
    head = {"From": sender, "To": to, "Subject": subject or f"Order {n} {words(n, 2)}", "Date": date_of(moment),
            "Message_ID": f"<{n}@mx.{FIRM}>", **fields}
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in head.items() if value)
    return f"From x {moment:%a %b %d %H:%M:%S %Y}\n{lines}\n{text}\n\n"


def account(n, holder="Kestrelworks Ltd"):
    return f"Please pay to our account:\nAccount holder: {holder}\nIBAN: {grouped(iban(n))}\n"


def signed(n, name="Ann Miller"):
    return f"{words(n)}\n\n-- \n{name}\nKestrelworks Ltd\nTel. {number(n)}\n"


def wrote(sender, n, text, at=None):
    return f"On {(at or START + timedelta(minutes=20 * n)):%a, %d %b %Y at %H:%M}, {sender} wrote:\n" + "".join(
        f"> {line}\n" for line in text.split("\n"))


def from_both(n, text):
    """The supplier presents accounts, and the buyer names them to him."""
    return mail(n, SUPPLIER, text) if n % 2 == 0 else mail(n, BUYER, f"Is it {grouped(iban(n - 1))}?", to=SUPPLIER)


def chain(n, **more):
    return mail(n, SUPPLIER if n % 2 else BUYER, words(n), to=BUYER if n % 2 else SUPPLIER, **more)


def thread_index(n):
    import base64  # 22 bytes of a root, and 5 of an answer
    return base64.b64encode(bytes([1]) + b"\xd0\x28\xb8\x00\x00" + b"threadline-guid!" + n.to_bytes(5, "big")).decode()


SHAPES = {
    # the twin of all: nothing grows
    "plain": lambda n: mail(n, person(n % 50), words(n)),
    # telephone numbers of a side
    "one_signer": lambda n: mail(n, SUPPLIER, signed(n)),
    "signers": lambda n: mail(n, person(n, FIRM), signed(n, person(n).split(" <")[0])),
    "signers_change": lambda n: mail(n, person(n // 2, FIRM), signed(n, person(n // 2).split(" <")[0])),
    "impostors_sign": lambda n: mail(n, SUPPLIER if n % 2 else f"Ann Miller <ann.miller@{near(n)}>", signed(n),
                                     subject="Re: Order 4711", In_Reply_To=f"<1@mx.{FIRM}>" if n > 1 else None),
    # accounts
    "accounts": lambda n: mail(n, SUPPLIER, account(n)),
    "accounts_in_thread": lambda n: mail(n, SUPPLIER, account(n), subject="Re: Order 4711", In_Reply_To=f"<{n - 1}@mx.{FIRM}>"),
    "accounts_of_reader": lambda n: from_both(n, account(n)),
    "quoted_accounts": lambda n: mail(n, BUYER, "Noted.\n\n" + wrote(SUPPLIER, n - 400, account(n)), to=SUPPLIER),
    "masked_accounts": lambda n: mail(n, SUPPLIER, f"Pay to our IBAN {iban(n)[:8]} **** **** {n:07d}\n"),
    "one_account": lambda n: mail(n, person(n), account(1)),
    "one_invoice": lambda n: mail(n, SUPPLIER, f"Invoice no. 2024-0815\n{account(n)}"),
    "one_invoice_ordinary": lambda n: mail(n, SUPPLIER, f"Invoice no. 2024-0815\n{account(n)}", Subject="Invoice 2024-0815"),
    # names and addresses
    "one_name": lambda n: mail(n, f"Ann Miller <ann.miller@{domain(n)}>", words(n)),
    "one_name_of_a_side": lambda n: mail(n, f"Ann Miller <a{n}@{FIRM}>", words(n)),
    "one_address": lambda n: mail(n, f"{person(n).split(' <')[0]} <ann.miller@{FIRM}>", words(n)),
    "clients": lambda n: mail(n, SUPPLIER, words(n), X_Mailer=f"Mailer{n} {n}.0"),
    "replies_to": lambda n: mail(n, SUPPLIER, words(n), Reply_To=f"Ann Miller <ann.miller@{domain(n)}>"),
    # domains
    "domains": lambda n: mail(n, person(n), words(n)),
    "lookalikes": lambda n: mail(n, SUPPLIER if n == 0 else f"Ann Miller <ann.miller@{near(n)}>", words(n)),
    "lookalikes_in_copy": lambda n: mail(n, SUPPLIER, words(n), Cc=f"Ann Miller <ann.miller@{near(n)}>"),
    "lookalikes_then_write": lambda n: mail(n, SUPPLIER, words(n), Cc=f"x@{near(n // 2)}") if n % 2 == 0
    else mail(n, f"Ann Miller <ann.miller@{near(n // 2)}>", words(n)),
    "families": lambda n: mail(n, person(n, "northgate" + code_word(n)[:5] + ".example"), words(n)),
    # conversations
    "one_subject": lambda n: chain(n, subject="Re: Order 4711"),
    "one_subject_unnamed": lambda n: mail(n, SUPPLIER, words(n) + "\n\n" + "".join(f"> {words(n * 7 + k)}\n" for k in range(3)),
                                          subject="Re: Order 4711"),
    "one_subject_quoted": lambda n: mail(n, SUPPLIER, words(n) + "\n\n" + wrote(BUYER, n - 3, words(n * 7)), subject="Re: Order 4711"),
    "reply_chain": lambda n: chain(n, subject="Re: Order 4711", In_Reply_To=f"<{n - 1}@mx.{FIRM}>"),
    "answers_to_one": lambda n: chain(n, subject="Re: Order 4711", In_Reply_To=f"<0@mx.{FIRM}>"),
    "references": lambda n: chain(n, References=" ".join(f"<{k}@mx.{FIRM}>" for k in range(max(0, n - 200), n))),
    "lost_references": lambda n: chain(n, References=" ".join(f"<{n}.{k}@mx.{FIRM}>" for k in range(100))),
    "one_thread_index": lambda n: chain(n, subject="Re: Order 4711", Thread_Index=thread_index(n)),
    "one_day": lambda n: mail(n, SUPPLIER, words(n) + "\n\n" + wrote(SUPPLIER, n, words(n * 7), START + timedelta(days=1, hours=2)),
                              at=START + timedelta(days=1, seconds=n), subject=f"Re: Order {n} of the week"),
    "one_second": lambda n: mail(n, SUPPLIER, words(n), at=START),
    "newcomers": lambda n: mail(n, person(n), words(n) + "\n\n" + account(n), subject="Re: Order 4711", In_Reply_To=f"<{n - 1}@mx.{FIRM}>"),
    "twenty_subjects": lambda n: mail(n, person(n % 50), words(n) + "\n\n" + wrote(BUYER, n - 3, words(n * 7)), subject=f"Re: Order {n % 20 + 4711}"),
    # copies
    "one_id": lambda n: mail(n, SUPPLIER, account(n), Message_ID=f"<1@mx.{FIRM}>"),
    "one_mail": lambda n: mail(0, SUPPLIER, words(0), Bcc=f"x@{domain(n)}"),
    "blind_copies": lambda n: mail(n, BUYER, words(n), to=SUPPLIER, Bcc=f"spy@{domain(n % 3)}"),
    "forwards": lambda n: mail(n, BUYER if n % 2 else SUPPLIER, words(n), to=f"x@{domain(n)}" if n % 2 else BUYER, subject="Fwd: Order 4711"),
    "undated": lambda n: mail(n, SUPPLIER, words(n), Date=None),
}


def write(path, shape, count):
    with path.open("w", encoding="utf-8") as out:
        out.writelines(SHAPES[shape](n) for n in range(count))


def cost(program, box, store):
    """The least processor time of some runs, and the bytes of the rows."""
    best, rows = float("inf"), box.with_suffix(".jsonl")
    for _ in range(ROUNDS):
        command = [program, "scan", "--jobs", "0", "--quiet", "--format", "jsonl", "--own-domain", OWN, "-o", str(rows), str(box)]
        if store:
            for left in box.parent.glob("store*"):
                left.unlink()
            command += ["--memory", str(box.parent / "store")]
        one = measured(command)
        best = min(best, one.cpu)
        if best > 20:
            break
    return best, rows.stat().st_size, one.rss


def measure(shapes, sizes, program, store, out=sys.stdout):
    print("| shape | " + " | ".join(f"{size}, s" for size in sizes) + " | held | filed | rows | MiB |\n| --- |" + " ---: |" * (len(sizes) + 4), file=out)
    with tempfile.TemporaryDirectory() as folder:
        box = pathlib.Path(folder) / "box.mbox"
        write(box, "plain", 1)
        start = cost(program, box, store)[0]
        for shape in shapes:
            times, lengths, peak = [], [], 0
            for size in sizes:
                write(box, shape, size)
                seconds, length, peak = cost(program, box, store)
                times.append(max(seconds - start, 1e-4))
                lengths.append(length)
            points = list(zip(sizes, times))
            held, filed = [one for one in points if one[0] <= HELD], [one for one in points if one[0] > HELD]
            print(f"| {shape} | " + " | ".join(f"{one:.2f}" for one in times) + f" | {exponent(held):.2f} | {exponent(filed):.2f} "
                  f"| {exponent(list(zip(sizes, lengths))):.2f} | {peak / 1024:.0f} |", file=out, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shape", choices=SHAPES)
    parser.add_argument("--messages", type=int, default=1000)
    parser.add_argument("--measure", action="store_true")
    parser.add_argument("--memory", action="store_true", help="measure with --memory FILE")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--program", default=str(BUILD / "src/apps/threadline"))
    parser.add_argument("names", nargs="*", help="the file to write; or shapes to measure, default all")
    options = parser.parse_args()
    if options.measure:
        return measure(options.names or SHAPES, options.sizes, options.program, options.memory)
    if not options.shape or len(options.names) != 1:
        parser.error("--shape and one file, or --measure")
    write(pathlib.Path(options.names[0]), options.shape, options.messages)


if __name__ == "__main__":
    main()
