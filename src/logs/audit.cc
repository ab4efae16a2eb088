// SPDX-License-Identifier: Apache-2.0
#include "logs/audit.h"

#include <unordered_map>

#include "logs/names.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

enum class Member {
  time,
  sentinel_time,
  identity,
  operation,
  user,
  user_type,
  ip,
  other_ip,
  client,
  other_client,
  session,
  access_context,
  outcome,
  reason,
  error_number,
  mailbox,
  object,
  parameters,
  modified,
  extended,
  folders,
  item,
  items,
  folder,
  destination,
  target,
  send_as,
  search_case,
  search_query
};

const std::unordered_map<std::string_view, Member>& members() {
  static const std::unordered_map<std::string_view, Member> kMembers{
#define THREADLINE_AUDIT_MEMBER(name, member) {name, Member::member},
#include "logs/audit_members.def"
#undef THREADLINE_AUDIT_MEMBER
  };
  return kMembers;
}

/// What is known while the members of one record are gone through.
struct Reading {
  Event event;
  InnerJson& inner;
  const Limits& limits;
  std::string sentinel_time, other_ip, other_client, object, error_number;
};

void add_mail(Reading& reading, const JsonObject& item) {
  if (reading.event.mails.size() >= reading.limits.log_messages) {
    if (reading.event.notes.empty()) reading.event.notes.push_back({"limit", "log_messages", {}});
    return;
  }
  MailRef mail{member_text(item, "InternetMessageId"), member_text(item, "Subject")};
  if (mail.id.empty() && mail.subject.empty()) return;
  if (reading.event.subject.empty()) reading.event.subject = mail.subject;
  reading.event.mails.push_back(std::move(mail));
}

void add_mails(Reading& reading, Element element) {
  simdjson::dom::array items;
  if (element.get(items) != simdjson::SUCCESS) return;
  for (const Element item : items) {
    JsonObject object;
    if (item.get(object) == simdjson::SUCCESS) add_mail(reading, object);
  }
}

void take_folder(Reading& reading, const JsonObject& folder) {
  const std::string path = member_text(folder, "Path");
  if (path.empty()) return;
  if (!reading.event.folder.empty()) reading.event.folder += "; ";
  if (reading.event.folder.size() < 2'000) reading.event.folder += path;
}

void take_folders(Reading& reading, Element element) {
  simdjson::dom::array folders;
  if (reading.inner.of(element).get(folders) != simdjson::SUCCESS) return;
  for (const Element folder : folders) {
    JsonObject object;
    if (folder.get(object) != simdjson::SUCCESS) continue;
    take_folder(reading, object);
    Element items;
    if (object.at_key("FolderItems").get(items) == simdjson::SUCCESS) add_mails(reading, items);
  }
}

/// The mail, or the folder with the person who got rights to it.
void take_item(Reading& reading, Element element) {
  JsonObject item;
  if (reading.inner.of(element).get(item) != simdjson::SUCCESS) return;
  add_mail(reading, item);
  JsonObject parent;
  if (item.at_key("ParentFolder").get(parent) != simdjson::SUCCESS) return;
  take_folder(reading, parent);
  auto& parameters = reading.event.parameters;
  if (auto user = member_text(parent, "MemberUpn"); !user.empty()) parameters.emplace_back("User", std::move(user));
  if (auto rights = member_text(parent, "MemberRights"); !rights.empty())
    parameters.emplace_back("AccessRights", std::move(rights));
}

void take_folder_object(Reading& reading, Element element) {
  JsonObject folder;
  if (reading.inner.of(element).get(folder) == simdjson::SUCCESS) take_folder(reading, folder);
}

/// [{Name, Value}] of a command, [{Name, NewValue}] of a directory change.
void take_pairs(Reading& reading, Element element, std::string_view value_name) {
  simdjson::dom::array pairs;
  if (reading.inner.of(element).get(pairs) != simdjson::SUCCESS) return;
  auto& parameters = reading.event.parameters;
  for (const Element pair : pairs) {
    JsonObject object;
    if (pair.get(object) != simdjson::SUCCESS) continue;
    if (parameters.size() >= reading.limits.log_parameters) {
      reading.event.notes.push_back({"limit", "log_parameters", {}});
      return;
    }
    parameters.emplace_back(member_text(object, "Name"), member_text(object, value_name));
  }
}

/// Properties of a login: the browser, the session.
void take_extended(Reading& reading, Element element) {
  simdjson::dom::array pairs;
  if (reading.inner.of(element).get(pairs) != simdjson::SUCCESS) return;
  for (const Element pair : pairs) {
    JsonObject object;
    if (pair.get(object) != simdjson::SUCCESS) continue;
    const std::string name = member_text(object, "Name");
    if (name == "UserAgent") reading.other_client = member_text(object, "Value");
    if (name == "SessionId" && reading.event.session.empty()) reading.event.session = member_text(object, "Value");
  }
}

/// Type 5 of Target and 1 of the application is its name; the last text that is no bare id.
void take_target(Reading& reading, Element element) {
  simdjson::dom::array targets;
  if (reading.inner.of(element).get(targets) != simdjson::SUCCESS) return;
  for (const Element target : targets) {
    JsonObject object;
    if (target.get(object) != simdjson::SUCCESS) continue;
    const std::string type = member_text(object, "Type");
    if (type == "1" || type == "5") reading.event.target = member_text(object, "ID");
  }
}

bool is_system(Element user_type) {
  const std::string type = text_of(user_type);
  return type == "3" || type == "4" || type == "7" || type == "System" || type == "DcAdmin" || type == "PartnerTechnician" ||
         type == "SystemPolicy";
}

bool take_text(Reading& reading, Member member, Element value) {
  Event& event = reading.event;
  switch (member) {
    case Member::time: event.time = read_clock(text_of(value), {}); return true;
    case Member::sentinel_time: reading.sentinel_time = text_of(value); return true;
    case Member::identity: event.identity = text_of(value); return true;
    case Member::operation: event.operation = text_of(value); return true;
    case Member::user: event.actor = text_of(value); return true;
    case Member::user_type: event.by_system = is_system(value); return true;
    case Member::ip:
      if (auto ip = bare_ip(text_of(value)); !ip.empty()) event.ip = std::move(ip);
      return true;
    case Member::other_ip: reading.other_ip = bare_ip(text_of(value)); return true;
    case Member::client: event.client = text_of(value); return true;
    case Member::other_client: reading.other_client = text_of(value); return true;
    case Member::session: event.session = text_of(value); return true;
    case Member::outcome: event.outcome = text_of(value); return true;
    case Member::reason: event.reason = text_of(value); return true;
    case Member::error_number: reading.error_number = text_of(value); return true;
    case Member::mailbox: event.mailbox = text_of(value); return true;
    case Member::object: reading.object = text_of(value); return true;
    case Member::send_as: event.sender = text_of(value); return true;
    case Member::search_case:
    case Member::search_query: event.target = text_of(value); return true;
    default: return false;
  }
}

void take(Reading& reading, Member member, Element value) {
  if (value.is_null() || take_text(reading, member, value)) return;
  switch (member) {
    case Member::parameters: return take_pairs(reading, value, "Value");
    case Member::modified: return take_pairs(reading, value, "NewValue");
    case Member::extended: return take_extended(reading, value);
    case Member::folders: return take_folders(reading, value);
    case Member::item: return take_item(reading, value);
    case Member::items: return add_mails(reading, reading.inner.of(value));
    case Member::folder:
    case Member::destination: return take_folder_object(reading, value);
    case Member::target: return take_target(reading, value);
    case Member::access_context: {
      JsonObject context;
      if (reading.inner.of(value).get(context) != simdjson::SUCCESS) return;
      if (auto session = member_text(context, "AADSessionId"); !session.empty()) reading.event.session = std::move(session);
      return;
    }
    default: return;
  }
}

}  // namespace

