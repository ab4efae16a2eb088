# SPDX-License-Identifier: Apache-2.0
"""The people, firms, accounts and days of one case, drawn from its seed, and the mails that they write in the ordinary way."""
import dataclasses
import datetime
import unicodedata

from fraud_cases import accounts, clients, presentations, wording
from fraud_cases.mails import FORWARD_PREFIX, PREFIX, Mail, Person, fill

FREE_MAIL = ("gmail.com", "outlook.com", "gmx.de", "yahoo.com", "orange.fr", "proton.me", "libero.it", "hotmail.fr")
LATIN = ("utf-8", "utf-8", "windows-1252", "iso-8859-15")
ROLES = {"fr": "compta", "en": "accounts", "de": "buchhaltung", "es": "contabilidad", "it": "amministrazione", "pt": "contabilidade", "nl": "boekhouding"}
DISPLAYS = ("{first} {last}", "{first} {last}", "{first} {last}", "{last}, {first}", "{first} {upper}", "{upper} {first}", "{first} {last} - {company}", "{first} {last} ({company})")
ENCODINGS = ("quoted-printable", "quoted-printable", "base64", "8bit")


def ascii_word(text):
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o")).encode("ascii", "ignore").decode()
    return plain.lower()


def slug(rng, company):
    return rng.choice(["-", ""]).join(ascii_word(company).split(" ")) + rng.choice([".example", ".test"])


def local_part(rng, first, last):
    first, last = ascii_word(first), ascii_word(last)
    return rng.choice([f"{first}.{last}", f"{first[0]}.{last}", f"{first[0]}{last}", f"{last}.{first}"])


def replaced(text, pairs):
    """The first pair whose left side stands in the text, put in; None where none does."""
    for old, new in pairs:
        if old in text:
            return text.replace(old, new, 1)
    return None


def on_name(change):
    """A change of the name before the top-level domain."""
    def changed(domain):
        name, dot, top = domain.rpartition(".")
        new = change(name)
        return new and new + dot + top
    return changed


def idn(name):
    new = replaced(name, [("a", "\u0430"), ("o", "\u043e"), ("e", "\u0435")])
    return "xn--" + new.encode("punycode").decode()


# Lookalikes by technique (the names of findings.md); a function gives None where the name has no such place.
TECHNIQUES = {
    "homoglyph": on_name(lambda n: replaced(n, [("m", "rn"), ("l", "1"), ("o", "0"), ("w", "vv")])),
    "idn": on_name(idn),
    "omission": on_name(lambda n: n[:3] + n[4:]),
    "insertion": on_name(lambda n: n[:4] + "s" + n[4:]),
    "repetition": on_name(lambda n: n[:4] + n[3] + n[4:]),
    "transposition": on_name(lambda n: n[:2] + n[3] + n[2] + n[4:] if n[2] != n[3] else None),
    "replacement": on_name(lambda n: n[:3] + ("r" if n[3] != "r" else "t") + n[4:]),
    "plural": on_name(lambda n: n + "s"),
    "hyphen": on_name(lambda n: n.replace("-", "", 1) if "-" in n else n[:5] + "-" + n[5:]),
    "tld": lambda domain: domain.rpartition(".")[0] + (".test" if domain.endswith(".example") else ".example"),
    "combo": on_name(lambda n: n + "-billing"),
    "token_order": on_name(lambda n: "-".join(reversed(n.split("-"))) if "-" in n else None),
    "subdomain": lambda domain: domain.replace(".", "-") + ".secure-mailbox.example",
}
# What a swindler in a conversation takes: names that the eye passes over.
CLOSE = ("homoglyph", "idn", "omission", "insertion", "repetition", "transposition", "replacement", "plural", "hyphen")


