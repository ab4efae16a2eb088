# SPDX-License-Identifier: Apache-2.0
"""How mail programs print the message that they answer or forward: one table of lines by program and language.

`quote(client, language, head, text, html)` gives the quoted message as text and as HTML. `Head` is what the program knows of it.
The lines are what the programs were seen to print; where a program has no line in a language it has the English one.
"""
import collections
import email.utils
import html as markup

Head = collections.namedtuple("Head", "name address to cc subject date")          # to, cc: lists of (name, address)
Client = collections.namedtuple("Client", "name fields bodies lines text_mark wrap")  # fields: header fields it writes

DAYS = {
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche", "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", "es": "lunes martes miércoles jueves viernes sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
}
SHORT_DAYS = {
    "fr": "lun. mar. mer. jeu. ven. sam. dim.", "en": "Mon Tue Wed Thu Fri Sat Sun", "de": "Mo. Di. Mi. Do. Fr. Sa. So.",
    "es": "lun mar mié jue vie sáb dom", "it": "lun mar mer gio ven sab dom", "pt": "segunda terça quarta quinta sexta sábado domingo",
    "nl": "ma di wo do vr za zo",
}
MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
}
SHORT_MONTHS = {
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.", "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "de": "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.", "es": "ene feb mar abr may jun jul ago sept oct nov dic",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic", "pt": "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    "nl": "jan. feb. mrt. apr. mei jun. jul. aug. sep. okt. nov. dec.",
}
# Lines by program: {day} {sday} {month} {smonth} {d} {dd} {m} {mm} {y} {yy} {H} {h} {M} {S} {ampm} {off}; {n} name, {a} address, {subject}.
OUTLOOK = {
    "fr": ("De : {from}", "Envoyé : {day} {d} {month} {y} {H}:{M}", "À : {to}", "Cc : {cc}", "Objet : {subject}"),
    "en": ("From: {from}", "Sent: {day}, {month} {d}, {y} {h}:{M} {ampm}", "To: {to}", "Cc: {cc}", "Subject: {subject}"),
    "de": ("Von: {from}", "Gesendet: {day}, {d}. {month} {y} {H}:{M}", "An: {to}", "Cc: {cc}", "Betreff: {subject}"),
    "es": ("De: {from}", "Enviado el: {day}, {d} de {month} de {y} {H}:{M}", "Para: {to}", "CC: {cc}", "Asunto: {subject}"),
    "it": ("Da: {from}", "Inviato: {day} {d} {month} {y} {H}:{M}", "A: {to}", "Cc: {cc}", "Oggetto: {subject}"),
    "pt": ("De: {from}", "Enviado: {day}, {d} de {month} de {y} {H}:{M}", "Para: {to}", "Cc: {cc}", "Assunto: {subject}"),
    "nl": ("Van: {from}", "Verzonden: {day} {d} {month} {y} {H}:{M}", "Aan: {to}", "CC: {cc}", "Onderwerp: {subject}"),
}
OUTLOOK_RULE = {
    "fr": "-----Message d'origine-----", "en": "-----Original Message-----", "de": "-----Ursprüngliche Nachricht-----", "es": "-----Mensaje original-----",
    "it": "-----Messaggio originale-----", "pt": "-----Mensagem original-----", "nl": "-----Oorspronkelijk bericht-----",
}
ZIMBRA = {
    "fr": ("----- Mail original -----", "De: {from}", "À: {to}", "Cc: {cc}", "Envoyé: {Day} {d} {Month} {y} {H}:{M}:{S}", "Objet: {subject}"),
    "en": ("----- Original Message -----", "From: {from}", "To: {to}", "Cc: {cc}", "Sent: {day}, {month} {d}, {y} {h}:{M}:{S} {ampm}", "Subject: {subject}"),
    "de": ("----- Ursprüngliche Mail -----", "Von: {from}", "An: {to}", "CC: {cc}", "Gesendet: {day}, {d}. {month} {y} {H}:{M}:{S}", "Betreff: {subject}"),
    "es": ("----- Mensaje original -----", "De: {from}", "Para: {to}", "CC: {cc}", "Enviados: {Day}, {d} de {Month} {y} {H}:{M}:{S}", "Asunto: {subject}"),
    "it": ("----- Messaggio originale -----", "Da: {from}", "A: {to}", "Cc: {cc}", "Inviato: {Day}, {d} {month} {y} {H}:{M}:{S}", "Oggetto: {subject}"),
}
SAMSUNG = {
    "fr": ("-------- Message d'origine --------", "De : {from}", "Date : {dd}/{mm}/{y} {H}:{M} (GMT{off:})", "À : {to}", "Cc : {cc}", "Objet : {subject}"),
    "en": ("-------- Original message --------", "From: {from}", "Date: {dd}/{mm}/{y} {H}:{M} (GMT{off:})", "To: {to}", "Cc: {cc}", "Subject: {subject}"),
    "de": ("-------- Ursprüngliche Nachricht --------", "Von: {from}", "Datum: {dd}.{mm}.{yy} {H}:{M} (GMT{off:})", "An: {to}", "Cc: {cc}", "Betreff: {subject}"),
    "es": ("-------- Mensaje original --------", "De: {from}", "Fecha: {d}/{m}/{yy} {H}:{M} (GMT{off:})", "Para: {to}", "Cc: {cc}", "Asunto: {subject}"),
    "it": ("-------- Messaggio originale --------", "Da: {from}", "Data: {dd}/{mm}/{yy} {H}:{M} (GMT{off:})", "A: {to}", "Cc: {cc}", "Oggetto: {subject}"),
    "pt": ("-------- Mensagem original --------", "De: {from}", "Data: {dd}/{mm}/{yy} {H}:{M} (GMT{off:})", "Para: {to}", "Cc: {cc}", "Assunto: {subject}"),
    "nl": ("-------- Oorspronkelijk bericht --------", "Van: {from}", "Datum: {dd}-{mm}-{y} {H}:{M} (GMT{off:})", "Aan: {to}", "Cc: {cc}", "Onderwerp: {subject}"),
}
ORANGE = {"fr": ("Message du {dd}/{mm}/{yy} {H}:{M}", "De : {from}", "A : {to}", "Copie à : {cc}", "Objet : {subject}")}
NOTES = {
    "fr": ("De :\t{from}", "A :\t{to}", "Cc :\t{cc}", "Date :\t{dd}/{mm}/{y} {H}:{M}", "Objet :\t{subject}"),
    "en": ("From:\t{from}", "To:\t{to}", "Cc:\t{cc}", "Date:\t{dd}/{mm}/{y} {H}:{M}", "Subject:\t{subject}"),
    "de": ("Von:\t{from}", "An:\t{to}", "Kopie:\t{cc}", "Datum:\t{dd}.{mm}.{y} {H}:{M}", "Betreff:\t{subject}"),
}
EM_CLIENT = {
    "en": ("------ Original Message ------", 'From {from}', 'To {to}', "Cc {cc}", "Date {dd}/{mm}/{y} {H}:{M}:{S}", "Subject {subject}"),
    "fr": ("------ Message d'origine ------", 'De {from}', 'À {to}', "Cc {cc}", "Date {dd}/{mm}/{y} {H}:{M}:{S}", "Objet {subject}"),
    "de": ("------ Originalnachricht ------", 'Von {from}', 'An {to}', "Cc {cc}", "Datum {dd}.{mm}.{y} {H}:{M}:{S}", "Betreff {subject}"),
}
GMAIL = {
    "fr": "Le {sday} {d} {smonth} {y} à {H}:{M}, {n} <{a}> a écrit :", "en": "On {sday}, {smonth} {d}, {y} at {h}:{M} {ampm} {n} <{a}> wrote:",
    "de": "Am {sday}, {d}. {smonth} {y} um {H}:{M} Uhr schrieb {n} <{a}>:", "es": "El {sday}, {d} {smonth} {y} a las {H}:{M}, {n} (<{a}>) escribió:",
    "it": "Il giorno {sday} {d} {smonth} {y} alle ore {H}:{M} {n} <{a}> ha scritto:", "pt": "{n} <{a}> escreveu ({sday}, {dd}/{mm}/{y} à(s) {H}:{M}):",
    "nl": "Op {sday} {d} {smonth} {y} om {H}:{M} schreef {n} <{a}>:",
}
APPLE = {
    "fr": "Le {d} {smonth} {y} à {H}:{M}, {n} <{a}> a écrit :", "en": "On {d} {smonth} {y}, at {H}:{M}, {n} <{a}> wrote:",
    "de": "Am {dd}.{mm}.{y} um {H}:{M} schrieb {n} <{a}>:", "es": "El {d} {smonth} {y}, a las {H}:{M}, {n} <{a}> escribió:",
    "it": "Il giorno {d} {smonth} {y}, alle ore {H}:{M}, {n} <{a}> ha scritto:", "pt": "{n} <{a}> escreveu no dia {dd}/{mm}/{y}, às {H}:{M}:",
    "nl": "Op {d} {smonth} {y}, om {H}:{M} heeft {n} <{a}> het volgende geschreven:",
}
THUNDERBIRD = {
    "fr": "Le {dd}/{mm}/{y} à {H}:{M}, {n} a écrit :", "en": "On {dd}/{mm}/{y} {H}:{M}, {n} wrote:", "de": "Am {dd}.{mm}.{yy} um {H}:{M} schrieb {n}:",
    "es": "El {d}/{m}/{yy} a las {H}:{M}, {n} escribió:", "it": "Il {dd}/{mm}/{y} {H}:{M}, {n} ha scritto:", "pt": "Às {H}:{M} de {dd}/{mm}/{y}, {n} escreveu:",
    "nl": "Op {dd}-{mm}-{y} om {H}:{M} schreef {n}:",
}
ROUNDCUBE = {
    "fr": "Le {y}-{mm}-{dd} {H}:{M}, {n} a écrit :", "en": "On {y}-{mm}-{dd} {H}:{M}, {n} wrote:", "de": "Am {dd}.{mm}.{y} {H}:{M}, schrieb {n}:",
    "es": "El {y}-{mm}-{dd} {H}:{M}, {n} escribió:", "it": "Il {dd}-{mm}-{y} {H}:{M} {n} ha scritto:", "pt": "Em {y}-{mm}-{dd} {H}:{M}, {n} escreveu:",
    "nl": "{n} schreef op {y}-{mm}-{dd} {H}:{M}:",
}
YAHOO = {
    "fr": "Le {day} {d} {month} {y} à {H}:{M}:{S} UTC{o1}, {n} <{a}> a écrit :", "en": "On {day}, {month} {d}, {y} at {h}:{M}:{S} {ampm} GMT{o1}, {n} <{a}> wrote:",
    "de": "Am {day}, {d}. {month} {y} um {H}:{M}:{S} {mez} hat {n} <{a}> Folgendes geschrieben:",
    "es": "El {day}, {d} de {month} de {y}, {H}:{M}:{S} {cet}, {n} <{a}> escribió:", "it": "Il {day} {d} {month} {y} alle ore {H}:{M}:{S} {cet}, {n} <{a}> ha scritto:",
}
K9 = {
    "fr": "Le {d} {month} {y} {H}:{M}:{S} GMT{off:}, {n} <{a}> a écrit :", "en": "On {month} {d}, {y} {h}:{M}:{S} {ampm} GMT{off:}, {n} <{a}> wrote:",
    "de": "Am {d}. {month} {y} {H}:{M}:{S} {mez} schrieb {n} <{a}>:", "es": "El {d} de {month} de {y} {H}:{M}:{S} {cet}, {n} <{a}> escribió:",
    "it": "Il {d} {month} {y} {H}:{M}:{S} {cet}, {n} <{a}> ha scritto:", "nl": "Op {d} {month} {y} {H}:{M}:{S} {cet} schreef {n} <{a}>:",
}
PROTON = {"fr": "Le {day} {d} {month} {y} à {H}:{M}, {n} <{a}> a écrit :", "en": "On {day}, {month} {ord}, {y} at {h}:{M} {ampm}, {n} <{a}> wrote:",
          "de": "{n} <{a}> schrieb am {day}, {d}. {month} {y} um {H}:{M}:"}
