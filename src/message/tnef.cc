// SPDX-License-Identifier: Apache-2.0
#include "message/tnef.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/instant.h"
#include "base/little_endian.h"
#include "base/sha256.h"
#include "message/byte_cursor.h"
#include "message/mapi_ids.h"
#include "message/note_list.h"
#include "message/tnef_properties.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

using namespace std::string_view_literals;

constexpr auto kSignature = "\x78\x9F\x3E\x22"sv;
constexpr std::size_t kHeaderSize = 6;  ///< signature and key
constexpr std::size_t kIidSize = 16;
constexpr auto kIidMessage = "\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;
constexpr std::uint32_t kEmbeddedMessage = 5;  ///< PidTagAttachMethod, MS-OXCMSG section 2.2.2.9
constexpr std::uint32_t kOle = 6;

/// What the data of an attribute is, and where it goes.
enum class Form {
  skipped,         ///< known, but nothing that a message is read from
  text,            ///< string8
  date,            ///< DTR, MS-OXTNEF section 2.1.3.3.4
  message_class,   ///< MS-OXTNEF section 2.1.3.3.5
  status,          ///< MS-OXTNEF section 2.1.3.3
  sender,          ///< TRP, MS-OXTNEF section 2.1.3.3
  representing,    ///< two counted strings, MS-OXTNEF section 2.1.3.3
  code_page,       ///< MS-OXTNEF section 2.1.3.3
  properties,      ///< MS-OXTNEF section 2.1.3.4
  recipients,      ///< MS-OXTNEF section 2.1.3.4
  new_attachment,  ///< MS-OXTNEF section 2.1.3.3.15
  attached_bytes,
  attached_text,
  attached_properties,
};

struct Known {
  std::uint32_t id;
  Form form;
  std::uint16_t property;
};
/// Source: MS-OXTNEF section 2.1.3.2 (names and ids) and 2.1.3.3 (what they stand for).
constexpr auto kKnown = std::to_array<Known>({
    {0x00008000, Form::sender, pid::sender_name},                   // attFrom
    {0x00018004, Form::text, pid::subject},                         // attSubject
    {0x00038005, Form::date, pid::client_submit_time},              // attDateSent
    {0x00038006, Form::date, pid::message_delivery_time},           // attDateRecd
    {0x00068007, Form::status, pid::message_flags},                 // attMessageStatus
    {0x00078008, Form::message_class, pid::message_class},          // attMessageClass
    {0x00018009, Form::skipped, 0},                                 // attMessageID: a search key, not an internet message-id
    {0x0001800A, Form::skipped, 0},                                 // attParentID
    {0x0001800B, Form::skipped, 0},                                 // attConversationID
    {0x0002800C, Form::text, pid::body},                            // attBody
    {0x0004800D, Form::skipped, 0},                                 // attPriority
    {0x0006800F, Form::attached_bytes, pid::attach_data},           // attAttachData
    {0x00018010, Form::attached_text, pid::attach_filename},        // attAttachTitle
    {0x00068011, Form::skipped, 0},                                 // attAttachMetaFile: an icon
    {0x00038012, Form::skipped, 0},                                 // attAttachCreateDate
    {0x00038013, Form::skipped, 0},                                 // attAttachModifyDate
    {0x00038020, Form::date, pid::last_modification_time},          // attDateModified
    {0x00069001, Form::attached_text, pid::attach_transport_name},  // attAttachTransportFilename
    {0x00069002, Form::new_attachment, 0},                          // attAttachRendData
    {0x00069003, Form::properties, 0},                              // attMsgProps
    {0x00069004, Form::recipients, 0},                              // attRecipTable
    {0x00069005, Form::attached_properties, 0},                     // attAttachment
    {0x00089006, Form::skipped, 0},                                 // attTnefVersion
    {0x00069007, Form::code_page, 0},                               // attOemCodepage
    {0x00070006, Form::skipped, 0},                                 // attOriginalMessageClass
    {0x00060000, Form::representing, pid::sent_representing_name},  // attOwner: of a meeting request
    {0x00060001, Form::representing, pid::sent_representing_name},  // attSentFor
    {0x00060002, Form::skipped, 0},                                 // attDelegate
    {0x00030006, Form::date, pid::start_date},                      // attDateStart
    {0x00030007, Form::date, pid::end_date},                        // attDateEnd
    {0x00040008, Form::skipped, 0},                                 // attAidOwner
    {0x00040009, Form::skipped, 0},                                 // attRequestRes
});

const Known* known(std::uint32_t id) {
  const auto* found = std::ranges::find(kKnown, id, &Known::id);
  return found == kKnown.end() ? nullptr : found;
}

