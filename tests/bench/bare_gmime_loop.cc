// SPDX-License-Identifier: Apache-2.0
// The reference of tools/bench: parses every message of the files with GMime's memory stream and decodes every part; nothing
// else. Prints "messages seconds peak_rss_kib". Arguments: .eml files or folders.
#include <gmime/gmime.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

void decode(GMimeObject* /*parent*/, GMimeObject* part, gpointer bytes) {
  if (!GMIME_IS_PART(part)) return;
  GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(part));
  if (content == nullptr) return;
  GMimeStream* memory = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, memory);
  *static_cast<std::int64_t*>(bytes) += g_mime_stream_length(memory);
  g_object_unref(memory);
}

std::int64_t parse(const std::string& raw) {
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(raw.data(), raw.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  std::int64_t bytes = 0;
  if (message != nullptr) {
    g_mime_message_foreach(message, decode, &bytes);
    g_object_unref(message);
  }
  g_object_unref(parser);
  g_object_unref(stream);
  return bytes;
}

std::vector<std::string> files_below(int argc, char** argv) {
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    if (!std::filesystem::is_directory(argv[i])) files.emplace_back(argv[i]);
    if (!std::filesystem::is_directory(argv[i])) continue;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  g_mime_init();
  const auto files = files_below(argc, argv);
  const auto start = std::chrono::steady_clock::now();
  std::int64_t bytes = 0;
  for (const auto& path : files) {
    std::ifstream in(path, std::ios::binary);
    const std::string raw{std::istreambuf_iterator<char>(in), {}};
    bytes += parse(raw);
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%zu %.6f %ld\n", files.size(), seconds.count(), usage.ru_maxrss);
  return bytes < 0 ? 1 : 0;
}
