#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes corpus/kit-de-survie: the case of the article, its twins and its English form, as the clients of the time would,
and the case as other programs export it (case_exports.py).

All names are the scenario's own, all domains end in .example, addresses are of RFC 5737 networks (but for
Microsoft's own servers, which a reader knows by their networks), and the accounts are
synthetic (bank codes that no French bank has; check digits computed here, not by the program).
Run it from anywhere; it rewrites the folder. Same output every time.
"""
import base64
import datetime
import hashlib
import html
import pathlib
import quopri

from case_exports import write_exports

OUT = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "kit-de-survie"
UTC = datetime.timezone.utc
PARIS = datetime.timezone(datetime.timedelta(hours=2))


# ---- accounts (ISO 13616, French key of the Comite francais d'organisation et de normalisation bancaires) ----

def letters_to_digits(text):
    return "".join(str(int(c, 36)) for c in text)


def iban(country, bban):
    check = 98 - int(letters_to_digits(bban + country + "00")) % 97
    return f"{country}{check:02d}{bban}"


def rib(bank, branch, account):
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return bank, branch, account, f"{key:02d}"


def grouped(text):
    return " ".join(text[i:i + 4] for i in range(0, len(text), 4))


TRUE_RIB = rib("19998", "00412", "00012345678")
FALSE_RIB = rib("19887", "01530", "00087654321")
TRUE_IBAN = iban("FR", "".join(TRUE_RIB))
FALSE_IBAN = iban("FR", "".join(FALSE_RIB))
GB_TRUE = iban("GB", "ZZZZ" + "990412" + "31926819")
GB_FALSE = iban("GB", "ZZYY" + "991530" + "55779911")


# ---- clients ----

def thread_index(start, guid_seed, children=()):
    """Classic Thread-Index: 1 + the 5 high bytes of the FILETIME + GUID, 5 bytes a child (MS-OXOMSG 2.2.1.3)."""
    epoch = datetime.datetime(1601, 1, 1, tzinfo=UTC)
    ticks = int((start - epoch).total_seconds()) * 10_000_000
    block = ticks.to_bytes(8, "big")[:6] + hashlib.md5(guid_seed.encode()).digest()
    for child in children:
        difference = (int((child - start).total_seconds()) * 10_000_000) >> 18
        block += difference.to_bytes(4, "big") + b"\x10"
    return base64.b64encode(block).decode()


def rfc_date(moment):
    return moment.strftime("%a, %d %b %Y %H:%M:%S %z").replace(" 0", " ", 1)


def encoded(text, charset):
    if text.isascii():
        return text
    body = quopri.encodestring(text.encode(charset), header=True).decode().replace("=\n", "")
    return f"=?{charset}?Q?{body}?="


def part(kind, text, charset, headers=""):
    raw = text.encode(charset)
    body = quopri.encodestring(raw).decode("ascii")
    return f"Content-Type: {kind}; charset=\"{charset}\"\nContent-Transfer-Encoding: quoted-printable\n{headers}\n{body}\n"


def alternative(boundary, plain, markup, charset):
    return (f"--{boundary}\n{part('text/plain', plain, charset)}"
            f"--{boundary}\n{part('text/html', markup, charset)}--{boundary}--\n")


def write(folder, name, text):
    path = OUT / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("ascii"))
    return text


def fold_header(name, value):
    return f"{name}: {value}\n"


class Person:
    def __init__(self, name, address):
        self.name, self.address = name, address

    def header(self, charset="utf-8"):
        return f"{encoded(self.name, charset)} <{self.address}>"

    def shown(self):
        return f"{self.name} <{self.address}>"


DOMAIN = "meridienne-groupe.example"
FALSE_DOMAIN = "meridiene-groupe.example"
FLC = Person("F. LeComptable", f"f.lecomptable@{DOMAIN}")
PQP = Person("P. QuiDoitPayer", f"p.quidoitpayer@{DOMAIN}")
SEC = Person("M. Sécurité", f"m.securite@{DOMAIN}")
FALSE_FLC = Person("F. LeComptable", f"f.lecomptable@{FALSE_DOMAIN}")
SUBJECT = "facturation en retard, pénalités"


def office_hops(moment, mailbox, number):
    """What a mail between two mailboxes of one Office 365 tenant carries: submission by MAPI, then the mailbox server."""
    utc = moment.astimezone(UTC)
    second = utc + datetime.timedelta(seconds=2)
    a, b = f"AM0PR05MB{4100 + number}", f"DB7PR05MB{5200 + number}"
    return (f"Received: from {a}.eurprd05.prod.outlook.com (2603:10a6:208:10::{number})\n"
            f" by {b}.eurprd05.prod.outlook.com (2603:10a6:10:47::{number}) with Microsoft SMTP Server\n"
            f" (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256) id\n"
            f" 15.20.653.12 via Mailbox Transport for {mailbox}; {rfc_date(second)}\n"
            f"Received: from {a}.eurprd05.prod.outlook.com\n"
            f" ([fe80::f57e:cc9:1ab2:{number}]) by {a}.eurprd05.prod.outlook.com\n"
            f" ([fe80::f57e:cc9:1ab2:{number}%4]) with mapi id 15.20.0653.012; {rfc_date(utc + datetime.timedelta(seconds=1))}\n"
            f"Authentication-Results: spf=none (sender IP is )\n smtp.mailfrom={FLC.address if number != 2 else PQP.address}; \n"
            f"X-MS-Exchange-Organization-AuthAs: Internal\n"
            f"X-MS-Exchange-Organization-SCL: -1\n")


def message_id(key, host="AM0PR05MB4101.eurprd05.prod.outlook.com"):
    return f"<{hashlib.sha1(key.encode()).hexdigest()[:32].upper()}@{host}>"


def outlook_page(body):
    return ('<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n<head>\n'
            '<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n<style><!--\n'
            'p.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0cm;\n\tfont-size:11.0pt;\n\tfont-family:"Calibri",sans-serif;}\n'
            '--></style>\n</head>\n<body lang="FR" link="#0563C1" vlink="#954F72">\n<div class="WordSection1">\n'
            f'{body}\n</div>\n</body>\n</html>\n')


def normal(lines):
    return "\n".join(f'<p class="MsoNormal">{html.escape(line) if line else "<o:p>&nbsp;</o:p>"}</p>' for line in lines)


def outlook_block_html(writer, sent, to, subject, inner, border="#E1E1E1"):
    return (f'<div>\n<div style="border:none;border-top:solid {border} 1.0pt;padding:3.0pt 0cm 0cm 0cm">\n'
            f'<p class="MsoNormal"><b>De&nbsp;:</b> {html.escape(writer.shown())} <br>\n<b>Envoy\u00e9&nbsp;:</b> {sent}<br>\n'
            f'<b>\u00c0&nbsp;:</b> {html.escape(to.shown())}<br>\n<b>Objet&nbsp;:</b> {html.escape(subject)}<o:p></o:p></p>\n</div>\n</div>\n{inner}')


def outlook_block_text(writer, sent, to, subject, inner):
    return (f"De : {writer.shown()}\nEnvoy\u00e9 : {sent}\n\u00c0 : {to.shown()}\nObjet : {subject}\n\n{inner}")


FIRST = ["Bonjour,", "", "Sauf erreur de notre part, la facture F-2018-0117 de 48 650,00 EUR reste impay\u00e9e depuis le 15 mars.",
         "Sans r\u00e8glement avant la fin de la semaine, des p\u00e9nalit\u00e9s de retard s'appliqueront.", "",
         "Merci de r\u00e9gler sur notre compte :"]
FIRST_END = ["", "Cordialement,", "F. LeComptable", "Comptabilit\u00e9 fournisseurs - T\u00e9l. 01 99 00 12 34"]
SECOND = ["Bonjour,", "", "D\u00e9sol\u00e9 pour ce retard. Je fais le virement aujourd'hui m\u00eame si vous renoncez aux p\u00e9nalit\u00e9s.",
          "\u00c7a vous va ?", "", "P. QuiDoitPayer"]
THIRD = ["ok", "", "Envoy\u00e9 de mon iPhone"]
FRAUD = ["Re,", "", "Merci. En raison d'un audit de notre compte habituel, je vous prie d'effectuer le virement de 48 650,00 EUR",
         "sur le RIB suivant et de m'envoyer la preuve de paiement d\u00e8s que possible :", ""]
HONEST = ["Re,", "", "Merci, je confirme : le virement est \u00e0 faire sur le m\u00eame compte que dans mon premier message, soit :", ""]
CLOSING = ["", "Cordialement,", "F. LeComptable"]

T1 = datetime.datetime(2018, 4, 5, 10, 37, 12, tzinfo=PARIS)
T2 = datetime.datetime(2018, 4, 5, 10, 50, 41, tzinfo=PARIS)
T3 = datetime.datetime(2018, 4, 5, 10, 59, 8, tzinfo=PARIS)
T4 = datetime.datetime(2018, 4, 5, 11, 45, 27, tzinfo=PARIS)
T5 = datetime.datetime(2018, 4, 5, 14, 20, 3, tzinfo=PARIS)
SENT = {1: "jeudi 5 avril 2018 10:37", 2: "jeudi 5 avril 2018 10:50", 3: "jeudi 5 avril 2018 10:59", 4: "jeudi 5 avril 2018 11:45"}
ID1, ID2, ID3 = message_id("1"), message_id("2", "DB7PR05MB5202.eurprd05.prod.outlook.com"), message_id("3")
RE = "RE: " + SUBJECT
RE_IPHONE = "Re: " + SUBJECT


def rib_text(r):
    return [f"Banque : {r[0]}   Guichet : {r[1]}   Compte : {r[2]}   Cl\u00e9 : {r[3]}"]


def rib_table(r):
    head = "".join(f"<td><p class=\"MsoNormal\"><b>{label}</b></p></td>" for label in ("Code banque", "Code guichet", "N\u00b0 de compte", "Cl\u00e9 RIB"))
    row = "".join(f"<td><p class=\"MsoNormal\">{value}</p></td>" for value in r)
    return f'<table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0">\n<tr>{head}</tr>\n<tr>{row}</tr>\n</table>'


def first_text():
    return "\n".join(FIRST + rib_text(TRUE_RIB) + FIRST_END)


def first_html():
    return normal(FIRST) + "\n" + rib_table(TRUE_RIB) + "\n" + normal(FIRST_END)


def history_text(level):
    if level == 1:
        return outlook_block_text(FLC, SENT[1], PQP, SUBJECT, first_text())
    if level == 2:
        return outlook_block_text(PQP, SENT[2], FLC, RE, "\n".join(SECOND) + "\n\n" + history_text(1))
    return outlook_block_text(FLC, SENT[3], PQP, RE_IPHONE, "\n".join(THIRD) + "\n\n" + history_text(2))


def history_html(level):
    if level == 1:
        return outlook_block_html(FLC, SENT[1], PQP, SUBJECT, first_html())
    if level == 2:
        return outlook_block_html(PQP, SENT[2], FLC, RE, normal(SECOND + [""]) + history_html(1))
    return outlook_block_html(FLC, SENT[3], PQP, RE_IPHONE, normal(THIRD + [""]) + history_html(2))


def office_mail(number, writer, to, subject, moment, ids, plain, markup, charset="utf-8", folder="thread", name="", extra=""):
    own, references = ids
    boundary = f"_000_{hashlib.sha1(own.encode()).hexdigest()[:16].upper()}AM0PR05MB41{number}eurp_"
    children = {1: (), 2: (T2,), 3: (T2, T3)}.get(number, (T2, T3, moment))
    head = office_hops(moment, to.address, number)
    head += f"From: {writer.header(charset)}\nTo: {to.header(charset)}\nSubject: {encoded(subject, charset)}\n"
    head += f"Thread-Topic: {encoded(SUBJECT, charset)}\nThread-Index: {thread_index(T1, 'case', children)}\n"
    head += f"Date: {rfc_date(moment.astimezone(UTC))}\nMessage-ID: {own}\n"
    if references:
        head += f"References: {' '.join(references)}\nIn-Reply-To: {references[-1]}\n"
    head += f"Accept-Language: fr-FR, en-US\nContent-Language: fr-FR\nX-MS-Has-Attach:\nX-MS-TNEF-Correlator:\n{extra}"
    head += f"Content-Type: multipart/alternative;\n\tboundary=\"{boundary}\"\nMIME-Version: 1.0\n\n"
    return write(folder, name, head + alternative(boundary, plain, markup, charset))


def thread():
    office_mail(1, FLC, PQP, SUBJECT, T1, (ID1, ()), first_text() + "\n", outlook_page(first_html()), name="1-facturation.eml")
    office_mail(2, PQP, FLC, RE, T2, (ID2, (ID1,)), "\n".join(SECOND) + "\n\n" + history_text(1) + "\n",
                outlook_page(normal(SECOND + [""]) + history_html(1)), charset="iso-8859-1", name="2-reponse.eml")
    plain = ("ok\n\nEnvoy\u00e9 de mon iPhone\n\n"
             f"Le 5 avr. 2018 \u00e0 10:50, {PQP.shown()} a \u00e9crit\u00a0:\n\n" + quoted(SECOND + ["", *history_text(1).split("\n")]))
    markup = ('<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">ok<br><br>'
              '<div id="AppleMailSignature">Envoy\u00e9 de mon iPhone</div><div><br>'
              f'Le 5 avr. 2018 \u00e0 10:50, {html.escape(PQP.name)} &lt;<a href="mailto:{PQP.address}">{PQP.address}</a>&gt; a \u00e9crit&nbsp;:<br><br></div>'
              f'<blockquote type="cite"><div>\n{normal(SECOND + [""])}{history_html(1)}\n</div></blockquote></body></html>\n')
    office_mail(3, FLC, PQP, RE_IPHONE, T3, (ID3, (ID1, ID2)), plain, markup, name="3-ok.eml", extra="X-Mailer: iPhone Mail (15E216)\n")


def quoted(lines):
    return "".join(f"> {line}\n" if line else ">\n" for line in lines)


def hosting_hops(moment, border, client="203.0.113.77"):
    """A cheap provider's relay, then the receiving tenant; `border` is when the tenant really received it."""
    utc = border.astimezone(UTC)
    return (f"Received: from DB7PR05MB5202.eurprd05.prod.outlook.com (2603:10a6:10:47::22)\n"
            f" by DB7PR05MB5299.eurprd05.prod.outlook.com with HTTPS; {rfc_date(utc + datetime.timedelta(seconds=5))}\n"
            f"Received: from AM5EUR02FT011.eop-EUR02.prod.protection.outlook.com\n (2a01:111:f400:7e1e::208) by\n"
            f" DB7PR05MB5202.outlook.office365.com (2603:10a6:10:47::22) with Microsoft\n"
            f" SMTP Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384) id\n"
            f" 15.20.653.12 via Frontend Transport; {rfc_date(utc + datetime.timedelta(seconds=3))}\n"
            f"Authentication-Results: spf=pass (sender IP is 198.51.100.41)\n smtp.mailfrom={FALSE_DOMAIN}; {DOMAIN};\n"
            f" dkim=none (message not signed) header.d=none;{DOMAIN}; dmarc=none\n action=none header.from={FALSE_DOMAIN};\n"
            f"Received-SPF: Pass (protection.outlook.com: domain of {FALSE_DOMAIN}\n designates 198.51.100.41 as permitted sender)\n"
            f" receiver=protection.outlook.com; client-ip=198.51.100.41;\n helo=vps41.hebergeur.example;\n"
            f"Received: from vps41.hebergeur.example (198.51.100.41) by\n"
            f" AM5EUR02FT011.mail.protection.outlook.com (10.152.8.106) with Microsoft SMTP\n"
            f" Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384_P256) id\n"
            f" 15.20.653.13 via Frontend Transport; {rfc_date(utc)}\n"
            f"Received: from webmail.hebergeur.example (localhost [127.0.0.1])\n"
            f"\tby vps41.hebergeur.example (Postfix) with ESMTPA id 4A1C920BD3\n"
            f"\tfor <{PQP.address}>; {rfc_date(moment + datetime.timedelta(seconds=1))}\n"
            f"Received: from [{client}] by webmail.hebergeur.example with HTTP;\n {rfc_date(moment)}\n")


