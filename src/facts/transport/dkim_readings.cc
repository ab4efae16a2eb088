// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/dkim_readings.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "text/base64.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::size_t kFooters = 12;         ///< separators, from the end, behind which a list's footer may stand
constexpr std::size_t kShortestRule = 10;    ///< characters of a line that is a rule: "__________"
constexpr std::size_t kFullBase64Line = 60;  ///< a shorter line of base64 is the last one of its part

using Repaired = std::optional<std::string>;

/// Every line of a body with CR LF, without its end.
template <class Visit>
void each_line(std::string_view body, Visit visit) {
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find(kLineEnd, at), body.size());
    visit(body.substr(at, end - at), end < body.size());
    at = end + kLineEnd.size();
  }
}

/// The body with each line as `change` writes it; nothing where that changes none, as in a body without the words `sign`.
template <class Change>
Repaired with_lines(std::string_view body, std::string_view sign, Change change) {
  if (body.find(sign) == std::string_view::npos) return std::nullopt;
  std::string repaired;
  repaired.reserve(body.size() + body.size() / 64);
  each_line(body, [&](std::string_view line, bool ends) {
    change(line, repaired);
    if (ends) repaired += kLineEnd;
  });
  return repaired == body ? std::nullopt : Repaired(std::move(repaired));
}

/// Lines as the wire has them: bare LF and doubled CR become CR LF.
struct Lines {
  std::string body;
  bool had_bare = false, had_doubled = false;
};

Lines with_wire_lines(std::string_view body) {
  Lines lines;
  lines.body.reserve(body.size() + body.size() / 32);
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    std::string_view line = body.substr(at, end - at);
    if (end < body.size()) {
      lines.had_bare = lines.had_bare || !line.ends_with('\r');
      lines.had_doubled = lines.had_doubled || line.ends_with("\r\r");
      while (line.ends_with('\r')) line.remove_suffix(1);
    }
    lines.body += line;
    if (end < body.size()) lines.body += kLineEnd;
    at = end + 1;
  }
  return lines;
}

bool is_quoted_from(std::string_view line) {
  const auto from = line.find_first_not_of('>');
  return from != std::string_view::npos && line.substr(from).starts_with("From ");
}

Repaired undo_from_quoting(std::string_view body, const message::Message&) {
  return with_lines(body, ">From ", [](std::string_view line, std::string& to) {
    to += line.starts_with('>') && is_quoted_from(line) ? line.substr(1) : line;
  });
}

Repaired redo_from_quoting(std::string_view body, const message::Message&) {
  return with_lines(body, "From ", [](std::string_view line, std::string& to) {
    if (is_quoted_from(line)) to += '>';
    to += line;
  });
}

Repaired cut_first_empty_line(std::string_view body, const message::Message&) {
  return body.starts_with(kLineEnd) ? Repaired(body.substr(kLineEnd.size())) : std::nullopt;
}

Repaired add_first_empty_line(std::string_view body, const message::Message&) { return std::string(kLineEnd).append(body); }

Repaired restore_signature_dashes(std::string_view body, const message::Message&) {
  return with_lines(body, "--\r\n",
                    [](std::string_view line, std::string& to) { to += line == "--" ? std::string_view("-- ") : line; });
}

Repaired cut_blank_ends(std::string_view body, const message::Message&) {
  const bool has_tabs = body.find("\t\r\n") != std::string_view::npos;
  return with_lines(body, has_tabs ? "\t\r\n" : " \r\n", [](std::string_view line, std::string& to) {
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    to += line;
  });
}

Repaired undo_dot_stuffing(std::string_view body, const message::Message&) {
  return with_lines(body, "..",
                    [](std::string_view line, std::string& to) { to += line.starts_with("..") ? line.substr(1) : line; });
}

