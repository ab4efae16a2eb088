# SPDX-License-Identifier: Apache-2.0
"""An .eml as Outlook and Exchange keep it: MAPI properties, recipients, attachments. For make_msg.py and make_pst.py.

Nothing here is the program's: it is written by the specifications alone, so that the program's readers are tested against them.
Sources: MS-OXPROPS and MS-OXCDATA (numbers, types), MS-OXOMSG 2.2 (identities, dates, threads), MS-OXCMAIL (from MIME),
MS-OXRTFCP (compressed RTF), MS-OXRTFEX (HTML inside RTF).
"""
import base64
import datetime
import email
import email.policy
import email.utils
import hashlib
import re
import struct
import zlib

INTEGER32, BOOLEAN, OBJECT, UNICODE, TIME, BINARY = 0x0003, 0x000B, 0x000D, 0x001F, 0x0040, 0x0102
FIXED = {0x0002: 2, INTEGER32: 4, BOOLEAN: 2, 0x0014: 8, TIME: 8}
CODE_PAGES = {"utf-8": 65001, "iso-8859-1": 28591}
PS_INTERNET_HEADERS = bytes.fromhex("8603020000000000c000000000000046")
ORGANIZATION = "/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn="
ONE_OFF = bytes.fromhex("00000000812b1fa4bea310199d6e00dd010f5402") + struct.pack("<HH", 0, 0x9001)  # MS-OXCDATA 2.2.5.1


class MapiObject:
    """One message: `properties` by tag (id << 16 | type), values raw and without a final NUL."""

    def __init__(self):
        self.properties = {}
        self.recipients = []
        self.attachments = []  # of (properties, MapiObject)
        self.names = []  # of (GUID, name); the first has id 0x8000

    def text(self, number, value):
        self.properties[number << 16 | UNICODE] = value.encode("utf-16-le")

    def binary(self, number, value):
        self.properties[number << 16 | BINARY] = value

    def integer(self, number, value):
        self.properties[number << 16 | INTEGER32] = struct.pack("<I", value)

    def boolean(self, number, value):
        self.properties[number << 16 | BOOLEAN] = struct.pack("<H", value)

    def time(self, number, moment):
        self.properties[number << 16 | TIME] = filetime(moment)


def filetime(moment):
    """Ticks of 100 ns since 1601 (MS-DTYP 2.3.3)."""
    since = moment - datetime.datetime(1601, 1, 1, tzinfo=datetime.timezone.utc)
    return struct.pack("<Q", int(since.total_seconds()) * 10_000_000)


# ---- compressed RTF ----