def fraud(moment=T4, border=None, key="4", opening=FRAUD, account=FALSE_RIB, history=3):
    border = border or moment
    own = message_id(key, "webmail.hebergeur.example").lower()
    boundary = "=_" + hashlib.md5(own.encode()).hexdigest()
    head = hosting_hops(moment, border + datetime.timedelta(seconds=4))
    head += f"Return-Path: {FALSE_FLC.address}\nMIME-Version: 1.0\n"
    head += f"Content-Type: multipart/alternative;\n boundary=\"{boundary}\"\nDate: {rfc_date(moment)}\n"
    head += f"From: {FALSE_FLC.header()}\nTo: {PQP.header()}\nSubject: {encoded(RE_IPHONE, 'utf-8')}\n"
    head += f"In-Reply-To: {ID3}\nReferences: {ID1}\n {ID2}\n {ID3}\n"
    head += f"Message-ID: {own}\nX-Sender: {FALSE_FLC.address}\nUser-Agent: Roundcube Webmail/1.3.5\n\n"
    plain = "\n".join(opening + rib_text(account) + [f"IBAN : {grouped(iban('FR', ''.join(account)))}"] + CLOSING) + "\n\n" + history_text(history) + "\n"
    markup = outlook_page(normal(opening) + rib_table(account) + normal([f"IBAN : {grouped(iban('FR', ''.join(account)))}"] + CLOSING + [""]) + history_html(history))
    return head + alternative(boundary, plain, markup, "utf-8")


