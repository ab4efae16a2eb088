// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/heard.h"

namespace threadline::timeline::journal {
namespace {

void hear_opening(Opening& opening, const Sorted& body) {
  opening.title = text_in(body, "title");
  opening.language = text_in(body, "language") == "fr" ? Language::fr : Language::en;
  opening.zone = text_in(body, "zone");
  for (const auto& domain : member(body, "own_domains")) {
    if (domain.is_string()) opening.own_domains.push_back(domain.get<std::string>());
  }
}

std::string custody_of(const Sorted& body) {
  std::string custody;
  for (const char* key : {"label", "by", "at", "method"}) {
    const std::string one = text_in(member(body, "custody"), key);
    if (!one.empty()) custody += (custody.empty() ? "" : "; ") + one;
  }
  return custody;
}

/// A file that an import names once more is listed again only with custody that it had not.
void hear_evidence(std::vector<EvidenceFile>& evidence, std::unordered_set<std::string>& known, const Entry& entry) {
  const std::string custody = custody_of(entry.body);
  if (entry.type == "attach")
    evidence.push_back({text_in(entry.body, "name"), count_in(entry.body, "size"), text_in(entry.body, "sha256"),
                        text_in(entry.body, "comment"), entry.seq});
  for (const auto& file : member(entry.body, "evidence")) {
    const EvidenceFile one{text_in(file, "path"), count_in(file, "size"), text_in(file, "sha256"), custody, entry.seq};
    if (known.insert(one.path + '\n' + one.sha256 + '\n' + custody).second &&
        (known.insert(one.path + '\n' + one.sha256).second || !custody.empty()))
      evidence.push_back(one);
  }
}

ImportNote note_of(const Sorted& body) {
  const bool is_learnt = body.contains("context");
  return {count_in(body, "messages"), text_in(member(body, "policy"), "path"), count_in(body, is_learnt ? "context" : "messages"),
          is_learnt, count_in(body, "logs")};
}

}  // namespace

Remark remark_of(const Entry& entry, const char* text) {
  return {entry.seq, entry.at, entry.by, text_in(entry.body, "as"), text_in(entry.body, text)};
}

const ImportNote& Heard::import_of(const Entry& entry) const {
  static const ImportNote kNone;
  const auto found = notes.find(count_in(entry.body, "import"));
  return found == notes.end() ? kNone : found->second;
}

void Heard::hear(const Entry& entry) {
  if (entry.type == "open" && entry.seq == 1) hear_opening(opening, entry.body);
  if (entry.type == "import") notes[entry.seq] = note_of(entry.body);
  hear_evidence(evidence, files, entry);
  const std::uint64_t row = count_in(entry.body, "row");
  if (entry.type == "note") said[row].notes.push_back(remark_of(entry, "text"));
  if (entry.type == "strike") said[row].struck = remark_of(entry, "why");
  if (entry.type == "qualify") said[row].qualified = remark_of(entry, "why");
  if (entry.type == "found_again") said[row].gone.reset();
  if (entry.type != "not_found") return;
  said[row].gone = Gone{remark_of(entry, ""), import_of(entry).policy, 0};
  said[row].gone->import.entry = count_in(entry.body, "import");
}

}  // namespace threadline::timeline::journal
