// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/geography.h"

#include <maxminddb.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "text/charset.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kNameBytes = 200;  ///< of an operator's name that are kept
constexpr double kUnstatedRadius = 200;  ///< km; of a city whose database states none: what MaxMind states of most such networks

struct Close {
  void operator()(MMDB_s* database) const {
    MMDB_close(database);
    delete database;
  }
};
using Database = std::unique_ptr<MMDB_s, Close>;

Result<Database> opened(const std::string& path) {
  auto raw = std::make_unique<MMDB_s>();
  const int status = MMDB_open(path.c_str(), MMDB_MODE_MMAP, raw.get());
  if (status == MMDB_SUCCESS) return Database(raw.release());
  return tl::unexpected(
      Error{MMDB_strerror(status), path, "a MaxMind DB file (.mmdb) of countries, cities or autonomous systems"});
}

/// The text at a path of keys, or empty.
template <class... Keys>
std::string text_at(MMDB_entry_s entry, Keys... keys) {
  MMDB_entry_data_s data;
  if (MMDB_get_value(&entry, &data, keys..., nullptr) != MMDB_SUCCESS || !data.has_data ||
      data.type != MMDB_DATA_TYPE_UTF8_STRING)
    return {};
  return text::valid_utf8(std::string_view(data.utf8_string, std::min<std::size_t>(data.data_size, kNameBytes)));
}

template <class... Keys>
std::uint32_t number_at(MMDB_entry_s entry, Keys... keys) {
  MMDB_entry_data_s data;
  const bool is_there = MMDB_get_value(&entry, &data, keys..., nullptr) == MMDB_SUCCESS && data.has_data;
  return is_there && data.type == MMDB_DATA_TYPE_UINT32 ? data.uint32 : 0;
}

template <class... Keys>
std::optional<double> decimal_at(MMDB_entry_s entry, Keys... keys) {
  MMDB_entry_data_s data;
  if (MMDB_get_value(&entry, &data, keys..., nullptr) != MMDB_SUCCESS || !data.has_data) return std::nullopt;
  if (data.type == MMDB_DATA_TYPE_DOUBLE) return data.double_value;
  if (data.type == MMDB_DATA_TYPE_FLOAT) return static_cast<double>(data.float_value);
  if (data.type == MMDB_DATA_TYPE_UINT16) return static_cast<double>(data.uint16);
  if (data.type == MMDB_DATA_TYPE_UINT32) return static_cast<double>(data.uint32);
  return std::nullopt;
}

bool is_place(const Place& place) {  // false for what is no number, too
  return std::abs(place.latitude) <= 90 && std::abs(place.longitude) <= 180 && place.radius_km >= 0;
}

/// Source: MaxMind, "GeoIP2 City" (location.latitude, longitude, accuracy_radius in km); db-ip's city databases lack the radius.
std::optional<Place> place_in(const MMDB_entry_s& entry) {
  const auto latitude = decimal_at(entry, "location", "latitude");
  const auto longitude = decimal_at(entry, "location", "longitude");
  if (!latitude || !longitude) return std::nullopt;
  auto radius = decimal_at(entry, "location", "accuracy_radius");
  if (!radius && !text_at(entry, "city", "names", "en").empty()) radius = kUnstatedRadius;
  if (!radius) return std::nullopt;
  const Place place{*latitude, *longitude, *radius};
  return is_place(place) ? std::optional(place) : std::nullopt;
}

/// Names of fields: MaxMind's GeoLite2 and GeoIP2 (the Enterprise database has the operator among "traits"), and db-ip's, which
/// has the same.
void fill(Origin& origin, const MMDB_entry_s& entry) {
  if (origin.country.empty()) origin.country = text_at(entry, "country", "iso_code");
  if (origin.country.empty()) origin.country = text_at(entry, "registered_country", "iso_code");
  if (origin.as_number != 0) return;
  origin.as_number = number_at(entry, "autonomous_system_number");
  origin.as_name = text_at(entry, "autonomous_system_organization");
  if (origin.as_number != 0) return;
  origin.as_number = number_at(entry, "traits", "autonomous_system_number");
  origin.as_name = text_at(entry, "traits", "autonomous_system_organization");
}

class Databases final : public Geography {
 public:
  explicit Databases(std::vector<Database> databases) : databases_(std::move(databases)) {}

  [[nodiscard]] Origin origin_of(const std::string& ip) const override {
    Origin origin;
    for (const Database& database : databases_) {
      if (const auto entry = entry_of(*database, ip)) fill(origin, *entry);
    }
    return origin;
  }

  [[nodiscard]] std::optional<Place> place_of(const std::string& ip) const override {
    for (const Database& database : databases_) {
      const auto entry = entry_of(*database, ip);
      if (const auto place = entry ? place_in(*entry) : std::nullopt) return place;
    }
    return std::nullopt;
  }

 private:
  static std::optional<MMDB_entry_s> entry_of(const MMDB_s& database, const std::string& ip) {
    int not_an_address = 0, status = MMDB_SUCCESS;
    const MMDB_lookup_result_s found = MMDB_lookup_string(&database, ip.c_str(), &not_an_address, &status);
    if (not_an_address != 0 || status != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
    return found.entry;
  }

  std::vector<Database> databases_;
};

}  // namespace

Result<std::shared_ptr<const Geography>> Geography::open(const std::vector<std::string>& paths) {
  std::vector<Database> databases;
  for (const std::string& path : paths) {
    auto database = opened(path);
    if (!database) return tl::unexpected(database.error());
    databases.push_back(std::move(*database));
  }
  return std::make_shared<Databases>(std::move(databases));
}

}  // namespace threadline::facts
