// SPDX-License-Identifier: Apache-2.0
#include "pipeline/duplicates.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "findings/exchanged_documents.h"
#include "memory/memory.h"
#include "pipeline/log_case.h"

namespace threadline::pipeline {
namespace {

constexpr std::size_t kKinds = 20;  ///< of one message's copies, with other documents each

/// The better witness first: one that nobody attached to his mail; what one copy alone holds (an attachment that the other lost)
/// is not lost with it.
bool is_better(const std::shared_ptr<const facts::Facts>& left, const std::shared_ptr<const facts::Facts>& right) {
  const auto rank = [](const facts::Facts& f) {
    return std::tuple(!f.carrier.empty(), -static_cast<std::int64_t>(f.accounts.size()),
                      f.dates.basis != facts::TimeBasis::border, -static_cast<std::int64_t>(f.route.hops.size()),
                      std::cref(f.sha256).get());
  };
  return rank(*left) < rank(*right);
}

using FactsPointer = std::shared_ptr<const facts::Facts>;

/// Copies of one message in which nothing was exchanged.
struct Kind {
  FactsPointer first, best;
  Place first_place;
  std::vector<std::pair<Place, std::string>> sources;
  std::vector<message::Address> bcc;  ///< of all copies, each once
  std::vector<Note> journal_notes;
  std::vector<facts::ForwardSign> forward_signs;  ///< of all copies: a redirected one says what the one in the mailbox does not
  std::vector<std::string> delivered;             ///< to whom servers took the copies: one of each mailbox
};

/// Bcc recipients stand in one copy only: the sender's own, or one that a journal report told them of.
void add_bcc(std::vector<message::Address>& to, const std::vector<message::Address>& bcc) {
  for (const message::Address& person : bcc) {
    const bool known = std::ranges::any_of(to, [&](const auto& one) { return one.address == person.address; });
    if (!known && to.size() < Limits{}.addresses) to.push_back(person);
  }
}

void add_notes(std::vector<Note>& to, const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    if (note.code == "from_journal" && std::ranges::find(to, note) == to.end()) to.push_back(note);
  }
}

void add_signs(std::vector<facts::ForwardSign>& to, const std::vector<facts::ForwardSign>& signs) {
  for (const facts::ForwardSign& sign : signs) {
    const auto is_same = [&](const facts::ForwardSign& one) { return one.name == sign.name && one.value == sign.value; };
    if (to.size() < Limits{}.forward_signs && std::ranges::none_of(to, is_same)) to.push_back(sign);
  }
}

void add_recipients(std::vector<std::string>& to, const std::vector<std::string>& recipients) {
  for (const std::string& recipient : recipients) {
    if (to.size() < Limits{}.addresses && std::ranges::find(to, recipient) == to.end()) to.push_back(recipient);
  }
}

/// What one copy alone tells. An attached one says what its carrier wants of the way that it came.
void add_told(Kind& kind, const facts::Facts& copy) {
  add_bcc(kind.bcc, copy.bcc);
  add_notes(kind.journal_notes, copy.notes);
  if (!copy.carrier.empty()) return;
  add_recipients(kind.delivered, delivered_to(copy));
  add_signs(kind.forward_signs, copy.forward_signs);
}

void add(Kind& kind, const FactsPointer& copy, const Place& place) {
  kind.sources.emplace_back(place, copy->source);
  if (is_better(copy, kind.best)) kind.best = copy;
  add_told(kind, *copy);
}

Kind begun_with(const FactsPointer& copy, const Place& place) {
  return {copy, copy, place, {{place, copy->source}}, {}, {}, {}, {}};
}

/// In the order of the evidence.
std::vector<std::string> sources_of(const Kind& kind) {
  auto places = kind.sources;
  std::ranges::sort(places, {}, [](const auto& source) {
    return std::tuple(std::uint64_t{source.first.order}, std::uint64_t{source.first.at});
  });
  std::vector<std::string> sources;
  for (auto& [place, source] : places) sources.push_back(std::move(source));
  return sources;
}

FactsPointer merged(const Kind& kind) {
  auto kept = std::make_shared<facts::Facts>(*kind.best);  // the copies stay as they were read: they may be judged again
  kept->sources = sources_of(kind);
  add_bcc(kept->bcc, kind.bcc);
  add_notes(kept->notes, kind.journal_notes);
  add_signs(kept->forward_signs, kind.forward_signs);
  const std::vector<std::string> own = delivered_to(*kept);
  std::vector<std::string> others;
  std::ranges::copy_if(kind.delivered, std::back_inserter(others),
                       [&](const std::string& one) { return std::ranges::find(own, one) == own.end(); });
  add_recipients(kept->gateway.envelope_to, others);
  return kept;
}

/// Copies in which something was exchanged are two messages (findings.md, copies_differ): each goes to the first of its kind.
class Kinds {
 public:
  void take(const FactsPointer& copy, const Place& place) {
    const auto same =
        std::ranges::find_if(kinds_, [&](const Kind& kind) { return !findings::are_exchanged(*copy, *kind.first); });
    if (same != kinds_.end()) return join(*same, copy, place);
    if (kinds_.size() < kKinds) return kinds_.push_back(begun_with(copy, place));
    join(kinds_.front(), copy, place);
  }
  [[nodiscard]] const std::vector<Kind>& all() const { return kinds_; }

