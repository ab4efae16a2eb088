# SPDX-License-Identifier: Apache-2.0
"""The scenes: each writes the mails of one case and the promises of docs/findings.md that follow from how it was made.

A scene is `scene(world) -> Case`, run twice with the same draws: with `world.fraud` set and as its benign twin, which differs in the sign
alone. `SCENES` is the table of them. In `Case`:
- expect: (message, code, severities, evidence) that must be there, evidence is {} or {"before": [values], "after": [values]};
- forbid: (message or None, code or "*", severity) nothing of this code at this severity or more;
- facts: (message, {level: [account values]}, side) the accounts that explain must tell, and for whom.
"""
import dataclasses
import datetime
import textwrap

from fraud_cases import accounts, attachments, world as made
from fraud_cases.mails import Shown, edited, fill, full, quoted, raw, route, shown

HIGH, ANY = ("high", "critical"), ("info", "low", "medium", "high", "critical")
MEDIUM_UP = ("medium", "high", "critical")


@dataclasses.dataclass
class Case:
    mails: list
    expect: list = dataclasses.field(default_factory=list)
    forbid: list = dataclasses.field(default_factory=list)
    facts: list = dataclasses.field(default_factory=list)
    policy: dict = None
    earlier: list = dataclasses.field(default_factory=list)      # mails of a run before, with --memory
    files: list = dataclasses.field(default_factory=list)        # (path, bytes) beside the mails
    skip: tuple = ()                                             # mails that are not in evidence
    flags: tuple = ()
    has_plain_words: bool = True                                 # False: something hidden stands in the new text


def quiet(*codes):
    """What a benign twin must not say: nothing at high, and nothing at all of these codes."""
    return [(None, "*", "high")] + [(None, code, "info") for code in codes]


def changed(before, after):
    return {"before": [before.value], "after": [after.value]}


def told(mail, account, side):
    """The fact that a mail's new words hold this account, presented for this side."""
    return (mail, {0: [account.value]}, side)


def names(mail, person):
    """Whether the history that a mail prints says this person's address: some programs print the name alone."""
    return person.address in full(mail)[0]


def seen(w, mails):
    """Which earlier mails are left out of the evidence: none, or all but the last, whose quoted history is then all there is."""
    return tuple(mails[:-1]) if w.rng.random() < 0.35 and names(mails[-1], w.ann) else ()


def chatted(w, mails):
    """The conversation, now and then longer by questions and their answers."""
    for _ in range(w.rng.choice([0, 0, 0, 1, 1, 3])):
        mails = mails + [w.answer(mails[-1], w.ann, [w.bob], w.letter(w.say("chat")))]
        mails = mails + [w.answer(mails[-1], w.bob, [w.ann], w.letter(w.say("reply"), to=w.ann))]
    return mails


def demand(w):
    """The words that present the new account, or in the benign twin the old one in any notation."""
    key = w.rng.choice(["change", "pay_to"])
    w.announces = w.fraud and key == "change"
    new, old = w.present(w.new), w.rng.choice([w.present(w.old), w.present(w.old), shown(accounts.masked(w.old))])
    changes, again = w.say(key, new), w.say("again", old)
    return changes if w.fraud else again


# --- a changed account in a conversation -------------------------------------------------------------------------------------------------

def takeover(w, sender, findings):
    """A conversation that ends with the account, sent by `sender` in the fraud and by the supplier in its twin."""
    mails = chatted(w, w.opening())
    link = w.rng.choice(["both"] * 5 + ["quotes", "references"])
    last = w.answer(mails[-1], sender if w.fraud else w.ann, [w.bob], w.letter(demand(w)), references=link != "quotes", quotes=link != "references")
    mails = mails + [last]
    skip = seen(w, mails)
    case = Case(mails, skip=skip if link != "references" else (), facts=[told(last, w.new, w.domain)] if w.fraud else [])
    case.flags = ("--no-own-domain",) if w.rng.random() < 0.15 else ()
    if w.fraud:
        case.expect = [(last, code, severities, changed(w.old, w.new) if code == "bank_account_changed" else {}) for code, severities in findings]
        case.expect += [(last, "bank_change_request", ("medium",), {})] if w.announces else []
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def by_lookalike(w):
    return takeover(w, w.imitated(w.ann), [("lookalike_domain", ("critical",)), ("thread_hijack", ("critical",)), ("bank_account_changed", ("critical",))])


def by_free_mail(w):
    return takeover(w, w.free_mail_twin(w.ann), [("thread_hijack", ("critical",)), ("bank_account_changed", ("critical",)), ("display_name_spoof", HIGH)])


def by_true_address(w):
    return takeover(w, w.ann, [("bank_account_changed", ("high",))])


def shared_provider(w):
    """The supplier writes from a free-mail address; the swindler from another address there with the same name."""
    true = w.free_mail_twin(w.ann)
    double = dataclasses.replace(true, address=true.address.replace("@", w.rng.choice("xz_") + "@"))
    w.ann = true
    mails = w.opening()
    last = w.answer(mails[-1], double if w.fraud else w.ann, [w.bob], w.letter(demand(w)))
    case = Case(mails + [last])
    if w.fraud:
        case.expect = [(last, "thread_hijack", ("critical",), {}), (last, "bank_account_changed", ("critical",), changed(w.old, w.new))]
    else:
        case.forbid = quiet("bank_account_changed", "thread_hijack", "display_name_spoof")
    return case


