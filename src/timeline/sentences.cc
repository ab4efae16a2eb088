// SPDX-License-Identifier: Apache-2.0
#include "timeline/sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "timeline/note_texts.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kValueLength = 200;  ///< code points of one value in a sentence; the row's evidence has it whole
constexpr std::size_t kBankLength = 60;    ///< of the name of a bank
constexpr std::size_t kListLength = 4;     ///< values of a list in a sentence
constexpr std::size_t kNotesShown = 5;     ///< notes in a sentence
constexpr std::size_t kShortestIban = 15;  ///< Norway's (ISO 13616 registry)

/// Members that name what an object is, the most telling first.
constexpr std::array<std::string_view, 8> kTelling{"address", "domain", "name", "message_id", "ip", "text", "method", "what"};

bool has_iban_shape(const std::string& value) {
  return value.size() >= kShortestIban && is_upper(value[0]) && is_upper(value[1]) && is_digit(value[2]) && is_digit(value[3]) &&
         std::ranges::all_of(value, [](char byte) { return is_upper(byte) || is_digit(byte) || byte == '*'; });
}

std::string shown(std::string_view name, const Value& value, Language language);

std::string shown_text(std::string_view name, const std::string& text, Language language) {
  if (const auto known = known_words(fmt::format("{}.{}", name, text), language)) return std::string(*known);
  return one_line(grouped_account(text), kValueLength);
}

std::string with_rest(std::string names, std::size_t rest, Language language) {
  if (rest == 0) return names;
  return phrase(rest == 1 ? "list.and_other" : "list.and_others", language,
                {{"names", std::move(names)}, {"count", std::to_string(rest)}});
}

/// What reads alike is told once: an account of the policy's that a message showed too.
std::string shown_list(std::string_view name, const Value::List& list, Language language) {
  std::vector<std::string> different;
  for (const Value& value : list) {
    std::string one = shown(name, value, language);
    if (!one.empty() && std::ranges::find(different, one) == different.end()) different.push_back(std::move(one));
  }
  std::string joined;
  const std::size_t count = std::min(different.size(), kListLength);
  for (std::size_t i = 0; i < count; ++i) joined += (joined.empty() ? "" : ", ") + different[i];
  return with_rest(std::move(joined), different.size() - count, language);
}

/// "FR76 3000 ... (BNP PARIBAS, FR)".
std::string shown_account(const Value& account, const std::string& value) {
  std::string bank = one_line(account.text_at("bank_name"), kBankLength);
  const std::string country = account.text_at("country");
  if (!bank.empty() && !country.empty()) bank += ", ";
  bank += country;
  const std::string number = one_line(grouped_account(value), kValueLength);
  return bank.empty() ? number : fmt::format("{} ({})", number, bank);
}

/// "F. LeComptable <f@firm.example>" for a person; an account with its bank; else the member that tells most.
std::string shown_object(const Value& object, Language language) {
  const std::string name = object.text_at("name");
  const std::string address = object.text_at("address");
  if (!name.empty() && !address.empty()) return one_line(name + " <" + address + ">", kValueLength);
  if (const std::string value = object.text_at("value"); !value.empty()) return shown_account(object, value);
  for (const std::string_view member : kTelling) {
    if (const std::string text = object.text_at(member); !text.empty()) return shown_text(member, text, language);
  }
  return {};
}

std::string shown(std::string_view name, const Value& value, Language language) {
  if (const auto* text = value.text()) return shown_text(name, *text, language);
  if (const auto* list = value.list()) return shown_list(name, *list, language);
  if (value.object() != nullptr) return shown_object(value, language);
  if (const auto* integer = value.integer()) return std::to_string(*integer);
  if (const auto* number = value.number()) return fmt::format("{}", *number);
  return {};
}

void add_where_missing(Values& values, std::string_view name, std::string value) {
  if (std::ranges::find(values, name, &Values::value_type::first) == values.end()) values.emplace_back(name, std::move(value));
}

bool has_value(const Values& values, std::string_view name) {
  const auto found = std::ranges::find(values, name, &Values::value_type::first);
  return found != values.end() && !found->second.empty();
}

/// A lookalike of nothing that can be named, or an account in place of none, is one that was in doubt before: it has words of its
/// own.
std::string sentence(const std::string& code, Values values, Language language) {
  std::string key = "finding." + code;
  const bool is_again = !has_value(values, "reference") && !has_value(values, "before") && known_words(key + ".again", language);
  if (is_again) key += ".again";
  const bool is_of_none = std::ranges::find(values, std::pair<std::string_view, std::string>("count", "0")) != values.end();
  if (is_of_none && known_words(key + ".none", language)) key += ".none";
  if (known_words(key, language)) return phrase(key, language, values);
  add_where_missing(values, "code", code);
  return phrase("finding.other", language, values);
}

/// Where a note is told: a row of that code has said as much as these codes ("A limit was reached: limit reached: hops").
enum class Told { alone, in_its_row };

std::string note_line(const Note& note, Language language, Told told) {
  const std::string text = one_line(note_text(note.text, language), kValueLength);
  const bool is_said = told == Told::in_its_row && (note.code == "io_error" || note.code == "limit");
  if (is_said && !text.empty()) return text;
  const auto known = known_words("note." + note.code, language);
  const std::string introduction(known ? *known : std::string_view(note.code));
  if (text.empty()) return introduction;
  return introduction + (language == Language::fr ? " : " : ": ") + text;
}

std::string lines_of(const std::vector<Note>& notes, Language language, Told told) {
  std::string joined;
  const std::size_t count = std::min(notes.size(), kNotesShown);
  for (std::size_t i = 0; i < count; ++i)
    joined += (i == 0 ? "" : language == Language::fr ? " ; " : "; ") + note_line(notes[i], language, told);
  return with_rest(std::move(joined), notes.size() - count, language);
}

}  // namespace

Values values_of(const Value& evidence, Language language) {
  Values values;
  if (evidence.object() == nullptr) return values;
  for (const auto& [name, value] : *evidence.object()) values.emplace_back(name, shown(name, value, language));
  return values;
}

std::string grouped_account(const std::string& value) {
  if (!has_iban_shape(value)) return value;
  std::string grouped;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (i > 0 && i % 4 == 0) grouped += ' ';
    grouped += value[i];
  }
  return grouped;
}

std::string sentence_of(const findings::Finding& finding, Language language) {
  Values values = values_of(finding.evidence, language);
  add_where_missing(values, "subject", one_line(finding.subject, kValueLength));
  if (!finding.because.empty()) add_where_missing(values, "text", one_line(finding.because.front().text, kValueLength));
  return sentence(finding.code, std::move(values), language);
}

std::string sentence_of(const EvidenceRemark& remark, Language language) {
  Values values = values_of(remark.evidence, language);
  add_where_missing(values, "notes", lines_of(remark.notes, language, Told::in_its_row));
  return sentence(remark.code, std::move(values), language);
}

std::string title_of(const std::string& code, Language language) {
  const auto known = known_words("title." + code, language);
  return known ? std::string(*known) : code;
}

std::string notes_line(const std::vector<Note>& notes, Language language) { return lines_of(notes, language, Told::alone); }

}  // namespace threadline::timeline
