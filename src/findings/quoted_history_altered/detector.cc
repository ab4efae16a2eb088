// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>

#include "findings/altered_accounts.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/word_comparison.h"
#include "text/domain.h"
#include "text/fold.h"
#include "text/undecoded.h"

namespace threadline::findings {
namespace {

struct Difference {
  std::string what;  ///< "account", "amount", "phone", "address", "link", "date"
  std::string quoted, original;
  Severity severity = Severity::low;
  std::string account_key;  ///< of the quoted account; of a masked, a true or a known one none
  Span span = {};           ///< of the quoted message
};

/// One quoted message and its original.
struct Copy {
  const facts::Facts& carrier;
  std::int32_t index;
  const facts::QuotedBlock& block;  ///< as one alternative of the body tells it
  const memory::Record& record;     ///< of the original
  const facts::Facts& original = *record.facts;
};

void add_accounts(const std::vector<AlteredAccount>& accounts, std::vector<Difference>& differences) {
  for (const AlteredAccount& altered : accounts) {
    const facts::Account& account = *altered.account;
    const bool disputes_nothing = account.masked || altered.exchanged || altered.known;
    const std::string key = disputes_nothing ? std::string{} : memory::account_key(account);
    const Severity severity = altered.known ? Severity::low : Severity::critical;
    differences.push_back({"account", account.value, altered.original, severity, key});
  }
}

/// Digits that are part of an account of either message: compared as accounts, not as amounts or telephone numbers.
bool is_of_account(const Copy& copy, const std::string& written) {
  const std::string digits = text::digits_of(written);
  if (digits.size() < 4) return false;
  const auto holds = [&](const facts::Account& account) { return account.value.find(digits) != std::string::npos; };
  return std::ranges::any_of(copy.carrier.accounts, holds) || std::ranges::any_of(copy.original.accounts, holds);
}

/// How a protected word is called in the evidence, and how grave its change is.
struct WordClass {
  WordKind kind;
  std::string_view what;
  Severity severity;
};
constexpr WordClass kWordClasses[] = {{WordKind::amount, "amount", Severity::high},
                                      {WordKind::phone, "phone", Severity::high},
                                      {WordKind::address, "address", Severity::high},
                                      {WordKind::link, "link", Severity::low},
                                      {WordKind::date, "date", Severity::low}};

/// A client that did not decode what it quotes shows "=" at the ends of lines; where something was put into such a text has no
/// place in the block's.
std::vector<Replaced> replaced_in_undecoded(const Copy& copy, std::string_view decoded) {
  std::vector<Replaced> replaced = replaced_words(decoded, copy.record);
  std::erase_if(replaced, [](const Replaced& one) { return one.inserted.has_value(); });
  return replaced;
}

std::vector<Replaced> replaced_in(const Copy& copy, const Prepared* prepared) {
  if (const auto decoded = text::undecoded_quoted_printable(copy.block.text)) return replaced_in_undecoded(copy, *decoded);
  if (prepared == nullptr || copy.record.text == nullptr) return replaced_words(copy.block.text, copy.record);
  return replaced_words(copy.block.text, prepared->quoted[static_cast<std::size_t>(copy.index)], *copy.record.text);
}

/// That telephone number as a sentence of the copy says it: no line of a signature or footer does, no reference number is one.
const facts::Phone* said_phone(const Copy& copy, const std::string& written) {
  const std::string digits = text::digits_of(written);
  const auto found = std::ranges::find_if(copy.carrier.phones, [&](const facts::Phone& phone) {
    return phone.block == copy.index && !phone.in_signature && text::digits_of(phone.as_written) == digits;
  });
  return found == copy.carrier.phones.end() ? nullptr : &*found;
}

/// Whether an address is nobody's of those who write or are written to, nor beside one of theirs, and not what a link was written
/// out to.
bool is_strange_address(const Copy& copy, const Replaced& word) {
  const std::size_t at = word.inserted->at;
  if (text::ascii_lower(word.quoted).starts_with("mailto:") || (at > 0 && copy.block.text[at - 1] == '<')) return false;
  const std::string domain = text::registrable_domain(text::domain_of_address(word.quoted));
  const auto is_there = [&](const message::Address& person) {
    return text::registrable_domain(text::domain_of_address(person.address)) == domain;
  };
  for (const facts::Facts* facts : {&copy.carrier, &copy.original}) {
    for (const auto* people : {&facts->from, &facts->reply_to, &facts->to, &facts->cc}) {
      if (std::ranges::any_of(*people, is_there)) return false;
    }
  }
  return true;
}

/// How grave it is that a word was put in; nothing where it is none of the sender's doing. A telephone number gets the form in
/// which it was read.
std::optional<Severity> severity_of(const Case& it, const Copy& copy, Replaced& word) {
  if (word.kind == WordKind::phone) {
    const facts::Phone* phone = said_phone(copy, word.quoted);
    if (phone == nullptr) return std::nullopt;
    word.quoted = phone->as_written;
  }
  if (word.kind == WordKind::address && !is_strange_address(copy, word)) return std::nullopt;
  const InsertionKind kind = insertion_kind(copy.carrier, copy.block, *word.inserted);
  if (kind == InsertionKind::none) return std::nullopt;
  if (word.kind == WordKind::address) return kind == InsertionKind::inside ? Severity::high : Severity::low;
  return severity_of_insertion(copy.carrier, copy.block, kind, is_insider({it.facts, it.memory, it.ground}, it.context));
}

void compare_words(const Case& it, const Copy& copy, const Prepared* prepared, std::vector<Difference>& differences) {
  for (Replaced& word : replaced_in(copy, prepared)) {
    const auto* known = std::ranges::find(kWordClasses, word.kind, &WordClass::kind);
    const bool is_number = word.kind == WordKind::amount || word.kind == WordKind::phone || word.kind == WordKind::date;
    if (known == std::end(kWordClasses)) continue;
    if (is_number && (is_of_account(copy, word.quoted) || is_of_account(copy, word.original))) continue;
    Severity severity = known->severity;
    if (word.inserted) {
      const auto put_in = severity_of(it, copy, word);
      if (!put_in) continue;
      severity = *put_in;
    }
    differences.push_back({std::string(known->what), std::move(word.quoted), std::move(word.original), severity, {}});
  }
}

/// The names in the heading of a copy, held against those of the original. Aliases are no difference: a name counts whose domain
/// imitates a true one's, or which is the address of the very sender of the copy, who had no part in the original.
class Headings {
 public:
  Headings(const Case& it, const Copy& copy) : it_(it), copy_(copy), sender_(sender_address(it.facts)) {
    for (const auto* people : {&copy.original.from, &copy.original.reply_to, &copy.original.to, &copy.original.cc}) {
      for (const message::Address& person : *people) {
        domains_.push_back(text::registrable_domain(text::domain_of_address(person.address)));
        sides_.push_back(it.ground.sides.side_of(person.address));
      }
    }
  }