def forward(attached, moment=T5, folder="fraud", name="4-transfert.eml"):
    own = message_id("5" + folder)
    boundary = "_004_" + hashlib.sha1(own.encode()).hexdigest()[:16].upper() + "AM0PR05MB4101eurp_"
    inner = "_000_" + hashlib.sha1(own.encode()).hexdigest()[:16].upper() + "AM0PR05MB4101eurp_"
    lines = ["Bonjour,", "", "P. QuiDoitPayer a re\u00e7u ce message \u00e0 11h45. Je ne l'ai pas \u00e9crit.", "", "F. LeComptable"]
    head = office_hops(moment, SEC.address, 5)
    head += f"From: {FLC.header()}\nTo: {SEC.header()}\nSubject: {encoded('TR: ' + SUBJECT, 'utf-8')}\n"
    head += f"Thread-Topic: {encoded(SUBJECT, 'utf-8')}\nThread-Index: {thread_index(T1, 'case', (T2, T3, moment))}\n"
    head += f"Date: {rfc_date(moment.astimezone(UTC))}\nMessage-ID: {own}\nAccept-Language: fr-FR, en-US\nContent-Language: fr-FR\nX-MS-Has-Attach: yes\n"
    head += f"Content-Type: multipart/mixed;\n\tboundary=\"{boundary}\"\nMIME-Version: 1.0\n\n"
    body = f"--{boundary}\nContent-Type: multipart/alternative;\n\tboundary=\"{inner}\"\n\n"
    body += alternative(inner, "\n".join(lines) + "\n", outlook_page(normal(lines)), "utf-8")
    body += f"\n--{boundary}\nContent-Type: message/rfc822\nContent-Disposition: attachment;\n\tcreation-date=\"{rfc_date(moment.astimezone(UTC))}\"\n\n"
    write(folder, name, head + body + attached + f"\n--{boundary}--\n")


