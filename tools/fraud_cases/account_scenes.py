# SPDX-License-Identifier: Apache-2.0
"""Scenes about the account that is presented: changed in a conversation, spoken of, the payer's own, of the ledger. See scenes."""
import dataclasses

from fraud_cases import accounts, attachments, world as made
from fraud_cases.mails import quoted, shown
from fraud_cases.promises import Case, HIGH, quiet, changed, told, seen, chatted, demand


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
