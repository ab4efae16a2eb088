// SPDX-License-Identifier: Apache-2.0
// fact_store_bench URL ITEMS BYTES: how fast facts go into a store and come out of it, and what an item takes. Nothing is
// analysed.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include "memory/fact_store.h"

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

double processor_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
         static_cast<double>(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

/// Words as mails have them: they shrink to about a third.
std::string words(std::mt19937& random, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    std::string word(2 + random() % 7, ' ');
    for (char& letter : word) letter = static_cast<char>('a' + random() % 16);
    text += word + ' ';
  }
  return text;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const int items = std::atoi(argv[2]);
  const std::size_t bytes = std::strtoul(argv[3], nullptr, 10);
  std::mt19937 random(1);
  const std::string body = words(random, bytes);
  auto store = threadline::memory::open_fact_store(argv[1], true, {});
  if (!store || !(*store)->enter({1, 1}, "bench", "bench")) return 1;
  auto begin = Clock::now();
  double used = processor_seconds();
  for (int at = 0; at < items; ++at) {
    const std::string number = std::to_string(at);
    (*store)->keep({.key = std::string(16 - number.size(), 'k') + number,
                    .conversation = random() * 0x9e3779b97f4a7c15U,
                    .place = static_cast<std::uint64_t>(at),
                    .known_at = static_cast<std::int64_t>(random()),
                    .sha256 = number,
                    .body = number + body});
    if (at % 200 == 199 && !(*store)->commit()) return 1;
  }
  if (!(*store)->finish({1, 1})) return 1;
  std::printf("kept      %8.0f items/s, %6.1f us of this process an item\n", items / seconds_since(begin),
              (processor_seconds() - used) * 1e6 / items);
  begin = Clock::now();
  used = processor_seconds();
  int read = 0;
  if (!(*store)->for_each([&](std::string_view) { return ++read > 0; })) return 1;
  std::printf("read      %8.0f items/s in the order of judgement, %6.1f us of this process an item\n",
              read / seconds_since(begin), (processor_seconds() - used) * 1e6 / read);
  return read == items ? 0 : 1;
}
