# SPDX-License-Identifier: Apache-2.0
"""Parsers of others that tools/bench --peers compares, where they are installed: each reads every file and decodes every part."""
import pathlib
import shutil
import subprocess
import sys

PYTHON = """
import email, email.policy, pathlib, sys
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.eml")):
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.compat32)
    for part in message.walk():
        part.get_payload(decode=True)
"""
NODE = """
const fs = require('fs'), path = require('path');
let parse;
try { parse = require('mailparser').simpleParser; } catch (error) { process.exit(9); }
(async () => {
  for (const name of fs.readdirSync(process.argv[2]).sort()) {
    try { await parse(fs.readFileSync(path.join(process.argv[2], name))); } catch (error) {}
  }
})();
"""


def python_email(folder):
    return [sys.executable, "-c", PYTHON, str(folder)]


def node_mailparser(folder):
    return ["node", "-e", NODE, "--", "bench", str(folder)]


def has_mailparser():
    if shutil.which("node") is None:
        return False
    here = str(pathlib.Path(__file__).parent)
    return subprocess.run(node_mailparser(here + "/none"), stderr=subprocess.DEVNULL, check=False).returncode not in (9, 127)


def rspamd(folder):
    mails = [str(path) for path in sorted(pathlib.Path(folder).rglob("*.eml"))]
    return ["rspamadm", "mime", "extract", "--text", *(mails or ["/dev/null"])]


def installed():
    """Name and command over a folder of each. They take mails apart and decode them; none analyses. rspamd's own scanner answers a
    network protocol by rules of its own; its parser is asked through rspamadm."""
    peers = [("Python email", python_email)]
    if has_mailparser():
        peers.append(("npm mailparser", node_mailparser))
    else:
        print("tools/bench: npm mailparser is not installed (npm install mailparser; NODE_PATH)", file=sys.stderr)
    if shutil.which("rspamadm"):
        peers.append(("rspamadm mime extract", rspamd))
    else:
        print("tools/bench: rspamadm is not installed (Debian: rspamd)", file=sys.stderr)
    return peers
