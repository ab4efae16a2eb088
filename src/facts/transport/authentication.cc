// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/authentication.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "facts/transport/arc.h"
#include "facts/transport/authentication_words.h"
#include "facts/transport/dkim_tags.h"
#include "facts/transport/organisation.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

/// Fields that tell of authentication. `set_aside`: what Exchange found in the message and renamed: another host's word.
enum class Form { results, arc, spf, set_aside };
struct AuthField {
  std::string_view name;
  Form form;
};
constexpr auto kFields = std::to_array<AuthField>({
    {"Authentication-Results", Form::results},
    {"X-MS-Exchange-Authentication-Results", Form::results},
    {"Authentication-Results-Original", Form::set_aside},
    {"ARC-Authentication-Results", Form::arc},
    {"Received-SPF", Form::spf},
});

/// Fields that a receiving host adds beside its results, between them and its Received field.
constexpr auto kCompanions = std::to_array<std::string_view>({
    "arc-authentication-results",
    "arc-message-signature",
    "arc-seal",
    "authentication-results",
    "dkim-filter",
    "received-spf",
    "return-path",
    "x-ms-exchange-authentication-results",
});

const AuthField* auth_field(const message::HeaderField& field) {
  const auto* found =
      std::ranges::find_if(kFields, [&](const AuthField& one) { return text::equal_ascii_nocase(field.name, one.name); });
  return found == kFields.end() ? nullptr : found;
}

bool is_companion(const message::HeaderField& field) {
  return std::ranges::find(kCompanions, text::ascii_lower(field.name)) != kCompanions.end();
}

/// Yahoo's old form writes the signing domain before its method: "from=firm.example; dkim=pass (ok)".
constexpr std::string_view kSignedBy = "from";

/// A method is a name without dots.
bool is_method(std::string_view key) { return !key.empty() && key != kSignedBy && key.find('.') == std::string_view::npos; }

/// The result of a segment. `signed_by` is what Yahoo's old form said before it: the header.d of the next signature's result.
std::optional<AuthResult> result_of(AuthSegment&& segment, std::string& signed_by) {
  const auto first = std::ranges::find_if(segment.pairs, [](const auto& pair) { return is_method(pair.first); });
  for (auto pair = segment.pairs.begin(); pair != first; ++pair) {
    if (pair->first == kSignedBy) signed_by = std::move(pair->second);
  }
  if (first == segment.pairs.end()) return std::nullopt;
  AuthResult result;
  result.method = first->first.substr(0, first->first.find('/'));
  result.result = text::ascii_lower(first->second);
  const std::string domain = std::exchange(signed_by, {});
  if (!domain.empty() && (result.method == "dkim" || result.method == "domainkeys"))
    result.properties.emplace_back("header.d", domain);
  result.properties.insert(result.properties.end(), std::make_move_iterator(first + 1),
                           std::make_move_iterator(segment.pairs.end()));
  return result;
}

std::vector<AuthResult> results_of(std::span<AuthSegment> segments) {
  std::vector<AuthResult> results;
  std::string by, signed_by;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    AuthSegment& segment = segments[i];
    if (i == 0 && !segment.words.empty()) {
      by = segment.words.front();
      const bool has_version = segment.words.size() > 1 && segment.pairs.empty();
      if (has_version && segment.words[1] != "1" && segment.words[1] != "none") return {};
    }
    if (auto result = result_of(std::move(segment), signed_by)) {
      result->by = by;
      results.push_back(std::move(*result));
    }
  }
  return results;
}

std::vector<AuthResult> results_of(Form form, std::string_view value) {
  if (form == Form::spf) return read_received_spf(value);
  return form == Form::arc ? read_arc_results(value) : read_authentication_results(value);
}

/// What stands under the border's Received field, and what may be the border's own there.
class Position {
 public:
  Position(const message::Message& message, std::size_t border_field, std::string_view border_by)
      : border_(border_field), border_by_(border_by), organisation_(organisation_of(border_by)) {
    const bool has_border = border_field < message.headers.size();
    for (const ArcSet& set : read_arc_sets(message)) {
      const bool is_above = has_border && set.span.offset < message.headers[border_field].offset;
      if (is_above && !set.domain.empty() && set.chain != "fail") sealed_.push_back(set.instance);
    }
  }

  /// Steps to the field of that index.
  void at(std::size_t index, const message::HeaderField& field) {
    above_ = border_ != std::string_view::npos && index < border_;
    if (above_ && text::equal_ascii_nocase(field.name, "Received")) has_spf_ = false;  // what stood above it is a later host's
    if (index == border_) {
      in_block_ = true;
    } else if (!above_ && !is_companion(field)) {
      in_block_ = false;
    }
  }

