// SPDX-License-Identifier: Apache-2.0
#include "pipeline/versions.h"

#include "facts/bank/account.h"
#include "memory/postgresql_database.h"
#include "memory/sqlite_database.h"
#include "message/read_message.h"
#include "text/domain.h"
#include "text/html.h"
#include "text/zone.h"

namespace threadline::pipeline {

std::vector<std::pair<std::string, std::string>> versions() {
  return {{"GMime", message::gmime_version()},
          {"SQLite", memory::sqlite_version()},
          {"libpq", memory::libpq_version()},
          {"libxml2", text::libxml2_version()},
          {"ICU", text::icu_version()},
          {"tzdata", text::tzdata_version()},
          {"public suffix list", text::public_suffix_list_version()},
          {"IBAN registry", std::string(facts::kIbanRegistry)}};
}

}  // namespace threadline::pipeline
