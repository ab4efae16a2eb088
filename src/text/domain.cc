// SPDX-License-Identifier: Apache-2.0
#include "text/domain.h"

#include <libpsl.h>
#include <unicode/uidna.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <memory>
#include <unordered_map>

#include "base/ascii.h"
#include "base/text_map.h"
#include "text/fold.h"
#include "text/punycode.h"

namespace threadline::text {
namespace {

constexpr std::size_t kNameOctets = 253;        ///< RFC 1035 section 2.3.4, without the root dot
constexpr std::size_t kLabelOctets = 63;        ///< RFC 1035 section 2.3.4
constexpr std::size_t kUtf8NameOctets = 1'024;  ///< what IDNA is asked about; longer names cannot be encoded in kNameOctets
constexpr int kSuffixLabels = 8;                ///< labels from the right that are asked about; the list's longest rule has five
constexpr std::size_t kCachedNames = 16'384;    ///< per thread, then forgotten

bool is_ascii(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_a_label(std::string_view lower_name) {
  for (std::size_t at = lower_name.find("xn--"); at != std::string_view::npos; at = lower_name.find("xn--", at + 1))
    if (at == 0 || lower_name[at - 1] == '.') return true;
  return false;
}

/// Without white space around it and without the root's dot.
std::string_view bare(std::string_view name) {
  while (!name.empty() && is_space(name.front())) name.remove_prefix(1);
  while (!name.empty() && (is_space(name.back()) || name.back() == '.')) name.remove_suffix(1);
  return name;
}

/// An ASCII character that no label has: letters, digits, hyphens and the underscores of some hosts. Source: RFC 1123
/// section 2.1.
bool is_foreign(char c) {
  return static_cast<unsigned char>(c) < 0x80 && !is_letter_or_digit(c) && c != '-' && c != '_' && c != '.';
}

/// IPv4, IPv6 and bracketed literals: no top-level domain is all digits (RFC 3696 section 2), and no name holds a colon.
bool is_address_literal(std::string_view name) {
  if (name.starts_with('[') || name.find(':') != std::string_view::npos) return true;
  const std::string_view last = name.substr(name.rfind('.') + 1);
  return !last.empty() && std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
}

using IdnaFunction = std::int32_t (*)(const UIDNA*, const char*, std::int32_t, char*, std::int32_t, UIDNAInfo*, UErrorCode*);

const UIDNA* uts46() {
  static const auto close = [](UIDNA* idna) { uidna_close(idna); };
  static const std::unique_ptr<UIDNA, decltype(close)> idna = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<UIDNA, decltype(close)>(
        uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_NONTRANSITIONAL_TO_UNICODE, &status), close);
  }();
  return idna.get();
}

/// What IDNA makes of a name; empty where it refuses it. Lengths and hyphens do not matter for comparing.
std::string mapped(IdnaFunction function, std::string_view name) {
  if (name.empty() || name.size() > kUtf8NameOctets || uts46() == nullptr) return {};
  constexpr std::uint32_t kHarmless = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
                                      UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  std::array<char, 4 * kUtf8NameOctets> out{};
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t length = function(uts46(), name.data(), static_cast<std::int32_t>(name.size()), out.data(),
                                       static_cast<std::int32_t>(out.size()), &info, &status);
  if (U_FAILURE(status) != 0 || length <= 0 || length > static_cast<std::int32_t>(out.size())) return {};
  if ((info.errors & ~kHarmless) != 0) return {};
  return std::string(bare({out.data(), static_cast<std::size_t>(length)}));
}

/// Top-level domains below which the list's ICANN section has no rule: their names need no look-up, which costs more than the
/// rest of reading one. A test asks the library about them.
constexpr std::string_view kFlat[] = {"app", "biz",  "ch", "club", "com", "cz",     "de",  "dev",  "dk",   "edu", "eu",
                                      "gov", "info", "lu", "net",  "nl",  "online", "org", "shop", "site", "top", "xyz"};

bool is_flat(std::string_view top_level) { return std::ranges::find(kFlat, top_level) != std::end(kFlat); }

/// Where the public suffix of an A-label name begins.
std::size_t suffix_begin(const std::string& ascii) {
  const std::size_t last = ascii.rfind('.') == std::string::npos ? 0 : ascii.rfind('.') + 1;
  std::size_t suffix = last;  // whether the list knows it or not
  std::size_t begin = last;
  if (is_flat(std::string_view(ascii).substr(last))) return suffix;
  for (int labels = 1; labels < kSuffixLabels && begin >= 2; ++labels) {
    const std::size_t dot = ascii.rfind('.', begin - 2);
    begin = dot == std::string::npos ? 0 : dot + 1;
    if (psl_is_public_suffix2(psl_builtin(), ascii.c_str() + begin, PSL_TYPE_ICANN) != 0) suffix = begin;
  }
  return suffix;
}

/// The same, kept: a mailbox names few domains, many times.
std::size_t kept_suffix_begin(const std::string& ascii) {
  if (is_flat(std::string_view(ascii).substr(ascii.rfind('.') + 1)) || ascii.size() > kNameOctets) return suffix_begin(ascii);
  thread_local TextMap<std::size_t> known;
  if (const auto found = known.find(ascii); found != known.end()) return found->second;
  const std::size_t begin = suffix_begin(ascii);
  if (known.size() >= kCachedNames) known.clear();
  known.emplace(ascii, begin);
  return begin;
}

/// Splits an A-label name at its public suffix.
void fill_registrable(DomainName& name) {
  if (name.ascii.empty() || is_address_literal(name.ascii)) return;
  const std::size_t suffix = kept_suffix_begin(name.ascii);
  name.suffix = name.ascii.substr(suffix);
  if (suffix < 2) {
    name.registrable = name.ascii;
    return;
  }
  const std::size_t dot = name.ascii.rfind('.', suffix - 2);
  name.registrable = name.ascii.substr(dot == std::string::npos ? 0 : dot + 1);
}

/// Calls `holds` with each label until it says yes.
template <class Holds>
bool any_label(std::string_view name, Holds holds) {
  while (!name.empty()) {
    const std::size_t dot = std::min(name.find('.'), name.size());
    if (holds(name.substr(0, dot))) return true;
    name.remove_prefix(std::min(dot + 1, name.size()));
  }
  return false;
}

std::size_t longest_label(std::string_view name) {
  std::size_t longest = 0;
  any_label(name, [&](std::string_view label) { return longest = std::max(longest, label.size()), false; });
  return longest;
}

bool has_undecodable_label(std::string_view name) {
  return any_label(name, [](std::string_view label) { return label.starts_with("xn--") && !punycode_decoded(label); });
}

bool mixes_scripts(std::string_view unicode) {
  static const auto close = [](USpoofChecker* checker) { uspoof_close(checker); };
  static const std::unique_ptr<USpoofChecker, decltype(close)> checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<USpoofChecker, decltype(close)> made(uspoof_open(&status), close);
    uspoof_setRestrictionLevel(made.get(), USPOOF_HIGHLY_RESTRICTIVE);
    uspoof_setChecks(made.get(), USPOOF_RESTRICTION_LEVEL, &status);
    return made;
  }();
  return any_label(unicode, [](std::string_view label) {
    UErrorCode status = U_ZERO_ERROR;
    return uspoof_check2UTF8(checker.get(), label.data(), static_cast<std::int32_t>(label.size()), nullptr, &status) != 0;
  });
}