  void compare(std::vector<Difference>& differences) const {
    compare(copy_.block.from, differences);
    for (const message::Address& person : copy_.block.to) compare(person, differences);
    for (const message::Address& person : copy_.block.cc) compare(person, differences);
  }

 private:
  static constexpr std::size_t kMost = 50;  ///< differences of one copy

  void compare(const message::Address& person, std::vector<Difference>& differences) const {
    const std::string domain = text::registrable_domain(text::domain_of_address(person.address));
    if (domain.empty() || differences.size() > kMost || std::ranges::find(domains_, domain) != domains_.end()) return;
    if (const std::string imitated = imitated_by(domain); !imitated.empty())
      differences.push_back({"address", person.address, imitated, Severity::high, {}});
    else if (is_put_in(person))
      differences.push_back({"address", person.address, copy_.original.from.front().address, Severity::high, {}});
  }

  [[nodiscard]] std::string imitated_by(const std::string& domain) const {
    for (const std::string& original : domains_) {
      const auto found = text::resemblance(domain, original);
      if (found && found->severity >= Severity::medium) return original;
    }
    return {};
  }

  /// The sender of the copy wrote himself into a history in which his side had no part.
  [[nodiscard]] bool is_put_in(const message::Address& person) const {
    if (!text::equal_ascii_nocase(person.address, sender_) || copy_.original.from.empty()) return false;
    const policy::Side side = it_.ground.sides.side_of(sender_);
    return side != policy::kOwnSide && std::ranges::find(sides_, side) == sides_.end();
  }