def after_fraud(w):
    """Behind a fraud the supplier itself writes: its known account again, or in the fraud of this pair another one from a lookalike."""
    mails = w.opening()
    double = w.imitated(w.ann)
    fraud = w.answer(mails[-1], double, [w.bob], w.letter(w.say("pay_to", w.present(w.new))))
    again = w.say("again", w.present(w.old))
    last = w.answer(mails[-1], double if w.fraud else w.ann, [w.bob], w.letter(w.say("pay_to", w.present(w.others)) if w.fraud else again))
    case = Case([*mails, fraud, last], expect=[(fraud, "bank_account_changed", ("critical",), changed(w.old, w.new))])
    if w.fraud:
        case.expect += [(last, "bank_account_changed", ("critical",), changed(w.old, w.others))]
    else:
        case.forbid = [(last, "*", "medium"), (last, "bank_account_changed", "info")]
    return case


def spoken_of(w):
    """Who warns of a swindler's account, or asks the supplier about it, presents none; who demands payment to it does."""
    mails = w.opening()
    double = w.imitated(w.ann)
    account = w.present(w.new)
    fraud = w.answer(mails[-1], double, [w.bob], w.letter(w.say("pay_to", account)))
    warns = w.rng.random() < 0.5
    sender, to = (w.ann, w.bob) if warns else (w.bob, w.ann)
    words, demands = w.say("warns" if warns else "asks_back", w.present(w.new)), w.say("pay_to", w.present(w.new))
    last = w.answer(mails[-1], w.ann if w.fraud else sender, [w.bob if w.fraud else to], w.letter(demands if w.fraud else words))
    case = Case([*mails, fraud, last], expect=[(fraud, "bank_account_changed", ("critical",), changed(w.old, w.new))])
    if w.fraud:
        case.expect += [(last, "bank_account_changed", HIGH, changed(w.old, w.new))]
    else:
        case.forbid = [(last, "*", "high"), (last, "bank_account_changed", "info")]
    return case


def altered_and_changed(w):
    """A lookalike demands payment to the new account, and put it into the quoted copy of the first mail too."""
    value, new = accounts.grouped(w.others.value), accounts.grouped(accounts.iban(w.rng, w.others.country).value)
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", shown("IBAN: " + value))))
    second = w.answer(first, w.bob, [w.ann], w.letter(w.say("reply"), to=w.ann))
    double = w.imitated(w.ann)
    asks, again = w.say("pay_to", shown("IBAN: " + new)), w.say("pay_to", shown("IBAN: " + value))
    last = w.answer(second, double if w.fraud else w.ann, [w.bob], w.letter(asks if w.fraud else again), edits=((value, new),) if w.fraud else ())
    case = Case([first, second, last], skip=(second,) if w.rng.random() < 0.4 else ())
    if w.fraud:
        evidence = {"before": [w.others.value], "after": [new.replace(" ", "")]}
        case.expect = [(last, "quoted_history_altered", ("critical",), {}), (last, "bank_account_changed", ("critical",), evidence), (last, "thread_hijack", ("critical",), {})]
    else:
        case.forbid = quiet("quoted_history_altered", "bank_account_changed")
    return case


def colleague(w):
    """A colleague of the supplier's, new in the conversation and at the true domain, names the account."""
    mails = chatted(w, w.opening(cc=[]))
    last = w.answer(mails[-1], w.carl, [w.bob], w.letter(demand(w)))
    mails = mails + [last]
    case = Case(mails, skip=seen(w, mails), facts=[told(last, w.new, w.domain)] if w.fraud else [])
    if w.fraud:
        case.expect = [(last, "bank_account_changed", ("high",), changed(w.old, w.new))]
        case.forbid = [(last, "thread_hijack", "info"), (last, "lookalike_domain", "info")]
    else:
        case.forbid = quiet("bank_account_changed", "thread_hijack")
    return case


def of_department(w):
    """The supplier's mailbox is a department's; the swindler has the same one at a lookalike."""
    role = made.ROLES[w.language]
    name = w.rng.choice([w.company, w.ann.role, f"{w.company} - {w.ann.role}"])
    w.ann = dataclasses.replace(w.ann, name=name, address=f"{role}@{w.domain}")
    double = dataclasses.replace(w.ann, address=f"{role}@{w.lookalike(w.domain)}", client=w.program())
    return takeover(w, double, [("lookalike_domain", ("critical",)), ("thread_hijack", ("critical",)), ("bank_account_changed", ("critical",))])


def of_subdomain(w):
    """The supplier writes from a host of its domain; the swindler from the same host of a lookalike."""
    host = w.rng.choice(["mail", "billing", "fr", "smtp"])
    local = w.ann.address.split("@")[0]
    doubles = dataclasses.replace(w.ann, address=f"{local}@{host}.{w.lookalike(w.domain)}")
    true = dataclasses.replace(w.ann, address=f"{local}@{host}.{w.domain}")
    mails = w.opening()
    last = w.answer(mails[-1], doubles if w.fraud else true, [w.bob], w.letter(demand(w)))
    case = Case(mails + [last], facts=[told(last, w.new, w.domain)] if w.fraud else [])
    if w.fraud:
        case.expect = [(last, code, ("critical",), {}) for code in ("lookalike_domain", "thread_hijack")] + [(last, "bank_account_changed", ("critical",), changed(w.old, w.new))]
    else:
        case.forbid = quiet("bank_account_changed", "lookalike_domain", "thread_hijack", "foreign_sender")
    return case


def two_domains(w):
    """The policy gives two domains to one supplier; in the fraud the second one is nobody's."""
    second = w.lookalike(w.domain)
    local = w.ann.address.split("@")[0]
    mails = w.opening()
    last = w.answer(mails[-1], dataclasses.replace(w.ann, address=f"{local}@{second}"), [w.bob], w.letter(w.say("again", w.present(w.old))))
    domains = [w.domain] if w.fraud else [w.domain, second]
    case = Case(mails + [last], policy={"counterparties": [{"name": w.company, "domains": domains}]})
    if w.fraud:
        case.expect = [(last, "lookalike_domain", ("critical",), {"domain": second}), (last, "thread_hijack", HIGH, {})]
    else:
        case.forbid = quiet("lookalike_domain", "thread_hijack", "bank_account_changed")
    return case


