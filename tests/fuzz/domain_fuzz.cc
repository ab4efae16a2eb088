// SPDX-License-Identifier: Apache-2.0
// Two domain names in two lines: reading and comparing them ends, what is found is in its bounds, and the index says what the
// pair says.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/domain.h"
#include "text/resemblance.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace threadline::text;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t end = input.find('\n');
  const std::string_view candidate = input.substr(0, end);
  const std::string_view reference = end == std::string_view::npos ? std::string_view("firm.example") : input.substr(end + 1);
  const DomainName name = read_domain(candidate);
  if (!name.registrable.empty() && !name.ascii.ends_with(name.registrable)) std::abort();
  (void)oddity_of_domain(candidate);
  (void)skeleton(candidate);
  const auto pair = resemblance(candidate, reference);
  if (pair && (pair->score <= 0 || pair->score > 1 || pair->severity == threadline::Severity::info)) std::abort();
  References known;
  known.add(reference);
  const auto indexed = known.best(candidate);
  if (indexed && (!pair || indexed->technique != pair->technique)) std::abort();
  if (resemblance(candidate, candidate)) std::abort();
  return 0;
}