std::size_t first_foreign(std::string_view name) {
  return static_cast<std::size_t>(std::ranges::find_if(name, is_foreign) - name.begin());
}

/// An address, a name without a dot (Notes: "FIRM/UNIT"), or a name whose registrable part has no foreign character: what stands
/// before that part its holder chooses.
bool can_be_registered(std::string_view lower_name) {
  if (first_foreign(lower_name) == lower_name.size() || lower_name.front() == '[') return true;
  if (lower_name.find('.') == std::string_view::npos) return true;
  if (lower_name.find_first_not_of("0123456789abcdef:.") == std::string_view::npos) return true;  // IPv6
  const std::string registrable = registrable_domain(lower_name);
  return !registrable.empty() && first_foreign(registrable) == registrable.size();
}

}  // namespace

DomainName read_domain(std::string_view given) {
  DomainName name;
  const std::string lower = ascii_lower(bare(given));
  const bool ascii = is_ascii(lower);
  name.ascii = name.unicode = lower;
  if (!ascii) {
    if (std::string mapped_name = mapped(uidna_nameToASCII_UTF8, lower); !mapped_name.empty())
      name.ascii = std::move(mapped_name);
  }
  if (!ascii || has_a_label(lower)) {
    if (std::string mapped_name = mapped(uidna_nameToUnicodeUTF8, lower); !mapped_name.empty())
      name.unicode = std::move(mapped_name);
  }
  fill_registrable(name);
  return name;
}

