// SPDX-License-Identifier: Apache-2.0
#include "documents/vcard.h"

#include <algorithm>
#include <cstddef>

#include "message/transfer.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::documents {
namespace {

constexpr std::string_view kBegin = "begin:vcard";

/// The first line with its end, which the text loses.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end);
  return line;
}

bool ends_softly(std::string_view line) {
  const auto last = line.find_last_not_of("\r\n \t");
  return last != std::string_view::npos && line[last] == '=';
}

/// What "CHARSET=" says among the parameters before the value.
std::string_view charset_of(std::string_view lower) {
  constexpr std::string_view kName = ";charset=";
  const auto at = lower.find(kName);
  if (at == std::string_view::npos) return "";
  const std::string_view rest = lower.substr(at + kName.size());
  return rest.substr(0, rest.find(';'));
}

bool is_quoted_printable(std::string_view lower) {
  return lower.find(";encoding=quoted-printable") != std::string_view::npos ||
         lower.find(";quoted-printable") != std::string_view::npos;
}

}  // namespace

bool is_vcard(std::string_view text) {
  const auto first = std::min(text.find_first_not_of("\xEF\xBB\xBF \t\r\n"), text.size());
  return text::ascii_lower(text.substr(first, kBegin.size())) == kBegin;
}

std::string decoded_vcard(std::string_view bytes) {
  std::string card;
  while (!bytes.empty()) {
    std::string line(take_line(bytes));
    const auto colon = std::min(line.find(':'), line.size());
    const std::string name = text::ascii_lower(std::string_view(line).substr(0, colon));
    if (colon == line.size() || !is_quoted_printable(name)) {
      card += line;
      continue;
    }
    while (!bytes.empty() && ends_softly(line)) line += take_line(bytes);
    const std::string value =
        message::decode_transfer(std::string_view(line).substr(colon + 1), message::TransferEncoding::quoted_printable);
    card.append(line, 0, colon + 1).append(text::decode(value, charset_of(name)).text);
    if (!card.ends_with('\n')) card += '\n';
  }
  return card;
}

}  // namespace threadline::documents
