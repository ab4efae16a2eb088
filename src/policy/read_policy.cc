// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "base/instant.h"
#include "base/limits.h"
#include "policy/names.h"
#include "policy/networks.h"
#include "policy/policy.h"
#include "policy/shape.h"
#include "policy/suggestion.h"
#include "text/zone.h"

namespace threadline::policy {
namespace {

using Json = nlohmann::json;

/// One step of a JSON pointer, escaped (RFC 6901 section 3).
std::string step(std::string_view key) {
  std::string out = "/";
  for (const char c : key) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& words) { return fmt::format("{}", fmt::join(words, ", ")); }

/// A value as an error message shows it: short, one line.
std::string shown(const Json& value) {
  constexpr std::size_t kShown = 60;
  if (value.is_object()) return "an object";
  if (value.is_array()) return "a list";
  std::string text = value.dump(-1, ' ', true, Json::error_handler_t::replace);
  return text.size() > kShown ? text.substr(0, kShown) + "..." : text;
}

/// Walks a document beside its shape and stops at the first place where they differ.
class Checker {
 public:
  explicit Checker(const std::string& file) : file_(file) {}

  std::optional<Error> check(const Json& value, const Shape& shape) {
    switch (shape.kind) {
      case Kind::text: return value.is_string() ? std::nullopt : wrong(value, "a text", "write it in double quotes");
      case Kind::date: return date(value);
      case Kind::flag: return value.is_boolean() ? std::nullopt : wrong(value, "true or false", "without quotes");
      case Kind::count: return count(value, shape);
      case Kind::choice: return choice(value, shape);
      case Kind::list: return list(value, shape);
      case Kind::object: return object(value, shape);
      case Kind::map: return map(value, shape);
    }
    return std::nullopt;
  }

 private:
  Error error(std::string what, std::string hint) const {
    return {.what = fmt::format("{}: {}", pointer_.empty() ? "/" : pointer_, what), .file = file_, .hint = std::move(hint)};
  }
  std::optional<Error> wrong(const Json& value, std::string_view expected, std::string hint) const {
    return error(fmt::format("must be {}, not {}", expected, shown(value)), std::move(hint));
  }

  std::optional<Error> date(const Json& value) const {
    if (value.is_string() && is_date(value.get_ref<const std::string&>())) return std::nullopt;
    return wrong(value, "a date", "a day of the calendar as YYYY-MM-DD, \"2024-01-31\"");
  }

  std::optional<Error> count(const Json& value, const Shape& shape) const {
    const std::string range = shape.most == 0             ? fmt::format("a whole number, {} or more", shape.least)
                              : shape.least == shape.most ? fmt::format("{}", shape.least)
                                                          : fmt::format("a whole number from {} to {}", shape.least, shape.most);
    const auto number = whole(value);
    if (!number) return wrong(value, "a whole number", range);
    if (*number < shape.least || (shape.most != 0 && *number > shape.most)) return wrong(value, range, "allowed here: " + range);
    return std::nullopt;
  }

  std::optional<Error> choice(const Json& value, const Shape& shape) const {
    const std::vector<std::string_view> allowed(shape.choices.begin(), shape.choices.end());
    if (!value.is_string()) return wrong(value, "a text", "allowed here: " + joined(allowed));
    const auto& text = value.get_ref<const std::string&>();
    if (std::ranges::find(allowed, text) != allowed.end()) return std::nullopt;
    return error(fmt::format("{} is not allowed", shown(value)), suggestion(text, allowed));
  }

  std::optional<Error> list(const Json& value, const Shape& shape) {
    if (!value.is_array()) return wrong(value, "a list", "write [ ... ]");
    for (std::size_t i = 0; i < value.size(); ++i)
      if (auto found = below(std::to_string(i), value[i], *shape.of)) return found;
    return std::nullopt;
  }

  std::optional<Error> map(const Json& value, const Shape& shape) {
    if (!value.is_object()) return wrong(value, "an object", "write { ... }");
    for (const auto& [key, member] : value.items())
      if (auto found = below(key, member, *shape.of)) return found;
    return std::nullopt;
  }

  std::optional<Error> object(const Json& value, const Shape& shape) {
    std::vector<std::string_view> allowed;
    for (const Key& key : shape.keys) allowed.push_back(key.name);
    if (!value.is_object()) return wrong(value, "an object", "write { ... } with: " + joined(allowed));
    for (const auto& [key, member] : value.items()) {
      const auto known = std::ranges::find(shape.keys, std::string_view(key), &Key::name);
      if (known == shape.keys.end()) {
        pointer_ += step(key);
        return error("unknown key", suggestion(key, allowed));
      }
      if (auto found = below(key, member, *known->shape)) return found;
    }
    for (const Key& key : shape.keys)
      if (key.required && !value.contains(key.name))
        return error(fmt::format("\"{}\" is missing", key.name), "allowed here: " + joined(allowed));
    return std::nullopt;
  }

