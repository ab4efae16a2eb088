# SPDX-License-Identifier: Apache-2.0
"""What a case promises, and what most scenes share: the conversation so far, the words that demand payment."""
import dataclasses

from fraud_cases import accounts
from fraud_cases.mails import full, shown

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
