// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/verify.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <map>

#include "base/sha256.h"
#include "timeline/journal/chain.h"
#include "timeline/journal/fault.h"

namespace threadline::timeline::journal {
namespace {

/// True for a file of a case whose bytes have that digest.
bool has_digest(const std::string& path, const std::string& digest) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  Sha256 sum;
  std::array<char, 65'536> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) sum.add({block.data(), static_cast<std::size_t>(in.gcount())});
  return sum.hex() == digest;
}

/// Entries that an import says will follow it.
std::int64_t announced(const Sorted& body) {
  std::uint64_t count = 0;
  for (const char* key : {"rows", "revisions", "not_found", "found_again"}) count += count_in(body, key);
  return static_cast<std::int64_t>(count);
}

/// What entries promise: files, and rows of an import.
struct Promises {
  std::map<std::string, std::string> files;         // name -> digest
  std::map<std::uint64_t, std::int64_t> rows_open;  // import -> rows that are still to come

  void hear(const Entry& entry) {
    const std::string file = text_in(entry.body, "file");
    if (!file.empty()) files.emplace(file, text_in(entry.body, "sha256"));
    if (entry.type == "import") rows_open[entry.seq] = announced(entry.body);
    if (entry.body.contains("import")) --rows_open[count_in(entry.body, "import")];
  }
};

}  // namespace

Step Chain::follow(const Line& line) {
  ++lines_;
  const std::uint64_t expected = is_known_ ? head_.seq + 1 : lines_;
  auto entry = read_entry(line.text, strictness_);
  if (!entry) {
    is_known_ = false;
    return {std::nullopt, Fault{Fault::What::unreadable, lines_, expected, entry.error().what}};
  }
  const std::string before = lines_ == 1 ? std::string(kNoHash) : head_.hash;
  const bool was_known = is_known_;
  is_known_ = true;
  head_ = {entry->seq, hash_of(line.text)};
  Step step{std::move(*entry), std::nullopt};
  if (was_known && head_.seq != expected) {
    step.fault = Fault{Fault::What::out_of_place, lines_, expected, std::to_string(head_.seq)};
  } else if (was_known && step.entry->prev != before) {
    step.fault = Fault{Fault::What::changed, lines_, lines_ == 1 ? 1 : expected - 1, {}};
  }
  return step;
}

Result<Verified> verify(const std::string& folder, const std::string& noted_head) {
  Verified verified;
  Chain chain(Strictness::canonical);
  Promises promises;
  Faults faults;
  const auto read = for_each_line(journal_path(folder), [&](const Line& line) {
    if (line.is_torn) {
      verified.torn_bytes = line.text.size();
      return false;
    }
    const Step step = chain.follow(line);
    faults.hear(step);
    if (!faults.all().empty()) return true;
    if (!noted_head.empty() && chain.head().hash == noted_head) verified.noted_at = chain.head().seq;
    promises.hear(*step.entry);
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  verified.head = chain.head();
  if (!faults.all().empty()) {
    verified.first = faults.all().front();
    verified.more = faults.all().size() - 1;
    verified.known_since = faults.known_since(*verified.first);
  }
  if (!verified.first && verified.head.seq == 0) verified.first = Fault{Fault::What::empty, 0, 0, {}};
  for (const auto& [name, digest] : promises.files) {
    if (!has_digest(folder + "/" + name, digest)) verified.bad_files.push_back(name);
  }
  if (verified.first) return verified;  // what follows the break was not counted
  for (const auto& [import, open] : promises.rows_open) verified.imports_cut += open > 0 ? 1 : 0;
  return verified;
}

std::string sentence_of(const Fault& fault, Language language) {
  static constexpr std::array<std::string_view, 4> kKeys{"case.fault.unreadable", "case.fault.out_of_place", "case.fault.changed",
                                                         "case.fault.empty"};
  return phrase(kKeys.at(static_cast<std::size_t>(fault.what)), language,
                {{"entry", std::to_string(fault.entry)}, {"line", std::to_string(fault.line)}, {"detail", fault.detail}});
}

}  // namespace threadline::timeline::journal
