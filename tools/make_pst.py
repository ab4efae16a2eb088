# SPDX-License-Identifier: Apache-2.0
"""Writes MAPI objects as one Outlook data file: a Unicode PST (MS-PST), not encoded, without free space to grow in.

`pst_file(mails)` answers the bytes of a store with a folder Inbox that holds them. Same output every time; for tests only. Three
layers, as the specification has them: Nodes (2.2: blocks, pages, the two B-trees), heap, tables and properties (2.3), messaging
(2.4). Outlook's own files are a multiple of 248 KiB; this one ends behind its last page, and its allocation map says so.
"""
import struct

from mapi_from_eml import BINARY, BOOLEAN, FIXED, INTEGER32, OBJECT, UNICODE, MapiObject, all_names, renumber, weak_crc

PAGE, UNIT, BLOCK_MAX, HEAP_MAX = 512, 64, 8176, 3580
AMAP, PMAP, DLIST, BBT, NBT = 0x84, 0x83, 0x86, 0x80, 0x81
FIRST_AMAP, FIRST_FREE = 0x4400, 0x4800
PC, TC = 0xBC, 0x7C
# Types of nodes (2.2.2.1), the low five bits of their ids.
FOLDER, MESSAGE, ATTACHMENT, HIERARCHY, CONTENTS, ASSOCIATED, LTP = 0x02, 0x04, 0x05, 0x0D, 0x0E, 0x0F, 0x1F
STORE, NAMES, ROOT_FOLDER, ATTACHMENT_TABLE, RECIPIENT_TABLE = 0x21, 0x61, 0x122, 0x671, 0x692
TOP_FOLDER, WASTEBASKET, SEARCH_ROOT, INBOX = 0x8022, 0x8042, 0x8062, 0x8082
RECORD_KEY = bytes.fromhex("7468726561646c696e65206361736521")


# ---- the node database (2.2) ----

def signature(offset, block):
    """Ties a block to its place (5.5)."""
    mixed = (offset ^ block) & 0xFFFFFFFF
    return (mixed >> 16 ^ mixed) & 0xFFFF


def page(content, kind, offset, block):
    own = signature(offset, block) if kind in (BBT, NBT, DLIST) else 0
    return content + struct.pack("<BBHIQ", kind, kind, own, weak_crc(content), block)


