#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes corpus/kit-de-survie/logs: the logs of the day of the case, invented, and those of its benign twin.

attack: somebody guesses the password of P. QuiDoitPayer's account, signs in from another country, hides mails by a rule, reads the
conversation; a third party's server sends the fraud; the victim answers it, and the answer is deleted. travel: the same account
signs in from the same country because its owner is there, reads the same mails and files a newsletter.
Names are the case's own, addresses of the documentation networks.
"""
import csv
import io
import json
import pathlib
from datetime import datetime, timedelta

ROOT = pathlib.Path(__file__).resolve().parent.parent / "corpus" / "kit-de-survie" / "logs"
OWN = "meridienne-groupe.example"
FALSE = "meridiene-groupe.example"
P = f"p.quidoitpayer@{OWN}"
F = f"f.lecomptable@{OWN}"
MAIL1 = "<356A192B7913B04C54574D18C28D46E6@AM0PR05MB4101.eurprd05.prod.outlook.com>"
MAIL2 = "<DA4B9237BACCCDF19C0760CAB7AEC4A8@DB7PR05MB5202.eurprd05.prod.outlook.com>"
MAIL3 = "<77DE68DAECD823BABBB58EDB1C8E14D7@AM0PR05MB4101.eurprd05.prod.outlook.com>"
FRAUD = "<1b6453892473a467d07372d45eb05abc@webmail.hebergeur.example>"
ANSWER = "<0E1F5A2C9B7D4836AF00C1D2E3F40516@DB7PR05MB5202.eurprd05.prod.outlook.com>"
SUBJECT = "facturation en retard, p\u00e9nalit\u00e9s"
HOME = "192.0.2.44"
AWAY = "203.0.113.77"


def at(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S")


def sign_in(when, user, address, country, city, error=0, reason="Other.", client="Browser", session=""):
    return {
        "id": f"{user[:1]}-{when:%m%d%H%M%S}", "createdDateTime": f"{when:%Y-%m-%dT%H:%M:%SZ}", "userDisplayName": user.split("@")[0],
        "userPrincipalName": user, "appDisplayName": "Outlook Web App", "ipAddress": address, "clientAppUsed": client, "sessionId": session,
        "conditionalAccessStatus": "notApplied", "status": {"errorCode": error, "failureReason": reason},
        "deviceDetail": {"browser": "Edge 16", "operatingSystem": "Windows 10"}, "location": {"city": city, "countryOrRegion": country},
    }


def baseline():
    """Three weeks of office days of two accounts, with the interrupts that every tenant has."""
    records = []
    for day in range(15, 36):
        when = datetime(2018, 3, 1, 6, 55, 3) + timedelta(days=day)
        if when.weekday() > 4 or when > at("2018-04-05 00:00:00"):
            continue
        for user, shift in ((P, 0), (F, 420)):
            start = when + timedelta(seconds=shift)
            records.append(sign_in(start, user, HOME, "FR", "Lille", 50140, "Keep me signed in interrupt"))
            records.append(sign_in(start + timedelta(seconds=9), user, HOME, "FR", "Lille"))
            records.append(sign_in(start + timedelta(hours=6), user, HOME, "FR", "Lille"))
    return records


def audit(when, operation, user, **more):
    audit.count += 1
    record = {"CreationTime": f"{when:%Y-%m-%dT%H:%M:%S}", "Id": f"00000000-0000-4000-8000-{audit.count:012d}", "Operation": operation,
              "OrganizationId": "00000000-0000-4000-8000-0000000000aa", "RecordType": 2, "ResultStatus": "Succeeded", "UserKey": "k",
              "UserType": 0, "Version": 1, "Workload": "Exchange", "UserId": user}
    record.update(more)
    return record


audit.count = 0


def pairs(**values):
    return [{"Name": name, "Value": value} for name, value in values.items()]


def bind(when, user, address, session, ids):
    return audit(when, "MailItemsAccessed", user, ClientIPAddress=address, SessionId=session, ClientInfoString="Client=OWA;Action=ViaProxy",
                 MailboxOwnerUPN=user, LogonType=0, OperationProperties=pairs(MailAccessType="Bind", IsThrottled="False"),
                 Folders=[{"FolderItems": [{"InternetMessageId": one} for one in ids], "Id": "LgAA", "Path": "\\Inbox"}], OperationCount=len(ids))


def noise():
    system = "NT AUTHORITY\\SYSTEM (Microsoft.Exchange.ServiceHost)"
    return [
        audit(at("2018-04-05 03:10:00"), "Set-Mailbox", system, UserType=3, ObjectId=P, Parameters=pairs(Identity=P, IssueWarningQuota="98 GB")),
        audit(at("2018-04-05 03:11:00"), "Set-Mailbox", system, UserType=3, ObjectId=F, Parameters=pairs(Identity=F, ForwardingSmtpAddress="")),
        bind(at("2018-04-05 08:40:12"), P, HOME, "s-office", [MAIL1]),
        bind(at("2018-04-05 08:52:30"), F, HOME, "s-f", [MAIL2]),
        audit(at("2018-04-05 07:05:00"), "MailItemsAccessed", P, ClientIPAddress=HOME, SessionId="s-office", MailboxOwnerUPN=P,
              OperationProperties=pairs(MailAccessType="Sync", IsThrottled="False"), Item={"ParentFolder": {"Path": "\\Inbox"}}),
    ]


def attack_audit():
    session = "0c7d-attack"
    who = {"ClientIP": f"{AWAY}:50122", "SessionId": session}
    records = noise() + [
        audit(at("2018-04-05 09:02:31"), "UserLoginFailed", P, ResultStatus="Success", Workload="AzureActiveDirectory", RecordType=15,
              ClientIP=AWAY, LogonError="InvalidUserNameOrPassword", ErrorNumber="50126"),
        audit(at("2018-04-05 09:03:40"), "UserLoggedIn", P, Workload="AzureActiveDirectory", RecordType=15, ClientIP=AWAY,
              DeviceProperties=pairs(OS="Windows 10", SessionId=session), ExtendedProperties=pairs(UserAgent="Mozilla/5.0")),
        audit(at("2018-04-05 09:06:02"), "New-InboxRule", P, RecordType=1, ObjectId=f"{P}\\.", **who,
              Parameters=pairs(Name=".", SubjectOrBodyContainsWords="facturation;virement;RIB", MoveToFolder="Flux RSS", MarkAsRead="True",
                               StopProcessingRules="True")),
        bind(at("2018-04-05 09:08:10"), P, f"{AWAY}:50122", session, [MAIL1.lower()]),
        bind(at("2018-04-05 09:09:47"), P, AWAY, session, [MAIL2.strip("<>"), MAIL3]),
        bind(at("2018-04-05 09:52:20"), P, AWAY, session, [FRAUD]),
        audit(at("2018-04-05 10:05:12"), "Send", P, ClientIP=f"{HOME}:443", ClientIPAddress=HOME, SessionId="s-office", MailboxOwnerUPN=P,
              Item={"InternetMessageId": ANSWER, "Subject": f"RE: {SUBJECT}", "ParentFolder": {"Path": "\\Drafts"}, "SizeInBytes": 9211}),
        audit(at("2018-04-05 10:21:00"), "HardDelete", P, ClientIPAddress=AWAY, SessionId=session, MailboxOwnerUPN=P, Folder={"Path": "\\Sent Items"},
              AffectedItems=[{"InternetMessageId": ANSWER, "Subject": f"RE: {SUBJECT}", "ParentFolder": {"Path": "\\Sent Items"}}]),
    ]
    return records + [records[7], records[8]]  # exports repeat records


def travel_audit():
    session = "1d8e-hotel"
    return noise() + [
        audit(at("2018-04-05 09:06:02"), "New-InboxRule", P, RecordType=1, ObjectId=f"{P}\\Lettres", ClientIP=f"{AWAY}:50122", SessionId=session,
              Parameters=pairs(Name="Lettres d'information", FromAddressContainsWords="lettre@salon.example", MoveToFolder="Lettres")),
        bind(at("2018-04-05 09:08:10"), P, f"{AWAY}:50122", session, [MAIL1]),
        bind(at("2018-04-05 09:09:47"), P, AWAY, session, [MAIL2, MAIL3]),
    ]


def write_audit(folder, records):
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(["RecordType", "CreationDate", "UserIds", "Operations", "AuditData", "ResultIndex", "ResultCount", "Identity", "IsValid", "ObjectState"])
    for number, record in enumerate(records, 1):
        local = at(record["CreationTime"].replace("T", " ")) + timedelta(hours=2)
        table.writerow([record["RecordType"], f"{local:%d/%m/%Y %H:%M:%S}", record["UserId"], record["Operation"], json.dumps(record, ensure_ascii=False),
                        number, len(records), record["Id"], "True", "Unchanged"])
    (folder / "audit.csv").write_bytes(("\ufeff" + out.getvalue()).encode())


def write_trace(folder, rows):
    out = io.StringIO()
    table = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(["PSComputerName", "MessageTraceId", "MessageId", "Received", "SenderAddress", "RecipientAddress", "Subject", "Status", "ToIP", "FromIP", "Size"])
    for row in rows:
        table.writerow(["outlook.office365.com", *row])
    (folder / "trace.csv").write_text(out.getvalue(), newline="")


def ordinary_trace():
    return [
        ["a0000001", MAIL1, "2018-04-05T08:37:14.1020304", F, P, SUBJECT, "Delivered", "", "", 18211],
        ["a0000002", MAIL2, "2018-04-05T08:50:43.2200000", P, F, f"RE: {SUBJECT}", "Delivered", "", "", 20110],
        ["a0000003", MAIL3, "2018-04-05T08:59:10.0000000", F, P, f"Re: {SUBJECT}", "Delivered", "", "", 21033],
        ["a0000009", "<lettre-77@salon.example>", "2018-04-05T06:00:01.0000000", "lettre@salon.example", P, "Lettre d'avril", "Delivered", "", "198.51.100.20", 51000],
    ]


POSTFIX = """\
2018-04-05T11:45:29.101201+02:00 mx1 postfix/smtpd[2201]: connect from mx.hebergeur.example[198.51.100.61]
2018-04-05T11:45:29.402210+02:00 mx1 postfix/smtpd[2201]: 40gkXJ2LqYz9vWm: client=mx.hebergeur.example[198.51.100.61]
2018-04-05T11:45:29.611093+02:00 mx1 postfix/cleanup[2203]: 40gkXJ2LqYz9vWm: message-id={fraud}
2018-04-05T11:45:29.700112+02:00 mx1 postfix/qmgr[901]: 40gkXJ2LqYz9vWm: from=<f.lecomptable@{false}>, size=23411, nrcpt=2 (queue active)
2018-04-05T11:45:31.020000+02:00 mx1 postfix/smtp[2204]: 40gkXJ2LqYz9vWm: to=<p.quidoitpayer@{own}>, relay=meridienne.mail.example[198.51.100.25]:25, delay=1.6, delays=0.3/0/0.2/1.1, dsn=2.6.0, status=sent (250 2.6.0 Queued mail for delivery)
2018-04-05T11:45:31.030000+02:00 mx1 postfix/smtp[2204]: 40gkXJ2LqYz9vWm: to=<d.tresorerie@{own}>, relay=meridienne.mail.example[198.51.100.25]:25, delay=1.6, delays=0.3/0/0.2/1.1, dsn=2.6.0, status=sent (250 2.6.0 Queued mail for delivery)
2018-04-05T11:45:31.040000+02:00 mx1 postfix/qmgr[901]: 40gkXJ2LqYz9vWm: removed
2018-04-05T12:05:15.100000+02:00 mx1 postfix/smtpd[2301]: 40gkzF1Wb7z9vX1: client=meridienne.mail.example[198.51.100.25]
2018-04-05T12:05:15.200000+02:00 mx1 postfix/cleanup[2303]: 40gkzF1Wb7z9vX1: message-id={answer}
2018-04-05T12:05:15.300000+02:00 mx1 postfix/qmgr[901]: 40gkzF1Wb7z9vX1: from=<p.quidoitpayer@{own}>, size=9211, nrcpt=1 (queue active)
2018-04-05T12:05:16.400000+02:00 mx1 postfix/smtp[2304]: 40gkzF1Wb7z9vX1: to=<f.lecomptable@{false}>, relay=mx.hebergeur.example[198.51.100.61]:25, delay=1.3, delays=0.2/0/0.4/0.7, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 8F2C1A)
2018-04-05T12:05:16.500000+02:00 mx1 postfix/qmgr[901]: 40gkzF1Wb7z9vX1: removed
"""

ORDINARY_POSTFIX = """\
2018-04-05T08:00:00.101201+02:00 mx1 postfix/smtpd[1101]: 40gfXJ2LqYz9vAa: client=mx.salon.example[198.51.100.20]
2018-04-05T08:00:00.201201+02:00 mx1 postfix/cleanup[1102]: 40gfXJ2LqYz9vAa: message-id=<lettre-77@salon.example>
2018-04-05T08:00:00.301201+02:00 mx1 postfix/qmgr[901]: 40gfXJ2LqYz9vAa: from=<lettre@salon.example>, size=51000, nrcpt=1 (queue active)
2018-04-05T08:00:01.401201+02:00 mx1 postfix/smtp[1103]: 40gfXJ2LqYz9vAa: to=<p.quidoitpayer@{own}>, relay=meridienne.mail.example[198.51.100.25]:25, delay=1.3, delays=0.2/0/0.4/0.7, dsn=2.6.0, status=sent (250 2.6.0 Queued mail for delivery)
2018-04-05T08:00:01.501201+02:00 mx1 postfix/qmgr[901]: 40gfXJ2LqYz9vAa: removed
"""


def proxy(lines):
    return "".join(f"{seconds}.{120 + i:03d}    {80 + i} 10.0.0.31 TCP_TUNNEL/200 {4000 + i} CONNECT {host}:443 p.quidoitpayer HIER_DIRECT/{ip} -\n"
                   for i, (seconds, host, ip) in enumerate(lines))


def write(name, signins, records, trace, postfix, visits):
    folder = ROOT / name
    folder.mkdir(parents=True, exist_ok=True)
    # The portal gives the newest first.
    newest = sorted(signins, key=lambda record: record["createdDateTime"], reverse=True)
    (folder / "signins.json").write_text(json.dumps(newest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_audit(folder, records)
    write_trace(folder, trace)
    (folder / "mail.log").write_text(postfix.format(own=OWN, false=FALSE, fraud=FRAUD, answer=ANSWER))
    (folder / "proxy.log").write_text(proxy(visits))


def main():
    day = at("2018-04-05 00:00:00")
    office = [sign_in(day + timedelta(hours=6, minutes=58), P, HOME, "FR", "Lille", session="s-office"),
              sign_in(day + timedelta(hours=8, minutes=48), P, HOME, "FR", "Lille", session="s-office"),
              sign_in(day + timedelta(hours=7, minutes=3), F, HOME, "FR", "Lille", session="s-f")]
    guesses = [sign_in(day + timedelta(hours=8, minutes=55, seconds=11 * i), P, AWAY, "LV", "Riga", 50126, "Invalid username or password.")
               for i in range(14)]
    inside = [sign_in(at("2018-04-05 09:03:40"), P, AWAY, "LV", "Riga", session="0c7d-attack")]
    ordinary = [(1522912000, "www.salon.example", "198.51.100.20"), (1522915300, "outlook.office365.example", "198.51.100.25")]
    trace = ordinary_trace()
    write("attack", baseline() + office + guesses + inside, attack_audit(),
          trace + [["a0000004", FRAUD, "2018-04-05T09:45:32.5000000", f"f.lecomptable@{FALSE}", P, f"Re: {SUBJECT}", "Delivered", "", "198.51.100.61", 23411],
                   ["a0000005", ANSWER, "2018-04-05T10:05:14.0000000", P, f"f.lecomptable@{FALSE}", f"RE: {SUBJECT}", "Delivered", "", "", 9211]],
          ORDINARY_POSTFIX + POSTFIX, ordinary + [(1522921900, f"www.{FALSE}", "198.51.100.61")])
    hotel = [sign_in(at("2018-04-05 06:31:00"), P, AWAY, "LV", "Riga", 50074, "Strong Authentication is required."),
             sign_in(at("2018-04-05 06:31:40"), P, AWAY, "LV", "Riga", session="1d8e-hotel"),
             sign_in(at("2018-04-05 09:03:40"), P, AWAY, "LV", "Riga", session="1d8e-hotel")]
    write("travel", baseline() + [office[2]] + hotel, travel_audit(), trace, ORDINARY_POSTFIX, ordinary)


if __name__ == "__main__":
    main()
