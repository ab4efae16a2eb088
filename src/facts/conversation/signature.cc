// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/signature.h"

#include <algorithm>
#include <array>
#include <optional>

#include "facts/conversation/tokens.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostLines = 40;  ///< of a signature
constexpr std::size_t kFooterBytes = 120;

/// How clients' footers begin, folded. Source: default signatures of iOS, Outlook mobile, Samsung and BlackBerry by language.
constexpr std::array<std::string_view, 28> kFooters{"sent from",
                                                    "get outlook for",
                                                    "envoye de",
                                                    "envoye depuis",
                                                    "obtenir outlook pour",
                                                    "telecharger outlook pour",
                                                    "von meinem",
                                                    "gesendet von",
                                                    "gesendet mit",
                                                    "outlook fur",
                                                    "holen sie sich outlook",
                                                    "enviado desde",
                                                    "enviado do",
                                                    "enviado de",
                                                    "obtener outlook para",
                                                    "inviato da",
                                                    "ottieni outlook per",
                                                    "scarica outlook per",
                                                    "verzonden vanaf",
                                                    "verstuurd vanaf",
                                                    "skickat fran",
                                                    "sendt fra",
                                                    "lahetetty",
                                                    "wyslane z",
                                                    "wyslano z",
                                                    "odeslano z",
                                                    "iphone",
                                                    "outlook voor"};

/// Words of devices and mobile clients, folded.
constexpr std::array<std::string_view, 22> kDevices{"iphone",     "ipad",   "ipod",     "android",      "ios",     "blackberry",
                                                    "samsung",    "galaxy", "huawei",   "xiaomi",       "mobile",  "mobil",
                                                    "smartphone", "phone",  "handy",    "telephone",    "telefon", "movil",
                                                    "tablet",     "nokia",  "telefono", "windows phone"};

/// Footers of languages that put the device first. Source: default signature of iOS.
constexpr std::array<std::string_view, 8> kWhole{"iphone\u304b\u3089\u9001\u4fe1",
                                                 "\u53d1\u81ea\u6211\u7684iphone",
                                                 "\u767c\u81ea\u6211\u7684iphone",
                                                 "\u5f9e\u6211\u7684iphone\u50b3\u9001",
                                                 "\u043e\u0442\u043f\u0440\u0430\u0432\u043b\u0435\u043d\u043e \u0441 iphone",
                                                 "iphone'umdan gonderildi",
                                                 "iphone\u2019umdan gonderildi",
                                                 "iphone-omrol kuldve"};

bool is_mobile_footer(std::string_view line) {
  if (line.size() > kFooterBytes || line.size() < 6) return false;
  const std::string folded = text::fold(line);
  std::string_view words = folded;
  while (!words.empty() && (words.front() == '<' || words.front() == '[' || words.front() == '(' || words.front() == '-'))
    words.remove_prefix(1);
  if (std::ranges::any_of(kWhole, [&](std::string_view whole) { return words.starts_with(whole); })) return true;
  if (std::ranges::none_of(kFooters, [&](std::string_view footer) { return words.starts_with(footer); })) return false;
  if (std::ranges::count(words, ',') > 0 && words.find("galaxy") == std::string_view::npos) return false;
  return std::ranges::any_of(kDevices, [&](std::string_view device) {
    const std::size_t found = words.find(device);
    return found != std::string_view::npos &&
           (found == 0 || words[found - 1] == ' ' || words[found - 1] == '(' || device == "phone");
  });
}

struct Place {
  std::size_t begin = 0;
  bool mobile = false;
};

/// Looks upwards through the last lines for the topmost sign of a signature.
std::optional<Place> find_place(std::string_view text) {
  std::optional<Place> found;
  std::size_t end = text.size(), filled = 0;
  for (std::size_t lines = 0; lines < kMostLines && filled <= 25; ++lines) {
    const std::size_t newline = end == 0 ? std::string_view::npos : text.rfind('\n', end - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::string_view line = trimmed_line(text.substr(begin, end - begin));
    if (line == "--" || line == "\u2014") return Place{begin, found && found->mobile};
    if (filled < 6 && is_mobile_footer(line)) found = Place{begin, true};
    filled += line.empty() ? 0U : 1U;
    if (newline == std::string_view::npos) break;
    end = newline;
  }
  return found;
}

}  // namespace

Signature find_signature(std::string_view text) {
  const auto place = find_place(text);
  if (!place) return {};
  return {std::string(trimmed_line(text.substr(place->begin))), place->mobile};
}

}  // namespace threadline::facts