class Nodes:
    """Blocks at their places and the nodes that own them."""

    def __init__(self):
        self.bytes = bytearray(FIRST_FREE)
        self.blocks = []  # of (id, offset, size)
        self.nodes = {}  # id -> (data block, subnode block, parent)
        self.next_block = self.next_page = 4

    def block(self, content, internal=False):
        """The id of a new block (2.2.2.8.1); bit 1 marks those whose content is blocks."""
        own, offset = self.next_block | (2 if internal else 0), len(self.bytes)
        self.next_block += 4
        self.bytes += content + bytes(-(len(content) + 16) % UNIT)
        self.bytes += struct.pack("<HHIQ", len(content), signature(offset, own), weak_crc(content), own)
        self.blocks.append((own, offset, len(content)))
        return own

    def stream(self, chunks):
        """One block, or several behind an XBLOCK (2.2.2.8.3.2.1)."""
        if not chunks:
            return 0
        ids = [self.block(chunk) for chunk in chunks]
        if len(ids) == 1:
            return ids[0]
        total = sum(map(len, chunks))
        return self.block(struct.pack("<BBHI", 1, 1, len(ids), total) + struct.pack(f"<{len(ids)}Q", *ids), internal=True)

    def subnodes(self, entries):
        """An SLBLOCK (2.2.2.8.3.3.1) of {id: (data, subnodes)}; 0 of none."""
        if not entries:
            return 0
        body = b"".join(struct.pack("<QQQ", own, *blocks) for own, blocks in sorted(entries.items()))
        return self.block(struct.pack("<BBHI", 2, 0, len(entries), 0) + body, internal=True)

    def tree(self, kind, entries):
        """A B-tree (2.2.2.7.7) of packed entries by key; answers the BREF of its top page."""
        level, width = 0, {BBT: 24, NBT: 32}[kind]
        while True:
            limit, above = 488 // width, []
            for first in range(0, max(len(entries), 1), limit):
                run = entries[first:first + limit]
                body = b"".join(entry for _, entry in run).ljust(488, b"\0")
                body += struct.pack("<BBBBI", len(run), limit, width, level, 0)
                own, offset = self.next_page, len(self.bytes)
                self.next_page += 4
                self.bytes += page(body, kind, offset, own)
                above.append((run[0][0], struct.pack("<QQQ", run[0][0], own, offset)))
            if len(above) == 1:
                return own, offset
            entries, level, width = above, level + 1, 24

    def file(self):
        self.bytes += bytes(-len(self.bytes) % PAGE)
        leaf = sorted((own, struct.pack("<QQHHI", own, offset, size, 2, 0)) for own, offset, size in self.blocks)
        blocks = self.tree(BBT, leaf)
        leaf = sorted((own, struct.pack("<QQQII", own, data, sub, parent, 0)) for own, (data, sub, parent) in self.nodes.items())
        nodes = self.tree(NBT, leaf)
        self.maps()
        self.bytes[:564] = self.header(nodes, blocks)
        return bytes(self.bytes)

    def maps(self):
        """All is allocated (2.2.2.7.2); behind the end of the file there is nothing to allocate."""
        full = b"\xff" * 496
        self.bytes[0x4200:0x4400] = page(bytes(496), DLIST, 0x4200, self.next_page)
        self.bytes[0x4400:0x4600] = page(full, AMAP, 0x4400, 0x4400)
        self.bytes[0x4600:0x4800] = page(full, PMAP, 0x4600, 0x4600)
        assert len(self.bytes) <= FIRST_AMAP + 496 * 8 * UNIT, "needs a second allocation map"

    def header(self, nodes, blocks):
        """HEADER (2.2.2.6) with its ROOT (2.2.2.5)."""
        counters = [max([0x3FF, *(own >> 5 for own in self.nodes if own & 0x1F == kind)]) + 1 for kind in range(32)]
        root = struct.pack("<IQQQQQQQQBBH", 0, len(self.bytes), FIRST_AMAP, 0, 0, *nodes, *blocks, 2, 0, 0)
        body = struct.pack("<HHHBBIIQQI", 0x4D53, 23, 19, 1, 1, 0, 0, 0, self.next_page + 4, 1) + struct.pack("<32I", *counters) + bytes(8) + root
        body += bytes(4) + b"\xff" * 256 + struct.pack("<BBHQ", 0x80, 0, 0, self.next_block)
        return b"!BDN" + struct.pack("<I", weak_crc(body[:471])) + body + struct.pack("<I", weak_crc(body[:516])) + bytes(36)


# ---- heap, B-tree on heap, properties, tables (2.3) ----

