# SPDX-License-Identifier: Apache-2.0
"""Writes a MAPI object as Outlook's .msg: a compound file of version 3 (MS-CFB) with the storages of MS-OXMSG.

`msg_file(made)` answers the bytes. Same output every time. Used by make_corpus.py; for tests only.
"""
import struct

from mapi_from_eml import BINARY, FIXED, OBJECT, UNICODE, all_names, renumber, weak_crc

SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
FREE, END, FAT_SECTOR, NO_STREAM = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
STORAGE, STREAM, ROOT = 1, 2, 5
RED, BLACK = 0, 1
MSG_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")


class Entry:
    """One directory entry (MS-CFB 2.6.1); `children` of a storage, `content` of a stream."""

    def __init__(self, name, kind, content=b"", children=()):
        self.name, self.kind, self.content, self.children = name, kind, content, list(children)
        self.left = self.right = self.child = NO_STREAM
        self.colour, self.start = BLACK, END if kind == STREAM else 0

    def order(self):
        """Shorter names first, then by upper-cased UTF-16 (MS-CFB 2.6.4)."""
        name = self.name.upper().encode("utf-16-be")
        return len(name), name

    def packed(self):
        name = (self.name + "\0").encode("utf-16-le")
        class_id = MSG_CLASS if self.kind == ROOT else bytes(16)
        return (name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name), self.kind, self.colour, self.left, self.right, self.child) + class_id +
                struct.pack("<IQQIQ", 0, 0, 0, self.start, len(self.content)))


def numbered(root):
    """All entries, each storage's children behind it."""
    entries = [root]
    for entry in entries:
        entries.extend(entry.children)
    return entries


def red_black(siblings, number, depth=0):
    """Links the sorted siblings as a balanced tree, the deepest level red; answers the number of its top and its depth."""
    if not siblings:
        return NO_STREAM, depth - 1
    middle = len(siblings) // 2
    top = siblings[middle]
    top.left, deep_left = red_black(siblings[:middle], number, depth + 1)
    top.right, deep_right = red_black(siblings[middle + 1:], number, depth + 1)
    top.depth = depth
    return number[id(top)], max(deep_left, deep_right)


def link(entries):
    number = {id(entry): i for i, entry in enumerate(entries)}
    for entry in entries:
        entry.child, deepest = red_black(sorted(entry.children, key=Entry.order), number)
        for child in entry.children:
            child.colour = RED if child.depth == deepest > 0 else BLACK


def padded(content, unit):
    return content + bytes(-len(content) % unit)


