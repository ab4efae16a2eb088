// SPDX-License-Identifier: Apache-2.0
// A memory store of N made-up messages: memory_bench FILE [N [questions]]. Makes FILE where it is not there, opens it, asks what
// the judgement of a message asks, and tells time and resident memory, one line each.
#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

#include "memory/file_store.h"

namespace {

namespace memory = threadline::memory;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t kStart = 1'500'000'000;
constexpr std::uint32_t kSendersPerMessage = 20;  ///< one sender for so many messages
constexpr std::uint32_t kDomainsPerMessage = 100;

double seconds_since(Clock::time_point begun) { return std::chrono::duration<double>(Clock::now() - begun).count(); }

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t resident_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::strtoull(line.c_str() + 6, nullptr, 10);
  }
  return 0;
}

/// Message `number` of `count`: a reply in a thread of four, a signature with a number, an account in one of twenty, 120 words.
memory::Learnt message(std::uint32_t number, std::uint32_t count, const memory::KeyedHash& hash) {
  std::mt19937 random(number);
  const std::uint32_t sender = static_cast<std::uint32_t>(random()) % (count / kSendersPerMessage + 1);
  const std::uint32_t domain = sender % (count / kDomainsPerMessage + 1);
  auto facts = std::make_shared<threadline::facts::Facts>();
  facts->message_id = fmt::format("<{:08x}.{}@firm{}.example>", random(), number, domain);
  facts->sha256 = fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), number);
  facts->source = fmt::format("export/box-{}.mbox#{}", number / 10'000, number);
  const std::string address = fmt::format("person{}@firm{}.example", sender, domain);
  facts->from = {{fmt::format("Person {} Of Firm", sender), address}};
  for (int to = 0; to < 3; ++to) facts->to.push_back({{}, fmt::format("person{}@own.example", random() % 500)});
  facts->dates.known_at = threadline::Instant{kStart + number * 30LL, 0};
  facts->thread.references = {fmt::format("<{}@firm{}.example>", number / 4, domain)};
  facts->habits = {{"client", fmt::format("client {}", sender % 7)}, {"network", fmt::format("net{}", domain)}, {"zone", "60"}};
  facts->phones = {{.number = fmt::format("+331990{:05}", sender % 100'000),
                    .extension = {},
                    .as_written = {},
                    .in_signature = true,
                    .span = {}}};
  memory::Learnt learnt;
  learnt.known_at = *facts->dates.known_at;
  learnt.side = fmt::format("domain:firm{}.example", domain);
  learnt.sender_name_key = fmt::format("firm of person {}", sender);
  learnt.subject_key = fmt::format("about matter {}", number / 4);
  learnt.took_part = {{address, fmt::format("firm{}.example", domain), false}};
  for (const auto& person : facts->to) learnt.took_part.push_back({person.address, "own.example", false});
  if (number % 20 == 0) {
    threadline::facts::Account account;
    account.kind = "iban";
    account.value = fmt::format("FR76{:010}{:013}", domain, sender);
    account.as_written = account.value;
    learnt.presented = {{memory::account_key(account), learnt.side}};
    facts->accounts = {account};
  }
  auto text = std::make_shared<memory::KeptText>();
  for (int word = 0; word < 120; ++word) {
    memory::HistoryWord one;
    one.hash = memory::word_hash(hash, fmt::format("word{}", random() % 20'000));
    text->words.push_back(one);
    text->spoken.push_back(hash.of_word(fmt::format("word{}", word)));
  }
  learnt.text = text;
  learnt.taking_part = {learnt.side, "domain:own.example"};
  learnt.facts = std::move(facts);
  return learnt;
}

/// What the judgement of a message asks, roughly.
std::size_t ask(const memory::Store& store, const memory::Learnt& learnt) {
  const std::string& address = learnt.facts->from.front().address;
  std::size_t found = store.by_message_id(learnt.facts->thread.references.front()) != nullptr ? 1 : 0;
  found += store.by_subject(learnt.subject_key, 200).size() + store.accounts_of(learnt.side).size() +
           store.phones_of(learnt.side, address).size();
  found += store.named(learnt.sender_name_key).size() + store.domains().size();
  for (const auto& part : learnt.took_part) found += store.is_disputed_address(part.address) ? 1U : 0U;
  if (const auto* person = store.correspondent(address)) found += person->messages;
  return found;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string path = argv[1];
  const auto count = argc > 2 ? static_cast<std::uint32_t>(std::strtoul(argv[2], nullptr, 10)) : 100'000U;
  const auto questions = argc > 3 ? static_cast<std::uint32_t>(std::strtoul(argv[3], nullptr, 10)) : 2'000U;
  const bool is_there = std::filesystem::exists(path);
  const auto begun = Clock::now();
  const double cpu_begun = cpu_seconds();
  auto store = memory::open_file_store(path, {});
  if (!store) return fmt::print(stderr, "{}\n", threadline::to_line(store.error())), 4;
  (*store)->as_of_now({});
  fmt::print("open            {:9.1f} ms wall, {:9.1f} ms cpu, {} KiB resident\n", seconds_since(begun) * 1e3,
             (cpu_seconds() - cpu_begun) * 1e3, resident_kib());
  if (!is_there) {
    const double cpu = cpu_seconds();
    const auto learning = Clock::now();
    (*store)->as_of({threadline::Instant{kStart, 0}, {}, {}});
    for (std::uint32_t number = 0; number < count; ++number) (*store)->learn(message(number, count, *(*store)->word_hash()));
    if (!(*store)->commit()) return 4;
    fmt::print("learn           {:9.1f} us wall, {:9.1f} us cpu a message, {} KiB resident\n",
               seconds_since(learning) * 1e6 / count, (cpu_seconds() - cpu) * 1e6 / count, resident_kib());
    (*store)->as_of_now({});
  }
  const double cpu = cpu_seconds();
  const auto asking = Clock::now();
  std::size_t found = 0;
  for (std::uint32_t question = 0; question < questions; ++question) {
    const auto learnt = message(question * 7'919U % count, count, *(*store)->word_hash());
    (*store)->as_of_now({});
    found += ask(**store, learnt);
  }
  fmt::print("questions       {:9.1f} us wall, {:9.1f} us cpu a message, {} KiB resident ({} found)\n",
             seconds_since(asking) * 1e6 / questions, (cpu_seconds() - cpu) * 1e6 / questions, resident_kib(), found);
  const double one = cpu_seconds();
  const auto learning_one = Clock::now();
  constexpr std::uint32_t kMore = 200;
  for (std::uint32_t more = 0; more < kMore; ++more) {
    (*store)->learn(message(count + more, count, *(*store)->word_hash()));
    if (!(*store)->commit()) return 4;
  }
  fmt::print("learn + commit  {:9.1f} us wall, {:9.1f} us cpu a message\n", seconds_since(learning_one) * 1e6 / kMore,
             (cpu_seconds() - one) * 1e6 / kMore);
  const std::uint64_t bytes = std::filesystem::file_size(path);
  fmt::print("file            {} bytes, {} a message\n", bytes, bytes / std::max<std::uint64_t>((*store)->messages(), 1));
  return 0;
}
