# SPDX-License-Identifier: Apache-2.0
"""The case's mails as other programs export them: Outlook's .msg, zips, an mbox, a PST. The .eml are the source of truth. For make_corpus.py."""
import email
import email.policy
import re
import zipfile

from make_msg import msg_file
from make_pst import pst_file
from mapi_from_eml import mapi_object

CASE = ("thread/1-facturation", "thread/2-reponse", "thread/3-ok", "fraud/4-transfert")
# What each mail's store holds: who is in the owner's Exchange organisation, which bodies.
KEPT = {
    "thread/1-facturation": {},
    "thread/2-reponse": {"internal": True, "kept": ("text", "rtf")},
    "thread/3-ok": {"kept": ("text", "html")},
    "fraud/4-transfert": {"internal": True},
    "honest/4-meme-rib": {"kept": ("text", "rtf")},
    "same-account/4-iban": {"internal": True},
}
OUTLOOK_NAMES = ("facturation en retard, p\u00e9nalit\u00e9s.msg", "RE_ facturation en retard, p\u00e9nalit\u00e9s.msg",
                 "Re_ facturation en retard, p\u00e9nalit\u00e9s.msg", "TR_ facturation en retard, p\u00e9nalit\u00e9s.msg")


class Exports:
    def __init__(self, folder):
        self.folder = folder

    def eml(self, mail):
        return (self.folder / f"{mail}.eml").read_bytes()

    def write(self, name, content):
        path = self.folder / "exports" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def mapi(self, mail):
        return mapi_object(self.eml(mail), **KEPT[mail])

    def msgs(self):
        for mail in KEPT:
            twin, name = mail.split("/")
            folder = "msg" if mail in CASE else f"msg-{twin}"
            self.write(f"{folder}/{name}.msg", msg_file(self.mapi(mail)))
        sent = mapi_object(self.eml(CASE[1]), internal=True, sent_item=True)
        self.write("msg-sent-item/2-reponse.msg", msg_file(sent))

    def zips(self):
        names = [f"export/{mail.split('/')[1]}.eml" for mail in CASE]
        self.zip("case.zip", zip(names, map(self.eml, CASE)))
        self.zip("case-msg.zip", zip(OUTLOOK_NAMES, (msg_file(self.mapi(mail)) for mail in CASE)))

    def zip(self, name, members):
        path = self.folder / "exports" / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
            for member, content in members:
                info = zipfile.ZipInfo(member, (2018, 4, 6, 9, 0, 0))
                info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
                out.writestr(info, content)

    def mbox(self):
        self.write("case.mbox", b"".join(mbox_entry(self.eml(mail)) for mail in CASE))

    def pst(self):
        self.write("case.pst", pst_file([self.mapi(mail) for mail in CASE]))


def mbox_entry(raw):
    """mboxrd: a From_ line, lines that begin like one (after any `>`) with a further `>`, a blank line at the end."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    moment = mail["Date"].datetime.strftime("%a %b %e %H:%M:%S %Y")
    quoted = re.sub(rb"^(>*From )", rb">\1", raw, flags=re.M)
    return f"From {mail['From'].addresses[0].addr_spec} {moment}\n".encode() + quoted + b"\n"


def write_exports(folder):
    exports = Exports(folder)
    exports.msgs()
    exports.zips()
    exports.mbox()
    exports.pst()
