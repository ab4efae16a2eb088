// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/severity.h"
#include "base/text_map.h"
#include "logs/event.h"

namespace threadline::logs {

/// What an inbox rule does, as far as it hides or leaks mails.
struct RuleSigns {
  std::vector<std::string> does;       ///< "deletes", "marks_read", "moves": words "does.*"
  std::string folder;                  ///< into which it moves
  std::vector<std::string> words;      ///< of money that it looks for
  std::vector<std::string> to;         ///< addresses to which it forwards
  bool hides = false;                  ///< from the eye of the mailbox's owner
  bool odd_name = false;               ///< punctuation or nothing visible, no letter and no digit
  bool any_mail = false;               ///< no condition: it takes every mail
  bool about_case = false;             ///< looks for a participant of the case's conversations, or a sender's domain
  bool about_label = false;            ///< looks for such a domain's name alone, which may be a word
  Severity severity = Severity::info;  ///< of hiding
};

/// Whom the case is about, as rules name them.
struct RuleAims {
  TextSet people;   ///< addresses of its participants
  TextSet domains;  ///< registrable ones of its senders, neither the own side's nor of many organisations
  TextSet labels;   ///< the first labels of these
};

/// Reads the parameters of New-InboxRule, Set-InboxRule, UpdateInboxRules and of a listed rule. A heuristic: hiding folders and
/// words of money are tables in en, fr, de, es, it.
[[nodiscard]] RuleSigns rule_signs(const Event& event, const RuleAims& aims);

/// The mail addresses in a text.
[[nodiscard]] std::vector<std::string> addresses_in(std::string_view text);

}  // namespace threadline::logs