struct ClassName {
  std::string_view written;
  std::string_view meant;
};
/// Source: MS-OXTNEF section 2.1.3.3.5.
constexpr auto kClasses = std::to_array<ClassName>({
    {"IPM.Microsoft Mail.Note", "IPM.Note"},
    {"IPM.Microsoft Mail.Read Receipt", "Report.IPM.Note.IPNRN"},
    {"IPM.Microsoft Mail.Non-Delivery", "Report.IPM.Note.NDR"},
    {"IPM.Microsoft Schedule.MtgReq", "IPM.Schedule.Meeting.Request"},
    {"IPM.Microsoft Schedule.MtgRespP", "IPM.Schedule.Meeting.Resp.Pos"},
    {"IPM.Microsoft Schedule.MtgRespN", "IPM.Schedule.Meeting.Resp.Neg"},
    {"IPM.Microsoft Schedule.MtgRespA", "IPM.Schedule.Meeting.Resp.Tent"},
    {"IPM.Microsoft Schedule.MtgCncl", "IPM.Schedule.Meeting.Canceled"},
});

std::string_view without_nuls(std::string_view text) { return text.substr(0, std::min(text.find('\0'), text.size())); }

MapiProperty property_of(std::uint16_t id, MapiType type, std::string_view value) {
  return {.id = id, .type = static_cast<std::uint16_t>(type), .value = std::string(value), .values = {}};
}

/// A DTR as PtypFloatingTime (days since 1899-12-30): what it says has no zone. In MS-OXTNEF section 3.1 it is the writer's
/// local time. Empty where it is no date.
std::string floating_time(std::string_view dtr) {
  const auto field = [&dtr](std::size_t index) { return static_cast<int>(number_at<std::uint16_t>(dtr, 2 * index).value_or(0)); };
  const auto at = instant_of({field(0), field(1), field(2), field(3), field(4), field(5)}, 0);
  if (!at || field(0) == 0) return {};
  constexpr double kDaysTo1970 = 25'569;
  const double days = kDaysTo1970 + static_cast<double>(at->seconds) / 86'400;
  return little_endian(std::bit_cast<std::uint64_t>(days), 8);
}

/// Messages of one stream, all depths.
struct Budget {
  std::uint32_t embedded = 0;
};

/// Reads one stream, front to back.
class TnefReader {
 public:
  TnefReader(std::string_view bytes, std::uint32_t depth, Budget& budget, const Limits& limits)
      : bytes_(bytes),
        depth_(depth),
        budget_(budget),
        limits_(limits),
        notes_(object_.notes, limits),
        names_(object_.names),
        reader_(names_, limits, notes_) {}

  MapiObject read() {
    object_.size = bytes_.size();
    object_.sha256 = sha256_hex(bytes_);
    if (!is_tnef(bytes_)) notes_.add("not_a_message", "tnef: no signature");
    at_ = std::min(kHeaderSize, bytes_.size());
    if (bytes_.size() <= kHeaderSize) notes_.add("truncated", "tnef: nothing after the signature");
    while (at_ < bytes_.size()) read_attribute();
    finish_attachment();
    append_absent(legacy_, object_.properties);
    return std::move(object_);
  }

 private:
  static constexpr std::size_t kAttributeHead = 9;  ///< level, id, length

  /// The next place where a known attribute of a length that fits may begin: how reading goes on after damage.
  [[nodiscard]] std::size_t next_attribute(std::size_t from) const {
    for (std::size_t at = from; at + kAttributeHead < bytes_.size(); ++at) {
      if (bytes_[at] != '\1' && bytes_[at] != '\2') continue;
      const auto length = number_at<std::uint32_t>(bytes_, at + 5).value_or(0);
      if (known(number_at<std::uint32_t>(bytes_, at + 1).value_or(0)) != nullptr && length <= bytes_.size() - at - kAttributeHead)
        return at;
    }
    return bytes_.size();
  }

  void note(std::string_view code, std::string text) { notes_.add({std::string(code), std::move(text), {"", at_, 0}}); }

  void read_attribute() {
    const char level = bytes_[at_];
    if (level != '\1' && level != '\2') {
      note("malformed_container", "tnef: bytes that are no attribute");
      at_ = next_attribute(at_);
      return;
    }
    const auto id = number_at<std::uint32_t>(bytes_, at_ + 1);
    const auto length = number_at<std::uint32_t>(bytes_, at_ + 5);
    if (!id || !length) {
      note("truncated", "tnef: an attribute is cut short");
      at_ = bytes_.size();
      return;
    }
    const auto begin = at_ + kAttributeHead;
    const auto end = *length <= bytes_.size() - begin ? begin + *length : end_of_overlong(*id, begin);
    if (end == begin + *length) check_sum(begin, end);
    const auto next = end == begin + *length ? std::min(end + 2, bytes_.size()) : end;
    take(*id, bytes_.substr(begin, end - begin));
    at_ = next;
  }

