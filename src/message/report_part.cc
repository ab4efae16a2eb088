// SPDX-License-Identifier: Apache-2.0
#include "message/report_part.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::message {
namespace {

/// The worst first.
constexpr std::array<std::string_view, 5> kActions{"failed", "delayed", "delivered", "relayed", "expanded"};

/// Walks the fields "Name: value" of the report; folds are left out.
template <class Visit>
void each_field(std::string_view content, Visit visit) {
  while (!content.empty()) {
    const std::size_t end = std::min(content.find('\n'), content.size());
    const std::string_view line = content.substr(0, end);
    content.remove_prefix(std::min(end + 1, content.size()));
    const std::size_t colon = line.find(':');
    if (colon != std::string_view::npos) visit(text::trimmed(line.substr(0, colon)), text::trimmed(line.substr(colon + 1)));
  }
}

/// "failed (no such user)": the word alone.
std::string word_of(std::string_view value) { return text::ascii_lower(value.substr(0, value.find_first_of(" \t(;,/"))); }

std::string worst_action(std::string_view content) {
  std::string worst;
  each_field(content, [&](std::string_view name, std::string_view value) {
    if (!text::equal_ascii_nocase(name, "Action")) return;
    std::string action = word_of(value);
    if (worst.empty() ||
        std::ranges::find(kActions, std::string_view(action)) < std::ranges::find(kActions, std::string_view(worst)))
      worst = std::move(action);
  });
  return worst;
}

/// "manual-action/MDN-sent-manually; displayed/error".
std::string disposition(std::string_view content) {
  std::string type;
  each_field(content, [&](std::string_view name, std::string_view value) {
    const std::size_t semicolon = value.find(';');
    if (!type.empty() || !text::equal_ascii_nocase(name, "Disposition") || semicolon == std::string_view::npos) return;
    type = word_of(text::trimmed(value.substr(semicolon + 1)));
  });
  return type;
}

}  // namespace

std::string report_action_of(std::string_view type, std::string_view content) {
  if (type == "message/delivery-status" || type == "message/global-delivery-status") return worst_action(content);
  if (type == "message/disposition-notification" || type == "message/global-disposition-notification")
    return disposition(content);
  return {};
}

}  // namespace threadline::message
