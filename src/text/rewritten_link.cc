// SPDX-License-Identifier: Apache-2.0
#include "text/rewritten_link.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/fold.h"
#include "text/percent.h"

namespace threadline::text {
namespace {

/// How a service writes the target into its own link.
enum class Form {
  parameter,         ///< percent-encoded in a query parameter
  base64_parameter,  ///< base64url in a query parameter
  host_parameter,    ///< only the target's host
  last_segment,      ///< percent-encoded as the last segment of the path
  underscores,       ///< between "___" and "___."
  proofpoint_v2,     ///< a parameter with "-" for "%" and "_" for "/"
  proofpoint_v3,     ///< between "__" and "__;", characters replaced by "*"
  opaque,            ///< not at all
};

struct Rewriter {
  std::string_view service, host, path;
  Form form;
  std::string_view parameter;
};

constexpr auto kRewriters = std::to_array<Rewriter>({
#define THREADLINE_REWRITER(service, host, path, form, parameter, source) {service, host, path, Form::form, parameter},
#include "text/rewritten_links.def"
#undef THREADLINE_REWRITER
});

/// A URL as far as rewriters need it: views into it.
struct Url {
  std::string host;  ///< lower case
  std::string_view path, query, after_host;
};

std::optional<Url> read_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos || scheme > 5) return std::nullopt;
  if (!equal_ascii_nocase(url.substr(0, scheme), "http") && !equal_ascii_nocase(url.substr(0, scheme), "https"))
    return std::nullopt;
  const std::string_view rest = url.substr(scheme + 3);
  const std::size_t end = std::min(rest.find_first_of("/?#\\"), rest.size());
  std::string_view authority = rest.substr(0, end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  Url read;
  read.host = ascii_lower(authority.substr(0, authority.find(':')));
  read.after_host = rest.substr(end);
  const std::size_t question = std::min(read.after_host.find('?'), read.after_host.size());
  read.path = read.after_host.substr(0, question);
  if (question < read.after_host.size()) read.query = read.after_host.substr(question + 1);
  return read;
}

bool is_host_of(const Rewriter& rewriter, std::string_view host) {
  const bool ending = rewriter.host.front() == '.' || rewriter.host.front() == '-';
  return ending ? host.size() > rewriter.host.size() && host.ends_with(rewriter.host) : host == rewriter.host;
}

bool is_path_of(const Rewriter& rewriter, std::string_view path) {
  return path.starts_with(rewriter.path) || (path.empty() && rewriter.path == "/");
}

/// RFC 4648 section 4 and 5, padding and escapes ("%2B") tolerated; empty where another character stands in it.
std::string base64_decoded(std::string_view text) {
  std::string decoded;
  std::uint32_t bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    int digit = -1;
    if (c >= 'A' && c <= 'Z') digit = c - 'A';
    if (c >= 'a' && c <= 'z') digit = c - 'a' + 26;
    if (c >= '0' && c <= '9') digit = c - '0' + 52;
    if (c == '+' || c == '-') digit = 62;
    if (c == '/' || c == '_') digit = 63;
    if (c == '=') break;
    if (digit < 0) return {};
    bits = (bits << 6U | static_cast<std::uint32_t>(digit)) & 0xFFFFU;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    decoded += static_cast<char>(bits >> count & 0xFFU);
  }
  return decoded;
}

/// The value of a query parameter as written; a text that was HTML says "&amp;" between them.
std::string_view parameter_of(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string_view one = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (one.starts_with("amp;")) one.remove_prefix(4);
    if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=') return one.substr(name.size() + 1);
  }
  return {};
}

/// A target is a web address; "https:/host", as a proxy leaves it, gets its second slash again.
std::optional<std::string> web_address(std::string target) {
  for (const std::string_view scheme : {"http:/", "https:/"}) {
    if (target.size() <= scheme.size() || !equal_ascii_nocase(std::string_view(target).substr(0, scheme.size()), scheme))
      continue;
    if (target[scheme.size()] != '/') target.insert(scheme.size(), 1, '/');
    return target;
  }
  return std::nullopt;
}

std::optional<std::string> host_address(std::string_view host) {
  const bool is_host =
      host.find('.') != std::string_view::npos && std::ranges::all_of(host, [](char c) {
        return c == '.' || c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      });
  return is_host ? std::optional("https://" + std::string(host)) : std::nullopt;
}

std::string of_proofpoint_v2(std::string_view value) {
  std::string encoded(value);
  std::ranges::replace(encoded, '-', '%');
  std::ranges::replace(encoded, '_', '/');
  return percent_decoded(encoded);
}

/// What stands between `open` and `close`, or nothing.
std::optional<std::string_view> between(std::string_view text, std::string_view open, std::string_view close) {
  const std::size_t begin = text.find(open);
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = text.find(close, begin + open.size());
  if (end == std::string_view::npos) return std::nullopt;
  return text.substr(begin + open.size(), end - begin - open.size());
}

/// Characters that Proofpoint took out of a link, given back one by one.
class Replacements {
 public:
  explicit Replacements(std::string bytes) : bytes_(std::move(bytes)) {}

