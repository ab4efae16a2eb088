// SPDX-License-Identifier: Apache-2.0
#include "logs/rule_signs.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "logs/names.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

enum class FolderKind { plain, odd };

struct HidingFolder {
  std::string_view name;
  FolderKind kind;
};

constexpr auto kFolders = std::to_array<HidingFolder>({
#define THREADLINE_HIDING_FOLDER(name, kind) {name, FolderKind::kind},
#include "logs/hiding_folders.def"
#undef THREADLINE_HIDING_FOLDER
});

enum class WordKind { word, stem };

struct RuleWord {
  std::string_view text;
  WordKind kind;
};

constexpr auto kWords = std::to_array<RuleWord>({
#define THREADLINE_RULE_WORD(text, kind) {text, WordKind::kind},
#include "logs/rule_words.def"
#undef THREADLINE_RULE_WORD
});

constexpr auto kConditions = std::to_array<std::string_view>({"SubjectContainsWords",
                                                              "BodyContainsWords",
                                                              "SubjectOrBodyContainsWords",
                                                              "FromAddressContainsWords",
                                                              "From",
                                                              "SentTo",
                                                              "RecipientAddressContainsWords",
                                                              "HeaderContainsWords",
                                                              "HasAttachment",
                                                              "FlaggedForAction",
                                                              "MyNameInToBox",
                                                              "SentOnlyToMe",
                                                              "MyNameInCcBox",
                                                              "MyNameInToOrCcBox",
                                                              "MyNameNotInToBox",
                                                              "WithImportance",
                                                              "MessageTypeMatches",
                                                              "FromSubscription",
                                                              "ReceivedAfterDate",
                                                              "ReceivedBeforeDate",
                                                              "WithinSizeRangeMinimum",
                                                              "RuleCondition",
                                                              "Description"});

std::string value_of(const Event& event, std::string_view name) {
  const std::string* value = parameter_of(event, name);
  return value == nullptr || text::equal_ascii_nocase(*value, "$null") ? std::string() : *value;
}

bool is_true(const std::string& value) { return text::equal_ascii_nocase(value, "true") || value == "$true"; }

bool is_letter(char c) { return is_lower(c) || is_digit(c) || (static_cast<unsigned char>(c) >= 0x80); }

/// A name of punctuation alone, or one that nobody sees. "a" is a name: people are lazy, too.
bool is_odd_name(const std::string& name) { return !name.empty() && text::name_key(name).empty(); }

constexpr std::string_view kSeparators = "\\/:";  ///< of a folder's path

const HidingFolder* folder_named(std::string_view name) {
  const auto found = std::ranges::find(kFolders, text::fold(name), &HidingFolder::name);
  return found == kFolders.end() ? nullptr : &*found;
}

/// What the last part of "p@firm.example:\RSS Feeds", "/Inbox/RSS Feeds" is, or of a folder where nobody looks what stands in it:
/// a folder that somebody made in Archive is a place to file.
const HidingFolder* hiding_folder(std::string_view path) {
  const HidingFolder* last = nullptr;
  while (!path.empty()) {
    const auto end = std::min(path.find_first_of(kSeparators), path.size());
    last = folder_named(path.substr(0, end));
    if (last != nullptr && last->kind == FolderKind::odd) return last;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return last;
}

/// Whether a pictograph stands in the text: a folder of a star is seen, and people have them. Source: Unicode, blocks 2600-27BF,
/// 2B00-2BFF, 1F000-1FFFF, by their first bytes in UTF-8.
bool has_picture(std::string_view text) {
  const auto byte = [&](std::size_t at) { return at < text.size() ? static_cast<unsigned char>(text[at]) : 0U; };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const unsigned next = byte(at + 1);
    if (byte(at) == 0xF0 && next == 0x9F) return true;
    if (byte(at) == 0xE2 && ((next >= 0x98 && next <= 0x9E) || (next >= 0xAC && next <= 0xAF))) return true;
  }
  return false;
}

