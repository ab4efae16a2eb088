#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""make_export.py ZIP [COUNT]: a zip export of COUNT (20,000) invented mails in conversations, and the four of the article among them."""
import pathlib
import random
import sys
import zipfile

CASE = pathlib.Path(__file__).resolve().parent.parent.parent / "corpus/kit-de-survie"
ARTICLE = ["thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml", "fraud/4-transfert.eml"]
WORDS = "invoice delivery order meeting contract draft review budget visit sample drawing price March answer question site team week".split()


def mail(number, draw):
    conversation, turn = divmod(number, 5)
    one, other = f"p{conversation % 400}@firm.example", f"q{conversation % 300}@partner{conversation % 60}.example"
    sender, recipient = (one, other) if turn % 2 else (other, one)
    answers = f"In-Reply-To: <{number - 1}@mail.example>\nReferences: <{conversation * 5}@mail.example>\n" if turn else ""
    subject = ("Re: " if turn else "") + f"{WORDS[conversation % len(WORDS)]} {conversation}"
    text = "\n".join(" ".join(draw.choices(WORDS, k=12)) for _ in range(12))
    quoted = "".join(f"> {line}\n" for line in text.splitlines()[:6]) if turn else ""
    day, hour = 1 + number % 28, number % 24
    return (f"Received: from mx.{recipient.split('@')[1]} (192.0.2.{number % 250}) by mx.firm.example with ESMTPS id {number}; "
            f"{day:02} Mar 2018 {hour:02}:10:05 +0100\nFrom: {sender}\nTo: {recipient}\nDate: {day:02} Mar 2018 {hour:02}:10:00 +0100\n"
            f"Message-ID: <{number}@mail.example>\n{answers}Subject: {subject}\nContent-Type: text/plain; charset=utf-8\n\n"
            f"{text}\n\nOn 1 Mar 2018 {recipient} wrote:\n{quoted}")


def main():
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    draw = random.Random(7)
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as export:
        for number in range(count - len(ARTICLE)):
            export.writestr(f"Inbox/{number:06}.eml", mail(number, draw))
        for name in ARTICLE:
            export.write(CASE / name, f"Inbox/{pathlib.Path(name).name}")


main()
