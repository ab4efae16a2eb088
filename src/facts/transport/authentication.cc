// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/authentication.h"

#include <algorithm>
#include <span>

#include "facts/transport/organisation.h"
#include "facts/transport/received_words.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

using Property = std::pair<std::string, std::string>;

/// "key=value" of one word; the value without quotes.
std::optional<Property> property_of(std::string_view word) {
  const std::size_t equal = word.find('=');
  if (equal == 0 || equal == std::string_view::npos) return std::nullopt;
  return Property{text::ascii_lower(word.substr(0, equal)), std::string(bare(word.substr(equal + 1)))};
}

/// One result from the words between two semicolons.
std::optional<AuthResult> result_of(std::span<const Word> words) {
  AuthResult result;
  for (const Word& word : words) {
    if (!word.is_text()) continue;
    auto property = property_of(word.text);
    if (!property) continue;
    if (result.method.empty()) {
      result.method = property->first.substr(0, property->first.find('/'));
      result.result = text::ascii_lower(property->second);
    } else {
      result.properties.push_back(std::move(*property));
    }
  }
  if (result.method.empty()) return std::nullopt;
  return result;
}

bool is_authserv_id(std::span<const Word> words) {
  const auto first = std::find_if(words.begin(), words.end(), [](const Word& word) { return word.is_text(); });
  return first != words.end() && first->text.find('=') == std::string_view::npos;
}

/// Walks the ";"-separated stretches of a value.
template <class Visit>
void each_segment(std::span<const Word> words, Visit visit) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= words.size(); ++i) {
    if (i != words.size() && words[i].kind != Word::Kind::semicolon) continue;
    if (i > begin) visit(words.subspan(begin, i - begin));
    begin = i + 1;
  }
}

bool is_named(const message::HeaderField& field, std::string_view name) { return text::equal_ascii_nocase(field.name, name); }

bool is_authentication_field(const message::HeaderField& field) {
  return is_named(field, "Authentication-Results") || is_named(field, "Received-SPF") || is_named(field, "Return-Path") ||
         text::ascii_lower(field.name).starts_with("arc-");
}

/// Adds the results of one field; false when the limit is reached.
bool add_results(std::vector<AuthResult> results, const message::HeaderField& field, bool trusted, const Limits& limits,
                 Route& route) {
  for (AuthResult& result : results) {
    if (route.auth.size() == limits.auth_results) {
      route.notes.push_back({"limit", "auth_results", {"header", field.offset, 0}});
      return false;
    }
    result.trusted = trusted;
    result.span = {"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
    if (trusted && result.method == "spf" && result.result == "fail")
      route.notes.push_back({"spf_failed", result.by, result.span});
    route.auth.push_back(std::move(result));
  }
  return true;
}

}  // namespace

std::vector<AuthResult> read_authentication_results(std::string_view value) {
  const std::vector<Word> words = split_words(value);
  std::vector<AuthResult> results;
  std::string by;
  bool first = true;
  each_segment(words, [&](std::span<const Word> segment) {
    if (first && is_authserv_id(segment)) {
      const auto id = std::find_if(segment.begin(), segment.end(), [](const Word& word) { return word.is_text(); });
      by = bare(id->text);
    } else if (auto result = result_of(segment)) {
      result->by = by;
      results.push_back(std::move(*result));
    }
    first = false;
  });
  return results;
}

std::vector<AuthResult> read_received_spf(std::string_view value) {
  AuthResult result{.by = {}, .method = "spf", .result = {}, .properties = {}, .trusted = false, .span = {}};
  for (const Word& word : split_words(value)) {
    if (!word.is_text()) continue;
    if (result.result.empty()) {
      result.result = text::ascii_lower(word.text);
    } else if (auto property = property_of(word.text)) {
      if (property->first == "receiver") result.by = property->second;
      result.properties.push_back(std::move(*property));
    }
  }
  return result.result.empty() ? std::vector<AuthResult>{} : std::vector<AuthResult>{std::move(result)};
}

Dkim read_dkim_signature(std::string_view value) {
  Dkim dkim;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(';'), value.size());
    const std::string_view tag = text::trimmed(value.substr(0, end));
    const std::size_t equal = tag.find('=');
    if (equal != std::string_view::npos) {
      const std::string_view name = text::trimmed(tag.substr(0, equal));
      if (name == "d") dkim.domain = text::ascii_lower(text::trimmed(tag.substr(equal + 1)));
      if (name == "s") dkim.selector = text::trimmed(tag.substr(equal + 1));
    }
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return dkim;
}

void read_authentication(const message::Message& message, std::size_t border_field, std::string_view border_by,
                         const Limits& limits, Route& route) {
  const std::string organisation = organisation_of(border_by);
  bool below = false, named_above = false;
  for (std::size_t i = 0; i < message.headers.size(); ++i) {
    const message::HeaderField& field = message.headers[i];
    const bool above = border_field != std::string_view::npos && i < border_field;
    if (i == border_field)
      below = true;
    else if (i > border_field && !is_authentication_field(field))
      below = false;
    if (is_named(field, "DKIM-Signature") && route.dkim.size() < limits.auth_results)
      route.dkim.push_back(read_dkim_signature(field.value));
    const bool spf = is_named(field, "Received-SPF");
    if (!spf && !is_named(field, "Authentication-Results")) continue;
    auto results = spf ? read_received_spf(field.value) : read_authentication_results(field.value);
    if (results.empty()) continue;
    const bool bears_name = !organisation.empty() && organisation_of(results.front().by) == organisation;
    const bool trusted = above || (below && bears_name && !named_above);
    if (!spf && trusted && (above || bears_name)) named_above = true;
    if (!add_results(std::move(results), field, trusted, limits, route)) return;
  }
}

}  // namespace threadline::facts
