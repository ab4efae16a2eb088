// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/text_map.h"
#include "logs/event.h"

namespace threadline::logs {

/// What the mails of a run make a log's records be about: a record that names any of it is kept.
struct Wanted {
  TextSet mails;              ///< Message-IDs in evidence, or that mails in evidence name (mail_key)
  TextSet network_mails;      ///< Exchange's own ids of mails in evidence, lower case
  TextSet subjects;           ///< base subjects of the case's conversations, folded
  TextSet people;             ///< addresses that take part in them
  TextSet suspects;           ///< disputed addresses and domains
  TextSet queue_ids;          ///< "host/id" of mails found in a first reading of a mail log
  bool every_record = false;  ///< --events all

  [[nodiscard]] bool is_about(const Event& event) const;
};

}  // namespace threadline::logs
