#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes mails of about 27 KB as a gateway sees them, a third with a PDF: tools/make_gateway_mails.py FOLDER [COUNT].

Two of three come in, the others go out; text and HTML, every PDF another one. The same mails each time (a fixed seed). Beside each NNN.eml
stands NNN.json: the session (client, user, sender, recipients). Names are reserved ones (.example, 192.0.2.0/24 ...)."""
import base64
import json
import pathlib
import random
import sys
import zlib

SIZE = 27_000
WORDS = ("the delivery order invoice payment week please confirm meeting contract amount supplier customer report agreed Monday transport price "
         "quality sample attached regards project schedule budget department change request number address telephone production shipping "
         "la livraison commande facture merci de confirmer le montant avant lundi bonjour cordialement service client devis").split()


def sentence(random_):
    return " ".join(random_.choice(WORDS) for _ in range(random_.randrange(6, 15))).capitalize() + "."


def paragraphs(random_, size):
    made = []
    while sum(len(one) + 4 for one in made) < size:
        made.append(" ".join(sentence(random_) for _ in range(3)))
    return made


def pdf(random_, size):
    """A PDF 1.4 with a Flate stream of text on each page, and a picture of noise that makes it as long as wanted."""
    pages = 2
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", None, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in range(pages):
        lines = [f"Invoice {random_.randrange(10**6)} page {page + 1}", *(sentence(random_) for _ in range(30))]
        text = "BT /F1 10 Tf 50 780 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        packed = zlib.compress(text.encode())
        objects.append((f"<< /Length {len(packed)} /Filter /FlateDecode >>", packed))
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
                       f"/Resources << /Font << /F1 3 0 R >> >> >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {pages} >>"
    noise = random_.randbytes(max(0, size - 2_000 * pages))
    objects.append((f"<< /Type /XObject /Subtype /Image /Width {len(noise)} /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
                    f"/Length {len(noise)} >>", noise))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        head, stream = one if isinstance(one, tuple) else (one, None)
        out += f"{number} 0 obj\n{head}\n".encode()
        if stream is not None:
            out += b"stream\n" + stream + b"\nendstream\n"
        out += b"endobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def alternative(random_, size):
    blocks = paragraphs(random_, int(size / 2.35))  # the HTML repeats it
    text = "\r\n\r\n".join(blocks)
    html = "<html><body style=\"font-family:Calibri\">" + "".join(
        f"<p class=MsoNormal style=\"margin:0cm\"><span style=\"font-size:11.0pt\">{block}</span></p>\r\n" for block in blocks) + "</body></html>"
    return ("Content-Type: multipart/alternative; boundary=\"alt\"\r\n\r\n--alt\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + wrapped(text) +
            "\r\n--alt\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html + "\r\n--alt--\r\n")


def wrapped(text):
    lines, line = [], ""
    for word in text.split(" "):
        if len(line) + len(word) > 76:
            lines.append(line)
            line = ""
        line += (" " if line else "") + word
    return "\r\n".join([*lines, line])


def mail(number, random_):
    goes_out = number % 3 == 0
    outside, own = f"person{random_.randrange(400)}@firm{random_.randrange(80)}.example", f"person{random_.randrange(100)}@own.example"
    sender, recipient = (own, outside) if goes_out else (outside, own)
    domain = sender.split("@")[1]
    head = (f"From: Person {random_.randrange(400)} <{sender}>\r\nTo: <{recipient}>\r\nSubject: {sentence(random_)[:60]}\r\n"
            f"Date: Thu, {1 + number % 28:02} Nov 2024 {8 + number % 10:02}:{number % 60:02}:00 +0100\r\nMessage-ID: <{number}.{random_.randrange(10**9)}@{domain}>\r\n"
            "MIME-Version: 1.0\r\n")
    if not goes_out:
        head = (f"Received: from mail.{domain} (mail.{domain} [203.0.113.{number % 250}]) by mx.own.example with ESMTPS id {number:08X};\r\n"
                f"\tThu, {1 + number % 28:02} Nov 2024 {8 + number % 10:02}:{number % 60:02}:05 +0100\r\n") + head
    if number % 3 == 1:
        attached = base64.encodebytes(pdf(random_, 13_500)).replace(b"\n", b"\r\n").decode()
        body = ("Content-Type: multipart/mixed; boundary=\"mix\"\r\n\r\n--mix\r\n" + alternative(random_, SIZE - len(attached) - 1_400) +
                f"--mix\r\nContent-Type: application/pdf; name=\"invoice-{number}.pdf\"\r\nContent-Transfer-Encoding: base64\r\n"
                f"Content-Disposition: attachment; filename=\"invoice-{number}.pdf\"\r\n\r\n" + attached + "--mix--\r\n")
    else:
        body = alternative(random_, SIZE - 1_200)
    session = {"client": "192.0.2.7" if goes_out else f"203.0.113.{number % 250}", "user": own.split("@")[0] if goes_out else "",
               "sender": sender, "recipients": [recipient]}
    return (head + body).encode(), session


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, count = pathlib.Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 500
    folder.mkdir(parents=True, exist_ok=True)
    random_, sizes = random.Random(27), []
    for number in range(count):
        content, session = mail(number, random_)
        sizes.append(len(content))
        (folder / f"{number:05}.eml").write_bytes(content)
        (folder / f"{number:05}.json").write_text(json.dumps(session))
    print(json.dumps({"mails": count, "bytes": sum(sizes) // count, "least": min(sizes), "most": max(sizes)}))


if __name__ == "__main__":
    main()
