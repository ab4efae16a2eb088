// SPDX-License-Identifier: Apache-2.0
#include "timeline/explain_route.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/fold.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

using facts::Hop;
using facts::Route;

constexpr std::size_t kEnds = 8;  ///< hops shown from each end of a long route

std::string safe(const std::string& value, std::size_t columns) {
  const std::string shown = visible(one_line(value, 300));
  if (width_of(shown) <= columns || columns < 10) return shown;
  const std::size_t tail = columns - columns / 3 - 2;  // a host's last labels say whose it is
  std::string start = wrapped(shown, columns / 3).front();
  return start + ".." + shown.substr(shown.size() - std::min(shown.size(), tail));
}

/// "2018", or nothing where the hops are of several years: each line says its own then.
std::string year_of(const Route& route) {
  std::string year;
  for (const Hop& hop : route.hops) {
    if (!hop.time) continue;
    const std::string its = rfc3339(hop.time->at).substr(0, 4);
    if (!year.empty() && its != year) return {};
    year = its;
  }
  return year;
}

std::string time_text(const Hop& hop, bool with_year) {
  if (!hop.time) return std::string(with_year ? 26 : 21, ' ').replace(0, 1, "-");
  std::string text = rfc3339(hop.time->at).substr(with_year ? 0 : 5);
  text[text.find('T')] = ' ';
  return text + (hop.time->basis == ZoneBasis::assumed ? "?" : " ");
}