SPARK = {"fr": "Le {d} {smonth} {y} à {H}:{M} {off}, {n} <{a}>, a écrit :", "en": "On {d} {smonth} {y} at {H}:{M} {off}, {n} <{a}>, wrote:",
         "de": "Am {d}. {smonth} {y}, {H}:{M} {off} schrieb {n} <{a}>:"}
MAILBIRD = {"fr": "Le {dd}/{mm}/{y} {H}:{M}:{S}, {n} <{a}> a écrit :", "en": "On {dd}/{mm}/{y} {H}:{M}:{S}, {n} <{a}> wrote:",
            "de": "Am {dd}.{mm}.{y} {H}:{M}:{S} schrieb {n} <{a}>:"}
GROUPWISE = {"en": ">>> {n} <{a}> {dd}/{mm}/{y} {H}:{M} >>>", "de": ">>> {n} <{a}> {dd}.{mm}.{y} {H}:{M} >>>", "fr": ">>> {n} <{a}> {dd}/{mm}/{y} {H}:{M} >>>"}

# Forwards of the programs whose answers have one line: lines above the message that is sent on.
GMAIL_FORWARD = {language: ("---------- Forwarded message ---------", f"{sender} {{from}}", f"Date: {date}", "Subject: {subject}", "To: {to}", "Cc: {cc}")
                 for language, sender, date in (("fr", "De :", "{sday} {d} {smonth} {y} à {H}:{M}"), ("en", "From:", "{sday}, {smonth} {d}, {y} at {h}:{M} {ampm}"),
                                                ("de", "Von:", "{sday}, {d}. {smonth} {y} um {H}:{M} Uhr"), ("es", "De:", "{sday}, {d} {smonth} {y} a las {H}:{M}"),
                                                ("it", "Da:", "{sday} {d} {smonth} {y} alle ore {H}:{M}"), ("pt", "De:", "{sday}, {d} de {smonth} de {y} às {H}:{M}"),
                                                ("nl", "Van:", "{sday} {d} {smonth} {y} om {H}:{M}"))}
