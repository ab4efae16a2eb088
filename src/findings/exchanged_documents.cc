// SPDX-License-Identifier: Apache-2.0
#include "findings/exchanged_documents.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_set>

#include "findings/account_match.h"
#include "memory/memory.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

/// What export programs and gateways write anew: it says nothing that it differs.
constexpr auto kRewritten = std::to_array<std::string_view>({"message/", "text/", "image/", "multipart/", "application/ms-tnef",
                                                             "application/pkcs7", "application/x-pkcs7", "application/pgp"});

using Attachments = std::vector<const message::Attachment*>;

/// Whole documents: those whose bytes are nobody's business but the writer's.
Attachments documents_of(const facts::Facts& facts) {
  Attachments documents;
  for (const message::Attachment& attachment : facts.attachments) {
    const std::string type = text::ascii_lower(attachment.type);
    const bool is_rewritten = std::ranges::any_of(kRewritten, [&](std::string_view start) { return type.starts_with(start); });
    if (!is_rewritten && attachment.size > 0 && !attachment.sha256.empty() && attachment.note.empty())
      documents.push_back(&attachment);
  }
  return documents;
}

bool has_content(const Attachments& documents, const message::Attachment& one) {
  return std::ranges::any_of(documents, [&](const auto* other) { return other->sha256 == one.sha256; });
}

}  // namespace

std::vector<const message::Attachment*> exchanged_documents(const facts::Facts& here, const facts::Facts& there) {
  const Attachments ours = documents_of(here), theirs = documents_of(there);
  Attachments exchanged;
  std::ranges::copy_if(ours, std::back_inserter(exchanged), [&](const auto* one) { return !has_content(theirs, *one); });
  const bool none_is_same = exchanged.size() == ours.size() && ours.size() == theirs.size();
  if (none_is_same) return exchanged;
  std::erase_if(exchanged, [&](const auto* one) {
    return std::ranges::none_of(theirs, [&](const auto* other) {
      return text::equal_ascii_nocase(other->name, one->name) && !has_content(ours, *other);
    });
  });
  return exchanged;
}

/// Linear where none is masked.
std::vector<const facts::Account*> lone_accounts(const facts::Facts& here, const facts::Facts& there) {
  std::vector<const facts::Account*> lone, masked;
  std::unordered_set<std::string> seen;  // or held by the other copy
  for (const facts::Account& account : there.accounts) {
    seen.insert(memory::account_key(account));
    if (account.masked) masked.push_back(&account);
  }
  for (const facts::Account& account : here.accounts) {
    if (!is_payable(account) || !seen.insert(memory::account_key(account)).second) continue;
    const auto is_its_part = [&](const facts::Account* other) { return is_one_account(*other, account); };
    if (std::ranges::none_of(masked, is_its_part)) lone.push_back(&account);
  }
  return lone;
}

bool are_exchanged(const facts::Facts& here, const facts::Facts& there) {
  return (!exchanged_documents(here, there).empty() && !exchanged_documents(there, here).empty()) ||
         (!lone_accounts(here, there).empty() && !lone_accounts(there, here).empty());
}

}  // namespace threadline::findings
