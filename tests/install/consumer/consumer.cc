// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "threadline/analyze.h"

/// Exits 0 when the fraud in the folder is found through the public header alone.
int main(int argc, char** argv) {
  const auto rows = threadline::analyze({argv + 1, argv + argc}, {.own_domains = {"meridienne-groupe.example"}});
  if (!rows) {
    std::puts(rows.error().c_str());
    return 2;
  }
  const bool found = std::ranges::any_of(*rows, [](const threadline::Row& row) { return row.code == "thread_hijack"; });
  std::printf("%zu rows\n", rows->size());
  return found ? 0 : 1;
}
