# SPDX-License-Identifier: Apache-2.0
"""How an account stands in a mail: one function a form, each from an account to the same words as text and as HTML.

`FORMS[kind]` names the forms that an account of that kind can take; `present(rng, account, language, holder)` draws one.
"""
import html as markup

from fraud_cases import accounts, wording
from fraud_cases.mails import Shown, shown

HOLDER = {"fr": "Titulaire", "en": "Account name", "de": "Kontoinhaber", "es": "Titular", "it": "Intestatario", "pt": "Titular", "nl": "Ten name van"}
BANK = {"fr": "Banque", "en": "Bank", "de": "Bank", "es": "Banco", "it": "Banca", "pt": "Banco", "nl": "Bank"}
BANK_NAME = "Banque Exemple"


def table(rows, border=1):
    """Rows of cells as a text (cells apart by a tab) and as an HTML table."""
    cells = "".join("<tr>" + "".join(f"<td>{markup.escape(c, quote=False)}</td>" for c in row) + "</tr>" for row in rows)
    return Shown("\n".join("\t".join(row) for row in rows), f'<table border="{border}">{cells}</table>')


def in_line(rng, account, language, holder):
    value = rng.choice(list(accounts.IBAN_FORMS.values()))(account.value)
    return shown(rng.choice(wording.LANGUAGES[language]["label"]) + value)


def bank_rows(account, language, holder):
    return [(HOLDER[language], holder), (BANK[language], BANK_NAME), ("IBAN", accounts.grouped(account.value))]


def block(rng, account, language, holder):
    return shown("\n".join(f"{label} : {value}" for label, value in bank_rows(account, language, holder)))


def table_of_labels(rng, account, language, holder):
    return table(bank_rows(account, language, holder))


def table_of_groups(rng, account, language, holder):
    return table([("IBAN", *accounts.grouped(account.value).split(" "))])


def list_of_labels(rng, account, language, holder):
    rows = [f"{label}: {value}" for label, value in bank_rows(account, language, holder)]
    return Shown("\n".join(f"* {row}" for row in rows), "<ul>" + "".join(f"<li>{markup.escape(row, quote=False)}</li>" for row in rows) + "</ul>")


def two_lines(rng, account, language, holder):
    groups = accounts.grouped(account.value).split(" ")
    return shown(f"IBAN: {' '.join(groups[:-2])}\n{' '.join(groups[-2:])}")


def bold(rng, account, language, holder):
    value = accounts.grouped(account.value)
    return Shown(f"IBAN: {value}", f"<b>IBAN:</b> <span style=\"color:#1f497d\">{value}</span>")


def rib_table(rng, account, language, holder):
    return table([("Code banque", "Code guichet", "Numéro de compte", "Clé RIB"), accounts.rib_parts(account.value)])


def rib_labels(rng, account, language, holder):
    names = rng.choice([("Code banque", "Code guichet", "N° de compte", "Clé"), ("Banque", "Guichet", "Compte", "Clé RIB")])
    return shown("\n".join(f"{name} : {part}" for name, part in zip(names, accounts.rib_parts(account.value))))


def rib_line(rng, account, language, holder):
    return shown("RIB : " + " ".join(accounts.rib_parts(account.value)))


def uk_labels(rng, account, language, holder):
    sort, number = account.value[:6], account.value[6:]
    mark = rng.choice(["-", " ", ""])
    return shown(f"Account name: {holder}\nSort code: {accounts.grouped(sort, 2, mark)}\nAccount number: {number}")


def uk_line(rng, account, language, holder):
    sort, number = account.value[:6], account.value[6:]
    return shown(f"Sort code {accounts.grouped(sort, 2, '-')}, account no. {number}")


def uk_table(rng, account, language, holder):
    return table([("Sort Code", accounts.grouped(account.value[:6], 2, "-")), ("Account No", account.value[6:])])


def us_labels(rng, account, language, holder):
    return shown(f"Beneficiary: {holder}\nRouting number (ABA): {account.value[:9]}\nAccount number: {account.value[9:]}")


def us_line(rng, account, language, holder):
    return shown(f"ABA routing # {account.value[:9]}, account # {account.value[9:]}")


_IBAN = (in_line, in_line, block, table_of_labels, table_of_groups, list_of_labels, two_lines, bold)
FORMS = {"iban": _IBAN, "uk": (uk_labels, uk_line, uk_table), "us": (us_labels, us_line)}
FRENCH = _IBAN + (rib_table, rib_labels, rib_line)


def present(rng, account, language, holder):
    forms = FRENCH if account.country == "FR" and language == "fr" else FORMS[account.kind]
    return rng.choice(forms)(rng, account, language, holder)