class World:
    """One case's people and days. `fraud` is the sign: whatever else is drawn is the same in both twins."""

    def __init__(self, rng, fraud):
        self.rng, self.fraud = rng, fraud
        self.language = rng.choice(list(wording.LANGUAGES) + ["fr", "fr", "en"])
        self.words = wording.LANGUAGES[self.language]
        self.own_company, self.company, self.other_company = rng.choice(wording.OWN_COMPANIES), *rng.sample(wording.COMPANIES[self.language], 2)
        self.own, self.domain, self.other_domain = (slug(rng, c) for c in (self.own_company, self.company, self.other_company))
        self.phone_numbers = rng.sample(range(100), 8)
        self.names = [f"{f} {l}" for f, l in zip(*(rng.sample(pool, 6) for pool in wording.PEOPLE[self.language][:2]))]
        self.ann, self.carl = self.person(0, self.company, self.domain), self.person(1, self.company, self.domain)
        self.bob, self.boss = self.person(2, self.own_company, self.own), self.person(3, self.own_company, self.own)
        self.eve, self.stranger = self.person(4, self.other_company, self.other_domain), self.person(5, "", "nobody-known.example")
        country = wording.COUNTRY[self.language]
        kind = rng.choice(["iban"] * 6 + (["uk", "us"] if self.language == "en" else []))
        self.old, self.new = self.account(kind, country), self.account(kind, rng.choice(accounts.MULE_COUNTRIES + (country,) * 4))
        self.payers, self.others = self.account("iban", country), self.account("iban", country)
        self.invoice = rng.choice(["F-{0}-{1}", "{0}/{1}", "INV{0}{1}", "{1}-{0}"]).format(2026, accounts.digits(rng, 4))
        self.amount = self.money(rng.randint(1, 98), rng.randint(100, 999), rng.randint(10, 99))
        self.charset, self.encoding = rng.choice(LATIN), rng.choice(ENCODINGS)
        self.now = datetime.datetime(2026, rng.randint(1, 11), rng.randint(13, 18), rng.randint(8, 16), rng.randint(0, 59), rng.randint(0, 59))
        self.base_subject = fill(rng.choice(self.words["subject"]), invoice=self.invoice).text
        self.attached = {}

    def money(self, thousands, rest, cents):
        return self.words["money"].replace("{0}", str(thousands)).replace("{1}", str(rest)).replace("{2}", str(cents))

    def account(self, kind, country):
        return {"iban": lambda: accounts.iban(self.rng, country), "uk": lambda: accounts.uk_account(self.rng), "us": lambda: accounts.us_account(self.rng)}[kind]()

    def phone(self, index, form=0):
        a, b = self.phone_numbers[index], self.phone_numbers[index - 1]
        return wording.PHONES[self.language][form].format(a, b, a * 9 % 1000)

    def person(self, index, company, domain):
        first, last = self.names[index].split(" ")
        label = self.rng.choice(self.words["phone"])
        name = self.display(index, company)
        return Person(name, f"{local_part(self.rng, first, last)}@{domain}", self.names[index], first, self.rng.choice(wording.PEOPLE[self.language][2]), company,
                      label + self.phone(index), self.program(), self.language)

    def display(self, index, company):
        """A name as From shows it."""
        first, last = self.names[index].split(" ")
        return self.rng.choice(DISPLAYS).format(first=first, last=last, upper=last.upper(), company=company or self.company)

    # --- people who are not who they seem ---------------------------------------------------------------------------------------------

    def lookalike(self, domain, techniques=CLOSE):
        made = [new for t in self.rng.sample(techniques, len(techniques)) if (new := TECHNIQUES[t](domain)) and new != domain]
        return made[0]

    def imitated(self, person):
        """The same name and local part at a lookalike domain."""
        local, domain = person.address.split("@")
        return dataclasses.replace(person, address=f"{local}@{self.lookalike(domain)}", name=self.restyled(person), client=self.program())

    def free_mail_twin(self, person):
        local = ascii_word(person.plain).replace(" ", ".") + accounts.digits(self.rng, 3)
        return dataclasses.replace(person, address=f"{local}@{self.rng.choice(FREE_MAIL)}", name=self.restyled(person), client=self.program())

    def program(self):
        return self.rng.choice([c for c in clients.CLIENTS if c != "orange" or self.language == "fr"])

    def restyled(self, person):
        """A person's name as a swindler shows it: as it was, or in another order or case."""
        other = self.display(self.names.index(person.plain), person.company)
        return self.rng.choice([person.name, person.name, other])

    # --- words ------------------------------------------------------------------------------------------------------------------------

    def say(self, key, account=None, person=None):
        """One of the sentences of this key; an account is given as it is to stand (`Shown`)."""
        return fill(self.rng.choice(self.words[key]), account, first=(person or self.bob).first, invoice=self.invoice, amount=self.amount, company=self.company)

    def present(self, account, holder=None):
        return presentations.present(self.rng, account, self.language, holder or self.company)

    def letter(self, *blocks, to=None):
        return [self.say("hello", person=to), *blocks, self.say("bye")]

    # --- mails ------------------------------------------------------------------------------------------------------------------------

    def later(self, hours=None):
        """The next working instant: a few hours on, in the zone of the season."""
        self.now += datetime.timedelta(hours=hours or self.rng.randint(2, 20), minutes=self.rng.randint(1, 50), seconds=self.rng.randint(0, 59))
        summer = 4 <= self.now.month <= 10 or (self.now.month == 3 and self.now.day == 31)
        return self.now.replace(tzinfo=datetime.timezone(datetime.timedelta(hours=2 if summer else 1)))

    def write(self, sender, to, blocks, **options):
        """A mail of its own, in the program of its sender."""
        bodies = self.rng.choice(clients.CLIENTS[sender.client].bodies)
        inside = sender.address.endswith("@" + self.own)
        settings = {"subject": self.base_subject, "bodies": bodies, "charset": self.charset, "encoding": self.encoding, "received": not inside} | options
        return Mail(sender, to, settings.pop("subject"), self.later(), blocks, **settings)

    def answer(self, parent, sender, to, blocks, **options):
        prefix = PREFIX[self.language]
        subject = parent.subject if parent.subject.startswith(prefix) else prefix + parent.subject
        marked = clients.CLIENTS[sender.client].text_mark == "> "
        place = self.rng.choice(["top"] * 5 + ["bottom"] * marked)
        return self.write(sender, to, blocks, **({"subject": subject, "parent": parent, "place": place} | options))

    def forward(self, parent, sender, to, blocks, **options):
        return self.write(sender, to, blocks, **({"subject": FORWARD_PREFIX[self.language] + parent.subject, "parent": parent, "forwards": True} | options))

    def opening(self, cc=None):
        """The supplier's invoice with its account, and the payer's answer."""
        self.shown_old = self.present(self.old)
        cc = cc if cc is not None else [self.carl] if self.rng.random() < 0.4 else []
        first = self.write(self.ann, [self.bob], self.letter(self.say("invoice"), self.say("pay_to", self.shown_old)), cc=cc)
        second = self.answer(first, self.bob, [self.ann], self.letter(self.say("reply"), to=self.ann), cc=cc)
        return [first, second]