def firm_in_name(w):
    """The own firm's mailbox shows the firm's name, and the account is held by it."""
    w.bob = dataclasses.replace(w.bob, name=w.rng.choice([w.own_company, f"{w.bob.plain} ({w.own_company})", f"{w.own_company} | {w.bob.plain}"]))
    return outbound_details(w)


def once_more(w):
    """The swindler writes twice: the account that a finding is about is no known account, and his address no participant."""
    mails = w.opening()
    double, account = w.imitated(w.ann), w.present(w.new if w.fraud else w.old)
    asks = w.answer(mails[-1], double if w.fraud else w.ann, [w.bob], w.letter(demand(w)))
    agrees = w.answer(asks, w.bob, [asks.sender], w.letter(w.say("reply"), to=w.ann))
    again = w.answer(agrees, asks.sender, [w.bob], w.letter(w.say("pay_to", account)))
    case = Case([*mails, asks, agrees, again])
    if w.fraud:
        case.expect = [(m, "bank_account_changed", ("critical",), changed(w.old, w.new)) for m in (asks, again)]
        case.expect += [(again, "thread_hijack", ("critical",), {}), (again, "lookalike_domain", ("critical",), {}), (agrees, "outbound_to_lookalike", ("critical",), {})]
    else:
        case.forbid = quiet("bank_account_changed", "lookalike_domain", "outbound_to_lookalike")
    return case


def first_account(w):
    """The supplier presents its account late: the first one is new, and no change where none was before."""
    shown_old, shown_new = w.present(w.old), w.present(w.new)
    asks = w.say("pay_to", shown_old)
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), *([asks] if w.fraud else [])))
    second = w.answer(first, w.bob, [w.ann], w.letter(w.say("reply"), to=w.ann))
    last = w.answer(second, w.ann, [w.bob], w.letter(w.say("pay_to", shown_new)))
    case = Case([first, second, last], facts=[told(last, w.new, w.domain)])
    if w.fraud:
        case.expect = [(first, "bank_account_new", ("info",), {}), (last, "bank_account_changed", ("high",), changed(w.old, w.new))]
    else:
        case.expect = [(last, "bank_account_new", ("info",), {})]
        case.forbid = quiet("bank_account_changed")
    return case


def two_accounts(w):
    """A firm with two accounts from the start names its second one; in the fraud a third one."""
    both = [w.say("pay_to", w.present(w.old)), w.present(w.others)]
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), *both))
    second = w.answer(first, w.bob, [w.ann], w.letter(w.say("reply"), to=w.ann))
    third_account, known = w.present(w.new), w.present(w.others)
    last = w.answer(second, w.ann, [w.bob], w.letter(w.say("pay_to", third_account if w.fraud else known)))
    mails = [first, second, last]
    case = Case(mails, skip=seen(w, mails))
    if w.fraud:
        case.expect = [(last, "bank_account_changed", ("high",), {"before": [w.old.value, w.others.value], "after": [w.new.value]})]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def by_stranger(w):
    mails = w.opening()
    asks = w.say("new_here", w.present(w.new, "nobody"))
    last = w.answer(mails[-1], w.stranger, [w.bob], w.letter(asks if w.fraud else w.say("chat")), references=True)
    mails = mails + [last]
    case = Case(mails, skip=seen(w, mails))
    case.expect = [(last, "foreign_sender", ("medium",) if w.fraud else ("info",), {})]
    case.forbid = [] if w.fraud else quiet("bank_account_changed", "thread_hijack")
    return case


