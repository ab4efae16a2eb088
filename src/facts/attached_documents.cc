// SPDX-License-Identifier: Apache-2.0
#include "facts/attached_documents.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <utility>

#include "facts/bank/glyph.h"
#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

using documents::Document;
using documents::DocumentText;
using documents::Medium;

constexpr std::size_t kFewestOfNumber = 3;  ///< letters and digits, as in running text (invoice.h)

/// Not seen as a whole, as against one that is written oddly.
bool is_unseen(const Account& account) {
  return account.hidden_how == "colour" || account.hidden_how == "size" || account.hidden_how == "replaced";
}

/// Each number that words in a row make ("Facture F2026-131": "FACTURE", "F2026", "131", "F2026131" ...), in comparable form; and
/// what an RF reference holds (ISO 11649: "RF", two check digits, up to 21 characters).
std::unordered_set<std::string> numbers_in(std::string_view purpose) {
  constexpr std::size_t kWords = 64, kInRow = 8, kRfHead = 4;
  std::vector<std::string> words(1);
  for (const char symbol : plain_capitals(purpose)) {
    if (symbol != ' ') {
      words.back() += symbol;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
    if (words.size() > kWords) break;
  }
  std::unordered_set<std::string> numbers;
  for (std::size_t first = 0; first < words.size(); ++first) {
    std::string row;
    for (std::size_t i = first; i < std::min(words.size(), first + kInRow); ++i) {
      row += words[i];
      numbers.insert(row);
      if (row.starts_with("RF") && row.size() > kRfHead) numbers.insert(row.substr(kRfHead));
    }
  }
  return numbers;
}

class DocumentFacts {
 public:
  DocumentFacts(const Limits& limits, Facts& facts) : limits_(limits), facts_(facts) {}

  void add(const Document& document) {
    facts_.documents.push_back({document.part, document.name, document.kind, document.properties, document.earlier_revisions});
    const std::size_t first = facts_.accounts.size();
    for (const DocumentText& text : document.texts) read(document, text);
    show_open_ones(first);
    for (const documents::Payee& payee : document.payees) read(document, payee);
    add_notes(document.notes);
  }

  /// The invoices that QR codes are for: those that a word announces, and those that the message names somewhere by that number.
  /// A bare number that nothing else names may be a customer's.
  void add_purposes() {
    const std::size_t named = facts_.invoices.size();
    for (const Purpose& purpose : purposes_) {
      for (Invoice& invoice : read_numbers(purpose)) keep(std::move(invoice));
      const auto numbers = numbers_in(purpose.text);
      for (std::size_t i = 0; i < named; ++i) {
        const Invoice& same = facts_.invoices[i];
        if (!numbers.contains(same.number)) continue;
        keep({.number = same.number, .as_written = same.as_written, .block = -1, .where = {}, .span = {.part = purpose.part}});
      }
    }
  }

 private:
  /// What a QR code for payment says it is for.
  struct Purpose {
    std::string text, part;
  };

  void add_notes(const std::vector<Note>& notes) {
    for (const Note& note : notes) {
      if (notes_++ < limits_.message_notes) facts_.notes.push_back(note);
    }
  }

  void read(const Document& document, const DocumentText& text) {
    const std::string part = text.place.empty() ? document.part : document.part + "!" + text.place;
    ReadText body =
        read_text({.part = part, .html = text.html, .attached = true, .charset = {}, .content = text.content}, limits_);
    if (!text.html) body.hidden = text.hidden;
    Conversation words;
    words.segments = {{.begin = 0, .end = body.text.size()}};
    for (Account& account : read_accounts(body, words, limits_, facts_.notes)) take(document, text, std::move(account));
    add_notes(body.notes);
    if (text.medium == Medium::earlier_revision) return;
    for (Request& request : read_requests(body, words, limits_, facts_.notes)) {
      request.attachment = document.name;
      if (facts_.requests.size() < limits_.requests) facts_.requests.push_back(std::move(request));
    }
    read_numbers(body, words);
  }

  /// Letters that programs are told otherwise are guessed from glyphs: what they say must fit.
  void take(const Document& document, const DocumentText& text, Account account) {
    if (text.is_replaced && !account.valid) return;
    if (text.is_replaced && !account.hidden) {
      account.hidden = true;
      account.hidden_how = "replaced";
    }
    keep(document, text.medium, std::move(account));
  }

  /// An account that the document shows openly, too, is hidden from nobody: words for programs repeat what a page says.
  void show_open_ones(std::size_t first) {
    std::unordered_set<std::string> open;
    const auto key = [](const Account& one) { return one.kind + one.value; };
    for (std::size_t i = first; i < facts_.accounts.size(); ++i) {
      const Account& one = facts_.accounts[i];
      if (!one.hidden && one.medium == documents::name_of(Medium::text)) open.insert(key(one));
    }
    for (std::size_t i = first; i < facts_.accounts.size(); ++i) {
      Account& one = facts_.accounts[i];
      if (!is_unseen(one) || !open.contains(key(one))) continue;
      one.hidden = false;
      one.hidden_how.clear();
    }
  }

  std::vector<Invoice> read_numbers(const Purpose& purpose) {
    const ReadText text =
        read_text({.part = purpose.part, .html = false, .attached = true, .charset = {}, .content = purpose.text}, limits_);
    auto invoices = read_invoices({text, {}, {}, {}}, limits_, facts_.notes);
    for (Invoice& invoice : invoices) invoice.span = {.part = purpose.part};
    return invoices;
  }

  /// An invoice that a document names in a field of its own, once.
  void keep(Invoice invoice) {
    if (invoice.number.size() < kFewestOfNumber || facts_.invoices.size() >= limits_.invoices) return;
    const auto is_same = [&](const Invoice& one) { return one.number == invoice.number && one.span.part == invoice.span.part; };
    if (std::ranges::any_of(facts_.invoices, is_same)) return;
    invoice.where = "attachment";
    facts_.invoices.push_back(std::move(invoice));
  }

  void read_numbers(const ReadText& body, const Conversation& words) {
    Limits left = limits_;
    left.invoices -= std::min<std::uint32_t>(left.invoices, static_cast<std::uint32_t>(facts_.invoices.size()));
    for (Invoice& invoice : read_invoices({body, words, {}, {}}, left, facts_.notes)) {
      invoice.where = "attachment";
      facts_.invoices.push_back(std::move(invoice));
    }
  }

  /// The number that a machine-readable invoice has in a field of its own.
  void read_number(const documents::Payee& payee, const std::string& part) {
    std::string number = plain_capitals(payee.invoice);
    std::erase(number, ' ');
    keep({.number = std::move(number), .as_written = payee.invoice, .block = -1, .where = {}, .span = {.part = part}});
  }

  /// A field that holds an account: an IBAN, else what the words for it let find.
  void read(const Document& document, const documents::Payee& payee) {
    std::string symbols = plain_capitals(payee.account);
    std::erase(symbols, ' ');
    Account account;
    if (check_iban(symbols).length) {
      account = iban_account(symbols);
    } else {
      auto found = find_accounts("IBAN: " + payee.account, limits_);
      if (found.empty()) return;
      account = std::move(found.front());
    }
    account.as_written = payee.account;
    account.holder = payee.holder;
    if (!payee.bic.empty()) account.bic = payee.bic;
    account.role = AccountRole::receiving;
    account.span = {.part = payee.place.empty() ? document.part : document.part + "!" + payee.place};
    read_number(payee, account.span.part);
    if (!payee.purpose.empty() && purposes_.size() < limits_.accounts) purposes_.push_back({payee.purpose, account.span.part});
    keep(document, payee.medium, std::move(account));
  }

  void keep(const Document& document, Medium medium, Account account) {
    if (facts_.accounts.size() >= limits_.accounts) {
      if (!is_full_) facts_.notes.push_back({"limit", "accounts", account.span});
      is_full_ = true;
      return;
    }
    account.where = "attachment";
    account.attachment = document.name;
    account.medium = documents::name_of(medium);
    facts_.accounts.push_back(std::move(account));
  }

  const Limits& limits_;
  Facts& facts_;
  std::vector<Purpose> purposes_;
  std::uint32_t notes_ = 0;
  bool is_full_ = false;
};

}  // namespace

void add_documents(const std::vector<Document>& documents, const Limits& limits, Facts& facts) {
  DocumentFacts reader(limits, facts);
  for (const Document& document : documents) reader.add(document);
  reader.add_purposes();
}

}  // namespace threadline::facts
