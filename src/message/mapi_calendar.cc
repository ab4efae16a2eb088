// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_calendar.h"

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "message/mapi_text.h"
#include "message/mapi_time.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

using namespace std::string_view_literals;

constexpr auto kAppointmentSet = "\x02\x20\x06\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"sv;  ///< PSETID_Appointment
constexpr std::uint32_t kLocation = 0x8208;                                                             ///< PidLidLocation
constexpr std::uint32_t kStart = 0x820D;  ///< PidLidAppointmentStartWhole

/// Classes whose sender is the organizer (MS-OXOCAL sections 2.2.2.1, 2.2.5.6, 2.2.6.4), and the method that they stand for.
struct MeetingClass {
  std::string_view prefix;
  std::string_view method;
};
constexpr auto kMeetings = std::to_array<MeetingClass>({
    {"ipm.appointment", ""},
    {"ipm.schedule.meeting.request", "REQUEST"},
    {"ipm.schedule.meeting.canceled", "CANCEL"},
});

const MeetingClass* meeting_of(std::string_view message_class) {
  const auto lower = text::ascii_lower(message_class);
  for (const auto& meeting : kMeetings) {
    if (lower.starts_with(meeting.prefix)) return &meeting;
  }
  return nullptr;
}

}  // namespace

void read_appointment(const ObjectReading& reading, Message& into) {
  const auto* meeting = meeting_of(into.message_class);
  if (meeting == nullptr) return;
  const auto& object = reading.object;
  Calendar calendar{.part = "properties",
                    .method = std::string(meeting->method),
                    .organizer = into.sent_representing ? into.sent_representing : into.sender,
                    .attendees = into.to,
                    .summary = into.subject,
                    .location = reading.strings.line(object.properties, id_of_name(object, kAppointmentSet, kLocation)),
                    .start = {},
                    .description = {},
                    .participation = {}};
  calendar.attendees.insert(calendar.attendees.end(), into.cc.begin(), into.cc.end());
  if (const auto start = time_in(object.properties, id_of_name(object, kAppointmentSet, kStart))) calendar.start = start->text;
  into.calendars.push_back(std::move(calendar));
}

}  // namespace threadline::message
