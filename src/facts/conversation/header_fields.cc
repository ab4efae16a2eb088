// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/header_fields.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "facts/conversation/sender.h"
#include "facts/conversation/tokens.h"
#include "facts/conversation/written_date.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLabelBytes = 64;  ///< a label and its colon stand within the first bytes of a line

bool is_sender_field(QuoteField field) { return field == QuoteField::from || field == QuoteField::sender; }

std::string_view without_stars(std::string_view text) {
  text = trimmed_line(text);
  while (!text.empty() && (text.front() == '*' || text.front() == '_')) text = trimmed_line(text.substr(1));
  while (!text.empty() && (text.back() == '*' || text.back() == '_')) text = trimmed_line(text.substr(0, text.size() - 1));
  return text;
}

/// Labels that a language has for the fields, and whether one of them is the sender's.
struct Votes {
  std::size_t labels = 0;
  bool sends = false;
};

std::map<std::string_view, Votes> count_votes(const std::vector<HeaderField>& fields) {
  std::map<std::string_view, Votes> votes;
  for (const HeaderField& field : fields) {
    std::map<std::string_view, bool> said;
    for (const LabelUse& use : *field.uses) said[use.language] |= is_sender_field(use.field);
    for (const auto& [language, sends] : said) ++votes[language].labels, votes[language].sends |= sends;
  }
  return votes;
}

/// The language in which most labels have a meaning, one of them the sender's where `sent` says so; of several the one more often
/// written.
std::string_view language_of(const std::vector<HeaderField>& fields, bool sent) {
  std::string_view best;
  std::size_t most = 0;
  for (const auto& [language, votes] : count_votes(fields)) {
    if ((sent && !votes.sends) || votes.labels < most) continue;
    if (votes.labels == most && rank_of(language) >= rank_of(best)) continue;
    most = votes.labels;
    best = language;
  }
  return best;
}

/// The use of a label in a language, in English where the language has none; of spellings the one with accents.
const LabelUse* use_in(const HeaderField& field, std::string_view language) {
  const LabelUse *own = nullptr, *english = nullptr;
  for (const LabelUse& use : *field.uses) {
    if (use.language == language && (own == nullptr || own->field != QuoteField::from)) own = &use;
    if (use.language == "en" && english == nullptr) english = &use;
  }
  return own != nullptr ? own : english;
}

std::vector<message::Address> addresses_of(std::string_view value) {
  std::vector<message::Address> addresses;
  for (const text::Mailbox& mailbox : text::read_mailboxes(value, text::NotesAddresses::whole)) {
    if (!mailbox.name.empty() || !mailbox.address.empty()) addresses.push_back({mailbox.name, mailbox.address});
  }
  return addresses;
}

/// A label of the language at the begin of the words, with its colon, and its length with it; without a colon where `bare`.
struct Led {
  const std::vector<LabelUse>* uses = nullptr;
  std::size_t length = 0;
};
Led label_at_begin(std::string_view words, std::string_view language, bool bare) {
  Led best;
  for (const LabelUse& use : labels_of(language)) {
    const std::size_t length = use.written.size();
    if (length <= best.length || !text::equal_ascii_nocase(words.substr(0, length), use.written)) continue;
    const std::size_t colon = words.find_first_not_of(' ', length);
    const bool has_colon = colon != std::string_view::npos && words[colon] == ':';
    const bool is_word = bare && colon != std::string_view::npos && colon > length;
    if (has_colon || is_word) best = {.uses = uses_of(use.written), .length = has_colon ? colon + 1 : length};
  }
  return best;
}

/// Where the next whole address in a list of persons ends, from `at` on; npos when none does.
std::size_t end_of_address(std::string_view value, std::size_t at) {
  const std::size_t sign = value.find('@', at);
  return sign == std::string_view::npos ? sign : value.find_first_of("> ;,", sign);
}

/// Cuts the value behind a whole address where a label stands ("\u00c0 : ben@firm.example Objet : Order 12", "...
/// <ben@firm.example>Dw Eve <eve@firm.example>") and gives the field that begins there. Persons without a mark between them get
/// one.
std::optional<HeaderField> cut_at_label(std::string& value, std::string_view language) {
  std::string persons;
  std::size_t from = 0;
  for (std::size_t end = end_of_address(value, 0); end != std::string::npos; end = end_of_address(value, end + 1)) {
    const std::string_view rest = std::string_view(value).substr(end + 1), words = trimmed_line(rest);
    const bool is_glued = value[end] == '>' && !rest.empty() && rest.front() != ' ';
    if (const Led label = label_at_begin(words, language, is_glued); label.uses != nullptr) {
      HeaderField next{label.uses, std::string(trimmed_line(words.substr(label.length)))};
      value = persons.append(value, from, end - from + (value[end] == '>' ? 1 : 0));
      return next;
    }
    if (!is_glued || rest.front() == ';' || rest.front() == ',') continue;
    persons.append(value, from, end - from + 1).append(";");
    from = end + 1;
  }
  value = persons.append(value, from);
  return std::nullopt;
}

/// The fields, with those that a client wrote behind the persons of another. A label that the block has, or the sender's, is none
/// there.
std::vector<HeaderField> with_glued(const std::vector<HeaderField>& fields, std::string_view language) {
  constexpr std::size_t kMostGlued = 6;
  std::vector<HeaderField> all = fields;
  for (std::size_t at = 0; at < all.size() && all.size() < fields.size() + kMostGlued; ++at) {
    const LabelUse* use = use_in(all[at], language);
    if (use == nullptr || (use->field != QuoteField::to && use->field != QuoteField::cc)) continue;
    std::string persons = all[at].value;
    auto next = cut_at_label(persons, language);
    const LabelUse* said = next ? use_in(*next, language) : nullptr;
    if (next && (said == nullptr || is_sender_field(said->field) || is_among(all, next->uses))) continue;
    all[at].value = std::move(persons);
    if (next) all.push_back(std::move(*next));
  }
  return all;
}