  /// Says of each result of a field whether the border stamped it.
  void judge(Form form, std::vector<AuthResult>& results) {
    if (form == Form::arc) {
      for (AuthResult& result : results) result.trusted = above_ && is_sealed(result.arc_instance);
      return;
    }
    const std::string& by = results.front().by;
    const bool bears_name = !by.empty() && !organisation_.empty() && organisation_of(by) == organisation_;
    const bool is_own_place = form != Form::set_aside && in_block_ && bears_name && !has_results_;
    const bool opens = is_own_place && !has_spf_ && !has_opened_ && is_borders_host(by);
    for (AuthResult& result : results) {
      const bool speaks_for = opens && (result.method != "arc" || is_operator(border_by_));
      result.trusted = (above_ && form != Form::set_aside) || speaks_for || (is_own_place && speaks_against(result));
      result.imitates_border = !result.trusted && bears_name && form == Form::results;
    }
    has_results_ = has_results_ || (above_ && form == Form::results);
    has_spf_ = has_spf_ || (above_ && form == Form::spf);
    has_opened_ = has_opened_ || (opens && form == Form::results);
  }

 private:
  /// Nobody forges a failure of his own; anything else under the border's field ("none", "neutral") could hide one.
  static bool speaks_against(const AuthResult& result) {
    return result.result == "fail" || result.result == "softfail" || result.result == "hardfail";
  }

  [[nodiscard]] bool is_borders_host(std::string_view by) const {
    const auto bare = [](std::string_view host) { return host.ends_with('.') ? host.substr(0, host.size() - 1) : host; };
    return text::equal_ascii_nocase(bare(by), bare(border_by_));
  }

  [[nodiscard]] bool is_sealed(std::uint32_t instance) const { return std::ranges::find(sealed_, instance) != sealed_.end(); }

  std::size_t border_;
  std::string_view border_by_;
  std::string organisation_;
  std::vector<std::uint32_t> sealed_;  ///< instances whose seals the border or a host behind it added, chain not broken
  bool above_ = false, in_block_ = false;
  bool has_results_ = false;  ///< Authentication-Results stand above the border
  bool has_spf_ = false;      ///< a Received-SPF stands right above the border's field
  bool has_opened_ = false;   ///< a field in the block is trusted
};

/// Adds the results of one field; false when the limit is reached.
bool add_results(std::vector<AuthResult>&& results, const Span& span, const Limits& limits, Route& route) {
  bool noted = false;
  for (AuthResult& result : results) {
    if (route.auth.size() == limits.auth_results) {
      route.notes.push_back({"limit", "auth_results", span});
      return false;
    }
    result.span = span;
    if (is_of_border(result) && result.method == "spf" && result.result == "fail")
      route.notes.push_back({"spf_failed", result.by, result.span});
    if (result.imitates_border && !noted)
      route.notes.push_back({"auth_imitated", result.by + ": " + result.method + "=" + result.result, span});
    noted = noted || result.imitates_border;
    route.auth.push_back(std::move(result));
  }
  return true;
}

std::string_view property(const AuthResult& result, std::string_view name) {
  const auto found = std::ranges::find(result.properties, name, &std::pair<std::string, std::string>::first);
  return found == result.properties.end() ? std::string_view{} : std::string_view(found->second);
}

/// The first of these properties that names a domain.
std::string domain_in(const AuthResult& result, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    std::string_view value = property(result, name);
    while (!value.empty() && (value.front() == '<' || value.front() == '"')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == '>' || value.back() == '"')) value.remove_suffix(1);
    const std::string domain =
        value.find('@') == std::string_view::npos ? text::ascii_lower(value) : text::domain_of_address(value);
    if (domain.find('.') != std::string::npos) return domain;
  }
  return {};
}

/// Whether the message's only signature names a domain of From's; nothing where it has none or several, or a broken one.
std::optional<bool> has_aligned_signature(const message::Message& message, std::string_view from) {
  std::optional<std::string> domain;
  for (const message::HeaderField& field : message.headers) {
    if (!text::equal_ascii_nocase(field.name, "DKIM-Signature")) continue;
    const auto tags = read_tags(field.value);
    const auto named = tag_value(tags, "d");
    if (domain || !named || !doubled_tag(tags).empty()) return std::nullopt;
    domain = *named;
  }
  return domain ? std::optional(are_aligned(*domain, from)) : std::nullopt;
}

bool is_dkim(const AuthResult& result) { return result.method == "dkim"; }