  std::optional<Error> below(std::string_view key, const Json& value, const Shape& shape) {
    const std::size_t length = pointer_.size();
    pointer_ += step(key);
    auto found = check(value, shape);
    pointer_.resize(length);
    return found;
  }

 public:
  /// A JSON Schema integer: 1.0 is one too. Nothing for what is no whole number or is negative.
  static std::optional<std::uint64_t> whole(const Json& value) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>();
    constexpr double kExact = 9'007'199'254'740'992;  // 2^53
    if (!value.is_number_float()) return std::nullopt;
    const double number = value.get<double>();
    if (!(number >= 0 && number <= kExact)) return std::nullopt;
    const auto integer = static_cast<std::uint64_t>(number);
    return static_cast<double>(integer) == number ? std::optional(integer) : std::nullopt;
  }

 private:
  const std::string& file_;
  std::string pointer_;
};

/// Where the JSON text is refused by us though its grammar is right.
struct Refused {
  std::string pointer, what, hint;
};

/// Follows the parser's events: keys that stand twice, and depth.
class Watcher {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    if (static_cast<std::uint32_t>(depth) >= Limits{}.policy_depth)
      throw Refused{pointer(), "too deep", fmt::format("policy_depth: {}", Limits{}.policy_depth)};
    if (event == Event::object_start || event == Event::array_start) places_.emplace_back();
    if (event == Event::key) enter(parsed.get_ref<const std::string&>());
    if (event == Event::object_end || event == Event::array_end) places_.pop_back();
    if ((event == Event::object_end || event == Event::array_end || event == Event::value) && !places_.empty())
      ++places_.back().items;
    return true;
  }

 private:
  struct Place {
    std::set<std::string> keys;
    std::string key;        ///< the one now read
    std::size_t items = 0;  ///< values read so far
  };

  void enter(const std::string& key) {
    places_.back().key = key;
    if (!places_.back().keys.insert(key).second) throw Refused{pointer(), "key stands twice", "keep one of them"};
  }
  std::string pointer() const {
    std::string out;
    for (const Place& place : places_) out += place.keys.empty() ? step(std::to_string(place.items)) : step(place.key);
    return out;
  }

  std::vector<Place> places_;
};

/// Where the token that ends at `last` begins: a text begins at the quote before (one that holds an escaped quote, there).
std::size_t token_begin(std::string_view json, std::size_t last) {
  if (last == 0 || last >= json.size() || json[last] != '"') return std::min(last, json.size());
  const std::size_t quote = json.rfind('"', last - 1);
  return quote == std::string_view::npos ? last : quote;
}

/// "line:column: ..." of a syntax error; `byte` counts from 1.
Error syntax_error(std::string_view json, std::size_t byte, const std::string& file) {
  const std::string_view before = json.substr(0, token_begin(json, byte == 0 ? 0 : byte - 1));
  const auto line = std::ranges::count(before, '\n') + 1;
  const std::size_t line_begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  const std::string_view rest = json.substr(before.size());
  const std::string what = rest.empty() ? "the JSON text ends too early" : "not JSON here";
  return {.what = fmt::format("{}:{}: syntax error: {}", line, before.size() - line_begin + 1, what),
          .file = file,
          .hint = "a comma or a double quote is missing or one too many just before this place; JSON has no comments"};
}

Result<Json> read_json(std::string_view json, const std::string& file) {
  if (json.size() > Limits{}.policy_bytes)
    return tl::unexpected(Error{"too large for a policy", file, fmt::format("policy_bytes: {}", Limits{}.policy_bytes)});
  try {
    Watcher watcher;
    return Json::parse(json.begin(), json.end(),
                       [&watcher](int depth, Json::parse_event_t event, Json& parsed) { return watcher(depth, event, parsed); });
  } catch (const Json::parse_error& error) {
    return tl::unexpected(syntax_error(json, error.byte, file));
  } catch (const Json::exception& error) {
    return tl::unexpected(Error{std::string("/: ") + error.what(), file, "numbers must fit into 64 bits"});
  } catch (const Refused& refused) {
    return tl::unexpected(
        Error{fmt::format("{}: {}", refused.pointer.empty() ? "/" : refused.pointer, refused.what), file, refused.hint});
  }
}

// From here on a document has passed the Checker: what is there has the right type.

const Json kNothing;

const Json& at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

std::string text_at(const Json& object, const char* key, std::string otherwise = {}) {
  const Json& value = at(object, key);
  return value.is_string() ? value.get<std::string>() : std::move(otherwise);
}