  /// Where an attribute that claims more than there is may end. One that holds a message goes on to the end: the attributes in it
  /// are that message's.
  std::size_t end_of_overlong(std::uint32_t id, std::size_t begin) {
    note("truncated", fmt::format("tnef: attribute {:08X} claims more bytes than there are", id));
    const auto* entry = known(id);
    const bool holds_message =
        entry != nullptr && (entry->form == Form::attached_properties || entry->form == Form::attached_bytes);
    return holds_message ? bytes_.size() : next_attribute(begin);
  }

  void check_sum(std::size_t begin, std::size_t end) {
    const auto stated = number_at<std::uint16_t>(bytes_, end);
    const auto sum =
        std::accumulate(bytes_.begin() + static_cast<std::ptrdiff_t>(begin), bytes_.begin() + static_cast<std::ptrdiff_t>(end),
                        0U, [](unsigned total, char c) { return total + static_cast<unsigned char>(c); });
    if (!stated) {
      note("truncated", "tnef: the last checksum is missing");
    } else if (*stated != (sum & 0xFFFFU)) {
      note("malformed_container", "tnef: a checksum is wrong");
    }
  }

  void take(std::uint32_t id, std::string_view data) {
    const auto* entry = known(id);
    if (entry == nullptr) return note("parser_remark", fmt::format("tnef: unknown attribute {:08X}", id));
    switch (entry->form) {
      case Form::skipped: return;
      case Form::text: return take_legacy(property_of(entry->property, MapiType::string8, without_nuls(data)));
      case Form::date: return take_date(entry->property, data);
      case Form::message_class: return take_class(data);
      case Form::status: return take_status(data);
      case Form::sender: return take_sender(data);
      case Form::representing: return take_representing(data);
      case Form::code_page: object_.code_page = number_at<std::uint32_t>(data, 0).value_or(0); return;
      case Form::properties: return take_properties(data, object_.properties);
      case Form::recipients: return take_recipients(data);
      case Form::new_attachment: return begin_attachment(data);
      case Form::attached_bytes: return take_attached(property_of(entry->property, MapiType::binary, data));
      case Form::attached_text: return take_attached(property_of(entry->property, MapiType::string8, without_nuls(data)));
      case Form::attached_properties: return take_attached_properties(data);
    }
  }

  void take_legacy(MapiProperty property) { legacy_.list.push_back(std::move(property)); }

  void take_date(std::uint16_t id, std::string_view data) {
    auto days = floating_time(data);
    if (days.empty()) return note("malformed_date", fmt::format("tnef: the date of property {:04X}", id));
    take_legacy(property_of(id, MapiType::floating_time, days));
  }

  void take_class(std::string_view data) {
    const auto written = without_nuls(data);
    const auto* entry =
        std::ranges::find_if(kClasses, [&](const auto& one) { return text::equal_ascii_nocase(one.written, written); });
    take_legacy(property_of(pid::message_class, MapiType::string8, entry == kClasses.end() ? written : entry->meant));
  }

  /// fmsLocal is a message that was not sent. Source: MS-OXTNEF section 2.1.3.3.
  void take_status(std::string_view data) {
    constexpr unsigned kLocal = 0x02;
    constexpr unsigned kUnsent = 0x08;  // mfUnsent of PidTagMessageFlags
    if (data.empty() || (static_cast<unsigned char>(data.front()) & kLocal) == 0) return;
    take_legacy(property_of(pid::message_flags, MapiType::integer32, little_endian(kUnsent, 4)));
  }

  void take_address(std::string_view written, std::uint16_t type_id, std::uint16_t address_id) {
    const auto colon = written.find(':');
    if (colon == std::string_view::npos) return;
    take_legacy(property_of(type_id, MapiType::string8, written.substr(0, colon)));
    take_legacy(property_of(address_id, MapiType::string8, written.substr(colon + 1)));
  }

  /// TRP: id, size of the structure, sizes of name and address, name, address ("SMTP:a@b").
  void take_sender(std::string_view data) {
    ByteCursor cursor(data);
    cursor.take(4);
    const auto name_size = cursor.number<std::uint16_t>();
    const auto address_size = cursor.number<std::uint16_t>();
    if (!name_size || !address_size) return note("malformed_container", "tnef: attFrom is cut short");
    take_legacy(property_of(pid::sender_name, MapiType::string8, without_nuls(cursor.take(*name_size))));
    take_address(without_nuls(cursor.take(*address_size)), pid::sender_address_type, pid::sender_email_address);
  }

