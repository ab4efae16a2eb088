#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks what DESIGN.md promises of the tree: who includes whom, which folder knows which library, SPDX lines, ASCII, size, and
that no two types of a namespace have one name.

Prints one line a fault ("path:line: what") and exits 1 when there is any.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# DESIGN.md, the table of folders.
MAY_INCLUDE = {
    "base": set(),
    "text": {"base"},
    "archive": {"base"},
    "evidence": {"base", "text", "archive"},
    "message": {"base", "text"},
    "documents": {"base", "text", "archive", "message"},
    "facts": {"base", "text", "message", "documents"},
    "policy": {"base", "text"},
    "memory": {"base", "text", "message", "facts", "policy"},
    "findings": {"base", "text", "message", "facts", "policy", "memory"},
    "timeline": {"base", "text", "message", "facts", "findings", "policy", "memory", "threadline"},
    "logs": {"base", "text"},
    "pipeline": {"base", "text", "archive", "evidence", "message", "documents", "facts", "policy", "memory", "findings", "timeline",
                 "logs", "threadline"},
    "apps": {"base", "text", "policy", "memory", "findings", "timeline", "evidence", "message", "pipeline", "threadline"},
}

# Header prefixes of a library -> the folders that may know it.
LIBRARY = {
    "gmime/": {"message"},
    "unicode/": {"text"},
    "re2/": {"text"},
    "libpsl.h": {"text"},
    "libxml/": {"text"},
    "openssl/": {"base"},
    "seccomp.h": {"base"},
    "archive.h": {"archive"},
    "archive_entry.h": {"archive"},
    "zlib.h": {"archive"},
    "libpff.h": {"evidence"},
    "maxminddb.h": {"facts"},
    "pugixml.hpp": {"text"},
    "xlsxwriter.h": {"timeline"},
    "sqlite3.h": {"memory"},
    "libpq-fe.h": {"memory"},
    "simdjson.h": {"logs"},
    "CLI/": {"apps"},
    "libmilter/": {"apps"},
    "httplib.h": {"apps"},
    "nlohmann/": {"policy", "timeline", "logs", "pipeline", "apps"},
}
BAD_NAMES = re.compile(r"(^|_)(utils?|manager|helpers?|data|misc)(_|\.|$)")
TYPE = re.compile(r"(?:struct|class|union|enum class|enum) (\w+)(?: final)?(?: : .*)? \{")
OF_LOCALE = re.compile(r"\b(?:strto(?:d|f|ld)|atof|sto(?:d|f|ld)|setlocale|to(?:lower|upper)|is(?:alpha|alnum|space|upper|lower|punct))\s*\(")
OF_SUBRANGE = re.compile(r"\bstd::ranges::(?:equal_range|find_end|partition|remove(?:_if)?|rotate|search(?:_n)?|stable_partition|subrange|unique)\b")
OF_CLANG_15 = re.compile(r"\bstd::(?:views|ranges::views|format|source_location|expected)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def sources():
    for top in ("src", "include", "tests"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in {".cc", ".h", ".def", ".inc"} and path.is_file():
                yield path.relative_to(ROOT)


def include_faults(path, number, line):
    match = INCLUDE.match(line)
    if not match or path.parts[0] != "src" or path.name.endswith("_test.cc"):
        return
    folder = path.parts[1]
    own, foreign = match.groups()
    if own and "/" in own:
        target = own.split("/")[0]
        if target != folder and target not in MAY_INCLUDE[folder]:
            yield f"{path}:{number}: {folder} may not include {target} (DESIGN.md, the table of folders)"
    for prefix, folders in LIBRARY.items():
        if foreign and foreign.startswith(prefix):
            if folder not in folders:
                yield f"{path}:{number}: only {', '.join(sorted(folders))} may know <{prefix}...>"
            elif prefix == "nlohmann/" and path.suffix == ".h" and folder not in {"timeline", "policy"}:
                yield f"{path}:{number}: nlohmann_json belongs into .cc files"


def file_faults(path):
    raw = (ROOT / path).read_bytes()
    lines = raw.decode("utf-8", "replace").split("\n")
    if not any("SPDX-License-Identifier: Apache-2.0" in line for line in lines[:3]):
        yield f"{path}:1: no SPDX line"
    if not raw.isascii():
        number = next(i for i, line in enumerate(lines, 1) if not line.isascii())
        yield f"{path}:{number}: not ASCII; write \\u escapes"
    if BAD_NAMES.search(path.name):
        yield f"{path}: a name of programming, not of the field"
    if path.suffix in {".cc", ".h"} and len(lines) > 500 and path.parts[0] == "src":
        yield f"{path}: {len(lines)} lines; past 500 a file wants to be two"
    for number, line in enumerate(lines, 1):
        yield from include_faults(path, number, line)
        if path.suffix in {".cc", ".h"} and OF_SUBRANGE.search(line):
            yield f"{path}:{number}: answers a subrange, which clang 14 cannot compile (DESIGN.md, Dialect); take iterators"
        if path.suffix in {".cc", ".h"} and OF_CLANG_15.search(line):
            yield f"{path}:{number}: is not of the dialect that g++ 12 and clang 14 both compile (DESIGN.md, Dialect)"
        if path.parts[0] == "src" and path.parts[1] != "apps" and OF_LOCALE.search(line):
            yield f"{path}:{number}: asks the locale (DESIGN.md, rule 4); std::from_chars, text/fold.h do not"


def detector_faults():
    table = (ROOT / "src/findings/detectors.def").read_text()
    listed = set(re.findall(r"THREADLINE_DETECTOR\((\w+)\)", table))
    folders = {p.parent.name for p in (ROOT / "src/findings").glob("*/detector.cc")}
    for name in sorted(listed ^ folders):
        yield f"src/findings/{name}: a detector is one folder and one line in detectors.def"
    for name in sorted(folders):
        for needed in ("README.md", "detector_test.cc"):
            if not (ROOT / "src/findings" / name / needed).exists():
                yield f"src/findings/{name}: no {needed}"


def types_of(path):
    """Namespace and name of each type that other files could see, with its line."""
    namespace, is_unnamed = "", False
    for number, line in enumerate((ROOT / path).read_text().split("\n"), 1):
        if line.startswith("namespace "):
            namespace, is_unnamed = (namespace, True) if line == "namespace {" else (line, False)
        elif line == "}  // namespace":
            is_unnamed = False
        elif (match := TYPE.match(line)) and not is_unnamed:
            yield (namespace, match.group(1)), number


def definition_faults(paths):
    """[basic.def.odr]: the linker takes one of the two destructors for both."""
    seen = {}
    for path in paths:
        if path.parts[0] == "tests" or path.suffix not in {".cc", ".h"}:
            continue
        for name, number in types_of(path):
            if seen.setdefault(name, path) != path:
                yield f"{path}:{number}: {name[1]} is another type in {seen[name]} of the same namespace"


def format_faults(paths):
    code = [str(p) for p in paths if p.suffix in {".cc", ".h"}]
    try:
        done = subprocess.run(["clang-format", "--dry-run", "-Werror", *code], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return
    for line in done.stderr.splitlines():
        if "-Wclang-format-violations" in line:
            yield line.split(" error:")[0] + " not as .clang-format has it (run tools/format)"


def main():
    paths = list(sources())
    faults = [fault for path in paths for fault in file_faults(path)]
    faults += list(detector_faults())
    faults += list(definition_faults(paths))
    faults += list(dict.fromkeys(format_faults(paths)))
    for fault in faults:
        print(fault)
    print(f"lint: {len(paths)} files, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
