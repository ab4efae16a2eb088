// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/awaited.h"

#include <fmt/format.h>

#include <algorithm>

#include "memory/memory.h"
#include "text/base_subject.h"
#include "text/fold.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::int64_t kMinute = 60, kHour = 60;  ///< seconds, minutes
constexpr std::int64_t kWidestShift = 14;         ///< hours between two zones' readings of one wall clock

std::vector<std::string> authors_of(const message::Address& from) {
  std::vector<std::string> authors;
  if (!from.address.empty()) authors.push_back("a:" + text::ascii_lower(from.address));
  if (const std::string name = text::name_key(from.name); !name.empty()) authors.push_back("n:" + name);
  return authors;
}

std::string subject_key(const std::string& subject) { return text::fold(text::read_subject(subject).base); }

/// Of the new text, or of one quoted level; not of attachments, which a quotation leaves out.
std::vector<std::string> accounts_of(const facts::Facts& facts, std::int32_t block) {
  std::vector<std::string> keys;
  for (const facts::Account& account : facts.accounts) {
    if (account.block == block && account.where == "body") keys.push_back(memory::account_key(account));
  }
  std::ranges::sort(keys);
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::string joined(const std::vector<std::string>& keys) { return fmt::format("{}", fmt::join(keys, " ")); }

std::string key_of(const std::string& author, const std::string& subject, std::int64_t minute) {
  return fmt::format("{}\n{}\n{}", minute, author, subject);
}

}  // namespace

Writing writing_of(const facts::Facts& message) {
  Writing writing{.authors = {}, .seconds = {}, .subject = subject_key(message.subject), .accounts = accounts_of(message, -1)};
  if (!message.from.empty()) writing.authors = authors_of(message.from.front());
  if (message.dates.header) writing.seconds = message.dates.header->at.seconds;
  return writing;
}

Writing writing_of(const facts::Facts& carrier, std::size_t block) {
  const facts::QuotedBlock& quoted = carrier.conversation.quoted[block];
  Writing writing{.authors = authors_of(quoted.from),
                  .seconds = {},
                  .subject = subject_key(quoted.subject.empty() ? carrier.subject : quoted.subject),
                  .accounts = accounts_of(carrier, static_cast<std::int32_t>(block))};
  if (writing.authors.size() > 1) writing.authors.resize(1);
  if (quoted.date) writing.seconds = quoted.date->at.seconds;
  return writing;
}

void Awaited::hear(const Entry& row) {
  const Sorted& quotes = member(row.body, "quotes");
  const Sorted& said = member(row.body, "row");
  const std::int64_t seconds = seconds_of(text_in(said, "time"));
  if (!quotes.is_object() || seconds == kNever) return;
  copies_.emplace(
      key_of(text_in(quotes, "author"), text_in(quotes, "subject"), seconds / kMinute),
      Copy{journal::key_of(text_in(said, "id")), text_in(said, "zone_basis") == "assumed", text_in(quotes, "accounts")});
}

std::vector<IdKey> Awaited::copies_of(const Writing& message) const {
  std::vector<IdKey> rows;
  if (copies_.empty() || !message.seconds) return rows;
  const std::string accounts = joined(message.accounts);
  for (const std::string& author : message.authors) {
    for (std::int64_t shift = -kWidestShift; shift <= kWidestShift; ++shift) {
      const auto [begin, end] = copies_.equal_range(key_of(author, message.subject, *message.seconds / kMinute + shift * kHour));
      for (auto copy = begin; copy != end; ++copy) {
        const bool is_same = copy->second.accounts == accounts;
        if (is_same && (shift == 0 || copy->second.is_zone_assumed)) rows.push_back(copy->second.row);
      }
    }
  }
  return rows;
}

Sorted quotes_json(const Writing& quoted) {
  if (quoted.authors.empty()) return nullptr;
  return {{"author", quoted.authors.front()}, {"subject", quoted.subject}, {"accounts", joined(quoted.accounts)}};
}

}  // namespace threadline::timeline::journal