  void take_representing(std::string_view data) {
    ByteCursor cursor(data);
    const auto name = without_nuls(cursor.take(cursor.number<std::uint16_t>().value_or(0)));
    if (name.empty()) return;
    take_legacy(property_of(pid::sent_representing_name, MapiType::string8, name));
    take_address(without_nuls(cursor.take(cursor.number<std::uint16_t>().value_or(0))), pid::sent_representing_address_type,
                 pid::sent_representing_email_address);
  }

  void take_properties(std::string_view data, MapiProperties& into) {
    ByteCursor cursor(data);
    static_cast<void>(reader_.read_list(cursor, into));
  }

  void take_recipients(std::string_view data) {
    ByteCursor cursor(data);
    const auto rows = cursor.number<std::uint32_t>().value_or(0);
    for (std::uint32_t i = 0; i < rows; ++i) {
      if (cursor.left() < 4) return note("malformed_container", "tnef: fewer recipients than claimed");
      if (object_.recipients.size() >= limits_.addresses) return note("limit", "addresses: further recipients are left out");
      MapiProperties row;
      const bool whole = reader_.read_list(cursor, row);
      if (!row.list.empty()) object_.recipients.push_back(std::move(row));
      if (!whole) return;
    }
  }

  void begin_attachment(std::string_view data) {
    finish_attachment();
    if (object_.attachments.size() >= limits_.mapi_attachments) {
      note("limit", "mapi_attachments: further attachments are left out");
      left_out_ = true;
      return;
    }
    left_out_ = false;
    attachment_open_ = true;
    object_.attachments.emplace_back();
    const bool is_ole = number_at<std::uint16_t>(data, 0).value_or(0) == 2;
    attached_legacy_.list.push_back(property_of(pid::attach_method, MapiType::integer32, little_endian(is_ole ? kOle : 1, 4)));
  }

  /// Some writers leave attAttachRendData out: a title or content that the attachment has already begins another.
  bool open_for(std::uint16_t id) {
    if (left_out_) return false;
    if (!attachment_open_ || (id != 0 && attached_legacy_.find(id) != nullptr)) begin_attachment({});
    return attachment_open_;
  }

  void take_attached(MapiProperty property) {
    if (open_for(property.id)) attached_legacy_.list.push_back(std::move(property));
  }

  void take_attached_properties(std::string_view data) {
    if (open_for(0)) take_properties(data, object_.attachments.back().properties);
  }

  void finish_attachment() {
    if (!attachment_open_) return;
    attachment_open_ = false;
    auto& attachment = object_.attachments.back();
    append_absent(attached_legacy_, attachment.properties);
    read_embedded(attachment);
  }

  static void append_absent(MapiProperties& from, MapiProperties& to) {
    for (auto& property : from.list) {
      if (to.find(property.id) == nullptr) to.list.push_back(std::move(property));
    }
    from.list.clear();
  }

  /// PidTagAttachDataObject begins with the interface that it is read with (MS-OXTNEF section 2.1.3.4); what follows IID_IMessage
  /// is a TNEF stream.
  void read_embedded(MapiAttachment& attachment) {
    const auto found = std::ranges::find(attachment.properties.list, pid::attach_data, &MapiProperty::id);
    if (found == attachment.properties.list.end()) return;
    auto& content = found->value;
    bool is_message = false;
    if (found->type == static_cast<std::uint16_t>(MapiType::object) && content.size() >= kIidSize) {
      is_message = content.starts_with(kIidMessage);
      content.erase(0, kIidSize);
    }
    const auto* method = attachment.properties.find(pid::attach_method);
    const bool says_so = method != nullptr && method->value == little_endian(kEmbeddedMessage, 4);
    if (!is_message && !(says_so && is_tnef(content))) return;
    if (depth_ >= limits_.nested_depth) return note("limit", "nested_depth: the embedded message is not read");
    if (budget_.embedded >= limits_.nested_messages)
      return note("limit", "nested_messages: further embedded messages are not read");
    ++budget_.embedded;
    attachment.embedded = std::make_unique<MapiObject>(TnefReader(content, depth_ + 1, budget_, limits_).read());
    attachment.properties.list.erase(found);
  }

  std::string_view bytes_;
  std::uint32_t depth_;
  Budget& budget_;
  const Limits& limits_;
  MapiObject object_;
  NoteList notes_;
  NamedIds names_;
  TnefPropertyReader reader_;
  std::size_t at_ = 0;
  MapiProperties legacy_;           ///< attributes as properties: what attMsgProps says stands before them
  MapiProperties attached_legacy_;  ///< of the open attachment
  bool attachment_open_ = false;
  bool left_out_ = false;  ///< the attachment that is being read is one too many
};

}  // namespace

bool is_tnef(std::string_view bytes) { return bytes.starts_with(kSignature); }

MapiObject read_tnef(std::string_view bytes, const Limits& limits) {
  Budget budget;
  return TnefReader(bytes, 0, budget, limits).read();
}

}  // namespace threadline::message
