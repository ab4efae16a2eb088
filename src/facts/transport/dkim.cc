// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/dkim.h"

#include <algorithm>
#include <tuple>

#include "facts/transport/authentication.h"
#include "facts/transport/dkim_body.h"
#include "facts/transport/dkim_readings.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

bool is_signature(const message::HeaderField& field) { return text::equal_ascii_nocase(field.name, "DKIM-Signature"); }

std::string title_of(const Dkim& told) { return told.domain + " " + told.selector; }

/// What two signatures of one message may share: the hash of one reading of the body.
struct Hash {
  Canonical form;
  DigestKind digest;
  std::optional<std::uint64_t> length;
  std::optional<std::string> bytes;
};

/// The search for a reading of the body that each signature's hash matches.
class BodySearch {
 public:
  BodySearch(std::vector<DkimSignature>& signatures, const Limits& limits, std::vector<Note>& notes)
      : signatures_(signatures), limits_(limits), notes_(notes) {}

  void run(std::string_view body, const message::Message& message) {
    std::ranges::for_each(signatures_, [&](DkimSignature& one) {
      if (one.told.problem.empty()) open_.push_back(&one);
    });
    if (open_.empty()) return;
    each_body_reading(body, message, [&](const BodyReading& reading) { return compare(reading); });
  }

 private:
  /// Whether one more body of that size may be hashed; a note where it may not.
  bool may_read(std::string_view body) {
    if (at_limit_) return false;
    const bool too_many = readings_ > limits_.dkim_readings;
    if (!too_many && bytes_ + body.size() <= limits_.dkim_bytes) return true;
    at_limit_ = true;
    notes_.push_back({"limit", too_many ? "dkim_readings" : "dkim_bytes", {"header", open_.front()->told.span.offset, 0}});
    return false;
  }

  /// False: all signatures match, or a limit was reached.
  bool compare(const BodyReading& reading) {
    ++readings_;
    hashes_.clear();
    std::erase_if(open_, [&](DkimSignature* one) { return matches(*one, reading); });
    return !open_.empty() && !at_limit_;
  }

  bool matches(DkimSignature& one, const BodyReading& reading) {
    if (reading.white_space && one.body == Canonical::relaxed) return false;
    const Hash* hash = hash_of(one, reading.body);
    if (hash == nullptr) return false;
    one.told.body_hash = hash->bytes == one.body_hash;
    if (!*one.told.body_hash) return false;
    one.told.reading = reading.name;
    if (one.told.body_length && is_longer_than(reading.body, one.body, *one.told.body_length))
      notes_.push_back({"dkim_partly_signed", title_of(one.told), one.told.span});
    return true;
  }

  /// nullptr: a limit was reached.
  const Hash* hash_of(const DkimSignature& one, std::string_view body) {
    const auto known = std::ranges::find_if(hashes_, [&](const Hash& hash) {
      return std::tie(hash.form, hash.digest, hash.length) == std::tie(one.body, one.digest, one.told.body_length);
    });
    if (known != hashes_.end()) return &*known;
    if (!may_read(body)) return nullptr;
    bytes_ += body.size();
    hashes_.push_back({one.body, one.digest, one.told.body_length, body_hash(body, one.body, one.digest, one.told.body_length)});
    return &hashes_.back();
  }

  std::vector<DkimSignature>& signatures_;
  const Limits& limits_;
  std::vector<Note>& notes_;
  std::vector<DkimSignature*> open_;
  std::vector<Hash> hashes_;  ///< of the reading at hand
  std::uint32_t readings_ = 0;
  std::uint64_t bytes_ = 0;
  bool at_limit_ = false;
};

/// Whether the record speaks for the signature at all (RFC 6376 sections 3.6.1, 6.1.2).
std::string reason_against(const DkimKey& key, const DkimSignature& signature) {
  if (!key.problem.empty()) return key.problem;
  if (key.kind != signature.key) return "key of another kind";
  const std::string_view digest = signature.digest == DigestKind::sha1 ? "sha1" : "sha256";
  if (!key.algorithms.empty() && std::ranges::find(key.algorithms, digest) == key.algorithms.end())
    return "key for other algorithms";
  const std::string identity = text::domain_of_address(signature.told.identity);
  const bool is_strict = std::ranges::find(key.flags, "s") != key.flags.end();
  return is_strict && !identity.empty() && identity != signature.told.domain ? "key for d= alone" : std::string{};
}