def french():
    thread()
    forward(fraud())
    reminder = ["Bonjour,", "", "Je n'ai pas re\u00e7u la preuve de paiement. Merci de proc\u00e9der au virement sur le RIB ci-dessous aujourd'hui :", ""]
    write("reminder", "5-relance.eml", fraud(T4 + datetime.timedelta(hours=4, minutes=21), key="reminder", opening=reminder))
    backdated = datetime.datetime(2017, 4, 5, 11, 45, 27, tzinfo=PARIS)
    write("backdated", "4-antidate.eml", fraud(backdated, border=T4, key="backdated"))
    honest_mail("honest", "4-meme-rib.eml", rib_text(TRUE_RIB), rib_table(TRUE_RIB))
    same = [f"IBAN : {grouped(TRUE_IBAN)}"]
    honest_mail("same-account", "4-iban.eml", same, normal(same))


def honest_mail(folder, name, account_lines, account_html):
    plain = "\n".join(HONEST + account_lines + CLOSING) + "\n\n" + history_text(3) + "\n"
    markup = outlook_page(normal(HONEST) + account_html + normal(CLOSING + [""]) + history_html(3))
    office_mail(4, FLC, PQP, RE, T4, (message_id(folder), (ID1, ID2, ID3)), plain, markup, folder=folder, name=name)