def in_attachment(w):
    """The true sender's account in a PDF, .docx or .xlsx."""
    mails = w.opening()
    account = w.new if w.fraud else w.old
    kind = w.rng.choice(list(attachments.KINDS))
    lines = [w.company, w.say("invoice").text.replace("€", "EUR"), "", "IBAN: " + accounts.grouped(account.value)] if account.kind == "iban" else [w.company, *w.present(account).text.split("\n")]
    last = w.answer(mails[-1], w.ann, [w.bob], w.letter(w.say("chat")), attachments=(attachments.KINDS[kind](w.rng.choice(["facture", "invoice", "r\u00e9capitulatif"]), lines),))
    case = Case(mails + [last], facts=[told(last, account, w.domain)])
    if w.fraud:
        case.expect = [(last, "bank_account_changed", ("high",), changed(w.old, account))]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def in_subject(w):
    """The account in the subject of an answer."""
    mails = w.opening()
    account = w.new if w.fraud else w.old
    sender = w.rng.choice([w.ann, w.imitated(w.ann)])
    if account.kind != "iban":
        return by_true_address(w)
    subject = f"RE: {w.base_subject} - IBAN {accounts.grouped(account.value)}"
    last = w.answer(mails[-1], sender if w.fraud else w.ann, [w.bob], w.letter(w.say("chat")), subject=subject, references=w.rng.random() < 0.5)
    mails = mails + [last]
    case = Case(mails, skip=seen(w, mails) if w.base_subject in quoted(last)[0] else ())
    if w.fraud:
        case.expect = [(last, "bank_account_changed", HIGH, {"after": [account.value]})]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def own_account_of_payer(w):
    """The payer names the account that it paid from; in the fraud the supplier's answer asks for another one."""
    mails = w.opening()
    paid = w.answer(mails[-1], w.bob, [w.ann], w.letter(w.say("paid_from", shown(accounts.grouped(w.payers.value))), to=w.ann))
    mails = mails + [paid, w.answer(paid, w.ann, [w.bob], w.letter(demand(w)))]
    case = Case(mails, skip=seen(w, mails))
    if w.fraud:
        case.expect = [(mails[-1], "bank_account_changed", ("high",), changed(w.old, w.new))]
        case.forbid = [(paid, "bank_account_changed", "info")]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def of_the_payer(w):
    """The supplier names the account that it debits or was paid from, or the payer its own for a refund: neither is the supplier's."""
    mails = w.opening()
    refund = w.rng.random() < 0.4
    named = w.say("refund" if refund else "of_reader", shown(accounts.grouped(w.payers.value)), w.ann if refund else w.bob)
    demands = w.say("pay_to", w.present(w.new))
    sender, to = (w.bob, w.ann) if refund and not w.fraud else (w.ann, w.bob)
    last = w.answer(mails[-1], sender, [to], w.letter(demands if w.fraud else named, to=to))
    mails = mails + [last]
    case = Case(mails, skip=seen(w, mails))
    if w.fraud:
        case.expect = [(last, "bank_account_changed", ("high",), changed(w.old, w.new))]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def in_signature(w):
    """The account stands among the lines of the signature alone."""
    mails = w.opening()
    account = w.new if w.fraud else w.old
    if account.kind != "iban":
        return by_true_address(w)
    foot = shown(f"{w.company} | IBAN {accounts.grouped(account.value)}")
    last = w.answer(mails[-1], w.ann, [w.bob], [*w.letter(w.say("chat")), foot])
    case = Case(mails + [last], facts=[told(last, account, w.domain)])
    if w.fraud:
        case.expect = [(last, "bank_account_changed", ("high",), changed(w.old, account))]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def second_company(w):
    """Another firm of the conversation presents its own account; in the fraud its lookalike presents a new one."""
    first, second = w.opening(cc=[w.eve])
    shown_others = w.present(w.others, w.other_company)
    third = w.answer(second, w.eve, [w.bob], w.letter(w.say("pay_to", shown_others)), cc=[w.ann])
    imitated, new = w.imitated(w.eve), w.present(w.new, w.other_company)
    again = w.present(w.others, w.other_company)
    last = w.answer(third, imitated if w.fraud else w.eve, [w.bob], w.letter(w.say("pay_to", new) if w.fraud else w.say("again", again)))
    case = Case([first, second, third, last], forbid=[(third, "bank_account_changed", "info"), (third, "*", "high")])
    if w.fraud:
        case.expect = [(last, "bank_account_changed", ("critical",), changed(w.others, w.new)), (last, "thread_hijack", ("critical",), {})]
        case.facts = [told(last, w.new, w.other_domain)]
    else:
        case.forbid += quiet("bank_account_changed")
    return case


def of_ledger(w):
    """The policy's ledger knows the account; one mail presents another one."""
    old = accounts.grouped(w.old.value) if w.old.kind == "iban" else w.old.value
    account = w.new if w.fraud else w.old
    mail = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", w.present(account))))
    if w.old.kind != "iban":
        return by_true_address(w)
    case = Case([mail], policy={"counterparties": [{"name": w.company, "domains": [w.domain], "accounts": [{"value": old}]}]})
    if w.fraud:
        case.expect = [(mail, "bank_account_changed", ("high",), changed(w.old, w.new))]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def of_memory(w):
    """An earlier run knew the account."""
    earlier = w.opening()
    w.later(24 * 9)
    account = w.new if w.fraud else w.old
    mail = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", w.present(account))), subject="2. " + w.base_subject)
    case = Case([mail], earlier=earlier)
    if w.fraud:
        case.expect = [(mail, "bank_account_changed", ("medium", "high"), changed(w.old, w.new))]
    else:
        case.forbid = quiet("bank_account_changed")
    return case


def asked_bare(w):
    """A change that is announced without an account; the twin tells of another change."""
    mails = w.opening()
    bare, other = w.say("change_bare"), w.say("no_change")
    last = w.answer(mails[-1], w.ann, [w.bob], w.letter(bare if w.fraud else other))
    case = Case(mails + [last])
    if w.fraud:
        case.expect = [(last, "bank_change_request", ("medium",), {})]
    else:
        case.forbid = quiet("bank_change_request", "bank_account_changed")
    return case


# --- quoted history ----------------------------------------------------------------------------------------------------------------------

def alteration(w, what):
    """(words of the first mail that hold it, old, new) of what is changed in the quoted copy."""
    if what == "account":
        number = {"iban": accounts.grouped, "uk": lambda value: value[6:], "us": lambda value: value[9:]}[w.old.kind]
        label = {"iban": "IBAN: ", "uk": f"Sort code: {accounts.grouped(w.old.value[:6], 2, '-')}\nAccount number: ",
                 "us": f"Routing number (ABA): {w.old.value[:9]}\nAccount number: "}[w.old.kind]
        old, new = number(w.old.value), number(w.account(w.old.kind, w.old.country).value)
        return w.say("pay_to", shown(label + old)), old, new
    if what == "amount":
        return shown(""), w.amount, w.money(w.rng.randint(100, 180), w.rng.randint(100, 999), w.rng.randint(10, 99))
    if what == "address":
        return shown(f"E-mail: {w.carl.address}"), w.carl.address, w.imitated(w.carl).address
    if what == "phone":
        return shown(w.carl.phone), w.phone(1), w.phone(6)
    return shown(f"https://portal.{w.domain}/pay/{w.invoice}"), f"https://portal.{w.domain}/", f"https://portal.{w.lookalike(w.domain)}/"


