// SPDX-License-Identifier: Apache-2.0
// How fast Received fields are read, on one core: fields a second, and how many times longer than a memchr walk over the same
// bytes in the same run. Fields: the examples of ../shared/data/received/shapes.tsv where they stand beside the checkout, each as
// often as its shape was counted (in thousands, at least once); else the made-up ones below.
#include <benchmark/benchmark.h>

#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "facts/transport/hop.h"

namespace {

const char* const kMadeUp[] = {
    "from client.firm.example (mx1.firm.example [192.0.2.10]) by in.other.example (Postfix) with ESMTPS id 4ABC for "
    "<a@other.example>; Thu, 5 Apr 2018 10:37:00 +0200 (CEST)",
    "from A.prod.outlook.com (2603:10b6:510::4b) by B.outlook.office365.com (2603:10b6:510::6) with Microsoft SMTP Server "
    "(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1 via Frontend Transport; Thu, 5 Apr 2018 08:37:00 "
    "+0000",
    "by mail-lf1-f41.google.com with SMTP id 2adb3069b0e04 for <x@firm.example>; Thu, 05 Apr 2018 01:37:00 -0700 (PDT)",
    "from rdns.firm.example ([198.51.100.7]:35609 helo=mail.firm.example) by mx.host.example with esmtps "
    "(TLS1.3:TLS_AES_256_GCM_SHA384:256) (Exim 4.92) (envelope-from <a@firm.example>) id 1x for b@host.example; Thu, 05 Apr 2018 "
    "10:37:00 +0000",
    "(qmail 9671 invoked from network); 5 Apr 2018 06:01:13 -0000",
    "from a.example (a.example [192.0.2.1]) by b.example (8.15.2/8.15.2) with ESMTP id w35 (version=TLSv1.2 cipher=AES256 "
    "bits=256 "
    "verify=NOT) for <x@b.example>; Thu, 5 Apr 2018 10:37:00 +0200",
};

std::vector<std::string> counted_fields() {
  std::vector<std::string> fields;
  std::ifstream in(std::string(THREADLINE_SHARED_DIR) + "/data/received/shapes.tsv");
  std::string line, column;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::vector<std::string> columns;
    std::stringstream row(line);
    while (std::getline(row, column, '\t')) columns.push_back(column);
    const std::size_t times = columns.size() > 4 ? 1 + std::stoul(columns[1]) / 1'000 : 0;
    for (std::size_t i = 4; i < columns.size(); ++i) {
      if (!columns[i].empty()) fields.insert(fields.end(), times, columns[i]);
    }
  }
  return fields;
}

const std::vector<std::string>& fields() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> counted = counted_fields();
    return counted.empty() ? std::vector<std::string>(std::begin(kMadeUp), std::end(kMadeUp)) : counted;
  }();
  return all;
}

void walk_all() {
  for (const std::string& field : fields()) {
    const void* found = std::memchr(field.data(), '\0', field.size());
    benchmark::DoNotOptimize(found);
  }
}

void read_all() {
  for (const std::string& field : fields()) {
    threadline::facts::Hop hop = threadline::facts::read_received(field);
    benchmark::DoNotOptimize(hop);
  }
}

std::int64_t bytes_of_all() {
  std::int64_t bytes = 0;
  for (const std::string& field : fields()) bytes += static_cast<std::int64_t>(field.size());
  return bytes;
}

void count(benchmark::State& state) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(fields().size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * bytes_of_all());
}

double time_of(void (*work)()) {
  constexpr int kRounds = 200;
  const std::clock_t begin = std::clock();
  for (int i = 0; i < kRounds; ++i) work();
  return static_cast<double>(std::clock() - begin);
}

void memchr_walk(benchmark::State& state) {
  for (auto _ : state) walk_all();
  count(state);
}
BENCHMARK(memchr_walk);

void read_received(benchmark::State& state) {
  for (auto _ : state) read_all();
  count(state);
  state.counters["times_memchr"] = time_of(read_all) / time_of(walk_all);
}
BENCHMARK(read_received);

}  // namespace

BENCHMARK_MAIN();