/// Whether a part of the path is no name: "p@firm.example:\Inbox\.".
bool has_odd_part(std::string_view path) {
  const auto is_odd = [](std::string_view part) { return is_odd_name(std::string(part)) && !has_picture(part); };
  if (is_odd(path)) return true;
  while (!path.empty()) {
    const auto end = std::min(path.find_first_of(kSeparators), path.size());
    if (is_odd(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

/// Whether the folded text holds the word, of a stem a word that begins with it.
bool has_word(const std::string& text, const RuleWord& word) {
  for (std::size_t at = text.find(word.text); at != std::string::npos; at = text.find(word.text, at + 1)) {
    const std::size_t end = at + word.text.size();
    const bool ends = word.kind == WordKind::stem || end == text.size() || !is_letter(text[end]);
    if (ends && (at == 0 || !is_letter(text[at - 1]))) return true;
  }
  return false;
}

std::string own_domain(const Event& event) {
  return text::registrable_domain(text::domain_of_address(account_key(event.mailbox.empty() ? event.actor : event.mailbox)));
}

/// Whether a word of FromAddressContainsWords is one of the names, or of such a domain: "supplier.example", "@supplier.example",
/// "supplier"; not the mailbox's own.
bool names_any(const Event& event, const TextSet& names) {
  const std::string value = value_of(event, "FromAddressContainsWords");
  const std::string own = own_domain(event);
  std::string_view words = value;
  constexpr std::string_view kEnds = " \t;,\"'{}<>@*";
  while (!words.empty()) {
    const auto end = std::min(words.find_first_of(kEnds), words.size());
    const std::string word = text::ascii_lower(words.substr(0, end));
    words.remove_prefix(std::min(end + 1, words.size()));
    const std::string domain = text::registrable_domain(word);
    if (word.empty() || (!own.empty() && (domain == own || own.starts_with(word + ".")))) continue;
    if (names.contains(word) || names.contains(domain)) return true;
  }
  return false;
}

void read_conditions(const Event& event, const RuleAims& aims, RuleSigns& signs) {
  signs.any_mail = true;
  std::string all;
  for (const std::string_view name : kConditions) {
    const std::string value = value_of(event, name);
    if (value.empty() || text::equal_ascii_nocase(value, "false")) continue;
    signs.any_mail = false;
    all += value + "\n";
  }
  if (parameter_of(event, "RuleActions") != nullptr) signs.any_mail = false;  // its conditions are not in the log
  const std::string folded = text::fold(all);
  for (const RuleWord& word : kWords) {
    if (has_word(folded, word)) signs.words.emplace_back(word.text);
  }
  const auto addresses = addresses_in(all);
  signs.about_case = std::ranges::any_of(addresses, [&](const std::string& one) { return aims.people.contains(one); }) ||
                     names_any(event, aims.domains);
  signs.about_label = names_any(event, aims.labels);
}

/// What a rule does with a mail.
struct Deeds {
  bool deletes = false, moves = false, marks = false;
};

/// UpdateInboxRules writes its actions as one text: [{"ActionType":"Delete"}].
void read_actions(const Event& event, RuleSigns& signs, Deeds& deeds) {
  const std::string actions = text::ascii_lower(value_of(event, "RuleActions"));
  if (actions.empty()) return;
  const auto has = [&](std::string_view word) { return actions.find(word) != std::string::npos; };
  deeds.deletes = deeds.deletes || has("delete");
  deeds.moves = deeds.moves || has("movetofolder") || has("\"move\"");
  deeds.marks = deeds.marks || has("markasread");
  if (has("forward") || has("redirect")) {
    for (auto& one : addresses_in(actions)) signs.to.push_back(std::move(one));
  }
}

Deeds read_deeds(const Event& event, RuleSigns& signs) {
  Deeds deeds{.deletes = is_true(value_of(event, "DeleteMessage")) || is_true(value_of(event, "SoftDeleteMessage")),
              .moves = !signs.folder.empty(),
              .marks = is_true(value_of(event, "MarkAsRead"))};
  read_actions(event, signs, deeds);
  if (deeds.deletes) signs.does.emplace_back("deletes");
  if (deeds.moves) signs.does.emplace_back("moves");
  if (deeds.marks) signs.does.emplace_back("marks_read");
  return deeds;
}

/// info: it does not hide.
Severity severity_of(const RuleSigns& signs, const Deeds& deeds) {
  const HidingFolder* folder = hiding_folder(signs.folder);
  const bool is_lost = deeds.deletes || (folder != nullptr && folder->kind == FolderKind::odd) || has_odd_part(signs.folder);
  const bool aims = !signs.words.empty() || signs.about_case;
  if (is_lost || (folder != nullptr && deeds.marks)) {
    if (aims || signs.odd_name) return Severity::high;
    if (signs.any_mail || signs.about_label) return Severity::medium;
    return is_lost ? Severity::low : Severity::info;
  }
  if (!signs.odd_name || (folder == nullptr && !deeds.marks)) return Severity::info;
  return aims ? Severity::high : Severity::medium;
}

}  // namespace

std::vector<std::string> addresses_in(std::string_view text) {
  std::vector<std::string> found;
  constexpr std::string_view kEnds = " \t\r\n;,<>\"'[](){}\\";
  for (std::size_t at = text.find('@'); at != std::string_view::npos && found.size() < 100; at = text.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && kEnds.find(text[begin - 1]) == std::string_view::npos) --begin;
    const std::size_t end = std::min(text.find_first_of(kEnds, at), text.size());
    if (begin < at && end > at + 1) found.push_back(account_key(text.substr(begin, end - begin)));
  }
  return found;
}

RuleSigns rule_signs(const Event& event, const RuleAims& aims) {
  RuleSigns signs;
  read_conditions(event, aims, signs);
  signs.folder = value_of(event, "MoveToFolder");
  signs.odd_name = is_odd_name(value_of(event, "Name"));
  for (const std::string_view name : {"ForwardTo", "RedirectTo", "ForwardAsAttachmentTo"}) {
    for (auto& one : addresses_in(value_of(event, name))) signs.to.push_back(std::move(one));
  }
  signs.severity = severity_of(signs, read_deeds(event, signs));
  signs.hides = signs.severity > Severity::info;
  return signs;
}

}  // namespace threadline::logs
