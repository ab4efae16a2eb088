// SPDX-License-Identifier: Apache-2.0
#include "findings/shown_accounts.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "findings/account_match.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kPlaces = 50;  ///< that name one invoice and are compared

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

constexpr std::string_view kEarlier = "earlier revision";
/// What is compared with what: before, after.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPairs{
    {{"text", "xml"}, {"text", "qr"}, {"xml", "qr"}, {kEarlier, "text"}}};

/// Where a file of the message stands by the part of a span in it: its document's name; empty for the body.
std::string_view place_of(std::string_view part, const facts::Facts& facts) {
  for (const facts::DocumentSummary& document : facts.documents) {
    const bool is_inside =
        part.starts_with(document.part) && (part.size() == document.part.size() || part[document.part.size()] == '!');
    if (is_inside) return document_of(document.name, facts);
  }
  return {};
}

/// Whether a document shows the number of an invoice.
bool has_invoice(std::string_view document, const facts::Facts& facts) {
  return std::ranges::any_of(facts.invoices, [&](const facts::Invoice& one) {
    return one.where == "attachment" && place_of(one.span.part, facts) == document;
  });
}

/// A deletion that an office program tracked, in no invoice: drafts and templates have them every day. What a PDF showed before
/// it was saved again has no such reason.
bool is_a_draft(std::string_view document, std::string_view medium, const facts::Facts& facts) {
  const auto own = std::ranges::find(facts.documents, document, &facts::DocumentSummary::name);
  const bool is_pdf = own != facts.documents.end() && own->kind == "pdf";
  return medium == kEarlier && !is_pdf && !has_invoice(document, facts);
}

using Accounts = std::vector<const facts::Account*>;

/// The accounts of the new text (place "") and of each document, whatever the way in which it shows them now.
std::map<std::string_view, Accounts, std::less<>> accounts_by_place(const facts::Facts& facts) {
  std::map<std::string_view, Accounts, std::less<>> places;
  for (const facts::Account& account : facts.accounts) {
    const bool is_new_text = account.where == "body" && account.block < 0 && account.role != facts::AccountRole::paying &&
                             !account.former && is_payable(account) && !is_qr_iban(account);
    if (is_new_text) places[""].push_back(&account);
    if (is_compared(account) && !is_of_the_past(account)) places[document_of(account.attachment, facts)].push_back(&account);
  }
  return places;
}

/// The places that name each invoice, in the order of the message.
std::map<std::string_view, std::vector<std::string_view>, std::less<>> places_by_invoice(const facts::Facts& facts) {
  std::map<std::string_view, std::vector<std::string_view>, std::less<>> invoices;
  for (const facts::Invoice& invoice : facts.invoices) {
    if (invoice.block >= 0 || invoice.where == "subject") continue;
    auto& places = invoices[invoice.number];
    const std::string_view place = invoice.where == "body" ? std::string_view() : place_of(invoice.span.part, facts);
    if (places.size() < kPlaces && std::ranges::find(places, place) == places.end()) places.push_back(place);
  }
  return invoices;
}

/// One invoice that the text of the message, or two of its documents, show with other accounts.
void add_invoices_shown_otherwise(const facts::Facts& facts, std::vector<ShownOtherwise>& found) {
  const auto accounts = accounts_by_place(facts);
  for (const auto& [number, places] : places_by_invoice(facts)) {
    const auto first = std::ranges::find_if(places, [&](std::string_view place) { return accounts.contains(place); });
    for (auto other = first; other != places.end(); ++other) {
      const auto one = accounts.find(*first), two = accounts.find(*other);
      if (two == accounts.end() || share_one(one->second, two->second)) continue;
      const std::string_view medium = two->second.front()->medium;
      found.push_back({std::string(*other), {first->empty() ? "message" : "text", one->second}, {medium, two->second}});
    }
  }
}

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
      if (!is_a_draft(name, before, facts)) found.push_back({std::string(name), {before, one->second}, {after, other->second}});
    }
  }
  add_invoices_shown_otherwise(facts, found);
  return found;
}

}  // namespace threadline::findings