APPLE_FORWARD = {
    "fr": ("Début du message réexpédié :", "", "De: {from}", "Objet: {subject}", "Date: {d} {month} {y} à {H}:{M}:{S} {cet}", "À: {to}", "Cc: {cc}"),
    "en": ("Begin forwarded message:", "", "From: {from}", "Subject: {subject}", "Date: {d} {month} {y} at {H}:{M}:{S} {cet}", "To: {to}", "Cc: {cc}"),
    "de": ("Anfang der weitergeleiteten Nachricht:", "", "Von: {from}", "Betreff: {subject}", "Datum: {d}. {month} {y} um {H}:{M}:{S} {mez}", "An: {to}", "Kopie: {cc}"),
    "es": ("Inicio del mensaje reenviado:", "", "De: {from}", "Asunto: {subject}", "Fecha: {d} de {month} de {y}, {H}:{M}:{S} {cet}", "Para: {to}", "Cc: {cc}"),
    "it": ("Inizio messaggio inoltrato:", "", "Da: {from}", "Oggetto: {subject}", "Data: {d} {month} {y} alle ore {H}:{M}:{S} {cet}", "A: {to}", "Cc: {cc}"),
    "pt": ("Início da mensagem reencaminhada:", "", "De: {from}", "Assunto: {subject}", "Data: {d} de {month} de {y} às {H}:{M}:{S} {cet}", "Para: {to}", "Cc: {cc}"),
    "nl": ("Begin doorgestuurd bericht:", "", "Van: {from}", "Onderwerp: {subject}", "Datum: {d} {month} {y} om {H}:{M}:{S} {cet}", "Aan: {to}", "Kopie: {cc}"),
}
MOZILLA_FORWARD = {
    "fr": ("-------- Message transféré --------", "Sujet : \t{subject}", "Date : \t{rfc}", "De : \t{from}", "Pour : \t{to}", "Copie à : \t{cc}"),
    "en": ("-------- Forwarded Message --------", "Subject: \t{subject}", "Date: \t{rfc}", "From: \t{from}", "To: \t{to}", "CC: \t{cc}"),
    "de": ("-------- Weitergeleitete Nachricht --------", "Betreff: \t{subject}", "Datum: \t{rfc}", "Von: \t{from}", "An: \t{to}", "Kopie (CC): \t{cc}"),
    "es": ("-------- Mensaje reenviado --------", "Asunto: \t{subject}", "Fecha: \t{rfc}", "De: \t{from}", "Para: \t{to}", "CC: \t{cc}"),
    "it": ("-------- Messaggio Inoltrato --------", "Oggetto: \t{subject}", "Data: \t{rfc}", "Mittente: \t{from}", "A: \t{to}", "CC: \t{cc}"),
    "pt": ("-------- Mensagem reencaminhada --------", "Assunto: \t{subject}", "Data: \t{rfc}", "De: \t{from}", "Para: \t{to}", "CC: \t{cc}"),
    "nl": ("-------- Doorgestuurd bericht --------", "Onderwerp: \t{subject}", "Datum: \t{rfc}", "Van: \t{from}", "Aan: \t{to}", "CC: \t{cc}"),
}
FORWARDS = {"apple": APPLE_FORWARD, "ios": APPLE_FORWARD, "thunderbird": MOZILLA_FORWARD, "roundcube": MOZILLA_FORWARD} | {
    name: GMAIL_FORWARD for name in ("gmail", "k9", "proton", "spark", "mailbird", "yahoo", "groupwise")}