PRELOADED = (rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans SerifSymbolArial"
             rb"Times New RomanCourier{\colortbl\red0\green0\blue0" + b"\r\n" + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx")


def weak_crc(raw):
    """CRC-32 of that polynomial without the usual inversions (MS-OXRTFCP 3.1.3.2, MS-PST 5.3)."""
    return zlib.crc32(raw, 0xFFFFFFFF) ^ 0xFFFFFFFF


def longest_match(raw, at, history, seen):
    """(position, length) of the longest run in the 4096 bytes before `at` that begins as raw[at:] does."""
    best = (0, 0)
    for position in reversed(seen.get(history[at:at + 2], [])[-32:]):
        if at - position > 4095:
            break
        length = 2
        while length < 17 and at + length < len(raw) and history[position + length] == raw[at + length]:
            length += 1
        if length > best[1]:
            best = (position, length)
    return best


def compressed_rtf(rtf):
    """LZFu (MS-OXRTFCP 3.1): runs of flags, literals and references of 2 to 17 bytes into a dictionary of 4096 bytes."""
    history, seen, tokens = PRELOADED + rtf, {}, []
    at, end = len(PRELOADED), len(PRELOADED) + len(rtf)
    for position in range(at - 1):
        seen.setdefault(history[position:position + 2], []).append(position)
    while at < end:
        position, length = longest_match(history, at, history, seen)
        length = max(length, 1)
        tokens.append(history[at:at + 1] if length == 1 else struct.pack(">H", (position % 4096) << 4 | (length - 2)))
        for step in range(at - 1, at + length - 1):
            seen.setdefault(history[step:step + 2], []).append(step)
        at += length
    tokens.append(struct.pack(">H", (at % 4096) << 4))
    body = b""
    for first in range(0, len(tokens), 8):
        run = tokens[first:first + 8]
        body += bytes([sum((len(token) == 2) << i for i, token in enumerate(run))]) + b"".join(run)
    return struct.pack("<II4sI", len(body) + 12, len(rtf), b"LZFu", weak_crc(body)) + body


# ---- HTML inside RTF (MS-OXRTFEX 2.1.3) ----

RTF_HEAD = (r"{\rtf1\ansi\ansicpg1252\fromhtml1 \fbidis \deff0{\fonttbl" "\r\n" r"{\f0\fswiss Arial;}" "\r\n" r"{\f1\fmodern Courier New;}}" "\r\n"
            r"{\colortbl\red0\green0\blue0;\red0\green0\blue255;}" "\r\n" r"\uc1\pard\plain\deftab360 \f0\fs24 ")
HTML_TOKEN = re.compile(r"(<style>.*?</style>|<[^>]*>|&[#a-z0-9]+;|\n)", re.S)
PARAGRAPH_END = re.compile(r"</(p|div|tr|h\d)>|<br>")


def rtf_character(character):
    if character in "\\{}":
        return "\\" + character
    if character in "\t\n":
        return {"\t": "\\tab ", "\n": "\\par "}[character]
    if character.isascii():
        return character
    return "\\'" + character.encode("cp1252").hex()


def rtf_text(text):
    return "".join(rtf_character(character) for character in text)


def shown(entity):
    return {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&nbsp;": "\\'a0", "&#x27;": "'", "&quot;": '"'}[entity]


def encapsulated(markup):
    """The HTML as RTF that shows the same and from which the same HTML can be taken again."""
    out = [RTF_HEAD]
    for token in HTML_TOKEN.split(markup):
        if not token:
            continue
        if token == "\n":
            out.append("\r\n{\\*\\htmltag0 \\par }")
        elif token.startswith("&"):
            out.append(f"{{\\*\\htmltag84 {token}}}\\htmlrtf {shown(token)}\\htmlrtf0 ")
        elif token.startswith("<"):
            line = "\\htmlrtf \\par\\htmlrtf0 " if PARAGRAPH_END.fullmatch(token) else ""
            out.append(f"{line}{{\\*\\htmltag64 {rtf_text(token)}}}")
        else:
            out.append(rtf_text(token))
    return ("".join(out) + "}").encode("ascii")


# ---- identities ----

def one_off(name, address):
    return ONE_OFF + (name + "\0SMTP\0" + address + "\0").encode("utf-16-le")


def x500(address):
    return ORGANIZATION + hashlib.md5(address.encode()).hexdigest() + "-" + address.split("@")[0][:12]


def exchange_entry(address):
    """Entry id of a mailbox of the address book (MS-OXCDATA 2.2.5.2)."""
    return bytes.fromhex("00000000dca740c8c042101ab4b908002b2fe182") + struct.pack("<II", 1, 0) + x500(address).encode() + b"\0"


class Identity:
    """A mailbox as a store names it: by SMTP address, or, of its own organisation, by X.500 name beside the SMTP address."""

    def __init__(self, name, address, internal):
        self.name, self.smtp = name or address, address
        self.kind, self.address = ("EX", x500(address)) if internal else ("SMTP", address)
        self.entry = exchange_entry(address) if internal else one_off(self.name, address)
        self.search_key = f"{self.kind}:{self.address}".upper().encode() + b"\0"


def add_identity(to, who, ids):
    """`ids`: property ids of name, address type, address, SMTP address, entry id, search key."""
    for number, value in zip(ids, (who.name, who.kind, who.address, who.smtp)):
        to.text(number, value)
    to.binary(ids[4], who.entry)
    to.binary(ids[5], who.search_key)


SENDER = (0x0C1A, 0x0C1E, 0x0C1F, 0x5D01, 0x0C19, 0x0C1D)
SENT_REPRESENTING = (0x0042, 0x0064, 0x0065, 0x5D02, 0x0041, 0x003B)
RECEIVED_BY = (0x0040, 0x0075, 0x0076, 0x5D07, 0x003F, 0x0051)
RECIPIENT = (0x3001, 0x3002, 0x3003, 0x39FE, 0x0FFF, 0x300B)


def recipient(row, kind, who):
    one = MapiObject()
    one.integer(0x0C15, kind)
    one.integer(0x0FFE, 6)
    one.integer(0x3000, row)
    one.integer(0x3900, 0)
    one.text(0x5FF6, who.name)
    add_identity(one, who, RECIPIENT)
    return one.properties


# ---- a mail ----

def header_block(raw):
    """Header fields and the blank line, as sent: lines end with CRLF."""
    return raw[:raw.index(b"\n\n") + 2].decode("ascii").replace("\n", "\r\n")


def delivered(mail):
    """When the last server took it: the date behind the topmost Received field."""
    received = mail.get_all("Received", [])
    return email.utils.parsedate_to_datetime(received[0].rsplit(";", 1)[1].strip()) if received else None


def add_subject(to, subject):
    prefix = re.match(r"(\w{1,3}: )?", subject)[0]
    to.text(0x0037, subject)
    to.text(0x003D, prefix)
    to.text(0x0E1D, subject[len(prefix):])
    to.text(0x0070, subject[len(prefix):])


def add_thread(to, mail):
    for number, field in ((0x1035, "Message-ID"), (0x1039, "References"), (0x1042, "In-Reply-To")):
        if mail[field]:
            to.text(number, " ".join(mail[field].split()))
    if mail["Thread-Index"]:
        to.binary(0x0071, base64.b64decode(mail["Thread-Index"]))


def add_bodies(to, mail, kept):
    """`kept`: which of "text", "html", "rtf" the store holds."""
    plain, markup = mail.get_body(("plain",)), mail.get_body(("html",))
    if plain and "text" in kept:
        to.text(0x1000, plain.get_content().replace("\n", "\r\n"))
    if not markup:
        return
    charset = markup.get_content_charset()
    to.integer(0x3FDE, CODE_PAGES[charset])
    to.integer(0x1016, 3)
    if "html" in kept:
        to.binary(0x1013, markup.get_content().replace("\n", "\r\n").encode(charset))
    if "rtf" in kept:
        to.binary(0x1009, compressed_rtf(encapsulated(markup.get_content())))
        to.boolean(0x0E1F, 1)


def add_people(to, mail, internal, sent_item):
    writer = mail["From"].addresses[0]
    sender = Identity(writer.display_name, writer.addr_spec, internal)
    add_identity(to, sender, SENDER)
    add_identity(to, sender, SENT_REPRESENTING)
    for number, kind, field in ((0x0E04, 1, "To"), (0x0E03, 2, "Cc")):
        people = mail[field].addresses if mail[field] else ()
        to.text(number, "; ".join(one.display_name for one in people))
        to.recipients += [recipient(len(to.recipients) + i, kind, Identity(one.display_name, one.addr_spec, internal)) for i, one in enumerate(people)]
    to.text(0x0E02, "")
    if not sent_item:
        owner = mail["To"].addresses[0]
        add_identity(to, Identity(owner.display_name, owner.addr_spec, internal), RECEIVED_BY)


def add_dates(to, mail):
    sent = mail["Date"].datetime
    to.time(0x0039, sent)
    to.time(0x0E06, delivered(mail) or sent)
    to.time(0x3007, delivered(mail) or sent)
    to.time(0x3008, delivered(mail) or sent)


def add_flags(to, attached, sent_item):
    to.text(0x001A, "IPM.Note")
    to.integer(0x0017, 1)
    to.integer(0x0036, 0)
    to.integer(0x0E07, 0x01 | (0x10 if attached else 0) | (0x20 if sent_item else 0))
    to.boolean(0x0E1B, attached)
    to.integer(0x0FFE, 5)
    to.integer(0x340D, 0x00040E79)  # among others: its strings are Unicode
    to.integer(0x3FF1, 0x040C)
    to.integer(0x3FFD, 1252)


def add_named(to, mail):
    """Exchange keeps the X- fields it does not know as named properties of PS_INTERNET_HEADERS (MS-OXCMAIL 2.5.3)."""
    for field in ("X-MS-Exchange-Organization-AuthAs", "X-Sender"):
        if mail[field]:
            to.text(0x8000 + len(to.names), mail[field])
            to.names.append((PS_INTERNET_HEADERS, field.lower()))


def attachment(number, inside):
    one = MapiObject()
    one.integer(0x0E21, number)
    one.integer(0x0FFE, 7)
    one.integer(0x3705, 5)  # an embedded message
    one.integer(0x370B, 0xFFFFFFFF)
    one.integer(0x3714, 0)
    one.boolean(0x7FFE, 0)
    one.properties[0x3001 << 16 | UNICODE] = inside.properties[0x0037 << 16 | UNICODE]
    return one.properties


def mapi_object(raw, internal=False, sent_item=False, kept=("text", "html", "rtf")):
    """The mail as its owner's Outlook holds it. `internal`: its people are in the owner's Exchange organisation."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    made = MapiObject()
    attached = [part for part in mail.walk() if part.get_content_type() == "message/rfc822"]
    add_flags(made, bool(attached), sent_item)
    add_subject(made, mail["Subject"])
    add_people(made, mail, internal, sent_item)
    add_dates(made, mail)
    add_thread(made, mail)
    add_bodies(made, mail, kept)
    if not sent_item:
        made.text(0x007D, header_block(raw))
        add_named(made, mail)
    made.binary(0x300B, hashlib.md5(raw).digest())
    for number, part in enumerate(attached):
        inside = mapi_object(attached_bytes(raw, part))
        made.attachments.append((attachment(number, inside), inside))
    return made


def attached_bytes(raw, part):
    """The bytes of the attached mail as they stand in `raw`, from its first header field to the boundary."""
    first = part.get_payload(0)
    start = raw.index(b"Content-Type: message/rfc822")
    start = raw.index(b"\n\n", start) + 2
    return raw[start:raw.rindex(b"\n--")] if first else b""


# ---- names of one store ----

def all_names(made):
    """Names of this object; those of embedded ones stand in the same table."""
    names = list(made.names)
    for _, inside in made.attachments:
        for name in all_names(inside):
            if name not in names:
                names.append(name)
    return names


def renumber(made, names):
    values = [made.properties.pop((0x8000 + i) << 16 | UNICODE) for i in range(len(made.names))]
    for name, value in zip(made.names, values):
        made.text(0x8000 + names.index(name), value.decode("utf-16-le"))
    for _, inside in made.attachments:
        renumber(inside, names)
