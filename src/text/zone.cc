// SPDX-License-Identifier: Apache-2.0
#include "text/zone.h"

#include <unicode/timezone.h>
#include <unicode/uversion.h>

#include <algorithm>
#include <optional>
#include <span>

namespace threadline::text {
namespace {

/// From `from` on, this offset has this name in the zone; none where tzdata gives the number alone.
struct Period {
  std::int64_t from;  // seconds since 1970, UTC
  int offset_minutes;
  std::string_view abbreviation;
};

/// The periods of a zone: kPeriods[begin .. begin + count).
struct ZonePeriods {
  std::string_view zone;
  std::size_t begin;
  std::size_t count;
};

#include "text/zone_abbreviations.inc"

std::span<const Period> periods_of(std::string_view zone) {
  const auto* found = std::ranges::lower_bound(kZones, zone, {}, &ZonePeriods::zone);
  if (found == std::end(kZones) || found->zone != zone) return {};
  return std::span(kPeriods).subspan(found->begin, found->count);
}

}  // namespace

struct Zone::State {
  std::string name;
  std::unique_ptr<const icu::TimeZone> zone;
  std::span<const Period> periods;
};

Zone::Zone(std::shared_ptr<const State> state) : state_(std::move(state)) {}
Zone::~Zone() = default;
Zone::Zone(const Zone&) = default;

Result<Zone> Zone::named(std::string_view iana_name) {
  const std::string name(iana_name);
  const auto id = icu::UnicodeString::fromUTF8(name);
  icu::UnicodeString canonical;
  UBool is_system = 0;
  UErrorCode error = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, is_system, error);
  if (U_FAILURE(error) || is_system == 0 || id == UNICODE_STRING_SIMPLE("Etc/Unknown")) {
    return tl::unexpected(Error{.what = "no such time zone: " + name, .file = {}, .hint = "an IANA name, e.g. Europe/Paris"});
  }
  return Zone(std::make_shared<const State>(
      State{name, std::unique_ptr<const icu::TimeZone>(icu::TimeZone::createTimeZone(id)), periods_of(name)}));
}

Instant Zone::at(const Instant& instant) const {
  UErrorCode error = U_ZERO_ERROR;
  std::int32_t raw = 0, saving = 0;
  state_->zone->getOffset(static_cast<UDate>(instant.seconds) * 1000.0, 0, raw, saving, error);
  if (U_FAILURE(error)) return {instant.seconds, 0};
  return {instant.seconds, (raw + saving) / 60'000};
}

std::string Zone::abbreviation(const Instant& instant) const {
  const Instant local = at(instant);
  std::optional<std::string_view> found;
  for (const Period& period : state_->periods) {
    if (period.offset_minutes == local.offset_minutes && (!found || period.from <= local.seconds)) found = period.abbreviation;
  }
  return found && !found->empty() ? std::string(*found) : offset_text(local.offset_minutes);
}

const std::string& Zone::name() const { return state_->name; }

std::string tzdata_version() {
  UErrorCode error = U_ZERO_ERROR;
  const char* version = icu::TimeZone::getTZDataVersion(error);
  return U_FAILURE(error) || version == nullptr ? std::string() : version;
}

std::string icu_version() { return U_ICU_VERSION; }

}  // namespace threadline::text
