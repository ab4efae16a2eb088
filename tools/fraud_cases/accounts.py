# SPDX-License-Identifier: Apache-2.0
"""Synthetic accounts with right check digits, and the ways in which people write them.

Sources: ISO 13616 and the IBAN registry (lengths, national check digits), the RIB key (Banque de France), the Spanish DC, the
Italian CIN, the Belgian, Portuguese, Finnish, Norwegian, Dutch and Polish check digits as their banks publish them.
"""
import collections

Account = collections.namedtuple("Account", "kind value country")
NBSP, ZWSP = "\u00a0", "\u200b"


def digits(rng, count):
    return "".join(rng.choice("0123456789") for _ in range(count))


def iban_of(country, bban):
    """The IBAN of a national number (ISO 13616)."""
    number = int("".join(str(int(c, 36)) for c in bban + country + "00"))
    return f"{country}{98 - number % 97:02}{bban}"


def french_bban(rng):
    bank = rng.choice(["30004", "30003", "30002", "10278", "10107", "13807", "14506", "16958", "17515", "18206", "20041", "12548"])
    branch, account = digits(rng, 5), digits(rng, 11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97
    return f"{bank}{branch}{account}{key:02}"


def belgian_bban(rng):
    stem = rng.choice(["001", "068", "096", "310", "363", "539", "732", "967"]) + digits(rng, 7)
    return f"{stem}{int(stem) % 97 or 97:02}"


def spanish_digit(text):
    rest = 11 - sum(int(c) * w for c, w in zip(text, (1, 2, 4, 8, 5, 10, 9, 7, 3, 6))) % 11
    return {11: "0", 10: "1"}.get(rest, str(rest))


def spanish_bban(rng):
    bank, account = rng.choice(["0049", "0075", "0081", "0182", "2038", "2100"]) + digits(rng, 4), digits(rng, 10)
    return bank + spanish_digit("00" + bank) + spanish_digit(account) + account


def italian_bban(rng):
    stem = rng.choice(["03069", "02008", "05034", "07601", "08440", "36081"]) + digits(rng, 17)
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21)
    total = sum(odd[int(c)] if i % 2 == 0 else int(c) for i, c in enumerate(stem))
    return chr(ord("A") + total % 26) + stem


def portuguese_bban(rng):
    stem = rng.choice(["0002", "0007", "0010", "0033", "0035"]) + digits(rng, 15)
    return f"{stem}{98 - int(stem + '00') % 97:02}"


def dutch_bban(rng):
    bank = rng.choice(["ABNA", "RABO", "INGB", "TRIO", "KNAB"])
    while True:
        number = "0" + digits(rng, 9)
        if sum(int(c) * w for c, w in zip(number, range(10, 0, -1))) % 11 == 0:
            return bank + number


def luhn_digit(stem):
    doubled = [int(c) * (2 if i % 2 == 0 else 1) for i, c in enumerate(reversed(stem))]
    return str(-sum(n // 10 + n % 10 for n in doubled) % 10)


def finnish_bban(rng):
    stem = rng.choice(["1", "2", "5", "8"]) + digits(rng, 12)
    return stem + luhn_digit(stem)


def norwegian_bban(rng):
    while True:
        stem = rng.choice(["1", "3", "6", "8"]) + digits(rng, 9)
        check = -sum(int(c) * w for c, w in zip(stem, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2))) % 11
        if check < 10:
            return stem + str(check)


def polish_bban(rng):
    stem = rng.choice(["102", "114", "105", "249"]) + digits(rng, 4)
    check = -sum(int(c) * w for c, w in zip(stem, (3, 9, 7, 1, 3, 9, 7))) % 10
    return f"{stem}{check}{digits(rng, 16)}"


def plain(*banks, count):
    return lambda rng: rng.choice(banks) + digits(rng, count)


BBANS = {
    "FR": french_bban, "BE": belgian_bban, "ES": spanish_bban, "IT": italian_bban, "PT": portuguese_bban, "NL": dutch_bban,
    "FI": finnish_bban, "NO": norwegian_bban, "PL": polish_bban,
    "DE": plain("37040044", "10010010", "50010517", "70150000", "20041133", count=10), "AT": plain("12000", "20111", "32000", count=11),
    "LU": plain("001", "002", "003", count=13), "CH": plain("00230", "00700", "08390", count=12), "IE": plain("AIBK", "BOFI", count=14),
    "GB": plain("NWBK", "BARC", "LOYD", "REVO", count=14), "LT": plain("32500", "35000", "73000", count=11),
    "RO": plain("BTRL", "RNCB", count=16), "BG": plain("UNCR", "STSA", count=14), "CY": plain("00200", "00500", count=19),
    "DK": plain("0040", "3000", count=10), "LV": plain("HABA", "UNLA", count=13), "MT": plain("VALL", "MALT", count=23),
    "GR": plain("0110", "0140", "0172", count=19),
}
# Where swindlers' accounts lie as often as not: another country than the supplier's.
MULE_COUNTRIES = ("ES", "PT", "LT", "DE", "GB", "IT", "PL", "FR", "BE", "RO", "IE", "NL", "BG", "CY", "LV", "GR")


def iban(rng, country):
    return Account("iban", iban_of(country, BBANS[country](rng)), country)


def uk_account(rng):
    """Sort code and account number, as bare digits."""
    return Account("uk", rng.choice(["20", "40", "60", "30", "04"]) + digits(rng, 4) + rng.choice("1234567") + digits(rng, 7), "GB")


def us_account(rng):
    """Routing number (ABA check digit: weights 3 7 1) and account number, as bare digits."""
    stem = rng.choice(["0210", "0260", "1210", "0710", "1110"]) + digits(rng, 4)
    check = -sum(int(c) * w for c, w in zip(stem, (3, 7, 1, 3, 7, 1, 3, 7))) % 10
    return Account("us", f"{stem}{check}{rng.choice('123456789')}{digits(rng, 9)}", "US")


def grouped(value, size=4, mark=" "):
    return mark.join(value[i:i + size] for i in range(0, len(value), size))


# Notations of an IBAN that change nothing about it.
IBAN_FORMS = {
    "spaced": grouped,
    "compact": str,
    "dotted": lambda v: grouped(v, mark="."),
    "dashed": lambda v: grouped(v, mark="-"),
    "nbsp": lambda v: grouped(v, mark=NBSP),
    "narrow": lambda v: grouped(v, mark="\u202f"),
    "lower": lambda v: grouped(v).lower(),
}
def masked(account):
    """As a statement shows it to who knows the number."""
    return f"{account.value[:4]} **** **** **** {account.value[-4:]}" if account.kind == "iban" else account.value[:6] + " ****" + account.value[-4:]


# What a filter does not read and a person does not see: (form, what is done to it).
HIDDEN_FORMS = {
    "zero_width": lambda v: v[:9] + ZWSP + v[9:14] + ZWSP + v[14:],
    "joiner": lambda v: grouped(v)[:12] + "\u2060" + grouped(v)[12:],
    "soft_hyphen": lambda v: v[:7] + "\u00ad" + v[7:13] + "\u00ad" + v[13:],
    "homoglyph_digits": lambda v: grouped(v)[:5] + grouped(v)[5:].replace("0", "\u041e").replace("1", "l"),
}


def rib_parts(value):
    """Bank, branch, account and key of a French IBAN."""
    bban = value[4:]
    return bban[:5], bban[5:10], bban[10:21], bban[21:]
