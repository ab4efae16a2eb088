#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Scores `threadline lookalike` on pairs of domains: what is named, what is named medium or more, and what is named in vain.

Usage: tools/lookalike_score.py [--program "build/release/src/apps/threadline"] [--pairs ../shared/data/lookalike] [--misses N]
       tools/lookalike_score.py --population FILE [--references FILE]

The folder holds refs.txt, positives.tsv and negatives.tsv (reference, candidate, label, class). A positive counts where it is named for its
own reference, or for another of refs.txt. "required" leaves out what findings.md lets be low: TLD swaps, labels of 3-4 letters, and
corporate words beside the name (a subsidiary's); the words are read from src/text/resemblance_keywords.def. Negatives are compared one
reference at a time. A population is compared with all references in one run and printed with its share above low.
"""
import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAMS = [ROOT / "build" / kind / "src/apps/threadline" for kind in ("release", "dev")]
ABOVE_LOW = {"medium", "high", "critical"}
GENERIC = {"co", "com", "gouv", "gov", "net", "org", "ac"}  # second labels of public suffixes that these names stand below
NEAR = "near"
GOALS = {"micro": 0.93, "macro": 0.91, "negatives": 0.005, "few": 1, "many": 40}


def lines_of(program, references, candidates):
    """candidate -> (reference, technique, severity, score), from one run."""
    with tempfile.TemporaryDirectory(prefix="lookalikes-") as folder:
        known, asked = pathlib.Path(folder) / "references", pathlib.Path(folder) / "candidates"
        known.write_text("\n".join(references) + "\n")
        asked.write_text("\n".join(candidates) + "\n")
        done = subprocess.run([*program, "lookalike", "--reference", str(known), "--format", "tsv", str(asked)], capture_output=True,
                              text=True, check=False)
    if done.returncode:
        sys.exit(f"{shlex.join(program)}: exit status {done.returncode}: {done.stderr[:500]}")
    return {fields[0]: fields[1:] for fields in (line.split("\t") for line in done.stdout.splitlines())}


def pairs_of(path):
    rows = [line.split("\t") for line in path.read_text().splitlines()[1:]]
    return [(reference, candidate, kind) for reference, candidate, _, kind in rows]


def label_of(domain):
    labels = domain.split(".")[:-1]
    return labels[-2] if len(labels) > 1 and labels[-1] in GENERIC else labels[-1]


def corporate_words():
    table = (ROOT / "src/text/resemblance_keywords.def").read_text()
    return {word for words in re.findall(r'KEYWORDS\(corporate, "([^"]*)"\)', table) for word in words.split()}


def may_be_low(reference, candidate, kind, corporate):
    label = label_of(reference)
    if kind.startswith("tld") or len(label) <= 4:
        return True
    if not kind.startswith("combo"):
        return False
    beside = label_of(candidate).replace(label, "-")
    return all(word in corporate for word in beside.split("-") if word)


def score_positives(program, folder, misses):
    references, pairs = (folder / "refs.txt").read_text().split(), pairs_of(folder / "positives.tsv")
    found = lines_of(program, references, [candidate for _, candidate, _ in pairs])
    corporate = corporate_words()
    classes, missed, weak = collections.defaultdict(lambda: [0, 0, 0, 0, 0]), [], []
    for reference, candidate, kind in pairs:
        answer, counts = found.get(candidate), classes[kind]
        counts[0] += 1
        counts[1] += answer is not None
        counts[2] += answer is not None and answer[0] == reference
        if answer is None:
            missed.append((kind, reference, candidate))
        if not may_be_low(reference, candidate, kind, corporate):
            counts[3] += 1
            counts[4] += answer is not None and answer[2] in ABOVE_LOW
            if answer is not None and answer[2] not in ABOVE_LOW:
                weak.append((kind, reference, candidate))
    print(f"{'class':<22} {'pairs':>6} {'named':>6} {'share':>6} {'own ref':>7} {'required':>8} {'medium+':>7} {'share':>6}")
    for kind, (pairs_in, named, own, required, grave) in sorted(classes.items()):
        print(f"{kind:<22} {pairs_in:>6} {named:>6} {named / pairs_in:>6.3f} {own:>7} {required:>8} {grave:>7} "
              f"{grave / required if required else 1:>6.3f}")
    print_recall("named at all", [(counts[1], counts[0]) for counts in classes.values()])
    print_recall("medium or more where required", [(counts[4], counts[3]) for counts in classes.values() if counts[3]])
    for title, rows in (("not named", missed), ("named, but low", weak)):
        for kind, reference, candidate in rows[:misses]:
            print(f"  {title}: {kind} {reference} {candidate}")


def print_recall(title, counts):
    micro = sum(one for one, _ in counts) / sum(of for _, of in counts)
    macro = sum(one / of for one, of in counts) / len(counts)
    print(f"{title}: micro {micro:.4f} (goal {GOALS['micro']}), macro {macro:.4f} (goal {GOALS['macro']})")


def score_negatives(program, folder, misses):
    by_reference = collections.defaultdict(list)
    for reference, candidate, kind in pairs_of(folder / "negatives.tsv"):
        by_reference[reference].append((candidate, kind))
    classes, false = collections.defaultdict(lambda: [0, 0, 0]), []

    def ask(reference):
        return reference, lines_of(program, [reference], [candidate for candidate, _ in by_reference[reference]])

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for reference, found in pool.map(ask, by_reference):
            for candidate, kind in by_reference[reference]:
                answer, counts = found.get(candidate), classes[kind]
                counts[0] += 1
                counts[1] += answer is not None
                counts[2] += answer is not None and answer[2] in ABOVE_LOW
                if answer is not None and answer[2] in ABOVE_LOW:
                    false.append((kind, reference, candidate, answer[1], answer[2]))
    print(f"\n{'class':<34} {'pairs':>6} {'named':>6} {'medium+':>7} {'share':>7}")
    for kind, (pairs_in, named, grave) in sorted(classes.items()):
        print(f"{kind:<34} {pairs_in:>6} {named:>6} {grave:>7} {grave / pairs_in:>7.4f}")
    near = [counts for kind, counts in classes.items() if kind.startswith(NEAR) and "<=4" not in kind.split(":")[1]]
    if near:
        print(f"near pairs of 5 letters or more: {sum(one[2] for one in near)} of {sum(one[0] for one in near)} above low, "
              f"{sum(one[2] for one in near) / sum(one[0] for one in near):.4f} (goal < {GOALS['negatives']} of unrelated firms)")
    for row in false[:misses]:
        print("  above low: " + " ".join(row))


def score_population(program, population, references, misses):
    names, known = population.read_text().split(), references.read_text().split()
    found = lines_of(program, known, names)
    grave = [(name, *answer) for name, answer in found.items() if answer[2] in ABOVE_LOW]
    asked = len(set(names) - set(known))
    goal = GOALS["few"] if len(known) < 1000 else GOALS["many"]
    print(f"population: {asked} names that are no reference, {len(known)} references, {len(found)} named, {len(grave)} above low: "
          f"{10_000 * len(grave) / asked:.2f} per 10,000 (goal {goal})")
    for row in grave[:misses]:
        print("  above low: " + " ".join(row))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--program", help="command that has the lookalike interface")
    arguments.add_argument("--pairs", type=pathlib.Path, default=ROOT.parent / "shared/data/lookalike")
    arguments.add_argument("--population", type=pathlib.Path, help="real domains, one a line; nothing else is scored")
    arguments.add_argument("--references", type=pathlib.Path, help="for the population; default refs.txt of the pairs")
    arguments.add_argument("--misses", type=int, default=20, help="examples printed of each kind")
    options = arguments.parse_args()
    built = next((path for path in PROGRAMS if path.exists()), PROGRAMS[0])
    program = shlex.split(options.program) if options.program else [str(built)]
    if options.population:
        score_population(program, options.population, options.references or options.pairs / "refs.txt", options.misses)
        return 0
    if not options.pairs.is_dir():
        print(f"{options.pairs} is absent: nothing is scored", file=sys.stderr)
        return 0
    score_positives(program, options.pairs, options.misses)
    score_negatives(program, options.pairs, options.misses)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(0)
