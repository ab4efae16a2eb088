// SPDX-License-Identifier: Apache-2.0
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/core.h>

#include "message/read_message.h"

/// msg_loop FOLDER [ROUNDS]: how many of the folder's files read_message takes a second on one thread, digests included.
int main(int argc, char** argv) {
  if (argc < 2) return EXIT_FAILURE;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[1])) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 10;
  std::size_t texts = 0;
  const auto start = std::clock();
  for (int round = 0; round < rounds; ++round) {
    for (const auto& bytes : files) texts += threadline::message::read_message(bytes, {}).texts.size();
  }
  const auto seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const auto read = static_cast<double>(files.size()) * rounds;
  fmt::print("{} files, {} texts, {:.2f} s of processor time, {:.0f} files/s\n", files.size(), texts, seconds, read / seconds);
  return EXIT_SUCCESS;
}
