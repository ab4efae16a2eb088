#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/facts/conversation/date_names.inc: months, weekdays, halves of the day, orders of numbers and zones in many languages.

usage: generate_date_names.py OUTPUT_FOLDER CLDR_FOLDER...
CLDR_FOLDER: the npm package cldr-dates-full, unpacked (npm pack cldr-dates-full@48.2.0; tar xzf ...), with main/LOCALE/*.json.
The newest first: clients of every year print the names of their year (Finnish "lokak." became "loka"), so several are read.
"""
import collections
import datetime
import json
import pathlib
import re
import sys

from cpp_text import folded, quoted

# The languages of the clients' own localisations (Gmail, Outlook, Apple, Thunderbird, Yahoo, Zimbra).
LOCALES = ("af am ar ar-AE ar-DZ ar-EG ar-IQ ar-LB ar-MA ar-SA as ast az be bg bn br bs ca cs cy da de de-AT de-CH dsb el en "
           "en-AU en-CA en-GB en-IN en-NZ en-ZA eo es es-419 es-AR es-CL es-CO es-MX es-PE es-US et eu fa fa-AF fi fil fo fr fr-BE "
           "fr-CA fr-CH fy ga gd gl gu ha he hi hr hsb hu hy ia id ig is it it-CH ja ka kab kk km kn ko kok ky lb lo lt lv mk ml mn "
           "mr ms mt my ne nl nl-BE nn no or pa pl ps pt pt-PT rm ro ru sc sd si sk sl so sq sr sr-Latn sv sv-FI sw ta te tg th ti "
           "tk tr tt ug uk ur uz vi yo yue zh zh-Hant zu").split()
# What clients and people write beside the CLDR's names: older CLDR, Windows (NLS), common short forms.
MORE = [
    ("month", 9, "sept", "en fr"), ("month", 10, "okto", "fi"), ("month", 1, "gen", "it ca"), ("month", 3, "mrz", "de"),
    ("month", 9, "set", "it pt"), ("month", 3, "mrt", "nl"), ("month", 1, "j\u00e4n", "de"), ("month", 2, "feber", "de"),
    ("weekday", 4, "thur", "en"), ("weekday", 4, "thurs", "en"), ("weekday", 2, "tues", "en"), ("weekday", 3, "weds", "en"),
    ("weekday", 0, "\u0432\u043e\u0441\u043a\u0440", "ru"), ("am", 0, "vorm", "de"), ("pm", 0, "nachm", "de"),
    ("am", 0, "f m", "sv"), ("pm", 0, "e m", "sv"), ("am", 0, "a m", "en es"), ("pm", 0, "p m", "en es"),
    ("month", 1, "th\u00e1ng gi\u00eang", "vi"), ("month", 2, "th\u00e1ng hai", "vi"), ("month", 3, "th\u00e1ng ba", "vi"),
    ("month", 4, "th\u00e1ng t\u01b0", "vi"), ("month", 5, "th\u00e1ng n\u0103m", "vi"),
    ("month", 6, "th\u00e1ng s\u00e1u", "vi"), ("month", 7, "th\u00e1ng b\u1ea3y", "vi"),
    ("month", 8, "th\u00e1ng t\u00e1m", "vi"), ("month", 9, "th\u00e1ng ch\u00edn", "vi"),
    ("month", 10, "th\u00e1ng m\u01b0\u1eddi", "vi"), ("month", 11, "th\u00e1ng m\u01b0\u1eddi m\u1ed9t", "vi"),
    ("month", 12, "th\u00e1ng m\u01b0\u1eddi hai", "vi"), ("month", 12, "th\u00e1ng ch\u1ea1p", "vi"),
]
HALVES = {"am": "am", "pm": "pm", "noon": "noon", "midnight": "midnight", "morning1": "am", "morning2": "am", "afternoon1": "pm",
          "afternoon2": "pm", "evening1": "pm", "evening2": "pm", "night1": "night", "night2": "night"}
NOON = {"\u4e2d\u5348": "noon"}  # the CLDR's first afternoon hour in Chinese begins before twelve
DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
# Metazones of the CLDR and their offsets in minutes, standard and daylight. Source: IANA tzdata.
METAZONES = {
    "GMT": (0, None), "Europe_Western": (0, 60), "Europe_Central": (60, 120), "Europe_Eastern": (120, 180), "Moscow": (180, None),
    "America_Eastern": (-300, -240), "America_Central": (-360, -300), "America_Mountain": (-420, -360),
    "America_Pacific": (-480, -420), "Alaska": (-540, -480), "Hawaii_Aleutian": (-600, -540), "Atlantic": (-240, -180),
    "Newfoundland": (-210, -150), "Japan": (540, None), "Korea": (540, None), "China": (480, None), "India": (330, None),
    "Israel": (120, 180), "Australia_Eastern": (600, 660), "Australia_Central": (570, 630), "Australia_Western": (480, None),
    "New_Zealand": (720, 780), "Africa_Central": (120, None), "Africa_Eastern": (180, None), "Africa_Southern": (120, None),
    "Africa_Western": (60, None), "Hong_Kong": (480, None), "Singapore": (480, None), "Indonesia_Western": (420, None),
}
# Marks between the words of a name, which the reader skips.
MARKS = re.compile(r"[\s.,\-'\u2019\u2018/()\u061c\u00a0\u200b-\u200f\u202f]+")


def language(locale):
    short = locale.split("-")[0]
    return {"nb": "no", "nn": "no", "yue": "zh"}.get(short, short)


def written(name):
    return folded(MARKS.sub(" ", name.lower()))


def glued(calendar, letter):
    """The letters that the locale's patterns write right before and behind a name ("ren" in Basque MMMM'ren')."""
    patterns = [p for p in calendar["dateFormats"].values() if isinstance(p, str)]
    patterns += [p for key, p in calendar["dateTimeFormats"]["availableFormats"].items()
                 if isinstance(p, str) and "w" not in key.lower()]
    found = {("", "")}
    for pattern in patterns:
        for match in re.finditer(r"((?:'[^']+'|[^\x00-\x7f])*)%s{3,4}(?!%s)((?:'[^']+'|[^\x00-\x7f])*)" % (letter, letter), pattern):
            before, behind = (g.replace("'", "") for g in match.groups())
            before, behind = before.split(" ")[-1], behind.split(" ")[0]
            found.add((written(before), written(behind)))
    return found


def name_rows(calendar, rows, code):
    for kind, key, letter in (("month", "months", "M"), ("weekday", "days", "E")):
        around = glued(calendar, letter)
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in calendar[key][context][width].items():
                    value = DAYS.index(number) if kind == "weekday" else int(number)
                    for before, behind in around:
                        plain = written(name)
                        if plain and not re.search(r"\d", plain):
                            rows[kind, value, before + plain + behind].add(language(code))


def half_rows(calendar, rows, code):
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated", "narrow"):
            for period, name in calendar["dayPeriods"][context][width].items():
                plain = written(name)
                if period not in HALVES or (width == "narrow" and period not in ("am", "pm")) or not plain or (len(plain) == 1 and plain < "\x80"):
                    continue
                rows[NOON.get(plain, HALVES[period]), 0, plain].add(language(code))


def zone_rows(names, zones):
    for metazone, offsets in METAZONES.items():
        short = names.get("metazone", {}).get(metazone, {}).get("short", {})
        for kind, offset in zip(("standard", "daylight"), offsets):
            name = short.get(kind)
            if offset is not None and name and re.fullmatch(r"\w{2,7}", name) and not re.search(r"\d", name):
                zones[name].add(offset)
    universal = written(names.get("gmtFormat", "").replace("{0}", " "))
    return {universal} if universal.isalpha() and universal != "wat" else set()  # Igbo's "WAT" is West Africa's zone


def order_of(calendar):
    short = calendar["dateFormats"]["short"]
    short = short if isinstance(short, str) else short["_value"]
    return "".join(dict.fromkeys(c for c in re.sub("'[^']*'", "", short).lower().replace("g", "") if c in "dmy"))


def dates_of(folder, code, name):
    path = folder / "main" / code / name
    return json.loads(path.read_text())["main"][code]["dates"] if path.exists() else None


def read_folder(folder, tables):
    rows, zones, universal, orders = tables
    for code in LOCALES:
        calendars = dates_of(folder, code, "ca-gregorian.json")
        names = dates_of(folder, code, "timeZoneNames.json")
        if not calendars:
            continue
        calendar = calendars["calendars"]["gregorian"]
        name_rows(calendar, rows, code)
        half_rows(calendar, rows, code)
        universal |= zone_rows(names["timeZoneNames"], zones)
        if "-" not in code:
            orders.setdefault(language(code), order_of(calendar))


def main():
    folders = [pathlib.Path(name) for name in sys.argv[2:]]
    versions = [json.loads((folder / "package.json").read_text())["version"] for folder in folders]
    rows, zones, universal, orders = tables = collections.defaultdict(set), collections.defaultdict(set), set(), {}
    for folder in folders:
        read_folder(folder, tables)
    for kind, value, name, languages in MORE:
        rows[kind, value, folded(name)].update(languages.split())
    out = ["// Made by tools/generate_date_names.py on %s from Unicode CLDR (cldr-dates-full %s). Do not edit." %
           (datetime.date.today().isoformat(), ", ".join(versions)), "// SPDX-License-Identifier: Apache-2.0"]
    for (kind, value, name), languages in sorted(rows.items(), key=lambda row: (row[0][0], row[0][2], row[0][1])):
        if kind == "month" and len(name) < 2 or kind == "weekday" and len(name) < 2 and name < "\x80":
            continue
        out.append("THREADLINE_DATE_WORD(%s, %s, %d, \" %s \")" % (quoted(name), kind, value, " ".join(sorted(languages))))
    for name, offsets in sorted(zones.items()):
        if len(offsets) == 1:
            out.append("THREADLINE_DATE_ZONE(%s, %d)" % (quoted(name), min(offsets)))
    out += ["THREADLINE_UNIVERSAL_TIME(%s)" % quoted(name) for name in sorted(universal | {"gmt", "utc", "ut", "z"})]
    out += ["THREADLINE_DATE_ORDER(\"%s\", %s)" % row for row in sorted(orders.items()) if row[1] != "dmy"]
    pathlib.Path(sys.argv[1], "date_names.inc").write_text("\n".join(out) + "\n", encoding="ascii")


main()
