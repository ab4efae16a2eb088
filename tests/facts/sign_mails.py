#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Signs mails with signers that are not ours (Debian's python3-dkim and opendkim-tools) into FOLDER, with throw-away keys.

Writes NAME.eml (lines end with CR LF) for each mail and `keys`, the selector records as a zone file and as plain lines.
Exit status 77: the signers are not installed.
"""
import base64
import pathlib
import shutil
import subprocess
import sys

try:
    import dkim
    import nacl.signing
except ImportError:
    sys.exit(77)
if not shutil.which("openssl"):
    sys.exit(77)

HEADER = (b"From: Ann <ann@mail.firm.example>\r\nTo: bob@own.example\r\nSubject:  Facture \t 42\r\n  suite\r\n"
          b"Date: Thu, 5 Apr 2018 10:37:00 +0200\r\nMessage-ID: <1@firm.example>\r\n")
TEXT = b"Bonjour,  \t \r\n\r\n>From here to there.\r\nFrom now on\r\n-- \r\nAnn  \r\n\r\n\r\n"
PLAIN = HEADER + b"\r\n" + TEXT
EMPTY = HEADER + b"\r\n"
ALTERNATIVE = (HEADER + b"MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"=_b\"\r\n\r\n"
               b"--=_b\r\nContent-Type: text/plain\r\n\r\nBonjour\r\n--=_b\r\nContent-Type: text/html\r\n"
               b"Content-Transfer-Encoding: base64\r\n\r\n" +
               b"".join(base64.b64encode(b"<p>Bonjour</p>" * 40)[i:i + 76] + b"\r\n" for i in range(0, 752, 76)) +
               b"--=_b--\r\n")
LATIN = HEADER + b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" \
                 b"R\xc3\xa9gl\xc3\xa9 = 100 %\r\n"
FIELDS = [b"from", b"to", b"subject", b"date", b"message-id"]


def main():
    folder = pathlib.Path(sys.argv[1])
    rsa_file = folder / "rsa.pem"
    subprocess.run(["openssl", "genrsa", "-traditional", "-out", str(rsa_file), "1024"], check=True, stderr=subprocess.DEVNULL)
    public = subprocess.run(["openssl", "rsa", "-in", str(rsa_file), "-pubout", "-outform", "DER"], check=True,
                            capture_output=True).stdout
    rsa = rsa_file.read_bytes()
    seed = nacl.signing.SigningKey.generate()
    p_rsa = base64.b64encode(public).decode()
    p_ed = base64.b64encode(bytes(seed.verify_key)).decode()
    (folder / "keys").write_text(
        f'; collected by the test\n$ORIGIN firm.example.\nrsa._domainkey\tIN\tTXT\t( "v=DKIM1; k=rsa; "\n'
        f'\t  "p={p_rsa[:100]}"\n\t  "{p_rsa[100:]}" )  ; ----- DKIM key rsa for firm.example\n'
        f"ed._domainkey.firm.example v=DKIM1; k=ed25519; p={p_ed}\nfirm.example\topen\tv=DKIM1; k=rsa; p={p_rsa}\n")

    def sign(name, message, header, body, algorithm=b"rsa-sha256", length=False):
        ed = algorithm.startswith(b"ed25519")
        field = dkim.sign(message, b"ed" if ed else b"rsa", b"firm.example", base64.b64encode(bytes(seed)) if ed else rsa,
                          canonicalize=(header, body), signature_algorithm=algorithm, include_headers=FIELDS, length=length)
        (folder / f"{name}.eml").write_bytes(field + message)

    for header in (b"simple", b"relaxed"):
        for body in (b"simple", b"relaxed"):
            sign(f"plain-{header.decode()}-{body.decode()}", PLAIN, header, body)
            sign(f"empty-{header.decode()}-{body.decode()}", EMPTY, header, body)
    sign("plain-ed25519", PLAIN, b"relaxed", b"relaxed", b"ed25519-sha256")
    sign("plain-sha1", PLAIN, b"relaxed", b"relaxed", b"rsa-sha1")
    sign("plain-length", PLAIN, b"relaxed", b"simple", length=True)
    sign("alternative", ALTERNATIVE, b"relaxed", b"simple")
    sign("latin", LATIN, b"relaxed", b"relaxed")
    if shutil.which("opendkim-testmsg"):
        signed = subprocess.run(["opendkim-testmsg", "-d", "firm.example", "-k", str(rsa_file), "-s", "open", "-C"], input=PLAIN,
                                capture_output=True)
        if signed.returncode == 0:
            (folder / "opendkim.eml").write_bytes(signed.stdout)


main()