  /// One character.
  bool give_one(std::string& to) { return give(to, 1, true); }
  /// Whole characters of together at most `count` bytes; what is left over is added to the next run.
  bool give_run(std::string& to, std::size_t count) { return give(to, count + std::exchange(saved_, 0), false); }

 private:
  [[nodiscard]] std::size_t length_here() const {
    const auto lead = static_cast<unsigned char>(bytes_[at_]);
    const std::size_t length = lead < 0xC0U ? 1 : lead < 0xE0U ? 2 : lead < 0xF0U ? 3 : 4;
    return std::min(length, bytes_.size() - at_);
  }

  bool give(std::string& to, std::size_t count, bool whole) {
    while (count > 0) {
      if (at_ >= bytes_.size()) return false;
      const std::size_t length = length_here();
      if (!whole && length > count) {
        saved_ = count;
        return true;
      }
      to.append(bytes_, at_, length);
      at_ += length;
      count -= whole ? count : length;
    }
    return true;
  }

  std::string bytes_;
  std::size_t at_ = 0, saved_ = 0;
};

/// A run's length by its letter: "A" is 2 (base64url's alphabet).
std::optional<std::size_t> run_length(char letter) {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const std::size_t at = kAlphabet.find(letter);
  return at == std::string_view::npos ? std::nullopt : std::optional(at + 2);
}

/// "__target__;replacements!...": "*" stands for one replaced character, "**X" for a run of them.
std::optional<std::string> of_proofpoint_v3(std::string_view path) {
  const auto inner = between(path, "/v3/__", "__;");
  if (!inner) return std::nullopt;
  const std::string_view rest = path.substr(static_cast<std::size_t>(inner->data() - path.data()) + inner->size() + 3);
  Replacements replacements(base64_decoded(rest.substr(0, rest.find('!'))));
  std::string target;
  for (std::size_t at = 0; at < inner->size(); ++at) {
    const char c = (*inner)[at];
    if (c != '*') {
      target += c;
      continue;
    }
    const bool is_run = at + 2 < inner->size() && (*inner)[at + 1] == '*';
    const auto length = is_run ? run_length((*inner)[at + 2]) : std::nullopt;
    if (length ? !replacements.give_run(target, *length) : !replacements.give_one(target)) return std::nullopt;
    if (length) at += 2;
  }
  return percent_decoded(target);
}

/// Check Point writes "*" for "%".
std::string of_underscores(std::string_view written) {
  std::string target(written);
  std::ranges::replace(target, '*', '%');
  return target;
}

std::string last_segment(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  std::string target = percent_decoded(path.substr(slash == std::string_view::npos ? 0 : slash + 1));
  return target.find("%3") == std::string::npos ? target : percent_decoded(target);
}

std::optional<std::string> target_of(const Rewriter& rewriter, const Url& url) {
  const std::string_view value = parameter_of(url.query, rewriter.parameter);
  switch (rewriter.form) {
    case Form::parameter: return web_address(percent_decoded(value));
    case Form::base64_parameter: return web_address(percent_decoded(base64_decoded(percent_decoded(value))));
    case Form::host_parameter: return host_address(percent_decoded(value));
    case Form::last_segment: return web_address(last_segment(url.path));
    case Form::proofpoint_v2: return web_address(of_proofpoint_v2(value));
    case Form::underscores: {
      const auto inner = between(url.after_host, "___", "___.");
      return inner ? web_address(of_underscores(*inner)) : std::nullopt;
    }
    case Form::proofpoint_v3: {
      auto target = of_proofpoint_v3(url.after_host);
      return target ? web_address(std::move(*target)) : std::nullopt;
    }
    case Form::opaque: return std::nullopt;
  }
  return std::nullopt;
}

/// One rewriting undone: whose it was, and the target where it is told.
struct Undone {
  std::string_view service;
  std::optional<std::string> target;
};

Undone undo(std::string_view link) {
  Undone undone;
  const auto url = read_url(link);
  if (!url) return undone;
  for (const Rewriter& rewriter : kRewriters) {
    if (!is_host_of(rewriter, url->host) || !is_path_of(rewriter, url->path)) continue;
    undone.service = rewriter.service;
    if ((undone.target = target_of(rewriter, *url))) break;
  }
  return undone;
}

}  // namespace

OriginalLink original_link(std::string_view url, std::uint32_t deepest) {
  OriginalLink link{.url = std::string(url), .service = {}, .opaque = false, .rewritings = 0, .too_deep = false};
  for (;;) {
    Undone undone = undo(link.url);
    if (undone.service.empty()) return link;
    if (link.service.empty()) link.service = undone.service;
    if (!undone.target) {
      link.opaque = true;
      return link;
    }
    if (link.rewritings == deepest) {
      link.too_deep = true;
      return link;
    }
    ++link.rewritings;
    link.url = std::move(*undone.target);
  }
}

bool is_rewriting_host(std::string_view host) {
  const std::string lower = ascii_lower(host);
  return std::ranges::any_of(kRewriters, [&](const Rewriter& rewriter) { return is_host_of(rewriter, lower); });
}

}  // namespace threadline::text
