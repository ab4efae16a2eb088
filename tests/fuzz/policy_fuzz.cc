// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "policy/policy.h"
#include "policy/sides.h"

/// A policy that is read prints as one that is read again to the same text; a refused one says in what and where.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace threadline;
  const auto read = policy::read_policy({reinterpret_cast<const char*>(bytes), size}, "fuzz.json");
  if (!read) {
    if (read.error().what.empty() || read.error().file != "fuzz.json") std::abort();
    return 0;
  }
  const std::string printed = policy::to_json(*read);
  const auto again = policy::read_policy(printed, "printed.json");
  if (!again || policy::to_json(*again) != printed) std::abort();
  const policy::Sides sides(*read);
  for (const std::string& address : read->own.addresses)
    if (sides.side_of(address).empty() == sides.is_own(address)) std::abort();
  return 0;
}