class Sectors:
    """Sectors of one size and the table that chains them."""

    def __init__(self, size):
        self.size, self.bytes, self.table = size, b"", []

    def append(self, content):
        """The first sector of the content; END of none."""
        count = -(-len(content) // self.size)
        if count == 0:
            return END
        start = len(self.table)
        self.bytes += padded(content, self.size)
        self.table += [start + i + 1 for i in range(count - 1)] + [END]
        return start


def table_bytes(table):
    return struct.pack(f"<{len(table)}I", *table).ljust(-(-len(table) * 4 // SECTOR) * SECTOR, b"\xff")


def fat_sectors(used):
    """How many sectors a FAT needs that covers `used` sectors and itself."""
    count = 0
    while count * (SECTOR // 4) < used + count:
        count += 1
    assert count <= 109, "needs a DIFAT: more than 6.8 MB"
    return count


def compound_file(root):
    entries = numbered(root)
    link(entries)
    mini, big = Sectors(MINI_SECTOR), Sectors(SECTOR)
    for entry in entries:
        if entry.kind == STREAM:
            entry.start = (mini if len(entry.content) < CUTOFF else big).append(entry.content)
    root.content, root.start = mini.bytes, big.append(mini.bytes)
    mini_table = table_bytes(mini.table)
    mini_start = big.append(mini_table)
    unused = Entry("", 0).packed()[:68] + struct.pack("<III", NO_STREAM, NO_STREAM, NO_STREAM) + bytes(48)
    unused = bytes(68) + unused[68:]
    directory = b"".join(entry.packed() for entry in entries)
    directory_start = big.append(directory + unused * (-len(entries) % 4))
    count = fat_sectors(len(big.table))
    first = len(big.table)
    fat = table_bytes(big.table + [FAT_SECTOR] * count)
    header = struct.pack("<8s16sHHHHH6x9I", bytes.fromhex("d0cf11e0a1b11ae1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, 0, count, directory_start, 0,
                         CUTOFF, mini_start, len(mini_table) // SECTOR, END, 0)
    header += struct.pack("<109I", *[first + i if i < count else FREE for i in range(109)])
    return header + big.bytes + fat


# ---- MS-OXMSG ----

def stored_size(tag, value):
    """Size as the property stream states it: of strings with the NUL that their stream does not hold (2.4.2.1)."""
    return len(value) + {UNICODE: 2, 0x001E: 1}.get(tag & 0xFFFF, 0)


def property_entry(tag, value):
    head = struct.pack("<II", tag, 6)  # readable, writable
    kind = tag & 0xFFFF
    if kind == OBJECT:
        return head + struct.pack("<II", 0xFFFFFFFF, 1)  # an embedded message (2.4.2.2.4)
    if kind in FIXED:
        return head + value.ljust(8, b"\0")
    return head + struct.pack("<II", stored_size(tag, value), 0)


def property_entries(properties, header):
    """The streams of an object's properties: __properties_version1.0 and one of each value that has no fixed width."""
    stream = header + b"".join(property_entry(tag, value) for tag, value in sorted(properties.items()))
    yield Entry("__properties_version1.0", STREAM, stream)
    for tag, value in sorted(properties.items()):
        if tag & 0xFFFF not in FIXED and tag & 0xFFFF != OBJECT:
            yield Entry(f"__substg1.0_{tag:08X}", STREAM, value)


def message_entries(made, top):
    counts = (len(made.recipients), len(made.attachments))
    header = struct.pack("<8xIIII", *counts, *counts) + (bytes(8) if top else b"")
    yield from property_entries(made.properties, header)
    for number, row in enumerate(made.recipients):
        yield Entry(f"__recip_version1.0_#{number:08X}", STORAGE, children=property_entries(row, bytes(8)))
    for number, (properties, inside) in enumerate(made.attachments):
        own = {**properties, 0x3701 << 16 | OBJECT: b""}
        embedded = Entry("__substg1.0_3701000D", STORAGE, children=message_entries(inside, top=False))
        yield Entry(f"__attach_version1.0_#{number:08X}", STORAGE, children=[*property_entries(own, bytes(8)), embedded])


def named_entries(names):
    """__nameid_version1.0 (2.2.3): GUIDs, entries, strings, and for each name its place in the hash buckets."""
    guids = list(dict.fromkeys(guid for guid, _ in names))
    entries, strings, buckets = b"", b"", {}
    for i, (guid, text) in enumerate(names):
        index = 3 + guids.index(guid) << 1 | 1  # 1: named by a string
        name = text.encode("utf-16-le")
        entries += struct.pack("<IHH", len(strings), index, i)
        checksum = weak_crc(name)
        bucket = 0x1000 + (checksum ^ index) % 0x1F
        buckets[bucket] = buckets.get(bucket, b"") + struct.pack("<IHH", checksum, index, i)
        strings += padded(struct.pack("<I", len(name)) + name, 4)
    for number, content in ((2, b"".join(guids)), (3, entries), (4, strings), *sorted(buckets.items())):
        yield Entry(f"__substg1.0_{number << 16 | BINARY:08X}", STREAM, content)


def msg_file(made):
    names = all_names(made)
    renumber(made, names)
    named = Entry("__nameid_version1.0", STORAGE, children=named_entries(names))
    return compound_file(Entry("Root Entry", ROOT, children=[named, *message_entries(made, top=True)]))