IPHONE = {"fr": "Envoyé de mon iPhone", "en": "Sent from my iPhone", "de": "Von meinem iPhone gesendet", "es": "Enviado desde mi iPhone", "it": "Inviato da iPhone",
          "pt": "Enviado do meu iPhone", "nl": "Verstuurd vanaf mijn iPhone"}
GALAXY = {"fr": "Envoyé depuis mon Galaxy", "en": "Sent from my Galaxy", "de": "Von meinem Galaxy gesendet", "es": "Enviado desde mi Galaxy", "it": "Inviato dal mio Galaxy",
          "pt": "Enviado do meu Galaxy", "nl": "Verzonden vanaf mijn Galaxy"}
OUTLOOK_IOS = {"fr": "Télécharger Outlook pour iOS", "en": "Get Outlook for iOS", "de": "Outlook für iOS beziehen", "es": "Obtener Outlook para iOS",
               "it": "Scarica Outlook per iOS", "pt": "Obter o Outlook para iOS", "nl": "Outlook voor iOS downloaden"}
PHONE_LINES = {"ios": IPHONE, "samsung": GALAXY, "outlook_ios": OUTLOOK_IOS}

# wrap: (HTML before the lines, between lines and body, after the body)
WRAPS = {
    "outlook": ('<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">', "</p></div></div><p class=\"MsoNormal\"><o:p>&nbsp;</o:p></p>", ""),
    "owa": ('<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">', "</font><div>&nbsp;</div></div>", ""),
    "gmail": ('<br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">', '<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">', "</blockquote></div>"),
    "apple": ('<div><br><blockquote type="cite"><div>', '</div><br class="Apple-interchange-newline"><div>', "</div></blockquote></div><br>"),
    "ios": ('<div dir="ltr"><br><blockquote type="cite">', '<br><br></blockquote></div><blockquote type="cite"><div dir="ltr">', "</div></blockquote>"),
    "mozilla": ('<div class="moz-cite-prefix">', '<br></div><blockquote type="cite" cite="mid:quoted">', "</blockquote>"),
    "zimbra": ('<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">', '</div><br><div data-marker="__QUOTED_TEXT__">', "</div>"),
    "roundcube": ('<p id="reply-intro">', '</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div>', "</div></blockquote>"),
    "yahoo": ('<div id="yahoo_quoted_8812" class="yahoo_quoted"><div style="font-family:Helvetica">\n<div>', "</div><div><br></div><div><br></div><div>", "</div></div></div>"),
    "proton": ('<div class="protonmail_quote">', '<br><blockquote class="protonmail_quote" type="cite">', "</blockquote><br></div>"),
    "spark": ('<div name="messageReplySection">', '<br><blockquote type="cite" style="border-left-color: grey;border-left-width: thin;border-left-style: solid">', "</blockquote></div>"),
    "mailbird": ('<blockquote class="history_container" type="cite" style="border-left-style: solid;border-width: 1px"><p style="color: #AAAAAA">', "</p><div>", "</div></blockquote>"),
    "plain": ("<div>", "</div><br><div>", "</div>"),
    "k9": ('<div class="gmail_quote">', '<blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid #729fcf; padding-left: 1ex">', "</blockquote></div>"),
    "orange": ('<blockquote style="border-left:2px solid #ff6600;padding-left:8px">', "<br>", "</blockquote>"),
}
_ROWS = (
    ("outlook", {"X-Mailer": "Microsoft Outlook 16.0"}, ("both", "html"), OUTLOOK, "", "outlook"),
    ("outlook_text", {"X-Mailer": "Microsoft Outlook 16.0"}, ("text",), {k: (OUTLOOK_RULE[k], *v) for k, v in OUTLOOK.items()}, "", "plain"),
    ("owa", {}, ("both", "html"), {k: ("________________________________", *v) for k, v in OUTLOOK.items()}, "", "owa"),
    ("outlook_ios", {}, ("both",), {k: ("________________________________", *v) for k, v in OUTLOOK.items()}, "", "owa"),
    ("gmail", {}, ("both", "text"), GMAIL, "> ", "gmail"),
    ("apple", {"X-Mailer": "Apple Mail (2.3774.600.62)"}, ("both", "text"), APPLE, "> ", "apple"),
    ("ios", {"X-Mailer": "iPhone Mail (21G93)"}, ("both", "text"), APPLE, "> ", "ios"),
    ("thunderbird", {"User-Agent": "Mozilla Thunderbird"}, ("text", "html", "both"), THUNDERBIRD, "> ", "mozilla"),
    ("zimbra", {"X-Mailer": "Zimbra 9.0.0_GA_4583 (ZimbraWebClient - GC126 (Win)/9.0.0_GA_4583)"}, ("both", "text"), ZIMBRA, "", "zimbra"),
    ("roundcube", {"User-Agent": "Roundcube Webmail/1.6.6"}, ("text", "both"), ROUNDCUBE, "> ", "roundcube"),
    ("samsung", {}, ("both",), SAMSUNG, "", "plain"),
    ("yahoo", {"X-Mailer": "WebService/1.1.22806 YMailNorrin"}, ("both",), YAHOO, "", "yahoo"),
    ("orange", {"X-Mailer": "Open-Xchange Mailer v7.10.6-Rev45"}, ("text", "both"), ORANGE, "> ", "orange"),
    ("notes", {"X-Mailer": "HCL Notes Release 11.0.1"}, ("text", "both"), NOTES, "", "plain"),
    ("em_client", {"User-Agent": "eM_Client/9.2.2157.0"}, ("text", "both"), EM_CLIENT, "", "plain"),
    ("k9", {"User-Agent": "K-9 Mail for Android"}, ("text", "both"), K9, "> ", "k9"),
    ("proton", {}, ("both", "text"), PROTON, "> ", "proton"),
    ("spark", {"X-Readdle-Message-ID": "c0ffee00-1d2e-4f3a-9b8c-7d6e5f4a3b2c@Spark"}, ("both",), SPARK, "> ", "spark"),
    ("mailbird", {"X-Mailer": "Mailbird/3.0.18.0"}, ("both",), MAILBIRD, "> ", "mailbird"),
    ("groupwise", {"X-Mailer": "Novell GroupWise Internet Agent 18.4.2"}, ("text", "both"), GROUPWISE, "", "plain"),
)
CLIENTS = {row[0]: Client(*row) for row in _ROWS}


