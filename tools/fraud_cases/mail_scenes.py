# SPDX-License-Identifier: Apache-2.0
"""Scenes about everything else: quoted histories, identities, the own house, how accounts are written, whole conversations."""
import dataclasses
import datetime
import textwrap

from fraud_cases import accounts, world as made
from fraud_cases.mails import Shown, edited, fill, raw, route, shown
from fraud_cases.promises import Case, HIGH, MEDIUM_UP, quiet, changed, told, names, seen, demand


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


def firm_in_name(w):
    """The own firm's mailbox shows the firm's name, and the account is held by it."""
    w.bob = dataclasses.replace(w.bob, name=w.rng.choice([w.own_company, f"{w.bob.plain} ({w.own_company})", f"{w.own_company} | {w.bob.plain}"]))
    return outbound_details(w)


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
