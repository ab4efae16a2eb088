// SPDX-License-Identifier: Apache-2.0
#include "logs/travel.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace threadline::logs {
namespace {

constexpr double kEarthRadius = 6'371;  ///< km, mean (IUGG)
/// km/h over the ground. Airliners cruise at 800 to 950 in still air; what a jet stream adds is lost on the way to the airport.
constexpr double kPlane = 1'000;
/// km. Below it the two places are neighbours (across a border, two exits of one network), however close the times.
constexpr double kNeighbours = 100;
constexpr double kSecondsOfHour = 3'600;

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

double distance_km(const Location& one, const Location& other) {
  const double south = std::sin(radians(other.latitude - one.latitude) / 2);
  const double east = std::sin(radians(other.longitude - one.longitude) / 2);
  const double haversine = south * south + std::cos(radians(one.latitude)) * std::cos(radians(other.latitude)) * east * east;
  return 2 * kEarthRadius * std::asin(std::sqrt(std::clamp(haversine, 0.0, 1.0)));
}

double distance_apart_km(const Location& one, const Location& other) {
  return std::max(0.0, distance_km(one, other) - one.radius_km - other.radius_km);
}

bool is_faster_than_a_plane(const Location& from, const Location& to, std::int64_t seconds) {
  const double apart = distance_apart_km(from, to);
  const double hours = static_cast<double>(std::max<std::int64_t>(seconds, 0)) / kSecondsOfHour;
  return apart > kNeighbours && apart > kPlane * hours;
}

}  // namespace threadline::logs
