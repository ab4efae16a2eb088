// SPDX-License-Identifier: Apache-2.0
#include "evidence/mailbox_fields.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "evidence/field_lines.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

constexpr std::uint64_t kHeader = 256U << 10U;      ///< where programs' own fields are looked for
constexpr std::uint64_t kFolderRecord = 4U << 10U;  ///< a pseudo-message is no longer
constexpr int kDetached = 20;                       ///< notes about detached parts of one message

/// Prefixes of the fields that mail programs and filters put in front of a message, lower case.
constexpr auto kProgramFields = std::to_array<std::string_view>({
    "x-mozilla-",
    "x-account-key",
    "x-uidl",
    "x-uid",
    "x-gm-",
    "x-gmail-",
    "x-imap",
    "status",
    "x-status",
    "x-keywords",
    "return-path",
    "delivered-to",
    "x-envelope-",
    "x-quarantine-id",
});

struct Bit {
  std::uint32_t bit;
  std::string_view word;
};

/// Source: nsMsgMessageFlags.h (the low word is X-Mozilla-Status, the high word X-Mozilla-Status2).
constexpr auto kMozillaBits = std::to_array<Bit>({
    {0x0001, "read"},
    {0x0002, "answered"},
    {0x0004, "flagged"},
    {0x0008, "deleted"},
    {0x1000, "forwarded"},
    {0x0040'0000, "return receipt sent"},
    {0x0020'0000, "deleted on the server"},
});
constexpr std::uint32_t kMozillaDeleted = 0x0020'0008;

bool is_program_field(std::string_view name) {
  return std::ranges::any_of(kProgramFields, [name](std::string_view prefix) { return name.starts_with(prefix); });
}

std::uint32_t hexadecimal(std::string_view text) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

std::string address_in(std::string_view value) {
  const auto open = value.find('<');
  const auto close = value.find('>', open == std::string_view::npos ? 0 : open);
  if (open == std::string_view::npos || close == std::string_view::npos) return std::string(text::trimmed(value));
  return std::string(value.substr(open + 1, close - open - 1));
}

/// What the leading fields of one message say.
class ProgramFields {
 public:
  explicit ProgramFields(Item& item) : item_(item) {}

  void read() {
    FieldLines fields(std::string_view(item_.bytes).substr(0, kHeader));
    while (const auto field = fields.next()) {
      const auto name = text::ascii_lower(field->name);
      if (!is_program_field(name)) break;
      take(name, field->value);
    }
    give();
  }

 private:
  void take(std::string_view name, const std::string& value) {
    if (name == "x-mozilla-status") mozilla_ |= hexadecimal(value) & 0xFFFFU;
    if (name == "x-mozilla-status2") mozilla_ |= hexadecimal(value) & 0xFFFF'0000U;
    if (name == "x-gmail-labels") labels_ = decoded_words(value);
    if (name == "x-status" || name == "status") status_ += value;
    if (name == "x-quarantine-id") envelope_.queue_id = address_in(value);
    if (name == "x-envelope-from") envelope_.sender = address_in(value);
    if (name == "x-envelope-to" || name == "x-envelope-to-blocked") add_recipients(value);
  }

  void add_recipients(std::string_view value) {
    while (!value.empty()) {
      const auto comma = std::min(value.find(','), value.size());
      auto one = address_in(value.substr(0, comma));
      if (!one.empty() && std::ranges::find(envelope_.recipients, one) == envelope_.recipients.end())
        envelope_.recipients.push_back(std::move(one));
      value.remove_prefix(std::min(comma + 1, value.size()));
    }
  }

  void give() {
    auto& notes = item_.notes;
    if ((mozilla_ & kMozillaDeleted) != 0) notes.push_back({"marked_deleted", "X-Mozilla-Status", {}});
    if (status_.find('D') != std::string::npos) notes.push_back({"marked_deleted", "X-Status", {}});
    std::string words;
    for (const auto& [bit, word] : kMozillaBits) {
      if ((mozilla_ & bit) != 0) words += (words.empty() ? "" : ", ") + std::string(word);
    }
    if (!words.empty()) notes.push_back({"mailbox_flags", words, {}});
    if (!labels_.empty()) notes.push_back({"mailbox_labels", labels_, {}});
    if (!envelope_.queue_id.empty() && !item_.envelope) item_.envelope = std::move(envelope_);
  }

  Item& item_;
  std::uint32_t mozilla_ = 0;
  std::string status_;
  std::string labels_;
  Envelope envelope_;
};

/// Parts whose content Thunderbird took away: "X-Mozilla-Altered: AttachmentDetached; date=..." and where it put it.
void read_detached_parts(Item& item) {
  constexpr std::string_view kField = "\nX-Mozilla-";
  const char* at = item.bytes.data();
  const char* const end = at + item.bytes.size();
  for (int found = 0; found < kDetached; ++found) {
    at = static_cast<const char*>(::memmem(at, static_cast<std::size_t>(end - at), kField.data(), kField.size()));
    if (at == nullptr) return;
    ++at;
    std::string_view line(at, static_cast<std::size_t>(end - at));
    line = line.substr(0, std::min(line.find_first_of("\r\n"), std::size_t{1'000}));
    if (line.starts_with("X-Mozilla-Altered:") || line.starts_with("X-Mozilla-External-Attachment-URL:"))
      item.notes.push_back({"attachment_detached", text::valid_utf8(line), {}});
  }
}

}  // namespace

void read_mailbox_fields(Item& item) {
  ProgramFields(item).read();
  read_detached_parts(item);
}

bool is_folder_record(std::string_view message) {
  if (message.size() > kFolderRecord) return false;
  bool subject = false;
  bool record = false;
  FieldLines fields(message);
  while (const auto field = fields.next()) {
    subject = subject || (text::equal_ascii_nocase(field->name, "subject") &&
                          field->value.starts_with("DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA"));
    record = record || text::equal_ascii_nocase(field->name, "x-imap") || text::equal_ascii_nocase(field->name, "x-imapbase");
  }
  const auto text = fields.rest();
  return subject && record && text.starts_with("This text is part of the internal format of your mail folder, and is not");
}

}  // namespace threadline::evidence