std::vector<std::string> texts_at(const Json& object, const char* key) {
  const Json& value = at(object, key);
  return value.is_array() ? value.get<std::vector<std::string>>() : std::vector<std::string>{};
}

template <class Item, class Read>
std::vector<Item> items_at(const Json& object, const char* key, Read read) {
  std::vector<Item> items;
  for (const Json& item : at(object, key)) items.push_back(read(item));
  return items;
}

Person person(const Json& json) {
  return {.name = text_at(json, "name"), .addresses = texts_at(json, "addresses"), .role = text_at(json, "role")};
}

KnownAccount account(const Json& json) {
  return {.value = text_at(json, "value"), .label = text_at(json, "label"), .since = text_at(json, "since")};
}

Party party(const Json& json) {
  return {.name = text_at(json, "name"),
          .domains = texts_at(json, "domains"),
          .addresses = texts_at(json, "addresses"),
          .people = items_at<Person>(json, "people", person),
          .accounts = items_at<KnownAccount>(json, "accounts", account)};
}

GatewayRule rule(const Json& json) {
  return {.direction = text_at(json, "direction", "any"),
          .code = text_at(json, "code"),
          .min_severity = severity_named(text_at(json, "min_severity")).value_or(Severity::info),
          .action = text_at(json, "action")};
}

Gateway gateway(const Json& json) {
  Gateway read;
  const Json& on_error = at(json, "on_error");
  read.outbound_networks = texts_at(json, "outbound_networks");
  if (const Json& flag = at(json, "authenticated_is_outbound"); flag.is_boolean())
    read.authenticated_is_outbound = flag.get<bool>();
  read.rules = items_at<GatewayRule>(json, "rules", rule);
  const auto said = [&](const char* key) {
    return on_error.contains(key) ? std::optional(text_at(on_error, key)) : std::nullopt;
  };
  read.on_internal = said("internal");
  read.on_limit = said("limit");
  read.on_memory = said("memory");
  if (const Json& flag = at(json, "dry_run"); flag.is_boolean()) read.dry_run = flag.get<bool>();
  read.max_message_bytes = Checker::whole(at(json, "max_message_bytes"));
  read.budget_ms = Checker::whole(at(json, "budget_ms"));
  return read;
}

Policy policy_of(const Json& json) {
  Policy read;
  read.time_zone = text_at(json, "time_zone");
  read.own = party(at(json, "own"));
  read.counterparties = items_at<Party>(json, "counterparties", party);
  read.watch_domains = texts_at(at(json, "watch"), "domains");
  read.watch_people = items_at<Person>(at(json, "watch"), "people", person);
  read.shared_add = texts_at(at(json, "shared_namespaces"), "add");
  read.shared_remove = texts_at(at(json, "shared_namespaces"), "remove");
  read.trusted_relays = texts_at(json, "trusted_relays");
  for (const auto& [code, highest] : at(json, "severity").items())
    read.severity[code] = severity_named(highest.get<std::string>());
  read.gateway = gateway(at(json, "gateway"));
  if (const auto days = Checker::whole(at(json, "retention_days"))) read.retention_days = static_cast<std::uint32_t>(*days);
  return read;
}

std::optional<Error> zone_error(const Policy& policy, const std::string& file) {
  if (policy.time_zone.empty()) return std::nullopt;
  const auto zone = text::Zone::named(policy.time_zone);
  if (zone) return std::nullopt;
  return Error{"/time_zone: " + zone.error().what, file, zone.error().hint};
}

std::optional<Error> network_error(const Policy& policy, const std::string& file) {
  const auto networks = Networks::read(policy.gateway.outbound_networks);
  if (networks) return std::nullopt;
  return Error{networks.error().what, file, networks.error().hint};
}

}  // namespace

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const auto digits = [text](std::size_t from, std::size_t count) {
    int value = 0;
    for (const char c : text.substr(from, count)) value = c >= '0' && c <= '9' ? value * 10 + (c - '0') : 1'000'000;
    return value;
  };
  const CivilTime civil{.year = digits(0, 4), .month = digits(5, 2), .day = digits(8, 2)};
  return civil.year < 10'000 && civil.month <= 12 && civil.day <= 31 && instant_of(civil, 0).has_value();
}

Result<Policy> read_policy(std::string_view json, const std::string& file) {
  const auto document = read_json(json, file);
  if (!document) return tl::unexpected(document.error());
  if (auto error = Checker(file).check(*document, shapes::kPolicy)) return tl::unexpected(std::move(*error));
  Policy policy = policy_of(*document);
  if (auto error = zone_error(policy, file)) return tl::unexpected(std::move(*error));
  if (auto error = network_error(policy, file)) return tl::unexpected(std::move(*error));
  if (auto error = impossible_name(policy, file)) return tl::unexpected(std::move(*error));
  return policy;
}

}  // namespace threadline::policy