# ---- the English form: Thunderbird, Gmail, a phone ----

LONDON = datetime.timezone(datetime.timedelta(hours=1))
NORTH, NORTH_FALSE = "northgate-supplies.example", "northgate-suppl1es.example"
LEDGER = Person("Fiona Ledger", f"fiona.ledger@{NORTH}")
PAYER = Person("Paul Payer", "paul.payer@harbour-builders.example")
GUARD = Person("Mary Guard", "mary.guard@harbour-builders.example")
FALSE_LEDGER = Person("Fiona Ledger", f"fiona.ledger@{NORTH_FALSE}")
EN_SUBJECT = "Overdue invoice 2018-0117"
E1, E2, E3, E4, E5 = (datetime.datetime(2018, 4, 5, h, m, 12, tzinfo=LONDON) for h, m in ((9, 37), (9, 50), (9, 59), (10, 45), (13, 20)))
EN1 = ["Dear Paul,", "", "our invoice 2018-0117 over GBP 48,650.00 has been overdue since 15 March. Late fees apply from Friday.", "",
       "Please pay to:", f"IBAN {grouped(GB_TRUE)}", "", "Kind regards", "Fiona Ledger"]
EN2 = ["Hi Fiona,", "", "sorry about that. I will pay today if you waive the late fees. Is that all right?", "", "Paul"]
EN3 = ["ok", "", "Sent from my iPhone"]
EN4 = ["Thanks Paul,", "", "our usual account is under audit, so please send the payment to our new account instead and mail me the receipt:", "",
       f"IBAN {grouped(GB_FALSE)}", "", "Kind regards", "Fiona Ledger"]