Element InnerJson::of(Element element) {
  std::string_view text;
  if (element.get(text) != simdjson::SUCCESS || text.empty() || (text.front() != '{' && text.front() != '[')) return element;
  Element parsed;
  return parser_.parse(text.data(), text.size(), true).get(parsed) == simdjson::SUCCESS ? parsed : element;
}

std::string audit_member_named(std::string_view lower_name) {
  static const std::unordered_map<std::string, std::string_view> kNames = [] {
    std::unordered_map<std::string, std::string_view> names;
    for (const auto& [name, member] : members()) names.emplace(text::ascii_lower(name), name);
    // by which a record is told for one of the audit log
    for (const std::string_view name : {"Workload", "OfficeWorkload", "RecordType", "InitiatedBy"})
      names.emplace(text::ascii_lower(name), name);
    return names;
  }();
  const auto found = kNames.find(std::string(lower_name));
  return std::string(found == kNames.end() ? lower_name : found->second);
}

std::string text_of(Element element) {
  if (std::string_view text; element.get(text) == simdjson::SUCCESS) return std::string(text);
  if (element.is_null()) return {};
  if (simdjson::dom::array list; element.get(list) == simdjson::SUCCESS) {
    std::string joined;
    for (const Element one : list) {
      if (joined.size() > 4'000) break;
      if (!joined.empty()) joined += ';';
      joined += one.is_string() || one.is_null() ? text_of(one) : simdjson::minify(one);
    }
    return joined;
  }
  return simdjson::minify(element);
}

std::string member_text(const JsonObject& object, std::string_view name) {
  Element found;
  return object.at_key(name).get(found) == simdjson::SUCCESS ? text_of(found) : std::string();
}

Event audit_event(const JsonObject& record, InnerJson& inner, const Limits& limits) {
  Reading reading{.event = {},
                  .inner = inner,
                  .limits = limits,
                  .sentinel_time = {},
                  .other_ip = {},
                  .other_client = {},
                  .object = {},
                  .error_number = {}};
  Event& event = reading.event;
  event.format = Format::m365_audit;
  for (const auto& [key, value] : record) {
    const auto member = members().find(key);
    if (member != members().end()) take(reading, member->second, value);
  }
  if (!event.time && !reading.sentinel_time.empty()) event.time = read_clock(reading.sentinel_time, {});
  if (!event.time) event.notes.push_back({"log_time", reading.sentinel_time, {}});
  if (event.ip.empty()) event.ip = std::move(reading.other_ip);
  if (event.client.empty()) event.client = std::move(reading.other_client);
  if (event.reason.empty() && reading.error_number != "0") event.reason = std::move(reading.error_number);
  if (event.target.empty()) event.target = std::move(reading.object);
  event.by_system = event.by_system || event.actor.starts_with("NT AUTHORITY") || event.actor == "NT SERVICE";
  settle_operation(event);
  return std::move(reading.event);
}

}  // namespace threadline::logs
