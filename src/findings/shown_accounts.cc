// SPDX-License-Identifier: Apache-2.0
#include "findings/shown_accounts.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "findings/account_match.h"

namespace threadline::findings {
namespace {

using Media = std::map<std::string_view, std::vector<const facts::Account*>, std::less<>>;

bool is_qr_iban(const facts::Account& account) {
  constexpr std::size_t kInstitution = 4, kDigits = 5;
  if (account.kind != "iban" || (account.country != "CH" && account.country != "LI")) return false;
  const std::string institution = account.value.substr(kInstitution, kDigits);
  return institution >= "30000" && institution <= "31999";
}

bool is_compared(const facts::Account& account) {
  return account.where == "attachment" && account.medium != "picture" && account.role != facts::AccountRole::paying &&
         !account.former && is_payable(account) && !is_qr_iban(account);
}

/// A container that only carries what is in it.
bool only_carries(std::string_view kind) { return kind == "archive" || kind == "message"; }

/// The document that a file belongs to: the outermost one that is more than a carrier ("papers.zip!bill.pdf" of
/// "papers.zip!bill.pdf!factur-x.xml").
std::string_view document_of(std::string_view name, const facts::Facts& facts) {
  for (std::size_t cut = name.find('!'); cut != std::string_view::npos; cut = name.find('!', cut + 1)) {
    const auto outer = std::ranges::find(facts.documents, name.substr(0, cut), &facts::DocumentSummary::name);
    if (outer != facts.documents.end() && !only_carries(outer->kind)) return name.substr(0, cut);
  }
  return name;
}

bool share_one(const std::vector<const facts::Account*>& left, const std::vector<const facts::Account*>& right) {
  return std::ranges::any_of(left, [&](const facts::Account* one) {
    return std::ranges::any_of(right, [&](const facts::Account* other) { return is_one_account(*one, *other); });
  });
}

/// What is compared with what: before, after.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPairs{
    {{"text", "xml"}, {"text", "qr"}, {"xml", "qr"}, {"earlier revision", "text"}}};

}  // namespace

std::vector<ShownOtherwise> documents_shown_otherwise(const facts::Facts& facts) {
  std::map<std::string_view, Media> documents;
  for (const facts::Account& account : facts.accounts) {
    if (is_compared(account)) documents[document_of(account.attachment, facts)][account.medium].push_back(&account);
  }
  std::vector<ShownOtherwise> found;
  for (const auto& [name, media] : documents) {
    for (const auto& [before, after] : kPairs) {
      const auto one = media.find(before), other = media.find(after);
      if (one == media.end() || other == media.end() || share_one(one->second, other->second)) continue;
      found.push_back({std::string(name), {before, one->second}, {after, other->second}});
    }
  }
  return found;
}

}  // namespace threadline::findings