/// Tries every record that was collected for the selector: a key may have changed.
void verify(const std::vector<std::string>& records, std::string_view bytes, DkimSignature& signature) {
  for (const std::string& record : records) {
    const DkimKey key = read_dkim_key(record);
    std::string reason = reason_against(key, signature);
    std::optional<bool> answer;
    if (reason.empty()) answer = is_signed_by(key.kind, key.bytes, signature.digest, bytes, signature.signature);
    if (reason.empty() && !answer) reason = "key cannot be read";
    if (answer == true) {
      signature.told.signature_valid = true;
      signature.told.problem.clear();
      return;
    }
    if (answer) signature.told.signature_valid = false;
    if (!reason.empty()) signature.told.problem = reason;
  }
  if (signature.told.signature_valid) signature.told.problem.clear();
}

/// Signatures over the header, where a key was collected. What was signed without From is no signature (section 5.4).
void verify_signatures(const message::Message& message, const DkimKeys& keys, const Limits& limits,
                       std::vector<DkimSignature>& signatures, std::vector<Note>& notes) {
  std::uint64_t left = limits.dkim_signed_bytes;
  std::size_t next = 0;
  for (std::size_t i = 0; i < message.headers.size() && next < signatures.size(); ++i) {
    if (!is_signature(message.headers[i])) continue;
    DkimSignature& signature = signatures[next++];
    const Dkim& told = signature.told;
    const auto found = keys.find(text::ascii_lower(told.selector) + "._domainkey." + told.domain);
    if (!told.problem.empty() || found == keys.end()) continue;
    const auto bytes = signed_header(message, i, signature, left);
    if (!bytes) {
      notes.push_back({"limit", "dkim_signed_bytes", told.span});
      return;
    }
    left -= bytes->size();
    verify(found->second, *bytes, signature);
    if (std::ranges::find(told.signed_fields, "from") == told.signed_fields.end()) signature.told.signature_valid = false;
  }
}

void add_notes(const Dkim& told, std::vector<Note>& notes) {
  const std::string title = title_of(told);
  if (told.body_hash == false) notes.push_back({"dkim_differs", title, told.span});
  if (told.body_hash == true && told.reading != "as is")
    notes.push_back({"dkim_restored", title + ": " + told.reading, told.span});
  if (told.signature_valid == false) notes.push_back({"dkim_invalid", title, told.span});
  if (!told.problem.empty()) notes.push_back({"dkim_not_checked", title + ": " + told.problem, told.span});
}

}  // namespace

std::vector<DkimSignature> read_dkim_signatures(const message::Message& message, const Limits& limits, std::vector<Note>& notes) {
  std::vector<DkimSignature> signatures;
  const std::string from = message.from.empty() ? std::string{} : text::domain_of_address(message.from.front().address);
  for (const message::HeaderField& field : message.headers) {
    if (!is_signature(field)) continue;
    const Span span{"header", field.offset, field.raw_offset - field.offset + field.raw.size()};
    if (signatures.size() == limits.dkim_signatures) {
      notes.push_back({"limit", "dkim_signatures", span});
      break;
    }
    DkimSignature& signature = signatures.emplace_back(read_dkim_signature(field.raw));
    signature.told.span = span;
    if (!from.empty() && !signature.told.domain.empty()) signature.told.aligned = are_aligned(signature.told.domain, from);
  }
  return signatures;
}

void check_dkim(const message::Message& message, const DkimKeys& keys, const Limits& limits, Route& route) {
  std::vector<DkimSignature> signatures = read_dkim_signatures(message, limits, route.notes);
  if (message.signed_body) BodySearch(signatures, limits, route.notes).run(*message.signed_body, message);
  verify_signatures(message, keys, limits, signatures, route.notes);
  route.dkim.clear();
  for (DkimSignature& one : signatures) {
    add_notes(one.told, route.notes);
    route.dkim.push_back(std::move(one.told));
  }
}

}  // namespace threadline::facts