def history_altered(w):
    """The supplier's answer quotes its first mail; one thing in the copy is another."""
    what = w.rng.choice(["account", "account", "amount", "amount", "address", "phone", "link"])
    words, old, new = alteration(w, what)
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), *([words] if words.text else [])), signed=what != "phone")
    if old not in first.blocks[1].text + words.text:
        first.blocks[1:1] = [shown(old)]
    second = w.answer(first, w.bob, [w.ann], w.letter(w.say("reply"), to=w.ann))
    third = w.answer(second, w.ann, [w.bob], w.letter(w.say("chat")), edits=((old, new),) if w.fraud else ())
    case = Case([first, second, third], skip=(second,) if w.rng.random() < 0.4 else ())
    if w.fraud:
        severity = {"account": "critical", "link": "low"}.get(what, "high")
        case.expect = [(third, "quoted_history_altered", (severity,), {})]
    else:
        case.forbid = quiet("quoted_history_altered")
    return case


def harmless(w, mail):
    """The same mail as a client or a gateway shows it: with a banner, in another zone, with other line ends."""
    banner = shown("[EXTERNAL] This message came from outside the organisation. Do not click links unless you know the sender.")
    kind = w.rng.choice(["banner", "zone", "wrap"])
    if kind == "banner":
        return dataclasses.replace(mail, blocks=[banner] + mail.blocks)
    if kind == "zone":
        return dataclasses.replace(mail, date=mail.date.astimezone(datetime.timezone(datetime.timedelta(hours=w.rng.choice([0, 3, 5])))))
    return dataclasses.replace(mail, blocks=[Shown("\n".join(textwrap.wrap(b.text, 50)), b.html) for b in mail.blocks])


def harmless_copy(w):
    """The copy differs from its original as copies do; in the fraud two groups of its account are others as well."""
    value, new = accounts.grouped(w.others.value), accounts.grouped(accounts.iban(w.rng, w.others.country).value)
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), shown("IBAN: " + value)))
    second = w.answer(first, w.bob, [w.ann], w.letter(w.say("reply"), to=w.ann))
    copied = dataclasses.replace(second, parent=harmless(w, first))
    third = w.answer(copied, w.ann, [w.bob], w.letter(w.say("chat")), edits=((value, new),) if w.fraud else ())
    case = Case([first, second, third])
    if w.fraud:
        case.expect = [(third, "quoted_history_altered", ("critical",), {})]
    else:
        case.forbid = quiet("quoted_history_altered")
    return case


# --- identities --------------------------------------------------------------------------------------------------------------------------

def swapped(w):
    """An answer goes to a participant's double, the participant himself is left out."""
    first, second = w.opening(cc=[w.eve, w.boss])
    free = w.rng.random() < 0.4
    double = w.free_mail_twin(w.eve) if free else w.imitated(w.eve)
    whom = double if w.fraud else w.eve
    to, cc = w.rng.choice([([w.bob], [whom]), ([w.bob, whom], []), ([w.bob], [w.boss, whom])])
    last = w.answer(second, w.ann, to, w.letter(w.say("chat")), cc=cc)
    case = Case([first, second, last])
    if w.fraud:
        case.expect = [(last, "participant_swapped", ("medium",) if free else ("high",), {})]
        case.expect += [] if free else [(last, "lookalike_domain", MEDIUM_UP, {})]
    else:
        case.forbid = quiet("participant_swapped", "lookalike_domain")
    return case


def reply_elsewhere(w):
    """Reply-To leads to the sender's double, or to another organisation; in the twin to a colleague."""
    mails = w.opening()
    kind = w.rng.choice(["lookalike", "free", "other"])
    double = {"lookalike": w.imitated(w.ann), "free": w.free_mail_twin(w.ann), "other": w.stranger}[kind]
    whom = double if w.fraud else w.carl
    last = w.answer(mails[-1], w.ann, [w.bob], w.letter(w.say("chat")), fields=(("Reply-To", whom.address),))
    mails = mails + [last]
    case = Case(mails, skip=seen(w, mails))
    if w.fraud:
        case.expect = [(last, "reply_to_mismatch", ("low",) if kind == "other" else ("high",), {})]
        case.expect += [(last, "lookalike_domain", HIGH, {})] if kind == "lookalike" else []
    else:
        case.forbid = quiet("reply_to_mismatch", "lookalike_domain")
    return case


def known_people(w):
    return {"own": {"domains": [w.own], "people": [{"name": w.boss.name, "addresses": [w.boss.address], "role": "authority"}]}}


def boss_from_outside(w):
    """The director's name on a free-mail address, in haste; in the twin the director's own address."""
    words = w.say("pressure")
    whom = w.free_mail_twin(w.boss) if w.rng.random() < 0.6 else dataclasses.replace(w.stranger, name=w.boss.name)
    sender = whom if w.fraud else w.boss
    mail = w.write(sender, [w.bob], w.letter(words), subject=w.names[3], signed=False, received=w.fraud)
    case = Case([mail], policy=known_people(w))
    if w.fraud:
        case.expect = [(mail, "display_name_spoof", MEDIUM_UP, {}), (mail, "payment_pressure", ("high",), {})]
    else:
        case.forbid = quiet("display_name_spoof")
    return case


def boss_by_service(w):
    """A service that writes in the director's name is no double; the same words under the bare name are."""
    service = dataclasses.replace(w.stranger, name=f"{w.boss.plain} via Docs Share", address="no-reply@docs-share.example")
    double = dataclasses.replace(w.stranger, name=w.boss.plain, address="office.park@docs-share.example")
    mail = w.write(double if w.fraud else service, [w.bob], w.letter(w.say("pressure_no")), signed=False)
    case = Case([mail], policy=known_people(w))
    if w.fraud:
        case.expect = [(mail, "display_name_spoof", MEDIUM_UP, {})]
    else:
        case.forbid = [(None, "*", "high"), (None, "display_name_spoof", "medium")]
    return case


