// SPDX-License-Identifier: Apache-2.0
#include "msg_damage.h"

#include <fcntl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace threadline::bench {
namespace {

namespace fs = std::filesystem;

std::string faulty(std::string bytes, unsigned seed) {
  std::mt19937 random(seed);
  for (int i = 0; i < 3 && !bytes.empty(); ++i) {
    const auto at = random() % bytes.size();
    bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << random() % 8));
  }
  for (int i = 0; i < 3 && bytes.size() >= 512; ++i) {
    const auto at = 4 * (random() % 128);
    for (unsigned k = 0; k < 4; ++k) bytes[at + k] = static_cast<char>(random() & 0xFFU);
  }
  return bytes;
}

/// What a child process that reads these bytes answers; its end by a signal is "crash" or, by the timer, "slow".
std::string read_apart(const std::string& bytes, const SubjectReader& reader, const std::string& expected) {
  std::fflush(stdout);
  const auto child = fork();
  if (child == 0) {
    itimerval timer{};
    timer.it_value.tv_sec = 2;
    setitimer(ITIMER_REAL, &timer, nullptr);
    const int silent = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(silent, STDERR_FILENO);
    const auto subject = reader(bytes);
    _exit(subject == expected ? 0 : subject.empty() ? 1 : 2);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGALRM ? "slow" : "crash";
  switch (WEXITSTATUS(status)) {
    case 0: return "right";
    case 1: return "none";
    case 2: return "wrong";
    default: return "crash";
  }
}

void measure(const fs::path& path, unsigned seeds, const SubjectReader& reader) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const auto name = path.filename().string();
  const auto expected = reader(bytes);
  if (expected.empty()) {
    std::printf("%s\twhole\tnone\n", name.c_str());
    return;
  }
  for (const unsigned percent : {50U, 65U, 80U, 92U})
    std::printf("%s\tcut %u %%\t%s\n", name.c_str(), percent,
                read_apart(bytes.substr(0, bytes.size() * percent / 100), reader, expected).c_str());
  for (unsigned seed = 1; seed <= seeds; ++seed)
    std::printf("%s\tfaults\t%s\t%u\n", name.c_str(), read_apart(faulty(bytes, seed), reader, expected).c_str(), seed);
}

}  // namespace

int measure_damage(int argc, char** argv, const SubjectReader& reader) {
  if (argc < 3) return 2;
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(argv[1]))
    if (entry.is_regular_file() && entry.path().extension() == ".msg") paths.push_back(entry.path());
  std::ranges::sort(paths);
  for (const auto& path : paths) measure(path, static_cast<unsigned>(std::atoi(argv[2])), reader);
  return 0;
}

}  // namespace threadline::bench
