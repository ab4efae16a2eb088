// SPDX-License-Identifier: Apache-2.0
#include "message/journal_report.h"

#include <algorithm>
#include <array>
#include <string>

#include "message/addresses.h"
#include "message/header_value.h"
#include "text/fold.h"
#include "text/html.h"

namespace threadline::message {
namespace {

constexpr std::size_t kLineBytes = 10'000;  ///< of an envelope's line; longer ones are none

enum class Key { sender, on_behalf_of, subject, message_id, to, cc, bcc, recipient, other };

struct Word {
  std::string_view word;
  Key key;
};
constexpr auto kKeys = std::to_array<Word>({
    {"sender", Key::sender},
    {"on-behalf-of", Key::on_behalf_of},
    {"onbehalfof", Key::on_behalf_of},
    {"subject", Key::subject},
    {"message-id", Key::message_id},
    {"to", Key::to},
    {"cc", Key::cc},
    {"bcc", Key::bcc},
    {"recipient", Key::recipient},
    {"recipients", Key::recipient},
    {"label", Key::other},
    {"sentutc", Key::other},
    {"receivedutc", Key::other},
});

bool has_address(const std::vector<Address>& list, const Address& address) {
  return std::ranges::any_of(list, [&](const Address& one) { return text::equal_ascii_nocase(one.address, address.address); });
}

/// Reads the envelope's lines into the report.
class Envelope {
 public:
  explicit Envelope(const Limits& limits) : limits_(limits) {}

  /// Whether the text holds lines of an envelope and nothing else.
  bool read(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text::trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (!line.empty() && !read_line(line)) return false;
    }
    return report_.sender && (has_subject_ || !report_.message_id.empty()) && !is_recipient_missing();
  }

  JournalReport take() { return std::move(report_); }

 private:
  [[nodiscard]] bool is_recipient_missing() const {
    return report_.to.empty() && report_.cc.empty() && report_.bcc.empty() && report_.recipients.empty();
  }

  bool read_line(std::string_view line) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || line.size() > kLineBytes) return false;
    const std::string name = text::ascii_lower(text::trimmed(line.substr(0, colon)));
    const auto* found = std::ranges::find(kKeys, std::string_view(name), &Word::word);
    if (found == kKeys.end()) return false;
    return take(found->key, text::trimmed(line.substr(colon + 1)));
  }

  bool take(Key key, std::string_view value) {
    switch (key) {
      case Key::subject: return has_subject_ = true;
      case Key::message_id: report_.message_id = message_id_of(value); return true;
      case Key::sender: return take_one(value, report_.sender);
      case Key::on_behalf_of: return take_one(value, report_.on_behalf_of);
      case Key::to: return take_all(value, report_.to);
      case Key::cc: return take_all(value, report_.cc);
      case Key::bcc: return take_all(value, report_.bcc);
      case Key::recipient: return take_all(value, report_.recipients);
      case Key::other: return true;
    }
    return false;
  }

  /// "a@b, Expanded: list@b": who got it, and what list or forwarding he got it by.
  [[nodiscard]] std::vector<Address> people(std::string_view value) const {
    for (const std::string_view by : {", expanded:", ", forwarded:"}) {
      if (const std::size_t at = text::ascii_lower(value).find(by); at != std::string::npos) value = value.substr(0, at);
    }
    return read_addresses(std::string(value), limits_).list;
  }

  bool take_one(std::string_view value, std::optional<Address>& into) const {
    const auto found = people(value);
    if (!found.empty() && !into) into = found.front();
    return !found.empty();
  }

  bool take_all(std::string_view value, std::vector<Address>& into) const {
    for (const Address& one : people(value)) {
      if (into.size() < limits_.addresses) into.push_back(one);
    }
    return true;
  }

  const Limits& limits_;
  JournalReport report_;
  bool has_subject_ = false;
};

bool has_nothing_else(const Message& message) {
  return message.messages.size() == 1 && std::ranges::none_of(message.texts, &Text::attached) &&
         std::ranges::all_of(message.attachments,
                             [&](const Attachment& one) { return one.part == message.messages.front().part; });
}

std::optional<JournalReport> report_of(const Message& message, const Limits& limits) {
  std::optional<JournalReport> report;
  for (const Text& text : message.texts) {
    Envelope envelope(limits);
    if (!envelope.read(text.html ? text::read_html(text.content, limits).text : text.content)) return std::nullopt;
    if (!report) report = envelope.take();
  }
  return report;
}

void tell(const JournalReport& report, const Limits& limits, Message& inside) {
  std::string told;
  const auto add = [&](std::string_view field, const Address& person) {
    const bool known = has_address(inside.to, person) || has_address(inside.cc, person) || has_address(inside.bcc, person);
    if (known || person.address.empty() || inside.bcc.size() >= limits.addresses) return;
    inside.bcc.push_back(person);
    if (told.size() < kLineBytes) told += (told.empty() ? "" : ", ") + std::string(field) + ": " + person.address;
  };
  for (const Address& person : report.bcc) add("Bcc", person);
  for (const Address& person : report.recipients) add("Recipient", person);
  if (report.on_behalf_of && !inside.sender && report.sender) {
    inside.sender = report.sender;
    told += (told.empty() ? "" : ", ") + std::string("Sender: ") + report.sender->address;
  }
  if (!told.empty()) inside.notes.push_back({"from_journal", std::move(told), {"header", 0, 0}});
}

}  // namespace

void read_journal_report(const Limits& limits, Message& message) {
  if (message.texts.empty() || !has_nothing_else(message)) return;
  message.journal = report_of(message, limits);
  if (message.journal) tell(*message.journal, limits, message.messages.front());
}

}  // namespace threadline::message