/// "+3s", "-45s", "+2m05s", "+1h02m", "+3d04h".
std::string delay_text(const Hop& hop) {
  if (!hop.delay_seconds) return "-";
  const std::int64_t delay = *hop.delay_seconds, seconds = delay < 0 ? -delay : delay;
  const char sign = delay < 0 ? '-' : '+';
  if (seconds < 100) return fmt::format("{}{}s", sign, seconds);
  if (seconds < 6'000) return fmt::format("{}{}m{:02}s", sign, seconds / 60, seconds % 60);
  if (seconds < 360'000) return fmt::format("{}{}h{:02}m", sign, seconds / 3'600, seconds / 60 % 60);
  return fmt::format("{}{}d{:02}h", sign, seconds / 86'400, seconds / 3'600 % 24);
}

bool is_linked(const Hop& hop) { return hop.link != facts::Link::unknown && hop.link != facts::Link::none; }

/// What the peer said, its reverse name where that is another, its address: "pc (h.isp.example [203.0.113.9])". The address alone
/// where the hop before it bears that name; nothing where a trusted hop goes on from a trusted one.
std::string peer_text(const Route& route, std::size_t at) {
  const Hop& hop = route.hops[at];
  const facts::Peer& from = hop.from;
  if (hop.trusted && static_cast<std::int32_t>(at) != route.border && is_linked(hop)) return {};
  const std::string address = from.ip.empty() ? std::string() : "[" + from.ip + "]";
  if (!address.empty() && (hop.link == facts::Link::name || from.helo == address || from.helo == from.ip)) return address;
  const bool same = from.name.empty() || from.helo.empty() || text::equal_ascii_nocase(from.name, from.helo);
  const std::string& first = from.helo.empty() ? from.name : from.helo;
  if (!same) return first + " (" + from.name + (address.empty() ? "" : " " + address) + ")";
  return first.empty() ? address : address.empty() ? first : first + " " + address;
}

/// Adds `piece` to the last line where it fits, else begins a line under it.
void add_piece(std::vector<std::string>& lines, std::string_view piece, std::size_t columns) {
  constexpr std::string_view kIndent = "       ";
  if (width_of(lines.back()) + 1 + width_of(piece) <= columns) {
    lines.back().append(" ").append(piece);
  } else {
    lines.emplace_back(kIndent).append(piece);
  }
}

std::string mark_of(const Route& route, std::size_t at) {
  if (static_cast<std::int32_t>(at) == route.border) return "*";
  return route.hops[at].trusted ? "+" : " ";
}

/// One line where peer and stamping host fit, else what does not fit goes under it in full.
void add_hop(const Route& route, std::size_t at, bool with_year, Language language, std::size_t columns,
             std::vector<std::string>& to) {
  constexpr std::size_t kIndent = 10;
  const Hop& hop = route.hops[at];
  const std::string_view link = words(fmt::format("link.{}", facts::name_of(hop.link)), language);
  std::vector<std::string> lines{fmt::format("{:>3}{} {} {:>6} {}{}", at + 1, mark_of(route, at), time_text(hop, with_year),
                                             delay_text(hop), link,
                                             std::string(5 - std::min<std::size_t>(5, width_of(link)), ' '))};
  const std::string peer = safe(peer_text(route, at), columns - kIndent);
  if (!peer.empty()) add_piece(lines, peer, columns);
  add_piece(lines, "-> " + safe(hop.by.empty() ? "-" : hop.by, columns - kIndent), columns);
  const std::string with = safe(hop.with, columns - kIndent);
  if (!with.empty() && width_of(lines.back()) + 1 + width_of(with) <= columns) lines.back() += " " + with;
  for (const std::string& line : lines) to.push_back(line.substr(0, line.find_last_not_of(' ') + 1));
}

std::string title_of(const Route& route, const std::string& year, Language language) {
  Values values{{"count", std::to_string(route.hops.size())}};
  if (!year.empty()) values.emplace_back("year", year);
  std::string title = phrase("explain.route", language, values) + "; ";
  if (route.border < 0) return title + std::string(words("explain.no_border", language));
  const bool inferred = route.hops[static_cast<std::size_t>(route.border)].trust_inferred;
  return title + phrase(inferred ? "explain.route_inferred" : "explain.route_border", language,
                        {{"hop", std::to_string(route.border + 1)}});
}

/// "FR, AS64496 Example Net".
std::string origin_text(const facts::Origin& origin) {
  std::string text = origin.country;
  if (origin.as_number != 0) text += (text.empty() ? "AS" : ", AS") + std::to_string(origin.as_number);
  return origin.as_name.empty() ? text : text + " " + origin.as_name;
}

std::string submission_text(const facts::Submission& submission, Language language) {
  std::string text;
  const auto add = [&](std::string_view key, const Values& values) {
    text += (text.empty() ? "" : "; ") + phrase(key, language, values);
  };
  if (!submission.ip.empty()) add("explain.handed_over", {{"ip", submission.ip}});
  if (!submission.client_ip.empty() && submission.client_ip != submission.ip)
    add("explain.submitted_by", {{"ip", submission.client_ip}, {"field", submission.client_field}});
  if (submission.origin.is_known()) add("explain.origin", {{"origin", origin_text(submission.origin)}});
  if (submission.how.empty()) return text;
  Values how{{"how", std::string(words("submission." + submission.how, language))}};
  if (!submission.user.empty()) how.emplace_back("user", submission.user);
  add("explain.submitted_how", how);
  return text;
}

}  // namespace

std::vector<std::string> route_lines(const Route& route, Language language, std::size_t columns) {
  if (route.hops.empty()) return {};
  const std::string year = year_of(route);
  std::vector<std::string> lines{title_of(route, year, language)};
  for (const std::string& line : wrapped(safe(submission_text(route.submission, language), 300), columns - 2)) {
    if (!line.empty()) lines.push_back("  " + line);
  }
  const std::size_t count = route.hops.size();
  for (std::size_t at = 0; at < count; ++at) {
    if (count > 2 * kEnds && at == kEnds) {
      lines.push_back("     " + phrase("explain.hops_left_out", language, {{"count", std::to_string(count - 2 * kEnds)}}));
      at = count - kEnds;
    }
    add_hop(route, at, year.empty(), language, columns, lines);
  }
  return lines;
}

}  // namespace threadline::timeline
