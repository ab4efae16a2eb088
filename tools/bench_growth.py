# SPDX-License-Identifier: Apache-2.0
"""What tools/bench generates: conversations between firms, and the cost of a message against sizes, with the exponent of growth."""
import base64
import math
import random

from bench_runs import measured, scan

WORDS = ("the offer delivery order for your firm we will send price week number part machine thanks please colleague contract "
         "meeting Monday plan report question answer amount invoice payment transport date stock delay customer service").split()
MESSAGE_KIB = (1, 4, 16, 64, 256, 1024)
ROUNDS = 3
NEW = 500


def paragraph(dice, words):
    lines, line = [], ""
    for _ in range(words):
        line += dice.choice(WORDS) + " "
        if len(line) > 66:
            lines.append(line.strip())
            line = ""
    return "\n".join([*lines, line.strip() + "."])


def sender(number):
    return f"Anna Writer{number}", f"anna{number}@supplier{number % 500}.example"


def received(number, hour):
    return (f"Received: from mx{number % 9}.supplier{number % 500}.example (mx{number % 9}.supplier{number % 500}.example [192.0.2.{number % 250}])\n"
            f"\tby mx.firm.example (Postfix) with ESMTPS id {number:012X}\n"
            f"\tfor <bob@firm.example>; {hour}\n")


def quoted(name, address, hour, text):
    return f"\n\nOn {hour}, {name} <{address}> wrote:\n" + "\n".join("> " + line for line in text.split("\n"))


def alternative(plain):
    html = "<html><body><p>" + plain.replace("<", "&lt;").replace("\n", "<br>\n") + "</p></body></html>"
    coded = base64.encodebytes(html.encode()).decode()
    return ("MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"=_b\"\n\n--=_b\nContent-Type: text/plain; charset=utf-8\n\n"
            f"{plain}\n--=_b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{coded}--=_b--\n")


def conversation(number, length, words=120):
    """Messages of one thread, each quoting what was before it; every third shows the supplier's account."""
    dice = random.Random(number)
    name, address = sender(number)
    told, before, mails = "", "", []
    for turn in range(length):
        hour = f"{['Mon', 'Tue', 'Wed', 'Thu'][turn % 4]}, {2 + turn % 4:02} Apr 2018 {8 + number % 9:02}:{number % 60:02}:00 +0200"
        ours = turn % 2 == 1
        writer = ("Bob Buyer", "bob@firm.example") if ours else (name, address)
        reader = (name, address) if ours else ("Bob Buyer", "bob@firm.example")
        text = f"Hello,\n\n{paragraph(dice, words)}\n\n"
        if not ours and number % 3 == 0:
            text += f"Please pay to IBAN DE89 3704 0044 0532 0130 00, reference {number}.\n\n"
        text += f"Best regards\n{writer[0]}\nTel. +49 30 23125 {number % 1000:03}\n"
        ident = f"<t{number}.{turn}@{writer[1].split('@')[1]}>"
        head = ("" if ours else received(number, hour)) + f"From: {writer[0]} <{writer[1]}>\nTo: {reader[0]} <{reader[1]}>\n"
        head += f"Subject: {'Re: ' if turn else ''}Order {number}\nDate: {hour}\nMessage-ID: {ident}\n"
        head += f"In-Reply-To: {before}\nReferences: {before}\n" if before else ""
        mails.append((head + alternative(text + told)).encode())
        told = quoted(*writer, hour, (text + told).strip())[:20000]
        before = ident
    return mails


def conversations(count, first=0):
    mails, number = [], first
    while len(mails) < count:
        mails += conversation(number, 1 + number % 4)
        number += 1
    return mails[:count]


def write_mbox(path, mails):
    with path.open("wb") as out:
        for raw in mails:
            out.write(b"From a@firm.example Thu Apr  5 10:37:00 2018\n" + raw.replace(b"\nFrom ", b"\n>From ") + b"\n")


def exponent(points):
    """Of the line through the points in logarithms: 1 is linear."""
    logs = [(math.log(x), math.log(y)) for x, y in points if y > 0]
    if len(logs) < 2:
        return float("nan")
    middle_x, middle_y = (sum(values) / len(logs) for values in zip(*logs))
    return sum((x - middle_x) * (y - middle_y) for x, y in logs) / sum((x - middle_x) ** 2 for x, _ in logs)


def cost(path, extra=()):
    return min(measured([*scan(path), *extra]).cpu for _ in range(ROUNDS))


def print_table(what, points, of):
    print(f"\n| {what} | us of processor a message |\n| ---: | ---: |")
    for size, micros in points:
        print(f"| {size} | {micros:.0f} |")
    print(f"\nExponent of {of}: {exponent(points):.2f}.", flush=True)


def by_message_size(temporary):
    empty = temporary / "empty.mbox"
    write_mbox(empty, conversations(1))
    start, points = cost(empty), []
    for kib in MESSAGE_KIB:
        box = temporary / "size.mbox"
        count = max(20, 400 // kib)
        write_mbox(box, [raw for number in range(count) for raw in conversation(number, 1, kib * 1024 // 15)])
        points.append((kib, (cost(box) - start) * 1e6 / count))
    print_table("KiB of text in a message (plain and HTML)", points, "the cost of a message in its size")


def tens(most):
    sizes = [1000]
    while sizes[-1] * 10 <= most:
        sizes.append(sizes[-1] * 10)
    return sizes


def by_mailbox_size(temporary, most):
    points = []
    for count in tens(most):
        box = temporary / "mailbox.mbox"
        write_mbox(box, conversations(count))
        points.append((count, cost(box) * 1e6 / count))
    print_table("messages in the mailbox", points, "the cost of a message in the size of the mailbox")


def by_memory_size(temporary, most):
    new, points = temporary / "new.mbox", []
    for count in tens(most):
        box, store = temporary / "known.mbox", temporary / f"{count}.memory"
        write_mbox(box, conversations(count))
        measured([*scan(box), "--memory", str(store)])
        costs = []
        for turn in range(ROUNDS):
            write_mbox(new, conversations(NEW, 10_000_000 + turn * NEW))
            costs.append(measured([*scan(new), "--memory", str(store)]).cpu * 1e6 / NEW)
        points.append((count, min(costs)))
        store.unlink()
    print_table(f"messages in the memory, {NEW} new ones judged", points, "the cost of a message in the size of the memory")


def tables(temporary, most):
    by_message_size(temporary)
    by_mailbox_size(temporary, most)
    by_memory_size(temporary, most)