  const Case& it_;
  const Copy& copy_;
  std::string sender_;
  std::vector<std::string> domains_;
  std::vector<policy::Side> sides_;
};

void compare_dates(const Copy& copy, std::vector<Difference>& differences) {
  if (!copy.block.date || !copy.original.dates.header) return;
  const std::int64_t apart = std::abs(copy.block.date->at.seconds - copy.original.dates.header->at.seconds);
  const std::int64_t rest = apart % 1'800;
  if ((rest <= 60 || rest >= 1'740) && apart <= 26LL * 3'600) return;
  differences.push_back({"date", copy.block.date_text, copy.original.dates.header->text, Severity::low, {}});
}

Finding claim_of(const Copy& copy, const std::vector<Difference>& differences) {
  Finding finding{.code = "quoted_history_altered",
                  .severity = std::ranges::max(differences, {}, &Difference::severity).severity,
                  .confidence = 0.8,
                  .subject = copy.original.message_id.empty() ? copy.original.sha256 : copy.original.message_id,
                  .evidence = {},
                  .because = {},
                  .attack = {"T1565.001"},
                  .disputes = {}};
  Value::List list;
  for (const Difference& difference : differences) {
    Value one;
    one.set("what", difference.what).set("quoted", difference.quoted).set("original", difference.original);
    list.push_back(std::move(one));
    const std::string_view original = difference.original.empty() ? "-" : std::string_view(difference.original);
    finding.because.push_back({(difference.quoted + " / ").append(original), difference.span});
    if (!difference.account_key.empty()) finding.disputes.accounts.push_back(difference.account_key);
  }
  finding.evidence.set("original", copy.original.message_id).set("level", copy.block.level).set("differences", std::move(list));
  return finding;
}

/// `prepared`: the words of the block as they were read ahead; nullptr for the other alternative's.
std::vector<Difference> differences_of(const Case& it, const Copy& copy, const std::vector<AlteredAccount>& accounts,
                                       const Prepared* prepared) {
  std::vector<Difference> differences;
  add_accounts(accounts, differences);
  compare_words(it, copy, prepared, differences);
  Headings(it, copy).compare(differences);
  compare_dates(copy, differences);
  for (Difference& difference : differences) difference.span = copy.block.span;
  return differences;
}

/// What the other alternative of the body says of that message, where it says something else: a reader sees either.
void add_told_otherwise(const Case& it, const Copy& copy, std::vector<Difference>& differences) {
  for (const facts::OtherTelling& told : it.facts.conversation.told_otherwise) {
    if (told.block != copy.index) continue;
    const Copy other{copy.carrier, copy.index, told.said, copy.record};
    for (Difference& one : differences_of(it, other, altered_accounts(it, told), nullptr)) {
      const bool is_known = std::ranges::any_of(
          differences, [&](const Difference& known) { return known.what == one.what && known.quoted == one.quoted; });
      if (!is_known) differences.push_back(std::move(one));
    }
  }
}

}  // namespace

Result<Check> prepare_quoted_history_altered(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const auto& quoted = it.facts.conversation.quoted;
    for (std::size_t index = 0; index < quoted.size(); ++index) {
      const memory::Record* original = it.context.quoted_originals[index];
      if (original == nullptr) continue;
      const Copy copy{it.facts, static_cast<std::int32_t>(index), quoted[index], *original};
      std::vector<Difference> differences = differences_of(it, copy, altered_accounts(it, index), it.prepared);
      add_told_otherwise(it, copy, differences);
      if (!differences.empty()) findings.push_back(claim_of(copy, differences));
    }
    return findings;
  };
}

}  // namespace threadline::findings