std::string_view oddity_of_domain(std::string_view given) {
  const std::string name = ascii_lower(bare(given));
  if (!can_be_registered(name)) return "characters that no domain has";
  if (is_address_literal(name)) return {};
  if (name.empty() || name.front() == '.' || name.find("..") != std::string::npos) return "empty label";
  if (name.size() > kUtf8NameOctets) return "longer than 253 octets";
  const bool plain = is_ascii(name) && !has_a_label(name);
  const std::string ascii = plain ? name : mapped(uidna_nameToASCII_UTF8, name);
  if (ascii.empty()) return has_undecodable_label(name) ? "A-label that encodes nothing" : "letters that IDNA does not allow";
  if (ascii.size() > kNameOctets) return "longer than 253 octets";
  if (longest_label(ascii) > kLabelOctets) return "label longer than 63 octets";
  return !plain && mixes_scripts(mapped(uidna_nameToUnicodeUTF8, name)) ? "letters of several scripts in one label"
                                                                        : std::string_view{};
}

bool has_known_suffix(std::string_view name) {
  name = bare(name);
  const std::string top_level = ascii_lower(name.substr(name.rfind('.') + 1));
  if (top_level.empty() || is_address_literal(name)) return false;
  constexpr auto kReserved = std::to_array<std::string_view>({"example", "invalid", "test"});
  if (is_flat(top_level) || std::ranges::find(kReserved, top_level) != kReserved.end()) return true;
  return psl_is_public_suffix2(psl_builtin(), top_level.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) != 0;
}

std::string registrable_domain(std::string_view name) {
  thread_local TextMap<std::string> known;
  if (const auto found = known.find(name); found != known.end()) return found->second;
  std::string registrable = read_domain(name).registrable;
  if (name.size() > kNameOctets) return registrable;
  if (known.size() >= kCachedNames) known.clear();
  known.emplace(name, registrable);
  return registrable;
}

std::string written_domain(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return {};
  return ascii_lower(bare(address.substr(at + 1)));
}

std::string domain_of_address(std::string_view address) {
  std::string domain = written_domain(address);
  if (can_be_registered(domain)) return domain;
  const std::string_view head = bare(std::string_view(domain).substr(0, first_foreign(domain)));
  return head.find('.') == std::string_view::npos ? std::string{} : std::string(head);
}

std::string_view local_part_of_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(0, at);
}

std::string public_suffix_list_version() {
  const std::time_t made = psl_builtin_file_time();
  std::tm utc{};
  if (made <= 0 || gmtime_r(&made, &utc) == nullptr) return psl_get_version();
  std::array<char, 16> day{};
  return {day.data(), std::strftime(day.data(), day.size(), "%Y-%m-%d", &utc)};
}

}  // namespace threadline::text
