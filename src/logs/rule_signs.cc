// SPDX-License-Identifier: Apache-2.0
#include "logs/rule_signs.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "logs/names.h"
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

/// A name of punctuation alone, or with one letter.
bool is_odd_name(const std::string& name) {
  const std::string folded = text::fold(name);
  return !folded.empty() && std::ranges::count_if(folded, is_letter) <= 1;
}

/// The last part of "p@firm.example:\RSS Feeds", "/Inbox/RSS Feeds".
std::string folder_name(std::string_view path) {
  const auto end = path.find_last_of("\\/:");
  return text::fold(end == std::string_view::npos ? path : path.substr(end + 1));
}

const HidingFolder* hiding_folder(const std::string& path) {
  const std::string name = folder_name(path);
  const auto found = std::ranges::find(kFolders, name, &HidingFolder::name);
  return found == kFolders.end() ? nullptr : &*found;
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

void read_conditions(const Event& event, const TextSet& people, RuleSigns& signs) {
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
  signs.about_case = std::ranges::any_of(addresses, [&](const std::string& one) { return people.contains(one); });
}

/// UpdateInboxRules writes its actions as one text: [{"ActionType":"Delete"}].
void read_actions(const Event& event, RuleSigns& signs, bool& deletes, bool& moves) {
  const std::string actions = text::ascii_lower(value_of(event, "RuleActions"));
  if (actions.empty()) return;
  deletes = deletes || actions.find("delete") != std::string::npos;
  moves = moves || actions.find("movetofolder") != std::string::npos || actions.find("\"move\"") != std::string::npos;
  if (actions.find("markasread") != std::string::npos) signs.does.emplace_back("marks_read");
  if (actions.find("forward") != std::string::npos || actions.find("redirect") != std::string::npos) {
    for (auto& one : addresses_in(actions)) signs.to.push_back(std::move(one));
  }
}

Severity severity_of(const RuleSigns& signs, bool deletes, const HidingFolder* folder) {
  const bool aims = !signs.words.empty() || signs.about_case;
  const bool odd_folder = folder != nullptr && folder->kind == FolderKind::odd;
  if (deletes || odd_folder) {
    if (aims || signs.odd_name) return Severity::high;
    return signs.any_mail ? Severity::medium : Severity::low;
  }
  if (aims && signs.odd_name) return Severity::high;
  if (signs.any_mail || signs.odd_name) return Severity::medium;
  return aims ? Severity::medium : Severity::info;
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

RuleSigns rule_signs(const Event& event, const TextSet& people) {
  RuleSigns signs;
  read_conditions(event, people, signs);
  bool deletes = is_true(value_of(event, "DeleteMessage")) || is_true(value_of(event, "SoftDeleteMessage"));
  const std::string move = value_of(event, "MoveToFolder");
  bool moves = !move.empty();
  const bool marks = is_true(value_of(event, "MarkAsRead"));
  for (const std::string_view name : {"ForwardTo", "RedirectTo", "ForwardAsAttachmentTo"}) {
    for (auto& one : addresses_in(value_of(event, name))) signs.to.push_back(std::move(one));
  }
  read_actions(event, signs, deletes, moves);
  if (deletes) signs.does.emplace_back("deletes");
  if (moves) signs.does.emplace_back("moves");
  if (marks) signs.does.emplace_back("marks_read");
  signs.folder = move;
  signs.odd_name = is_odd_name(value_of(event, "Name"));
  const HidingFolder* folder = hiding_folder(move);
  const bool in_hiding_folder = folder != nullptr && (folder->kind == FolderKind::odd || marks || !signs.words.empty() ||
                                                      signs.about_case || signs.odd_name);
  signs.hides = deletes || in_hiding_folder || (moves && marks && (!signs.words.empty() || signs.about_case || signs.odd_name)) ||
                (marks && signs.odd_name);
  if (signs.hides) signs.severity = severity_of(signs, deletes, folder);
  if (signs.severity == Severity::info) signs.hides = false;
  return signs;
}

}  // namespace threadline::logs
