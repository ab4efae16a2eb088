// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/dkim_signature.h"

#include <algorithm>
#include <charconv>

#include "facts/transport/dkim_tags.h"
#include "text/base64.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kSha1Bytes = 20, kSha256Bytes = 32;

/// The tags without which nothing is signed (RFC 6376 section 3.5).
constexpr std::string_view kRequired[] = {"v", "a", "b", "bh", "d", "h", "s"};

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

/// "relaxed/simple": header, body; the body is simple where only one is named.
void read_canonicalization(std::string_view value, DkimSignature& signature) {
  const std::string both = text::ascii_lower(without_blanks(value));
  signature.told.canonicalization = text::valid_utf8(both);
  const std::size_t slash = std::min(both.find('/'), both.size());
  const std::string_view header = std::string_view(both).substr(0, slash);
  const std::string_view body = slash < both.size() ? std::string_view(both).substr(slash + 1) : std::string_view("simple");
  for (const std::string_view one : {header, body}) {
    if (one != "simple" && one != "relaxed") signature.told.problem = "unknown canonicalization";
  }
  signature.header = header == "relaxed" ? Canonical::relaxed : Canonical::simple;
  signature.body = body == "relaxed" ? Canonical::relaxed : Canonical::simple;
}

void read_algorithm(std::string_view value, DkimSignature& signature) {
  Dkim& told = signature.told;
  told.algorithm = text::valid_utf8(text::ascii_lower(without_blanks(value)));
  if (told.algorithm == "ed25519-sha256") {
    signature.key = KeyKind::ed25519;
  } else if (told.algorithm == "rsa-sha1") {
    signature.digest = DigestKind::sha1;
  } else if (told.algorithm != "rsa-sha256") {
    told.problem = "unknown algorithm";
  }
}

void read_numbers(const std::vector<Tag>& tags, Dkim& told) {
  if (const auto length = tag_value(tags, "l")) {
    told.body_length = number_of<std::uint64_t>(*length);
    if (!told.body_length) told.problem = "l= is no number";
  }
  if (const auto at = tag_value(tags, "t")) told.signed_at = number_of<std::int64_t>(*at);
  if (const auto at = tag_value(tags, "x")) told.expires_at = number_of<std::int64_t>(*at);
}

/// What the list says about itself: a tag twice, one that is missing, another version.
std::string fault_of(const std::vector<Tag>& tags) {
  if (!doubled_tag(tags).empty()) return "a tag stands twice";
  for (const std::string_view name : kRequired) {
    if (!tag_value(tags, name)) return "no " + std::string(name) + "=";
  }
  return *tag_value(tags, "v") == "1" ? std::string{} : "unknown version";
}

}  // namespace

DkimSignature read_dkim_signature(std::string_view value) {
  DkimSignature signature;
  Dkim& told = signature.told;
  const std::vector<Tag> tags = read_tags(value);
  const auto text_of = [&](std::string_view name) {
    return text::valid_utf8(without_blanks(tag_value(tags, name).value_or(std::string_view{})));
  };
  told.domain = text::ascii_lower(text_of("d"));
  told.selector = text_of("s");
  told.identity = text_of("i");
  told.signed_fields = colon_items(text_of("h"));
  read_canonicalization(tag_value(tags, "c").value_or("simple/simple"), signature);
  read_algorithm(tag_value(tags, "a").value_or(std::string_view{}), signature);
  read_numbers(tags, told);
  signature.body_hash = text::decode_base64(tag_value(tags, "bh").value_or(std::string_view{}));
  signature.signature = text::decode_base64(tag_value(tags, "b").value_or(std::string_view{}));
  if (const std::string fault = fault_of(tags); !fault.empty()) told.problem = fault;
  const std::size_t digest_bytes = signature.digest == DigestKind::sha1 ? kSha1Bytes : kSha256Bytes;
  if (told.problem.empty() && signature.body_hash.size() != digest_bytes) told.problem = "bh= is no hash";
  return signature;
}

std::string without_signature(std::string_view value) {
  const std::vector<Tag> tags = read_tags(value);
  const auto found = std::ranges::find(tags, std::string_view("b"), &Tag::name);
  std::string rest(value);
  if (found != tags.end()) rest.erase(found->begin, found->end - found->begin);
  return rest;
}

}  // namespace threadline::facts