def list_reply(w):
    """A mailing list leads answers to itself, and its fields say so."""
    listed = (("List-Id", "Purchasing <buyers.lists.nobody-known.example>"), ("List-Post", "<mailto:buyers@lists.nobody-known.example>"),
              ("List-Unsubscribe", "<mailto:buyers-leave@lists.nobody-known.example>"), ("Precedence", "list"))
    fields = (("Reply-To", "buyers@lists.nobody-known.example"),) + (() if w.fraud else listed)
    mail = w.write(w.ann, [w.bob], w.letter(w.say("no_change")), fields=fields)
    case = Case([mail])
    if w.fraud:
        case.expect = [(mail, "reply_to_mismatch", ("low",), {})]
        case.forbid = [(None, "*", "high")]
    else:
        case.forbid = quiet("reply_to_mismatch")
    return case


def calm_boss(w):
    """Haste and secrecy from the director's own address are low; the twin's words are neither."""
    words = w.say("pressure" if w.fraud else "pressure_no")
    mail = w.write(w.boss, [w.bob], w.letter(words), subject=w.names[3])
    return Case([mail], policy=known_people(w), expect=[(mail, "payment_pressure", ("low",), {})] if w.fraud else [], forbid=[(None, "*", "high")] + ([] if w.fraud else quiet("payment_pressure")))


RESULTS = {
    "postfix": "mx.{own}; dmarc={r} (p=reject dis=none) header.from={domain}",
    "opendmarc": "mx.{own};\r\n\tdkim={k} header.d={domain} header.i=@{domain};\r\n\tspf={k} smtp.mailfrom={domain};\r\n\tdmarc={r} (p=none) header.from={domain}",
    "rspamd": "mx.{own};\r\n\tdkim={k} header.d={domain} header.s=s1 header.b=AbCdEf12;\r\n\tspf={k} (mx.{own}: domain of x@{domain}) smtp.mailfrom=x@{domain};\r\n\tdmarc={r} (policy=none) header.from={domain}",
    "microsoft": "spf={k} (sender IP is 203.0.113.9)\r\n smtp.mailfrom={domain}; dkim={k} (signature)\r\n header.d={domain};dmarc={r} action=none\r\n header.from={domain};compauth={c}",
}


def verdict(w, domain):
    form = w.rng.choice(["postfix", "opendmarc", "rspamd"])
    good = not w.fraud
    return ("Authentication-Results", fill(RESULTS[form], own=w.own, domain=domain, r="pass" if good else "fail", k="pass" if good else "fail").text)


def own_spoofed(w):
    """The own domain in From, from outside; the border says whether DMARC passed."""
    words = w.say("chat")
    mail = w.write(w.boss, [w.bob], w.letter(words), fields=(verdict(w, w.own),), received=True)
    case = Case([mail], policy={"own": {"domains": [w.own]}, "trusted_relays": [f"mx.{w.own}"]})
    if w.fraud:
        case.expect = [(mail, "own_domain_spoofed", ("high",), {})]
    else:
        case.forbid = quiet("own_domain_spoofed")
    return case


def not_authenticated(w):
    mail = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("chat")), fields=(verdict(w, w.domain),))
    case = Case([mail], policy={"trusted_relays": [f"mx.{w.own}"]})
    if w.fraud:
        case.expect = [(mail, "auth_failed", ("medium",), {})]
    else:
        case.forbid = quiet("auth_failed")
    return case


def lookalike_somewhere(w):
    """Each technique in each field, beside a counterparty of the policy; the twin has the true domain there."""
    technique, field = w.rng.choice(list(made.TECHNIQUES)), w.rng.choice(["From", "Sender", "Reply-To", "To", "Cc", "Return-Path"])
    domain = made.TECHNIQUES[technique](w.domain)
    if not domain or domain == w.domain:
        technique, domain = "omission", made.TECHNIQUES["omission"](w.domain)
    domain = domain if w.fraud else w.domain
    whom = dataclasses.replace(w.ann, address=f"{w.ann.address.split('@')[0]}@{domain}")
    sender, to, cc, options = w.eve, [w.bob], [], {}
    if field == "From":
        sender = whom
    elif field == "To":
        to = [w.bob, whom]
    elif field == "Cc":
        cc = [whom]
    elif field == "Return-Path":
        options["return_path"] = whom.address
    else:
        options["fields"] = ((field, whom.address),)
    mail = w.write(sender, to, w.letter(w.say("no_change")), cc=cc, subject=w.other_company, **options)
    case = Case([mail], policy={"counterparties": [{"name": w.company, "domains": [w.domain]}]})
    severe = {"Cc": ("medium",), "Return-Path": ("medium",)}.get(field, ("high",))
    if w.fraud:
        case.expect = [(mail, "lookalike_domain", ("low", *severe) if technique == "tld" else severe, {"domain": domain})]
    else:
        case.forbid = quiet("lookalike_domain")
    return case


def phone_changed(w):
    """The signature's number is another one; with a changed account it is high. The twin writes the number in another way."""
    with_account = w.rng.random() < 0.4
    signer = dataclasses.replace(w.ann, client=w.rng.choice(["outlook", "thunderbird", "gmail", "owa", "roundcube"]))
    w.ann = signer
    mails = w.opening()
    new = dataclasses.replace(signer, phone=w.rng.choice(w.words["phone"]) + w.phone(7))
    same = dataclasses.replace(signer, phone=w.rng.choice(w.words["phone"]) + w.phone(0, 1))
    body = w.letter(w.say("pay_to", w.present(w.new)) if with_account and w.fraud else w.say("chat"))
    last = w.answer(mails[-1], new if w.fraud else same, [w.bob], body)
    case = Case(mails + [last])
    if w.fraud:
        case.expect = [(last, "contact_changed", ("high",) if with_account else ("medium",), {})]
    else:
        case.forbid = quiet("contact_changed")
    return case


