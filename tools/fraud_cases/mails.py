# SPDX-License-Identifier: Apache-2.0
"""A made mail, and the bytes that its program would have sent: charset, transfer encoding, alternatives, quoted history, route.

A `Mail` keeps what its writer wrote as `Shown` blocks (the same words as text and as HTML); `parent` is the mail that it answers and is
quoted from, so that a conversation quotes itself in full, as real ones do. `edits` are what a swindler changes in the quoted part.
"""
import base64
import dataclasses
import datetime
import email.header
import email.utils
import html as markup
import quopri
import textwrap

from fraud_cases import clients

Shown = dataclasses.make_dataclass("Shown", ["text", "html"], frozen=True)
Person = dataclasses.make_dataclass("Person", ["name", "address", "plain", "first", "role", "company", "phone", "client", "language"], frozen=True)
PREFIX = {"fr": "RE: ", "en": "RE: ", "de": "AW: ", "es": "RE: ", "it": "R: ", "pt": "RE: ", "nl": "RE: "}
FORWARD_PREFIX = {"fr": "TR: ", "en": "FW: ", "de": "WG: ", "es": "RV: ", "it": "I: ", "pt": "ENC: ", "nl": "FW: "}
FLOWING = ("thunderbird", "apple")  # they send text/plain as format=flowed
DASHED = ("thunderbird", "roundcube", "k9", "em_client")


@dataclasses.dataclass
class Mail:
    sender: Person
    to: list
    subject: str
    date: datetime.datetime
    blocks: list
    cc: list = dataclasses.field(default_factory=list)
    parent: "Mail" = None
    references: bool = True      # names the parent in In-Reply-To and References
    quotes: bool = True          # prints the parent below (or above) its words
    forwards: bool = False       # prints it in full, and is called a forward
    place: str = "top"           # top, bottom or inline: where the new words stand
    edits: tuple = ()            # (old, new) in the quoted part
    fields: tuple = ()           # further header fields, before those of the mail program
    attachments: tuple = ()      # (name, type, bytes)
    signed: bool = True
    bodies: str = "both"         # text, html, both
    charset: str = "utf-8"
    encoding: str = "quoted-printable"
    message_id: str = ""
    display: str = None          # the name shown in From, where it is not the sender's
    return_path: str = None
    received: bool = True

    def __post_init__(self):
        domain = self.sender.address.split("@")[1]
        self.message_id = self.message_id or f"<{self.date:%Y%m%d%H%M%S}.{abs(sum(map(ord, self.subject + self.sender.address))):x}@{domain}>"

    @property
    def client(self):
        return clients.CLIENTS[self.sender.client]


def shown(text):
    return Shown(text, markup.escape(text, quote=False).replace("\n", "<br>\n"))


def fill(sentence, account=None, **words):
    """A sentence of the wording with its words, and an account that is already `Shown`."""
    plain = sentence
    for key, value in words.items():
        plain = plain.replace("{" + key + "}", value)
    html = markup.escape(plain, quote=False).replace("\n", "<br>\n")
    if account is None:
        return Shown(plain, html)
    return Shown(plain.replace("{account}", account.text), html.replace("{account}", account.html))


def signature_lines(mail):
    person = mail.sender
    if person.client in clients.PHONE_LINES:
        return [clients.PHONE_LINES[person.client][person.language]]
    lines = [line for line in (person.plain, person.role, person.company, person.phone) if line]
    return (["-- "] if person.client in DASHED else []) + lines


def plain_paragraph(block):
    return f"<div>{block.html}</div><br>"


def word_paragraph(block):
    """A block as Word writes it: a paragraph a line, the words in spans; tables stand between paragraphs."""
    if "<table" in block.html or "<ul" in block.html:
        return f'<div class="MsoNormal">{block.html}</div><p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    span = '<span lang="FR" style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif;mso-fareast-language:EN-US">'
    rows = "".join(f'<p class="MsoNormal">{span}{line}<o:p></o:p></span></p>' for line in block.html.split("<br>\n"))
    return rows + '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'


