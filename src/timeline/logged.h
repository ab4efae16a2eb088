// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/note.h"
#include "base/value.h"
#include "findings/finding.h"

namespace threadline::timeline {

/// Whom a record of a log is about, as far as it carries: an account or a machine, never a person.
enum class LogActor { account, sender, address, server };

/// What one record of a log says, and what is concluded from it: a row of kind `log`, and one for each finding.
struct Logged {
  std::string source;         ///< path ":" line, as "logs/audit.csv:12"
  std::string sha256;         ///< of the record
  std::string act;            ///< what it tells: "rule_set" (words "log.rule_set")
  std::optional<Stamp> time;  ///< nothing: the export gives none
  LogActor actor_kind = LogActor::account;
  std::string actor;       ///< address of the account, address or name of the machine
  std::string message_id;  ///< of the one mail of the case that it names, or empty
  Value evidence;          ///< an object: ip, client, session, target ...: also what the words are filled from
  std::string text;        ///< the record as it stands in the log
  std::vector<Note> notes;
  std::vector<findings::Finding> findings;
};

}  // namespace threadline::timeline