# --- the own house -----------------------------------------------------------------------------------------------------------------------

def payroll(w):
    """An employee's salary account, asked from inside or from a private address; the twin asks for a payslip."""
    inside = w.rng.random() < 0.5
    employee = w.boss if inside else w.free_mail_twin(w.boss)
    words, other = w.say("payroll", shown(accounts.grouped(w.others.value))), w.say("payroll_no")
    mail = w.write(employee, [w.bob], w.letter(words if w.fraud else other), subject=w.names[3], received=not inside)
    case = Case([mail])
    if w.fraud:
        case.expect = [(mail, "payroll_change", ("medium",) if inside else ("high",), {})]
    else:
        case.forbid = quiet("payroll_change", "bank_change_request")
    return case


def outbound_double(w):
    """The payer answers the supplier's double; in the twin the supplier."""
    mails = w.opening()
    double = w.imitated(w.ann)
    last = w.answer(mails[0], w.bob, [double if w.fraud else w.ann], w.letter(w.say("reply"), to=w.ann))
    mails = mails + [last]
    case = Case(mails, skip=seen(w, mails))
    if w.fraud:
        case.expect = [(last, "outbound_to_lookalike", ("critical",), {}), (last, "lookalike_domain", HIGH, {})]
    else:
        case.forbid = quiet("outbound_to_lookalike", "lookalike_domain")
    return case


def outbound_details(w):
    """The own firm's invoice with an account that the policy does not hold."""
    account = w.others if w.fraud else w.payers
    mail = w.write(w.bob, [w.ann], w.letter(w.say("invoice"), w.say("pay_to", w.present(account, w.own_company)), to=w.ann))
    case = Case([mail], policy={"own": {"domains": [w.own], "accounts": [{"value": w.payers.value}]}})
    if w.fraud:
        case.expect = [(mail, "outbound_bank_details", ("high",), {})]
    else:
        case.forbid = quiet("outbound_bank_details", "bank_account_changed")
    return case


def auto_forward(w):
    """A rule sends the mailbox's mail on, to free mail or to a colleague."""
    outside = w.free_mail_twin(w.bob)
    whom = outside if w.fraud else w.boss
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("chat")))
    fields = w.rng.choice([(("X-MS-Exchange-Inbox-Rules-Loop", w.bob.address), ("Auto-Submitted", "auto-generated")),
                           (("X-MS-Exchange-Inbox-Rules-Loop", w.bob.address), ("X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent"))])
    mail = w.forward(first, w.bob, [whom], [], signed=False, fields=fields, received=False)
    case = Case([first, mail])
    if w.fraud:
        case.expect = [(mail, "outbound_auto_forward", ("high",), {})]
    else:
        case.forbid = quiet("outbound_auto_forward")
    return case


def handed_on(w):
    """The victim sends the mail of a double on to a colleague, attached or below a line; in the twin the supplier's own."""
    mails = w.opening()
    double = w.imitated(w.ann)
    third = w.answer(mails[-1], double if w.fraud else w.ann, [w.bob], w.letter(demand(w)))
    attached = w.rng.random() < 0.5
    if attached:
        last = w.write(w.bob, [w.boss], w.letter(w.say("chat"), to=w.boss), subject="Fwd: " + third.subject, attachments=(("mail.eml", "message/rfc822", raw(third)),))
    else:
        last = w.forward(third, w.bob, [w.boss], [])
    case = Case([*mails, third, last], skip=(*mails, third) if names(third, w.ann) else (third,))
    if w.fraud:
        case.expect = [(None if attached else last, "lookalike_domain", HIGH, {})]
    else:
        case.forbid = quiet("lookalike_domain", "bank_account_changed")
    return case


# --- how an account is written -----------------------------------------------------------------------------------------------------------

def styled(rng, value):
    """A number of which a filter or a person sees another part: the HTML that hides, and the text beside it."""
    style = rng.choice(["color:#ffffff;background-color:#ffffff", "font-size:0", "display:none", "font-size:0px;line-height:0"])
    return Shown(value, f'{value[:9]}<span style="{style}">{rng.choice("xyzq")}7</span>{value[9:]}')


def hidden(w):
    """An account with something inside it that nobody sees; in the twin the same stands beside it."""
    value = w.others.value
    form = w.rng.choice(list(accounts.HIDDEN_FORMS) + ["style"])
    inside = styled(w.rng, accounts.grouped(value)) if form == "style" else shown(accounts.HIDDEN_FORMS[form](value))
    around = shown(w.rng.choice(["\u200b{0}\u200b", "\u2060{0}", "\ufeff{0}", "{0}\u200b", "\u00ad{0}"]).replace("{0}", accounts.grouped(value)))
    sentence = w.say("pay_to", Shown("IBAN: " + (inside if w.fraud else around).text, "IBAN: " + (inside if w.fraud else around).html))
    mail = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), sentence), **({"bodies": "html"} if form == "style" else {}))
    case = Case([mail], has_plain_words=not w.fraud)
    if w.fraud and inside.text != value:
        case.expect = [(mail, "bank_account_hidden", ("medium",), {})]
    elif not w.fraud:
        case.forbid = quiet("bank_account_hidden", "bank_account_invalid")
        case.facts = [told(mail, w.others, w.domain)]
    return case