def stamp(date, language):
    """The words of a date that the lines are filled with."""
    offset = date.strftime("%z")
    summer = offset == "+0200"
    pick = lambda table, index: table[language].split()[index]
    hour12 = date.hour % 12 or 12
    suffix = "th" if 11 <= date.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(date.day % 10, "th")
    words = {"day": pick(DAYS, date.weekday()), "sday": pick(SHORT_DAYS, date.weekday()), "month": pick(MONTHS, date.month - 1),
             "smonth": pick(SHORT_MONTHS, date.month - 1), "d": date.day, "dd": f"{date.day:02}", "m": date.month, "mm": f"{date.month:02}",
             "y": date.year, "yy": f"{date.year % 100:02}", "H": f"{date.hour:02}", "h": hour12, "M": f"{date.minute:02}", "S": f"{date.second:02}",
             "ampm": "AM" if date.hour < 12 else "PM", "off": offset, "off:": f"{offset[:3]}:{offset[3:]}", "o1": f"{offset[0]}{int(offset[1:3])}",
             "rfc": email.utils.format_datetime(date), "cet": "CEST" if summer else "CET", "mez": "MESZ" if summer else "MEZ", "ord": f"{date.day}{suffix}"}
    return words | {"Day": words["day"].capitalize(), "Month": words["month"].capitalize()}