/// A passed signature that the only DKIM result of a field does not name (its properties are optional, RFC 8601 section 2.2) is
/// the message's only one.
void align(std::vector<AuthResult>& results, const message::Message& message, std::string_view from) {
  const bool is_only = std::ranges::count_if(results, is_dkim) == 1;
  for (AuthResult& result : results) {
    result.aligned = is_aligned(result, from);
    if (is_only && is_dkim(result) && result.result == "pass" && result.properties.empty())
      result.aligned = has_aligned_signature(message, from);
  }
}

/// Whose mail it was, where only the comment right behind the result says so: "pass (domain of firm.example designates 192.0.2.1
/// as permitted sender)" (RFC 7208 section 9.1). A mailbox that is quoted could say anything.
std::string_view mailbox_in_comment(std::string_view value) {
  constexpr std::string_view kOf = "domain of ", kMoving = "transitioning ", kOdd = "<>()\"\\ \t";
  const std::size_t open = value.find('(');
  if (open == std::string_view::npos || value.substr(0, open).find_first_of("=\"") != std::string_view::npos) return {};
  value = value.substr(open + 1, value.find(')', open) - open - 1);
  const std::size_t at = value.find(kOf);
  if (at == std::string_view::npos || value.substr(0, at).find_first_of("<>(@\"") != std::string_view::npos) return {};
  value.remove_prefix(at + kOf.size());
  if (value.starts_with(kMoving)) value.remove_prefix(kMoving.size());
  const std::size_t end = std::min(value.find(" designates"), value.find(" does not designate"));
  const std::string_view mailbox = value.substr(0, std::min(end, value.size()));
  return end != std::string_view::npos && mailbox.find_first_of(kOdd) == std::string_view::npos ? mailbox : std::string_view{};
}

}  // namespace

std::vector<AuthResult> read_authentication_results(std::string_view value) {
  auto segments = split_auth_value(value);
  return results_of(segments);
}

std::vector<AuthResult> read_arc_results(std::string_view value) {
  auto segments = split_auth_value(value);
  if (segments.empty() || segments[0].pairs.empty() || segments[0].pairs[0].first != "i") return {};
  std::uint32_t instance = 0;
  const std::string& number = segments[0].pairs[0].second;
  std::from_chars(number.data(), number.data() + number.size(), instance);
  auto results = results_of(std::span(segments).subspan(1));
  for (AuthResult& result : results) result.arc_instance = std::max<std::uint32_t>(instance, 1);
  return results;
}

std::vector<AuthResult> read_received_spf(std::string_view value) {
  auto segments = split_auth_value(value);
  if (segments.empty() || segments[0].words.empty()) return {};
  AuthResult result{
      .by = {}, .method = "spf", .result = text::ascii_lower(segments[0].words.front()), .properties = {}, .span = {}};
  for (AuthSegment& segment : segments) {
    for (auto& pair : segment.pairs) {
      if (pair.first == "receiver") result.by = pair.second;
      result.properties.push_back(std::move(pair));
    }
  }
  const std::string_view mailbox = mailbox_in_comment(value);
  if (!mailbox.empty() && property(result, "envelope-from").empty()) result.properties.emplace_back("envelope-from", mailbox);
  std::vector<AuthResult> results;
  results.push_back(std::move(result));
  return results;
}

bool are_aligned(std::string_view domain, std::string_view from_domain) {
  const std::string registrable = text::registrable_domain(from_domain);
  return !registrable.empty() && text::registrable_domain(domain) == registrable;
}

std::string identity_of(const AuthResult& result) {
  if (result.method == "dkim") return domain_in(result, {"header.d", "header.i"});
  if (result.method == "dmarc") return domain_in(result, {"header.from"});
  return result.method == "spf" ? domain_in(result, {"smtp.mailfrom", "envelope-from", "smtp.mail", "smtp.helo", "helo"})
                                : std::string();
}

std::optional<bool> is_aligned(const AuthResult& result, std::string_view from_domain) {
  if (result.method != "dkim" && result.method != "spf") return std::nullopt;
  const std::string domain = identity_of(result);
  if (domain.empty() || from_domain.empty()) return std::nullopt;
  return are_aligned(domain, from_domain);
}

void read_authentication(const message::Message& message, std::size_t border_field, std::string_view border_by,
                         const Limits& limits, Route& route) {
  const std::string from = message.from.empty() ? std::string{} : text::domain_of_address(message.from.front().address);
  Position position(message, border_field, border_by);
  for (std::size_t i = 0; i < message.headers.size(); ++i) {
    const message::HeaderField& field = message.headers[i];
    position.at(i, field);
    const AuthField* known = auth_field(field);
    if (known == nullptr) continue;
    auto results = results_of(known->form, field.value);
    if (results.empty()) continue;
    position.judge(known->form, results);
    align(results, message, from);
    const Span span{"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
    if (!add_results(std::move(results), span, limits, route)) return;
  }
}

}  // namespace threadline::facts