class Heap:
    """Heap-on-node (2.3.1): allocations in blocks, each with a map at its end; longer values in subnodes."""

    def __init__(self, client):
        self.client, self.pages, self.top = client, [[]], 0
        self.subnodes = {}  # id -> chunks or (data, subnodes)

    def room(self):
        header = 12 if len(self.pages) == 1 else 2
        return BLOCK_MAX - header - sum(map(len, self.pages[-1])) - 2 * (len(self.pages[-1]) + 1) - 8

    def allocate(self, content):
        """A HID: block and number in it (2.3.1.1). Of nothing: 0."""
        if not content:
            return 0
        if len(content) > self.room():
            self.pages.append([])
            assert len(self.pages) < 8, "needs a heap bitmap"
        self.pages[-1].append(content)
        return (len(self.pages) - 1) << 16 | len(self.pages[-1]) << 5

    def store(self, content):
        """A HNID: in the heap, or in a subnode of its own."""
        if len(content) <= HEAP_MAX:
            return self.allocate(content)
        return self.subnode([content[i:i + BLOCK_MAX] for i in range(0, len(content), BLOCK_MAX)])

    def subnode(self, held, kind=LTP):
        own = (0x400 + len(self.subnodes)) << 5 | kind
        self.subnodes[own] = held
        return own

    def tree(self, key_size, records):
        """BTH (2.3.2) of {key: packed value}, one leaf."""
        key = {2: "<H", 4: "<I"}[key_size]
        leaf = b"".join(struct.pack(key, k) + value for k, value in sorted(records.items()))
        assert len(leaf) <= HEAP_MAX, "needs a level above"
        value_size = len(next(iter(records.values()))) if records else {2: 6, 4: 4}[key_size]
        return self.allocate(struct.pack("<BBBBI", 0xB5, key_size, value_size, 0, self.allocate(leaf)))

    def chunks(self):
        return [self.packed(number, page_) for number, page_ in enumerate(self.pages)]

    def packed(self, number, allocations):
        offset = 12 if number == 0 else 2
        places = [offset]
        for content in allocations:
            places.append(places[-1] + len(content))
        body = b"".join(allocations)
        body += bytes(len(body) % 2)
        at = offset + len(body)
        header = struct.pack("<HBBII", at, 0xEC, self.client, self.top, 0) if number == 0 else struct.pack("<H", at)
        return header + body + struct.pack(f"<HH{len(places)}H", len(allocations), 0, *places)


def property_heap(properties, objects=()):
    """A property context (2.3.3). `objects`: {tag: blocks of the object}."""
    heap, records = Heap(PC), {}
    for tag, value in sorted(properties.items()):
        kind = tag & 0xFFFF
        inline = FIXED.get(kind, 8) <= 4
        records[tag >> 16] = struct.pack("<HI", kind, int.from_bytes(value, "little") if inline else heap.store(value))
    for tag, held in dict(objects).items():
        own = heap.subnode(held, MESSAGE)
        records[tag >> 16] = struct.pack("<HI", tag & 0xFFFF, heap.allocate(struct.pack("<II", own, 0)))
    heap.top = heap.tree(2, records)
    return heap


def width(tag):
    return {BOOLEAN: 1}.get(tag & 0xFFFF, FIXED.get(tag & 0xFFFF, 4))


