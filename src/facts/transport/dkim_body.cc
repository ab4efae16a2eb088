// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/dkim_body.h"

#include <algorithm>

namespace threadline::facts {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Takes the canonical form piece by piece; the first `length` bytes are hashed.
class Hashed {
 public:
  Hashed(DigestKind kind, std::optional<std::uint64_t> length) : digest_(kind), left_(length) {}

  void add(std::string_view bytes) {
    if (left_) {
      bytes = bytes.substr(0, std::min<std::uint64_t>(*left_, bytes.size()));
      *left_ -= bytes.size();
    }
    pending_ += bytes;
    if (pending_.size() >= kPiece) flush();
  }

  /// Nothing when the form was shorter than what is signed.
  std::optional<std::string> finish() {
    flush();
    if (left_ && *left_ > 0) return std::nullopt;
    return digest_.finish();
  }

 private:
  static constexpr std::size_t kPiece = 16'384;

  void flush() {
    digest_.add(pending_);
    pending_.clear();
  }

  Digest digest_;
  std::optional<std::uint64_t> left_;
  std::string pending_;
};

/// Counts the canonical form.
struct Counted {
  std::uint64_t bytes = 0;
  void add(std::string_view more) { bytes += more.size(); }
};

/// Section 3.4.3: empty lines at the end are one line end; an empty body is one too.
template <class Into>
void add_simple(std::string_view body, Into& into) {
  while (body.ends_with(kLineEnd)) body.remove_suffix(kLineEnd.size());
  into.add(body);
  into.add(kLineEnd);
}

/// A line with its runs of white space as one space and none at its end.
template <class Into>
void add_relaxed_line(std::string_view line, Into& into) {
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  for (std::size_t at = 0; at < line.size();) {
    const auto blank = static_cast<std::size_t>(std::ranges::find_if(line.substr(at), is_blank) - line.substr(at).begin()) + at;
    into.add(line.substr(at, blank - at));
    if (blank == line.size()) return;
    into.add(" ");
    at = blank;
    while (at < line.size() && is_blank(line[at])) ++at;
  }
}

/// Section 3.4.4: empty lines at the end are none; an empty body is empty.
template <class Into>
void add_relaxed(std::string_view body, Into& into) {
  std::size_t empty_lines = 0;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find(kLineEnd, at), body.size());
    const std::string_view line = body.substr(at, end - at);
    if (std::ranges::all_of(line, is_blank)) {
      ++empty_lines;
    } else {
      for (; empty_lines > 0; --empty_lines) into.add(kLineEnd);
      add_relaxed_line(line, into);
      into.add(kLineEnd);
    }
    at = end + kLineEnd.size();
  }
}

template <class Into>
void add_body(std::string_view body, Canonical form, Into& into) {
  if (form == Canonical::simple) {
    add_simple(body, into);
  } else {
    add_relaxed(body, into);
  }
}

}  // namespace

std::optional<std::string> body_hash(std::string_view body, Canonical form, DigestKind digest,
                                     std::optional<std::uint64_t> length) {
  Hashed hashed(digest, length);
  add_body(body, form, hashed);
  return hashed.finish();
}

bool is_longer_than(std::string_view body, Canonical form, std::uint64_t length) {
  Counted counted;
  add_body(body, form, counted);
  return counted.bytes > length;
}

}  // namespace threadline::facts