constexpr auto kBase64Letters = [] {
  std::array<bool, 256> letters{};
  for (const char c : std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
    letters[static_cast<unsigned char>(c)] = true;
  return letters;
}();

bool is_base64_line(std::string_view line) {
  return !line.empty() && std::ranges::all_of(line, [](char c) { return kBase64Letters[static_cast<unsigned char>(c)]; });
}

/// Runs of base64 lines, the first of which is a full one, in lines of another length.
class Rewrapped {
 public:
  explicit Rewrapped(std::size_t width) : width_(width) {}

  void add(std::string_view line) {
    if (is_base64_line(line) && (!letters_.empty() || line.size() >= kFullBase64Line)) {
      letters_ += line;
      return;
    }
    flush();
    body_ += line;
    body_ += kLineEnd;
  }

  std::string finish() {
    flush();
    return std::move(body_);
  }

 private:
  void flush() {
    for (std::size_t at = 0; at < letters_.size(); at += width_) body_.append(letters_, at, width_).append(kLineEnd);
    letters_.clear();
  }

  std::size_t width_;
  std::string letters_, body_;
};

Repaired with_base64_lines(std::string_view body, std::size_t width) {
  Rewrapped rewrapped(width);
  each_line(body, [&](std::string_view line, bool) { rewrapped.add(line); });
  std::string repaired = rewrapped.finish();
  return repaired == body ? std::nullopt : Repaired(std::move(repaired));
}

Repaired base64_in_76(std::string_view body, const message::Message&) { return with_base64_lines(body, 76); }
Repaired base64_in_72(std::string_view body, const message::Message&) { return with_base64_lines(body, 72); }
Repaired base64_in_64(std::string_view body, const message::Message&) { return with_base64_lines(body, 64); }

/// A line of quoted-printable (RFC 2045 section 6.7); true: it ends with a soft line break.
bool add_unquoted(std::string_view line, std::string& to) {
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  const bool is_soft = line.ends_with('=');
  if (is_soft) line.remove_suffix(1);
  for (std::size_t at = 0; at < line.size(); ++at) {
    const int byte = line[at] == '=' ? hex_byte(line, at + 1) : -1;
    to += byte < 0 ? line[at] : static_cast<char>(byte);
    if (byte >= 0) at += 2;
  }
  return is_soft;
}

Repaired undo_quoted_printable(std::string_view body) {
  std::string repaired;
  each_line(body, [&](std::string_view line, bool ends) {
    if (!add_unquoted(line, repaired) && ends) repaired += kLineEnd;
  });
  return repaired;
}

/// Of a single part: gateways and exports re-encode 8bit as quoted-printable or base64.
Repaired undo_transfer_encoding(std::string_view body, const message::Message& message) {
  const auto* field = message.field("Content-Transfer-Encoding");
  if (field == nullptr || message.content_type.starts_with("multipart/")) return std::nullopt;
  const std::string encoding = text::ascii_lower(text::trimmed(field->value));
  if (encoding == "quoted-printable") return undo_quoted_printable(body);
  if (encoding == "base64") return with_wire_lines(text::decode_base64(body)).body;
  return std::nullopt;
}

/// The closing delimiter of the body's multipart ("--boundary--" as its last line), without the last two dashes.
std::string_view delimiter_of(std::string_view body) {
  while (body.ends_with(kLineEnd)) body.remove_suffix(kLineEnd.size());
  const std::size_t begin = body.rfind('\n');
  const std::string_view last = begin == std::string_view::npos ? body : body.substr(begin + 1);
  return last.size() > 4 && last.starts_with("--") && last.ends_with("--") ? last.substr(0, last.size() - 2) : std::string_view{};
}

/// Where the parts of the body's multipart begin: the delimiter lines.
std::vector<std::size_t> delimiters_of(std::string_view body, std::string_view delimiter) {
  std::vector<std::size_t> places;
  std::size_t at = 0;
  each_line(body, [&](std::string_view line, bool) {
    if (line == delimiter) places.push_back(at);
    at += line.size() + kLineEnd.size();
  });
  return places;
}

Repaired cut_last_part(std::string_view body, const message::Message&) {
  const std::string_view delimiter = delimiter_of(body);
  if (delimiter.empty()) return std::nullopt;
  const auto places = delimiters_of(body, delimiter);
  if (places.size() < 2) return std::nullopt;
  return std::string(body.substr(0, places.back())).append(delimiter).append("--").append(kLineEnd);
}

/// A list that cannot add to a body wraps it: what was signed is the content of the first part.
Repaired take_first_part(std::string_view body, const message::Message&) {
  const std::string_view delimiter = delimiter_of(body);
  if (delimiter.empty()) return std::nullopt;
  const auto places = delimiters_of(body, delimiter);
  if (places.size() < 2) return std::nullopt;
  const std::string_view part = body.substr(places[0], places[1] - places[0]);
  const std::size_t blank = part.find("\r\n\r\n");
  return blank == std::string_view::npos ? std::nullopt : Repaired(part.substr(blank + 4));
}

/// A known damage of exports and relays, and how it is undone.
struct Damage {
  std::string_view name;
  Repaired (*repair)(std::string_view body, const message::Message& message);
  bool white_space = false;  ///< changes nothing in relaxed form
};

constexpr Damage kDamages[] = {
    {"From quoting undone", undo_from_quoting},
    {"From quoting redone", redo_from_quoting},
    {"signature dashes restored", restore_signature_dashes, true},
    {"white space at line ends cut", cut_blank_ends, true},
    {"first empty line cut", cut_first_empty_line},
    {"first empty line added", add_first_empty_line},
    {"transfer encoding undone", undo_transfer_encoding},
    {"last part cut", cut_last_part},
    {"first part alone", take_first_part},
    {"base64 in lines of 76", base64_in_76},
    {"base64 in lines of 72", base64_in_72},
    {"base64 in lines of 64", base64_in_64},
    {"dot stuffing undone", undo_dot_stuffing},
};

/// A line behind which lists set their footer: "-- ", or a rule of "_", "-", "=", "*", "#" or "~".
bool is_separator(std::string_view line) {
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  if (line == "--") return true;
  return line.size() >= kShortestRule && line.find_first_not_of("_-=*#~") == std::string_view::npos;
}

/// Where the last separators of the body begin, the last one first.
std::vector<std::size_t> footers_of(std::string_view body) {
  std::vector<std::size_t> places;
  std::size_t at = 0;
  each_line(body, [&](std::string_view line, bool) {
    if (is_separator(line)) places.push_back(at);
    at += line.size() + kLineEnd.size();
  });
  std::ranges::reverse(places);
  if (places.size() > kFooters) places.resize(kFooters);
  return places;
}

std::string joined(const std::string& base, std::string_view more) {
  return base.empty() ? std::string(more) : base + ", " + std::string(more);
}

}  // namespace

void each_body_reading(std::string_view body, const message::Message& message,
                       const std::function<bool(const BodyReading&)>& visit) {
  if (!visit({"as is", body})) return;
  const Lines lines = with_wire_lines(body);
  std::string base;
  if (lines.had_doubled) base = "doubled CR cut";
  if (lines.had_bare) base = joined(base, "bare LF restored");
  if (!base.empty() && !visit({base, lines.body})) return;
  for (const std::size_t footer : footers_of(lines.body)) {
    if (!visit({joined(base, "list footer cut"), std::string_view(lines.body).substr(0, footer)})) return;
  }
  for (const Damage& damage : kDamages) {
    const Repaired repaired = damage.repair(lines.body, message);
    if (repaired && !visit({joined(base, damage.name), *repaired, damage.white_space})) return;
  }
}

}  // namespace threadline::facts