def gmail_paragraph(block):
    return "".join(f'<div dir="ltr">{line or "<br>"}</div>' for line in block.html.split("<br>\n")) + "<div><br></div>"


PARAGRAPHS = {"outlook": word_paragraph, "gmail": gmail_paragraph}


def new_blocks(mail):
    return mail.blocks + ([shown("\n".join(signature_lines(mail)))] if mail.signed else [])


def new_text(mail):
    return "\n\n".join(block.text for block in new_blocks(mail))


def head_of(mail):
    return clients.Head(mail.display or mail.sender.name, mail.sender.address, [(p.name, p.address) for p in mail.to],
                        [(p.name, p.address) for p in mail.cc], mail.subject, mail.date)


def edited(text, edits):
    for old, new in edits:
        text = text.replace(old, new)
    return text


def quoting_client(mail):
    return clients.forwarding(mail.client) if mail.forwards else mail.client


def quoted(mail):
    """(text, HTML) of the history that a mail prints."""
    if not mail.parent or not mail.quotes:
        return None
    text, html = full(mail.parent)
    html = html if mail.parent.bodies != "text" else shown(text).html
    text, html = clients.quote(quoting_client(mail), mail.sender.language, head_of(mail.parent), text, html)
    html_edits = [(markup.escape(a, quote=False), markup.escape(b, quote=False)) for a, b in mail.edits]
    return edited(text, mail.edits), edited(html, html_edits)


def inline(mail, history):
    """An answer between the lines of a text with quote marks: the new words stand below the first quoted paragraph."""
    lines = history.split("\n")
    at = next((i for i, line in enumerate(lines) if i > 2 and line.strip() == ">"), len(lines))
    return "\n".join(lines[:at] + ["", new_text(mail), ""] + lines[at:])


def full(mail):
    """(text, HTML) of the whole body: what a program shows, and what the next answer quotes."""
    text = new_text(mail)
    html = "\n".join(PARAGRAPHS.get(mail.sender.client, plain_paragraph)(block) for block in new_blocks(mail))
    history = quoted(mail)
    if not history:
        return text, html
    if mail.place == "inline":
        return inline(mail, history[0]), html + history[1]
    if mail.place == "bottom":
        return f"{history[0]}\n\n{text}", history[1] + html
    return f"{text}\n\n\n{history[0]}", html + history[1]


# --- bytes ---------------------------------------------------------------------------------------------------------------------------

def fits(text, charset):
    try:
        text.encode(charset)
        return charset
    except UnicodeEncodeError:
        return "utf-8"


def encoded(data, encoding):
    if encoding == "base64":
        return base64.encodebytes(data)
    return quopri.encodestring(data) if encoding == "quoted-printable" else data


def wrapped(text, mark=""):
    """Lines as a program of plain text wraps them when it sends; quoted lines stay. RFC 3676: `mark` stands at soft line ends."""
    return "\n".join(line if len(line) < 79 or line.startswith(">") else f"{mark}\n".join(textwrap.wrap(line, 76, break_long_words=False, break_on_hyphens=False))
                     for line in text.split("\n"))


def text_part(mail, kind, text):
    charset = fits(text, mail.charset)
    data = encoded(text.replace("\n", "\r\n").encode(charset), mail.encoding)
    return f"Content-Type: text/{kind}; charset={charset}\r\nContent-Transfer-Encoding: {mail.encoding}\r\n\r\n".encode() + data


def several(kind, parts, boundary):
    body = b"".join(b"--" + boundary + b"\r\n" + part.rstrip(b"\r\n") + b"\r\n" for part in parts)
    return b"Content-Type: multipart/" + kind + b'; boundary="' + boundary + b'"\r\n\r\n' + body + b"--" + boundary + b"--\r\n"


def attachment_part(name, kind, data):
    if kind == "message/rfc822":
        return f'Content-Type: message/rfc822\r\nContent-Disposition: attachment; filename="{name}"\r\n\r\n'.encode() + data
    plain = name.encode("ascii", "ignore").decode() == name
    named = f'filename="{name}"' if plain else "filename*=UTF-8''" + "".join(chr(b) if chr(b).isalnum() and b < 128 or b == 46 else f"%{b:02X}" for b in name.encode())
    return f"Content-Type: {kind}\r\nContent-Disposition: attachment; {named}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(data)