def mailbox(pair, quoted):
    name, address = pair
    return f'"{name}" <{address}>' if quoted else f"{name} <{address}>"


def forwarding(client):
    """The program as it sends a message on: with the header block of a forward, and no marks."""
    return client._replace(lines=FORWARDS[client.name], text_mark="", wrap="plain") if client.name in FORWARDS else client


def lines_of(client, language, head):
    """The lines that stand above the quoted text."""
    language = language if language in client.lines else "en" if "en" in client.lines else "fr"
    form = client.lines[language]
    words = stamp(head.date, language) | {"n": head.name, "a": head.address, "subject": head.subject}
    quoted = client.name in ("zimbra", "orange", "em_client")
    mark = "; " if form[0].startswith(("De", "From", "Von", "Van", "Da", "---", "___")) and client.name.startswith(("ou", "ow")) else ", "
    words |= {"from": mailbox((head.name, head.address), quoted), "to": mark.join(mailbox(p, quoted) for p in head.to), "cc": mark.join(mailbox(p, quoted) for p in head.cc)}
    rows = (form,) if isinstance(form, str) else tuple(row for row in form if head.cc or "{cc}" not in row or client.name == "orange")
    return [fill(row, words) for row in rows]


def fill(row, words):
    for key, value in words.items():
        row = row.replace("{" + key + "}", str(value))
    return row