EN4_HONEST = ["Thanks Paul,", "", "no change on our side, the account is still:", "", f"IBAN {grouped(GB_TRUE)}", "", "Kind regards", "Fiona Ledger"]
EID1, EID2, EID3 = "<3f1c2b6a-77aa-9d10-5b1e-0f2b6c1d9e01@northgate-supplies.example>", \
    "<CAFh7x2aQ9mTt0Vb8mJc4R2k3n1uXr6yZpLw5s7dGqHeYtKo1A@mail.gmail.com>", "<6E0B1D52-2F34-4C7B-9E11-8A4B7C2D1F03@northgate-supplies.example>"


def gmail_date(moment):
    return moment.strftime("%a, %b %-d, %Y at %-I:%M %p")


def en_history_text(level):
    if level == 1:
        return f"On {E1.strftime('%d/%m/%Y %H:%M')}, {LEDGER.name} wrote:\n" + quoted(EN1)
    if level == 2:
        return f"On {gmail_date(E2)} {PAYER.shown()} wrote:\n\n" + quoted(EN2 + [""] + gmail_history_lines())
    return f"On {E3.strftime('%-d %b %Y')}, at {E3.strftime('%H:%M')}, {LEDGER.shown()} wrote:\n\n" + quoted(EN3 + [""] + en_history_text(2).split("\n")[:-1])


def gmail_history_lines():
    return (f"On {gmail_date(E1)} {LEDGER.shown()} wrote:\n\n" + quoted(EN1)).split("\n")[:-1]


def html_lines(lines):
    return "<br>\n".join(html.escape(line) for line in lines)