def wrong_digit(w):
    """One digit of a labelled account is another one."""
    value = w.others.value
    wrong = value[:-1] + str((int(value[-1]) + 1) % 10)
    mail = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", shown("IBAN: " + accounts.grouped(wrong if w.fraud else value)))))
    case = Case([mail], forbid=[(None, "*", "high")])
    if w.fraud:
        case.expect = [(mail, "bank_account_invalid", ("low",), {})]
    else:
        case.forbid = quiet("bank_account_invalid")
        case.facts = [told(mail, w.others, w.domain)]
    return case


# --- the conversation as a whole ---------------------------------------------------------------------------------------------------------

def without_thread(w):
    """A reply that names no parent and whose quoted mail nobody has; in the twin it is in order."""
    mails = w.opening()
    last = w.answer(mails[-1], w.ann, [w.bob], w.letter(w.say("chat")), references=not w.fraud)
    case = Case(mails + [last], skip=tuple(mails) if w.fraud else ())
    if w.fraud:
        case.expect = [(last, "fake_reply", ("low",), {})]
        case.forbid = [(None, "*", "high")]
    else:
        case.forbid = quiet("fake_reply")
    return case


def two_copies(w):
    """One message in two folders: with two accounts, or the same twice."""
    mail = w.opening()[0]
    other = dataclasses.replace(mail, blocks=[Shown(b.text.replace(w.shown_old.text, "IBAN: " + w.others.value), b.html.replace(w.shown_old.html, "IBAN: " + w.others.value)) for b in mail.blocks])
    case = Case([mail], files=[("copy/second.eml", raw(other if w.fraud else mail))])
    if w.fraud:
        case.expect = [(mail, "copies_differ", ("high",), {})]
    else:
        case.expect = [(mail, "evidence_duplicate", ("info",), {})]
        case.forbid = quiet("copies_differ")
    return case


def invoice_twice(w):
    """One invoice number with two accounts, in two mails of one firm."""
    first = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", w.present(w.old))))
    again = w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", w.present(w.new if w.fraud else w.old))))
    case = Case([first, again])
    if w.fraud:
        case.expect = [(None, "copies_differ", ("high",), {}), (again, "bank_account_changed", ("medium", "high"), changed(w.old, w.new))]
    else:
        case.forbid = quiet("copies_differ", "bank_account_changed")
    return case


def one_missing(w):
    """The mail that the last one answers is not in the export."""
    mails = w.opening()
    last = w.answer(mails[-1], w.ann, [w.bob], w.letter(w.say("chat")))
    case = Case(mails + [last], skip=(mails[1],) if w.fraud else ())
    if w.fraud:
        case.expect = [(None, "message_missing", ("info",), {})]
        case.forbid = [(None, "*", "high")]
    else:
        case.forbid = quiet("message_missing")
    return case


def another_route(w):
    """A sender of a month's mails suddenly writes with another program from another network, and may name another account."""
    with_account = w.rng.random() < 0.5
    clients_of = w.rng.sample(["outlook", "thunderbird", "zimbra", "roundcube"], 2)
    w.ann = dataclasses.replace(w.ann, client=clients_of[0])
    mails = []
    for number in range(12):
        mails.append(w.write(w.ann, [w.bob], w.letter(w.say("no_change")), subject=f"{w.company} {number + 1}"))
        w.later(44)
    mails.insert(0, w.write(w.ann, [w.bob], w.letter(w.say("invoice"), w.say("pay_to", w.present(w.old)))))
    mails[0].date, mails[0].message_id = mails[1].date.replace(hour=7), "<first." + mails[0].message_id[1:]
    account = w.present(w.new if w.fraud else w.old)
    sender = dataclasses.replace(w.ann, client=clients_of[1]) if w.fraud else w.ann
    last = w.write(sender, [w.bob], w.letter(w.say("pay_to", account) if with_account else w.say("chat")), subject=f"{w.company} 13")
    if w.fraud:
        last.received, last.fields = False, tuple(elsewhere(w, last))
        case = Case(mails + [last], expect=[(last, "new_route", ("medium",) if with_account else ("low",), {})])
    else:
        case = Case(mails + [last], forbid=quiet("new_route", "bank_account_changed"))
    return case


def elsewhere(w, mail):
    """Received fields of another server and network than the sender's usual ones."""
    other = dataclasses.replace(mail, received=True)
    moved = ((f"mail.{w.domain}", "smtp.hosting-elsewhere.example"), ("203.0.113.", "192.0.2."), ("198.51.100.", "203.0.113."))
    return [(name, edited(value, moved)) for name, value in route(other)]


# (scene, how often it is drawn)
SCENES = (
    (by_lookalike, 8), (by_free_mail, 4), (by_true_address, 8), (by_stranger, 3), (shared_provider, 3), (once_more, 3), (colleague, 4), (after_fraud, 4), (spoken_of, 5), (altered_and_changed, 5), (of_department, 4), (of_subdomain, 3), (two_domains, 3), (firm_in_name, 2), (first_account, 3),
    (two_accounts, 3), (in_attachment, 3), (in_subject, 3), (own_account_of_payer, 3), (of_the_payer, 5), (in_signature, 3), (second_company, 3), (of_ledger, 3), (of_memory, 3),
    (asked_bare, 4), (history_altered, 8), (harmless_copy, 4), (swapped, 4), (reply_elsewhere, 4), (boss_from_outside, 4), (calm_boss, 2),
    (boss_by_service, 2), (list_reply, 2), (own_spoofed, 2), (not_authenticated, 2), (lookalike_somewhere, 6), (phone_changed, 3),
    (payroll, 3), (outbound_double, 3), (outbound_details, 2), (auto_forward, 2), (handed_on, 4), (hidden, 3), (wrong_digit, 2),
    (without_thread, 2), (two_copies, 2), (invoice_twice, 2), (one_missing, 2), (another_route, 2))
