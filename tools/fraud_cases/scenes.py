# SPDX-License-Identifier: Apache-2.0
"""The scenes: each writes the mails of one case and the promises of docs/findings.md that follow from how it was made.

A scene is `scene(world) -> Case`, run twice with the same draws: with `world.fraud` set and as its benign twin, which differs in the sign
alone. `SCENES` is the table of them. In `Case`:
- expect: (message, code, severities, evidence) that must be there, evidence is {} or {"before": [values], "after": [values]};
- forbid: (message or None, code or "*", severity) nothing of this code at this severity or more;
- facts: (message, {level: [account values]}, side) the accounts that explain must tell, and for whom.
"""
from fraud_cases import account_scenes, mail_scenes

# (scene, how often it is drawn)
SCENES = (
    (account_scenes.by_lookalike, 8), (account_scenes.by_free_mail, 4), (account_scenes.by_true_address, 8),
    (account_scenes.by_stranger, 3), (account_scenes.shared_provider, 3), (account_scenes.once_more, 3), (account_scenes.colleague, 4),
    (account_scenes.after_fraud, 4), (account_scenes.spoken_of, 5), (account_scenes.altered_and_changed, 5),
    (account_scenes.of_department, 4), (account_scenes.of_subdomain, 3), (account_scenes.two_domains, 3), (mail_scenes.firm_in_name, 2),
    (account_scenes.first_account, 3), (account_scenes.two_accounts, 3), (account_scenes.in_attachment, 3), (account_scenes.in_subject, 3),
    (account_scenes.own_account_of_payer, 3), (account_scenes.of_the_payer, 5), (account_scenes.in_signature, 3),
    (account_scenes.second_company, 3), (account_scenes.of_ledger, 3), (account_scenes.of_memory, 3), (account_scenes.asked_bare, 4),
    (mail_scenes.history_altered, 8), (mail_scenes.harmless_copy, 4), (mail_scenes.swapped, 4), (mail_scenes.reply_elsewhere, 4),
    (mail_scenes.boss_from_outside, 4), (mail_scenes.calm_boss, 2), (mail_scenes.boss_by_service, 2), (mail_scenes.list_reply, 2),
    (mail_scenes.own_spoofed, 2), (mail_scenes.not_authenticated, 2), (mail_scenes.lookalike_somewhere, 6), (mail_scenes.phone_changed, 3),
    (mail_scenes.payroll, 3), (mail_scenes.outbound_double, 3), (mail_scenes.outbound_details, 2), (mail_scenes.auto_forward, 2),
    (mail_scenes.handed_on, 4), (mail_scenes.hidden, 3), (mail_scenes.wrong_digit, 2), (mail_scenes.without_thread, 2),
    (mail_scenes.two_copies, 2), (mail_scenes.invoice_twice, 2), (mail_scenes.one_missing, 2), (mail_scenes.another_route, 2),
)
