// SPDX-License-Identifier: Apache-2.0
#include "evidence/store_files.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/fold.h"

namespace threadline::evidence {
namespace {

/// What mail stores and desktops keep beside messages; lower case. Not evidence, and not worth a row.
constexpr auto kStoreFiles = std::to_array<std::string_view>({
    ".ds_store",          "thumbs.db",
    "desktop.ini",        "maildirfolder",
    "maildirsize",        "subscriptions",
    "dovecot-uidlist",    "dovecot-uidvalidity",
    "dovecot-keywords",   "dovecot.index",
    "dovecot.index.log",  "dovecot.index.cache",
    "dovecot.list.index", "dovecot.list.index.log",
    "courierimapuiddb",   "courierimapsubscribed",
    "courierimapacl",     "courierimaphieracl",
    "table_of_contents",
});

}  // namespace

bool is_store_file(std::string_view name) {
  return std::ranges::find(kStoreFiles, std::string_view(text::ascii_lower(name))) != kStoreFiles.end();
}

}  // namespace threadline::evidence