def body_bytes(mail):
    text, html = full(mail)
    flowed = mail.sender.client in FLOWING and mail.bodies != "html"
    if flowed or (mail.bodies == "text" and mail.sender.client in DASHED):
        text = wrapped(text, " " if flowed else "")
    html = f"<html><head><meta http-equiv=\"Content-Type\" content=\"text/html\"></head><body>\n{html}\n</body></html>\n"
    parts = {"text": [text_part(mail, "plain; format=flowed" if flowed else "plain", text)], "html": [text_part(mail, "html", html)]}
    parts["both"] = parts["text"] + parts["html"]
    chosen = parts[mail.bodies]
    content = chosen[0] if len(chosen) == 1 else several(b"alternative", chosen, b"=_alt_7f31")
    if not mail.attachments:
        return content
    return several(b"mixed", [content, *(attachment_part(*a) for a in mail.attachments)], b"=_mix_5c20")


def header_words(text, charset):
    if text.isascii():
        return text
    return email.header.Header(text, fits(text, charset), maxlinelen=70).encode(linesep="\r\n")


def mailbox(name, address, charset):
    if not name:
        return address
    shown_name = header_words(name, charset)
    if name.isascii() and any(c in name for c in ',.;:@()<>"'):
        shown_name = '"' + name.replace('"', '\\"') + '"'
    return f"{shown_name} <{address}>"


def mailboxes(people, charset):
    return ",\r\n ".join(mailbox(p.name, p.address, charset) for p in people)


def route(mail):
    """Received fields of a sender's server and the recipient's border, newest first."""
    sending, receiving = (p.address.split("@")[1] for p in (mail.sender, mail.to[0]))
    later = lambda seconds: email.utils.format_datetime(mail.date + datetime.timedelta(seconds=seconds))
    number = sum(map(ord, sending)) % 200 + 10
    rows = [f"from mail.{sending} (mail.{sending} [198.51.100.{number}])\r\n\tby mx.{receiving} (Postfix) with ESMTPS id 4C{number:X}B21\r\n\tfor <{mail.to[0].address}>; {later(4)}",
            f"from [192.168.4.{number}] (unknown [203.0.113.{number}])\r\n\tby mail.{sending} (Postfix) with ESMTPSA id 9F{number:X}A07;\r\n\t{later(1)}"]
    return [("Received", row) for row in rows]


def ancestors(mail):
    chain = []
    while mail.parent:
        mail = mail.parent
        chain.insert(0, mail.message_id)
    return chain


def thread_fields(mail):
    if not mail.parent or not mail.references or mail.forwards:
        return []
    return [("In-Reply-To", mail.parent.message_id), ("References", "\r\n ".join(ancestors(mail)))]


def header_fields(mail):
    fields = [("Return-Path", f"<{mail.return_path or mail.sender.address}>")]
    fields += [f for f in mail.fields if f[0] == "Authentication-Results"]
    fields += route(mail) if mail.received else []
    name = mail.sender.name if mail.display is None else mail.display
    fields += [("From", mailbox(name, mail.sender.address, mail.charset)), ("To", mailboxes(mail.to, mail.charset))]
    fields += [("Cc", mailboxes(mail.cc, mail.charset))] if mail.cc else []
    fields += [("Subject", header_words(mail.subject, mail.charset)), ("Date", email.utils.format_datetime(mail.date)), ("Message-ID", mail.message_id)]
    fields += thread_fields(mail) + [f for f in mail.fields if f[0] != "Authentication-Results"]
    return fields + list(mail.client.fields.items()) + [("MIME-Version", "1.0")]


def raw(mail):
    """The mail as it lies in a file, lines ended by CRLF."""
    head = "".join(f"{name}: {value}\r\n" for name, value in header_fields(mail)).encode("utf-8")
    data = head + body_bytes(mail)
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