def prefixed(mark, text):
    return "\n".join((mark + line).rstrip() if not line.startswith(">") else ">" + line for line in text.split("\n")) if mark else text


def html_lines(rows):
    """Header lines with bold labels, as HTML programs print them; a rule of the text form has none."""
    shown = []
    for row in rows:
        if row.startswith(("___", "----- ")):  # a rule of its own in HTML
            continue
        label, colon, rest = row.partition(":") if ":" in row[:18] else ("", "", row)
        shown.append((f"<b>{markup.escape(label + colon)}</b>" if label else "") + markup.escape(rest, quote=False))
    return "<br>\n".join(shown)


def quote(client, language, head, text, html):
    """(text, HTML) of a quoted message as this program prints it below an answer."""
    rows = lines_of(client, language, head)
    before, between, after = WRAPS[client.wrap]
    single = len(rows) == 1
    shown = markup.escape(rows[0], quote=False) if single else html_lines(rows)
    lines = "\n".join(rows)
    if client.name == "orange":
        as_text = prefixed(client.text_mark, f"{lines}\n\n{text}")
    elif single:
        gap = "\n\n" if client.name in ("apple", "ios") and client.text_mark else "\n"
        as_text = f"{lines}{gap}{prefixed(client.text_mark, text)}"
    else:
        as_text = f"{lines}\n\n{text}"
    return as_text, f"{before}{shown}{between}{html}{after}"
