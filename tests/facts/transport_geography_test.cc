// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/geography.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "../own_folder.h"
#include "facts/facts.h"
#include "message/read_message.h"
#include "mmdb_writer.h"

namespace threadline::facts {
namespace {

namespace fs = std::filesystem;

std::string written(const std::string& name, const std::string& bytes) {
  const fs::path path = own_folder() / name;
  std::ofstream(path, std::ios::binary) << bytes;
  return path.string();
}

constexpr std::uint32_t kNetwork = 0xCB007100;  // 203.0.113.0

std::string countries() {
  return MmdbWriter::file(kNetwork, 24, MmdbWriter::map({{"country", MmdbWriter::map({{"iso_code", MmdbWriter::text("FR")}})}}));
}

std::string operators() {
  return MmdbWriter::file(kNetwork, 24,
                          MmdbWriter::map({{"autonomous_system_number", MmdbWriter::number(64'496)},
                                           {"autonomous_system_organization", MmdbWriter::text("Example Net")}}));
}

std::shared_ptr<const Geography> both() {
  return Geography::open({written("c.mmdb", countries()), written("a.mmdb", operators())}).value();
}

TEST(Geography, CountryAndOperatorComeFromTheFilesThatHaveThem) {
  const Origin origin = both()->origin_of("203.0.113.9");
  EXPECT_EQ(origin.country, "FR");
  EXPECT_EQ(origin.as_number, 64'496U);
  EXPECT_EQ(origin.as_name, "Example Net");
}

TEST(Geography, AnEnterpriseDatabaseNamesTheOperatorAmongTraits) {
  const auto traits = MmdbWriter::map({{"autonomous_system_number", MmdbWriter::number(64'497)},
                                       {"autonomous_system_organization", MmdbWriter::text("Other Net")}});
  const std::string file = MmdbWriter::file(kNetwork, 24, MmdbWriter::map({{"traits", traits}}));
  const Origin origin = Geography::open({written("t.mmdb", file)}).value()->origin_of("203.0.113.9");
  EXPECT_EQ(origin.as_number, 64'497U);
  EXPECT_EQ(origin.as_name, "Other Net");
}

/// Of a city database: the radius and the name of the city where the test wants them.
std::optional<Place> place_in_city(const MmdbWriter::Fields& more_of_location, const MmdbWriter::Fields& more) {
  MmdbWriter::Fields location{{"latitude", MmdbWriter::decimal(48.8566)}, {"longitude", MmdbWriter::decimal(-2.25)}};
  location.insert(location.end(), more_of_location.begin(), more_of_location.end());
  MmdbWriter::Fields entry{{"location", MmdbWriter::map(location)}};
  entry.insert(entry.end(), more.begin(), more.end());
  const std::string file = MmdbWriter::file(kNetwork, 24, MmdbWriter::map(entry));
  return Geography::open({written("city.mmdb", file)}).value()->place_of("203.0.113.9");
}

TEST(Geography, ACityDatabaseSaysWhereAndHowExactly) {
  const auto place = place_in_city({{"accuracy_radius", MmdbWriter::number(20)}}, {});
  ASSERT_TRUE(place);
  EXPECT_DOUBLE_EQ(place->latitude, 48.8566);
  EXPECT_DOUBLE_EQ(place->longitude, -2.25);
  EXPECT_DOUBLE_EQ(place->radius_km, 20);
}

TEST(Geography, CoordinatesWithoutARadiusCountForACityAndNotForACountry) {
  const auto names = MmdbWriter::map({{"names", MmdbWriter::map({{"en", MmdbWriter::text("Paris")}})}});
  EXPECT_TRUE(place_in_city({}, {{"city", names}}));
  EXPECT_FALSE(place_in_city({}, {}));
  EXPECT_FALSE(both()->place_of("203.0.113.9")) << "databases of countries and operators";
}

TEST(Geography, AnAddressOutsideAndWhatIsNoAddressHaveNone) {
  for (const char* ip : {"198.51.100.1", "2001:db8::1", "no address", ""}) EXPECT_FALSE(both()->origin_of(ip).is_known()) << ip;
}

TEST(Geography, AFileThatIsNoDatabaseIsNamed) {
  const std::string path = written("bad.mmdb", "not a database");
  const auto opened = Geography::open({path});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().file, path);
  EXPECT_FALSE(Geography::open({"/no/such.mmdb"}));
}

TEST(Geography, EveryPrefixOfAFileIsRefusedOrReadWithoutFault) {
  const std::string whole = countries();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto opened = Geography::open({written("cut.mmdb", whole.substr(0, size))});
    if (opened) (*opened)->origin_of("203.0.113.9");
  }
}

TEST(Geography, TheSubmittingAddressHasItsOrigin) {
  const std::string mail =
      "Received: from laptop.example (unknown [203.0.113.9]) by mx.own.example (Postfix) with ESMTPS id 1; Thu, 5 Apr 2018 "
      "10:37:00 +0200\nFrom: a@firm.example\nTo: b@own.example\n\nhello\n";
  Settings settings;
  settings.geography = both();
  const auto message = message::read_message(mail, {});
  EXPECT_EQ(read_facts(message, settings).route.submission.origin.country, "FR");
  EXPECT_FALSE(read_facts(message, Settings{}).route.submission.origin.is_known());
}

}  // namespace
}  // namespace threadline::facts
