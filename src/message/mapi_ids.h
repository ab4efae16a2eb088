// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

/// Property ids that a message is read from, by their PidTag names. Source: MS-OXPROPS section 2.
namespace threadline::message::pid {

constexpr std::uint16_t message_class = 0x001A;
constexpr std::uint16_t subject = 0x0037;
constexpr std::uint16_t client_submit_time = 0x0039;
constexpr std::uint16_t subject_prefix = 0x003D;
constexpr std::uint16_t sent_representing_search_key = 0x003B;
constexpr std::uint16_t sent_representing_entry_id = 0x0041;
constexpr std::uint16_t sent_representing_name = 0x0042;
constexpr std::uint16_t reply_recipient_entries = 0x004F;
constexpr std::uint16_t reply_recipient_names = 0x0050;
constexpr std::uint16_t start_date = 0x0060;
constexpr std::uint16_t end_date = 0x0061;
constexpr std::uint16_t sent_representing_address_type = 0x0064;
constexpr std::uint16_t sent_representing_email_address = 0x0065;
constexpr std::uint16_t conversation_topic = 0x0070;
constexpr std::uint16_t conversation_index = 0x0071;
constexpr std::uint16_t transport_message_headers = 0x007D;
constexpr std::uint16_t recipient_type = 0x0C15;
constexpr std::uint16_t sender_entry_id = 0x0C19;
constexpr std::uint16_t sender_name = 0x0C1A;
constexpr std::uint16_t sender_search_key = 0x0C1D;
constexpr std::uint16_t sender_address_type = 0x0C1E;
constexpr std::uint16_t sender_email_address = 0x0C1F;
constexpr std::uint16_t display_bcc = 0x0E02;
constexpr std::uint16_t display_cc = 0x0E03;
constexpr std::uint16_t display_to = 0x0E04;
constexpr std::uint16_t message_delivery_time = 0x0E06;
constexpr std::uint16_t message_flags = 0x0E07;
constexpr std::uint16_t normalized_subject = 0x0E1D;
constexpr std::uint16_t entry_id = 0x0FFF;
constexpr std::uint16_t body = 0x1000;
constexpr std::uint16_t rtf_compressed = 0x1009;
constexpr std::uint16_t html = 0x1013;
constexpr std::uint16_t internet_message_id = 0x1035;
constexpr std::uint16_t internet_references = 0x1039;
constexpr std::uint16_t in_reply_to_id = 0x1042;
constexpr std::uint16_t display_name = 0x3001;
constexpr std::uint16_t address_type = 0x3002;
constexpr std::uint16_t email_address = 0x3003;
constexpr std::uint16_t last_modification_time = 0x3008;
constexpr std::uint16_t search_key = 0x300B;
constexpr std::uint16_t attach_data = 0x3701;
constexpr std::uint16_t attach_filename = 0x3704;
constexpr std::uint16_t attach_method = 0x3705;
constexpr std::uint16_t attach_long_filename = 0x3707;
constexpr std::uint16_t attach_pathname = 0x3708;
constexpr std::uint16_t attach_transport_name = 0x370C;
constexpr std::uint16_t attach_long_pathname = 0x370D;
constexpr std::uint16_t attach_mime_tag = 0x370E;
constexpr std::uint16_t attach_content_id = 0x3712;
constexpr std::uint16_t smtp_address = 0x39FE;
constexpr std::uint16_t internet_code_page = 0x3FDE;
constexpr std::uint16_t message_locale = 0x3FF1;
constexpr std::uint16_t message_code_page = 0x3FFD;
constexpr std::uint16_t sender_smtp_address = 0x5D01;
constexpr std::uint16_t sent_representing_smtp_address = 0x5D02;
constexpr std::uint16_t recipient_display_name = 0x5FF6;
constexpr std::uint16_t attachment_hidden = 0x7FFE;

}  // namespace threadline::message::pid