/// One block while it is read.
struct Block {
  Introduction introduction;
  std::string labels;  ///< as the table writes them, for QuotedBlock::style
  std::size_t fields = 0;
  bool sends = false, titled = false, addressed = false, timed = false, zoned = false, sent = false;
};

void set_sender(std::string_view value, Introduction& introduction) {
  Sender sender = read_sender(value);
  introduction.from = std::move(sender.from);
  introduction.on_behalf_of = std::move(sender.on_behalf_of);
}

void set_date(const std::string& value, std::string_view language, int offset, Block& block) {
  block.introduction.date_text = value;
  const auto date = find_date(value, language);
  if (!date) return;
  block.introduction.date = stamp_of(*date, value, offset);
  block.introduction.wrong_weekday = date->wrong_weekday;
  block.timed = date->has_time;
  block.zoned = date->offset_minutes.has_value();
}

bool is_named(const Introduction& introduction) { return !introduction.from.name.empty() || !introduction.from.address.empty(); }

void set_field(QuoteField field, const std::string& value, std::string_view language, int offset, Block& block) {
  Introduction& introduction = block.introduction;
  switch (field) {
    case QuoteField::from: set_sender(value, introduction); break;
    case QuoteField::sender:
      if (!is_named(introduction)) set_sender(value, introduction);
      break;
    case QuoteField::to: introduction.to = addresses_of(value); break;
    case QuoteField::cc: introduction.cc = addresses_of(value); break;
    case QuoteField::subject: introduction.subject = value; break;
    case QuoteField::date: set_date(value, language, offset, block); break;
    case QuoteField::reply_to:
    case QuoteField::other: return;
  }
  block.sends |= is_sender_field(field);
  block.titled |= field == QuoteField::subject;
  block.addressed |= field == QuoteField::to;
  ++block.fields;
}

/// A date that no grammar read, but with a year or a clock in it.
bool looks_dated(std::string_view date) {
  std::size_t digits = 0;
  for (const char c : date) digits += c >= '0' && c <= '9' ? 1U : 0U;
  return digits >= 5;
}

bool is_addressed(const Introduction& introduction) {
  return std::ranges::any_of(introduction.to,
                             [](const message::Address& to) { return to.address.find('@') != std::string::npos; });
}

bool is_message(const Block& block, bool announced) {
  const Introduction& introduction = block.introduction;
  if (!block.sends) return block.timed && block.zoned && is_addressed(introduction);
  if (!is_named(introduction)) return false;
  if (announced && (block.fields > 1 || introduction.from.address.find('@') != std::string::npos)) return true;
  if (block.fields < 2) return false;
  const bool dated = introduction.date || looks_dated(introduction.date_text);
  if (introduction.from.address.find('@') != std::string::npos) return dated || block.titled;
  const bool timed = block.timed || (!introduction.date && looks_dated(introduction.date_text) &&
                                     introduction.date_text.find_first_of(":.") != std::string::npos);
  if (!dated || (!timed && !is_addressed(introduction))) return false;
  return block.titled || (block.sent && block.addressed);
}

}  // namespace

Colon find_colon(std::string_view text) {
  const std::string_view head = text.substr(0, kLabelBytes);
  const std::size_t ascii = head.find(':');
  if (head.find('\xef') >= ascii) return {ascii, 1};
  const std::size_t wide = head.find("\uff1a");
  return wide < ascii ? Colon{wide, 3} : Colon{ascii, 1};
}

const std::vector<LabelUse>* uses_of(std::string_view label) {
  label = without_stars(label);
  if (label.empty() || label.size() > kLabelBytes) return nullptr;
  std::array<char, kLabelBytes> lower{};
  for (std::size_t at = 0; at < label.size(); ++at) {
    const char c = label[at];
    if (static_cast<unsigned char>(c) >= 0x80 || (c == ' ' && label[at - 1] == ' ')) return label_uses(text::fold(label));
    lower[at] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  }
  return label_uses({lower.data(), label.size()});
}

bool is_among(const std::vector<HeaderField>& fields, const std::vector<LabelUse>* uses) {
  return std::ranges::any_of(fields, [&](const HeaderField& field) { return field.uses == uses; });
}

std::optional<Introduction> read_fields(const std::vector<HeaderField>& fields, bool announced, int carrier_offset_minutes) {
  if (fields.size() < (announced ? 1 : 2)) return std::nullopt;
  std::string_view language = language_of(fields, true);
  if (language.empty()) language = language_of(fields, false);
  if (language.empty()) return std::nullopt;
  Block block;
  for (const HeaderField& field : with_glued(fields, language)) {
    const LabelUse* use = use_in(field, language);
    if (use == nullptr) continue;
    set_field(use->field, field.value, language, carrier_offset_minutes, block);
    block.sent |= use->field == QuoteField::date && says_sent(use->written);
    block.labels.append(block.labels.empty() ? "" : ",").append(use->written);
  }
  if (!is_message(block, announced)) return std::nullopt;
  block.introduction.is_sent = block.sent;
  block.introduction.style = std::string(language) + " " + block.labels;
  return std::move(block.introduction);
}

}  // namespace threadline::facts