 private:
  static void join(Kind& kind, const FactsPointer& copy, const Place& place) {
    if (kind.sources.size() == 1) add_told(kind, *kind.first);
    add(kind, copy, place);
  }
  std::vector<Kind> kinds_;
};

/// The entries of one message's copies become one for each kind, from `kept` on. Answers where the next may go.
std::size_t merge_copies(Shelf& shelf, std::size_t first, std::size_t end, std::size_t kept) {
  Column<Entry>& entries = shelf.entries();
  Kinds kinds;
  for (std::size_t at = first; at < end; ++at) kinds.take(shelf.facts(entries[at].place), entries[at].place);
  for (const Kind& kind : kinds.all()) {
    const auto facts = kind.sources.size() == 1 ? kind.first : merged(kind);
    const Place place = kind.sources.size() == 1 ? kind.first_place : shelf.put_made(facts);
    entries[kept++] = shelf.entry_of(*facts, place);
  }
  return kept;
}

/// The text without the line ends behind it, which containers add and take (RFC 4155: an mbox has one behind each message).
std::string_view without_ends(std::string_view text) {
  const std::size_t last = text.find_last_not_of("\r\n");
  return text.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool is_document(const message::Attachment& attachment) {
  return attachment.type.starts_with("application/") && attachment.note.empty();
}

/// The keys of accounts in attached texts, calendars and messages, whose bytes export programs write anew.
std::set<std::string> accounts_beside_documents(const facts::Facts& facts) {
  std::set<std::string> keys;
  for (const facts::Account& account : facts.accounts) {
    const auto holds_it = [&](const message::Attachment& one) { return is_document(one) && one.part == account.span.part; };
    if (account.where == "attachment" && std::ranges::none_of(facts.attachments, holds_it))
      keys.insert(memory::account_key(account));
  }
  return keys;
}

}  // namespace

std::string identity_of(const facts::Facts& facts) {
  if (facts.message_id.empty()) return facts.sha256;
  std::string key = facts.message_id + '\n' + (facts.dates.header ? facts.dates.header->text : "") + '\n';
  for (const auto& from : facts.from) key += from.address + '\n';
  key += without_ends(facts.body_text);
  return sha256_hex(key + '\n');
}

std::string content_of(const facts::Facts& facts) {
  std::vector<std::string_view> documents;
  for (const message::Attachment& attachment : facts.attachments) {
    if (is_document(attachment)) documents.push_back(attachment.sha256);
  }
  std::ranges::sort(documents);
  std::string key = identity_of(facts);
  for (const std::string_view document : documents) key.append("\n").append(document);
  for (const std::string& account : accounts_beside_documents(facts)) key.append("\n").append(account);
  return sha256_hex(key);
}

void merge_duplicates(Shelf& shelf) {
  Column<Entry>& entries = shelf.entries();
  std::ranges::sort(entries, {}, [](const Entry& entry) {  // by bytes: what is a kind of its own hangs on no order of reading
    return std::tuple(entry.identity, entry.sha256, std::uint64_t{entry.place.order}, std::uint64_t{entry.place.at});
  });
  std::size_t kept = 0;
  for (std::size_t at = 0; at < entries.size();) {
    std::size_t end = at + 1;
    while (end < entries.size() && entries[end].identity == entries[at].identity) ++end;
    if (end == at + 1)
      entries[kept++] = entries[at];
    else
      kept = merge_copies(shelf, at, end, kept);
    at = end;
  }
  entries.shorten(kept);
}

}  // namespace threadline::pipeline
