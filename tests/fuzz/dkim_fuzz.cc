// SPDX-License-Identifier: Apache-2.0
// A mail with DKIM-Signatures and authentication fields, its first lines a file of selector records: reading stays in bounds, a
// hash that matches has a reading, an l= never makes a form longer, and what is read of a value stands in it.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "facts/transport/authentication.h"
#include "facts/transport/authentication_words.h"
#include "facts/transport/dkim.h"
#include "facts/transport/dkim_body.h"
#include "facts/transport/dkim_readings.h"
#include "message/read_message.h"

namespace {

using namespace threadline;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_message(std::string_view bytes, const facts::DkimKeys& keys) {
  const Limits limits;
  const message::Message message = message::read_message(bytes, limits);
  facts::Route route;
  facts::check_dkim(message, keys, limits, route);
  require(route.dkim.size() <= limits.dkim_signatures);
  for (const facts::Dkim& dkim : route.dkim) {
    require((dkim.body_hash == true) == !dkim.reading.empty());
    require(!dkim.signature_valid || !keys.empty());
  }
}

void check_body(std::string_view body) {
  std::size_t readings = 0;
  facts::each_body_reading(body, {}, [&](const facts::BodyReading& reading) {
    require(!reading.name.empty());
    for (const auto form : {facts::Canonical::simple, facts::Canonical::relaxed}) {
      const bool is_long = facts::is_longer_than(reading.body, form, 10);
      require(!is_long || facts::body_hash(reading.body, form, DigestKind::sha1, 10).has_value());
    }
    return ++readings < Limits{}.dkim_readings;
  });
  require(readings >= 1);
}

void check_value(std::string_view value) {
  for (const facts::AuthSegment& segment : facts::split_auth_value(value)) {
    require(!segment.words.empty() || !segment.pairs.empty());
    for (const std::string& word : segment.words) require(word.size() <= value.size());
  }
  (void)facts::read_authentication_results(value);
  (void)facts::read_arc_results(value);
  (void)facts::read_received_spf(value);
  const facts::DkimSignature signature = facts::read_dkim_signature(value);
  require(facts::without_signature(value).size() <= value.size());
  require(!signature.told.problem.empty() || !signature.body_hash.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t blank = text.find("\n\n");
  facts::DkimKeys keys;
  if (auto read = facts::read_dkim_keys(text.substr(0, blank), "keys"); read && blank != std::string_view::npos) {
    keys = std::move(*read);
    text.remove_prefix(blank + 2);
  }
  check_message(text, keys);
  check_body(text);
  check_value(text);
  return 0;
}