def gmail_quote(writer, moment, inner):
    return (f'<div class="gmail_quote"><div dir="ltr" class="gmail_attr">On {gmail_date(moment)} {html.escape(writer.name)} &lt;'
            f'<a href="mailto:{writer.address}">{writer.address}</a>&gt; wrote:<br></div>'
            f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">{inner}</blockquote></div>')


def en_history_html(level):
    if level == 1:
        return gmail_quote(LEDGER, E1, html_lines(EN1))
    if level == 2:
        return gmail_quote(PAYER, E2, html_lines(EN2) + "<br><br>" + en_history_html(1))
    return (f'<div><br>On {E3.strftime("%-d %b %Y")}, at {E3.strftime("%H:%M")}, {html.escape(LEDGER.name)} &lt;<a href="mailto:{LEDGER.address}">'
            f'{LEDGER.address}</a>&gt; wrote:<br></div><blockquote type="cite">{html_lines(EN3)}<br><br>{en_history_html(2)}</blockquote>')


def gmail_hops(moment, to, helo, ip, verdict):
    pdt = datetime.timezone(datetime.timedelta(hours=-7))
    stamp = rfc_date(moment.astimezone(pdt)) + " (PDT)"
    return (f"Delivered-To: {to.address}\nReceived: by 2002:a4f:7bc1:0:0:0:0:0 with SMTP id k1csp1310432ljc;\n        {stamp}\n"
            f"ARC-Authentication-Results: i=1; mx.google.com;\n       {verdict}\n"
            f"Received: from {helo} ({helo}. [{ip}])\n        by mx.google.com with ESMTPS id q12si2894511wmc.166.2018.04.05\n"
            f"        for <{to.address}>\n        (version=TLS1_2 cipher=ECDHE-RSA-AES128-GCM-SHA256 bits=128/128);\n        {stamp}\n"
            f"Received-SPF: pass (google.com: domain of sender designates {ip} as permitted sender) client-ip={ip};\n"
            f"Authentication-Results: mx.google.com;\n       {verdict}\n")


def en_mail(folder, name, writer, to, subject, moment, ids, plain, markup, hops, client):
    own, references = ids
    boundary = "------------" + hashlib.md5(own.encode()).hexdigest()[:24].upper()
    head = hops + f"From: {writer.header()}\nTo: {to.header()}\nSubject: {subject}\nDate: {rfc_date(moment)}\nMessage-ID: {own}\n"
    if references:
        head += f"References: {' '.join(references)}\nIn-Reply-To: {references[-1]}\n"
    head += f"MIME-Version: 1.0\n{client}Content-Type: multipart/alternative;\n boundary=\"{boundary}\"\n\n"
    text = head + alternative(boundary, plain, f"<html><head></head><body>{markup}</body></html>\n", "utf-8")
    return write(folder, name, text) if folder else text


def passed(domain, ip):
    return f"dkim=pass header.i=@{domain} header.s=mail;\n       spf=pass smtp.mailfrom=x@{domain};\n       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from={domain}"


def english():
    relay = gmail_hops(E1, PAYER, f"mail.{NORTH}", "192.0.2.10", passed(NORTH, "192.0.2.10"))
    relay += (f"Received: from [192.0.2.130] (host.{NORTH} [192.0.2.130])\n\tby mail.{NORTH} (Postfix) with ESMTPSA id 91B3F20C11\n"
              f"\tfor <{PAYER.address}>; {rfc_date(E1)}\n")
    en_mail("english/thread", "1-invoice.eml", LEDGER, PAYER, EN_SUBJECT, E1, (EID1, ()), "\n".join(EN1) + "\n", f"<p>{html_lines(EN1)}</p>", relay,
            "User-Agent: Mozilla/5.0 (Windows NT 10.0; WOW64; rv:52.0) Gecko/20100101\n Thunderbird/52.7.0\nContent-Language: en-GB\n")
    submit = (f"Received: by 10.28.4.211 with HTTP; {rfc_date(E2.astimezone(datetime.timezone(datetime.timedelta(hours=-7))))} (PDT)\n")
    en_mail("english/thread", "2-reply.eml", PAYER, LEDGER, "Re: " + EN_SUBJECT, E2, (EID2, (EID1,)),
            "\n".join(EN2) + "\n\n" + "\n".join(gmail_history_lines()) + "\n", f'<div dir="ltr">{html_lines(EN2)}</div><br>' + en_history_html(1), submit, "")
    phone = gmail_hops(E3, PAYER, f"mail.{NORTH}", "192.0.2.10", passed(NORTH, "192.0.2.10"))
    en_mail("english/thread", "3-ok.eml", LEDGER, PAYER, "Re: " + EN_SUBJECT, E3, (EID3, (EID1, EID2)), "\n".join(EN3) + "\n\n" + en_history_text(2),
            html_lines(EN3) + "<br>" + en_history_html(2), phone, "X-Mailer: iPhone Mail (15E216)\n")
    false_hops = gmail_hops(E4, PAYER, "vps41.hosting.example", "198.51.100.41",
                            f"dkim=none;\n       spf=pass smtp.mailfrom=x@{NORTH_FALSE};\n       dmarc=none header.from={NORTH_FALSE}")
    false_hops += (f"Received: from [203.0.113.77] (unknown [203.0.113.77])\n\tby vps41.hosting.example (Postfix) with ESMTPSA id 4A1C920BD3\n"
                   f"\tfor <{PAYER.address}>; {rfc_date(E4)}\n")
    attack = en_mail("", "", FALSE_LEDGER, PAYER, "Re: " + EN_SUBJECT, E4, ("<b5d3a6f0-1c2d-11e8-9a4f-8c04ba@northgate-suppl1es.example>", (EID1, EID2, EID3)),
                     "\n".join(EN4) + "\n\n" + en_history_text(3), html_lines(EN4) + "<br>" + en_history_html(3), false_hops,
                     "User-Agent: Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:52.0) Gecko/20100101\n Thunderbird/52.6.0\n")
    en_forward(attack)
    honest = gmail_hops(E4, PAYER, f"mail.{NORTH}", "192.0.2.10", passed(NORTH, "192.0.2.10"))
    en_mail("english/honest", "4-same-account.eml", LEDGER, PAYER, "Re: " + EN_SUBJECT, E4, ("<77d3a6f0-1c2d-11e8-9a4f-8c04bb@northgate-supplies.example>", (EID1, EID2, EID3)),
            "\n".join(EN4_HONEST) + "\n\n" + en_history_text(3), html_lines(EN4_HONEST) + "<br>" + en_history_html(3), honest,
            "User-Agent: Mozilla/5.0 (Windows NT 10.0; WOW64; rv:52.0) Gecko/20100101\n Thunderbird/52.7.0\n")


def en_forward(attached):
    own = "<CAFh7x2bW4nUu1Wc9nKd5S3l4o2vYs7zAqMx6t8eHrIfZuLp2B@mail.gmail.com>"
    boundary = "000000000000a1b2c3056914d2e1"
    head = f"Received: by 10.28.4.211 with HTTP; {rfc_date(E5.astimezone(datetime.timezone(datetime.timedelta(hours=-7))))} (PDT)\n"
    head += f"From: {PAYER.header()}\nTo: {GUARD.header()}\nSubject: Fwd: {EN_SUBJECT}\nDate: {rfc_date(E5)}\nMessage-ID: {own}\nMIME-Version: 1.0\n"
    head += f"Content-Type: multipart/mixed; boundary=\"{boundary}\"\n\n--{boundary}\n" + part("text/plain", "Mary,\n\nplease look at the attached mail, Fiona says she did not write it.\n\nPaul\n", "utf-8")
    head += f"--{boundary}\nContent-Type: message/rfc822; name=\"Re_ {EN_SUBJECT}.eml\"\nContent-Disposition: attachment; filename=\"Re_ {EN_SUBJECT}.eml\"\n\n"
    write("english/fraud", "4-forward.eml", head + attached + f"\n--{boundary}--\n")


if __name__ == "__main__":
    french()
    english()
    write_exports(OUT)
    print("true ", TRUE_RIB, TRUE_IBAN, GB_TRUE)
    print("false", FALSE_RIB, FALSE_IBAN, GB_FALSE)
