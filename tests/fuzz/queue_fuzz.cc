// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "evidence/bsmtp.h"
#include "evidence/content_kind.h"
#include "evidence/exim_spool.h"
#include "evidence/mailbox_fields.h"
#include "evidence/postcat.h"
#include "evidence/postfix_queue.h"
#include "evidence/sendmail_queue.h"

namespace {

using namespace threadline::evidence;

constexpr threadline::Limits kLimits{.message_bytes = 4'096, .addresses = 5};

void check(const Item& item) {
  if (item.bytes.size() > kLimits.message_bytes) std::abort();
  if (item.envelope && item.envelope->recipients.size() > kLimits.addresses) std::abort();
}

}  // namespace

/// Every reader of queue and quarantine files reads the same bytes, as no form protects the others.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  const std::string_view bytes(exact.get(), size);
  static_cast<void>(content_of(bytes, "x"));
  check(postfix_queue_message(bytes, kLimits));
  check(exim_message(bytes, bytes, kLimits));
  check(exim_body(bytes, kLimits));
  check(sendmail_message(bytes, bytes, kLimits));
  for (const auto& item : postcat_messages(bytes, kLimits)) check(item);
  for (const auto& item : bsmtp_messages(bytes, kLimits)) check(item);
  Item mail{.source = {}, .format = "eml", .bytes = std::string(bytes), .sha256 = {}, .notes = {}};
  read_mailbox_fields(mail);
  static_cast<void>(is_folder_record(bytes));
  return 0;
}