class Columns:
    """Where each column's cell stands in a row (2.3.4.1): by width, then the bitmap of what exists."""

    def __init__(self, tags):
        self.tags = [0x67F20003, 0x67F30003] + sorted(tag for tag in tags if width(tag) >= 4)
        self.tags += sorted((tag for tag in tags if width(tag) < 4), key=lambda tag: (-width(tag), tag))
        self.offsets, at = {}, 0
        for tag in self.tags:
            self.offsets[tag] = at
            at += width(tag)
        self.ends = [sum(width(tag) for tag in self.tags if width(tag) >= least) for least in (4, 2, 1)]
        self.row_size = at + -(-len(self.tags) // 8)

    def info(self):
        ends = struct.pack("<HHHH", *self.ends, self.row_size)
        described = sorted((tag, self.offsets[tag], width(tag), bit) for bit, tag in enumerate(self.tags))
        return ends, b"".join(struct.pack("<IHBB", *column) for column in described)

    def row(self, heap, cells):
        out = bytearray(self.row_size)
        for bit, tag in enumerate(self.tags):
            if tag not in cells:
                continue
            is_fixed = tag & 0xFFFF in FIXED
            value = cells[tag] if is_fixed else struct.pack("<I", heap.store(cells[tag]))
            out[self.offsets[tag]:self.offsets[tag] + width(tag)] = value[:width(tag)]
            out[self.ends[2] + bit // 8] |= 0x80 >> bit % 8
        return bytes(out)


def table_heap(tags, rows):
    """A table context (2.3.4): rows are {tag: value} by id, in the order given."""
    heap, columns = Heap(TC), Columns(tags)
    matrix, index = b"", {}
    for number, (own, cells) in enumerate(rows.items()):
        index[own] = struct.pack("<I", number)
        matrix += columns.row(heap, {**cells, 0x67F20003: struct.pack("<I", own), 0x67F30003: struct.pack("<I", number + 1)})
    assert len(matrix) <= HEAP_MAX, "needs its rows in a subnode"
    by_id, held = heap.tree(4, index), heap.allocate(matrix)
    ends, described = columns.info()
    heap.top = heap.allocate(struct.pack("<BB", TC, len(columns.tags)) + ends + struct.pack("<III", by_id, held, 0) + described)
    return heap


# ---- messaging (2.4) ----

HIERARCHY_COLUMNS = (0x3001001F, 0x36020003, 0x36030003, 0x360A000B, 0x3613001F)
CONTENTS_COLUMNS = (0x0017 << 16 | INTEGER32, 0x001A001F, 0x0036 << 16 | INTEGER32, 0x0037001F, 0x00390040, 0x0042001F, 0x0070001F,
                    0x0E03001F, 0x0E04001F, 0x0E060040, 0x0E070003, 0x0E080003, 0x30080040)
RECIPIENT_COLUMNS = (0x0C150003, 0x0FFE0003, 0x0FFF0102, 0x3001001F, 0x3002001F, 0x3003001F, 0x300B0102, 0x39000003, 0x39FE001F, 0x5FF6001F)
ATTACHMENT_COLUMNS = (0x0E200003, 0x3001001F, 0x37050003, 0x370B0003)


def picked(properties, tags):
    return {tag: properties[tag] for tag in tags if tag in properties}


class Store:
    def __init__(self):
        self.nodes = Nodes()

    def written(self, heap, more=()):
        """(data block, subnode block) of a heap with its subnodes and those of `more`."""
        entries = {own: held if isinstance(held, tuple) else (self.nodes.stream(held), 0) for own, held in heap.subnodes.items()}
        return self.nodes.stream(heap.chunks()), self.nodes.subnodes({**entries, **dict(more)})

    def node(self, own, heap, parent=0, more=()):
        self.nodes.nodes[own] = (*self.written(heap, more), parent)

    def message_blocks(self, made):
        """A message's blocks, its recipients and attachments as subnodes (2.4.5)."""
        more = {RECIPIENT_TABLE: self.written(table_heap(RECIPIENT_COLUMNS, dict(enumerate(picked(row, RECIPIENT_COLUMNS) for row in made.recipients))))}
        rows = {}
        for number, (properties, inside) in enumerate(made.attachments):
            own = (0x400 + number) << 5 | ATTACHMENT
            more[own] = self.written(property_heap(properties, {0x3701 << 16 | OBJECT: self.message_blocks(inside)}))
            rows[own] = {**picked(properties, ATTACHMENT_COLUMNS), 0x0E200003: bytes(4)}
        if rows:
            more[ATTACHMENT_TABLE] = self.written(table_heap(ATTACHMENT_COLUMNS, rows))
        return self.written(property_heap(stored(made)), more)

    def folder(self, own, parent, properties, inside=None, mails=None):
        """A folder's four nodes (2.4.4); `inside` and `mails`: {id: properties}."""
        inside, mails = inside or {}, mails or {}
        self.node(own, property_heap(properties), parent)
        base = own & ~0x1F
        self.node(base | HIERARCHY, table_heap(HIERARCHY_COLUMNS, {k: picked(v, HIERARCHY_COLUMNS) for k, v in inside.items()}))
        self.node(base | CONTENTS, table_heap(CONTENTS_COLUMNS, {k: picked(v, CONTENTS_COLUMNS) for k, v in mails.items()}))
        self.node(base | ASSOCIATED, table_heap(CONTENTS_COLUMNS, {}))


def stored(made):
    """A PST marks a subject's prefix: U+0001 and its length and one (2.5.3.1.1.1)."""
    properties = dict(made.properties)
    prefix = properties.get(0x003D << 16 | UNICODE, b"")
    if prefix:
        properties[0x0037 << 16 | UNICODE] = struct.pack("<HH", 1, len(prefix) // 2 + 1) + properties[0x0037 << 16 | UNICODE]
    properties[0x0E08 << 16 | INTEGER32] = struct.pack("<I", sum(map(len, properties.values())))
    return properties


def folder_properties(name, mails=0, folders=False):
    made = MapiObject()
    made.text(0x3001, name)
    made.integer(0x3602, mails)
    made.integer(0x3603, 0)
    made.boolean(0x360A, folders)
    made.text(0x3613, "IPF.Note")
    return made.properties


def entry_id(node):
    return bytes(4) + RECORD_KEY + struct.pack("<I", node)


def store_properties():
    made = MapiObject()
    made.binary(0x0FF9, RECORD_KEY)
    made.text(0x3001, "kit-de-survie")
    made.integer(0x340D, 0x00040E79)
    made.binary(0x35E0, entry_id(TOP_FOLDER))
    made.binary(0x35E3, entry_id(WASTEBASKET))
    made.binary(0x35E7, entry_id(SEARCH_ROOT))
    made.integer(0x35DF, 0x89)
    made.integer(0x67FF, 0)  # no password
    return made.properties


def name_properties(names):
    """NAME-TO-ID map (2.4.7): GUIDs, entries, strings, hash buckets."""
    made, guids = MapiObject(), list(dict.fromkeys(guid for guid, _ in names))
    entries, strings, buckets = b"", b"", {}
    for i, (guid, text) in enumerate(names):
        index, name = (3 + guids.index(guid)) << 1 | 1, text.encode("utf-16-le")
        entries += struct.pack("<IHH", len(strings), index, i)
        checksum = weak_crc(name)
        bucket = 0x1000 + (checksum ^ index) % 251
        buckets[bucket] = buckets.get(bucket, b"") + struct.pack("<IHH", checksum, index, i)
        strings += struct.pack("<I", len(name)) + name + bytes(-len(name) % 4)
    made.integer(0x0001, 251)
    for number, content in ((2, b"".join(guids)), (3, entries), (4, strings), *buckets.items()):
        made.binary(number, content)
    return made.properties


def pst_file(mails):
    names = list(dict.fromkeys(name for mail in mails for name in all_names(mail)))
    for mail in mails:
        renumber(mail, names)
    store, inbox = Store(), {}
    store.node(STORE, property_heap(store_properties()))
    store.node(NAMES, property_heap(name_properties(names)))
    for number, mail in enumerate(mails):
        own = (0x10000 + number) << 5 | MESSAGE
        store.nodes.nodes[own] = (*store.message_blocks(mail), INBOX)
        inbox[own] = stored(mail)
    folders = {
        TOP_FOLDER: folder_properties("Top of Personal Folders", folders=True),
        SEARCH_ROOT: folder_properties("Search Root"),
        INBOX: folder_properties("Inbox", mails=len(mails)),
        WASTEBASKET: folder_properties("Deleted Items"),
    }
    store.folder(ROOT_FOLDER, ROOT_FOLDER, folder_properties("", folders=True), {own: folders[own] for own in (TOP_FOLDER, SEARCH_ROOT)})
    store.folder(TOP_FOLDER, ROOT_FOLDER, folders[TOP_FOLDER], {own: folders[own] for own in (INBOX, WASTEBASKET)})
    store.folder(SEARCH_ROOT, ROOT_FOLDER, folders[SEARCH_ROOT])
    store.folder(INBOX, TOP_FOLDER, folders[INBOX], mails=inbox)
    store.folder(WASTEBASKET, TOP_FOLDER, folders[WASTEBASKET])
    return store.nodes.file()
