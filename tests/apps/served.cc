// SPDX-License-Identifier: Apache-2.0
#include "served.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

namespace threadline {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// "5\r\nhello\r\n0\r\n\r\n" -> "hello"
std::string without_chunks(const std::string& body) {
  std::string whole;
  std::size_t at = 0;
  while (at < body.size()) {
    const std::size_t end = body.find("\r\n", at);
    if (end == std::string::npos) break;
    const std::size_t length = std::strtoul(body.substr(at, end - at).c_str(), nullptr, 16);
    if (length == 0) break;
    whole += body.substr(end + 2, length);
    at = end + 2 + length + 2;
  }
  return whole;
}

Answer read_answer(const std::string& bytes) {
  Answer answer;
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos || bytes.size() < 12) return answer;
  answer.status = std::atoi(bytes.substr(9, 3).c_str());
  answer.head = bytes.substr(0, end + 2);
  answer.body = bytes.substr(end + 4);
  if (answer.field("transfer-encoding") == "chunked") answer.body = without_chunks(answer.body);
  return answer;
}

}  // namespace

std::string Answer::field(const std::string& name) const {
  const std::string all = lower(head);
  const std::size_t at = all.find("\r\n" + lower(name) + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + 4 + name.size();
  return head.substr(begin, head.find("\r\n", begin) - begin);
}

Served::Served(const std::vector<std::string>& arguments) {
  folder_ = (fs::path(::testing::TempDir()) / "threadline-serve-test-XXXXXX").string();
  EXPECT_NE(mkdtemp(folder_.data()), nullptr);
  int out[2];
  EXPECT_EQ(pipe(out), 0);
  process_ = fork();
  if (process_ == 0) {
    dup2(out[1], STDOUT_FILENO);
    close(out[0]);
    close(out[1]);
    setenv("TMPDIR", folder_.c_str(), 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    std::vector<std::string> words{THREADLINE_PROGRAM, "serve", "--no-browser", "--quiet", "--jobs", "1"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    list.push_back(nullptr);
    execv(THREADLINE_PROGRAM, list.data());
    _exit(127);
  }
  close(out[1]);
  char byte = 0;
  while (read(out[0], &byte, 1) == 1 && byte != '\n') address_ += byte;
  close(out[0]);
  const std::size_t colon = address_.rfind(':'), mark = address_.find("/#");
  if (colon == std::string::npos || mark == std::string::npos) return;
  port_ = std::atoi(address_.substr(colon + 1).c_str());
  token_ = address_.substr(mark + 2);
}

int Served::end() {
  if (process_ < 0) return -1;
  kill(process_, SIGTERM);
  int status = 0;
  waitpid(process_, &status, 0);
  process_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Served::~Served() {
  end();
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

Answer Served::exchange(const std::string& bytes) const {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(port_));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  std::string answer;
  if (connect(connection, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0) {
    for (std::size_t sent = 0; sent < bytes.size();) {
      const ssize_t put = send(connection, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
      if (put <= 0) break;
      sent += static_cast<std::size_t>(put);
    }
    std::string block(65'536, '\0');
    ssize_t got = 0;
    while ((got = recv(connection, block.data(), block.size(), 0)) > 0) answer.append(block, 0, static_cast<std::size_t>(got));
  }
  close(connection);
  return read_answer(answer);
}

Answer Served::ask(const std::string& method, const std::string& path, const Fields& fields, const std::string& body) const {
  Fields all{{"Host", "127.0.0.1:" + std::to_string(port_)}, {"X-Threadline-Token", token_}};
  if (!body.empty()) all["Content-Length"] = std::to_string(body.size());
  for (const auto& [name, value] : fields) all[name] = value;
  std::string request = method + " " + path + " HTTP/1.1\r\n";
  for (const auto& [name, value] : all) {
    if (!value.empty()) request += name + ": " + value + "\r\n";
  }
  return exchange(request + "\r\n" + body);
}

Answer Served::post(const std::string& path, const std::string& json) const {
  return ask("POST", path, {{"Content-Type", "application/json"}}, json);
}

Answer Served::drop(const std::string& name, const std::string& bytes) const {
  Answer answer =
      ask("POST", "/api/v1/evidence", {{"Content-Type", "application/octet-stream"}, {"X-Threadline-Name", name}}, bytes);
  const std::size_t at = answer.body.find("\"id\":");
  if (answer.status != 202 || at == std::string::npos) return answer;
  const std::string id = std::to_string(std::atoi(answer.body.c_str() + at + 5));
  for (int tries = 0; tries < 400; ++tries) {
    const Answer now = get("/api/v1/evidence/" + id);
    if (now.status != 202) return now;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return answer;
}

std::string corpus_bytes(const std::string& name) {
  std::ifstream in(std::string(THREADLINE_SOURCE_DIR) + "/corpus/kit-de-survie/" + name, std::ios::binary);
  EXPECT_TRUE(in.is_open()) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void drop_article(const Served& served) {
  for (const std::string name : kArticle)
    ASSERT_EQ(served.drop(name.substr(name.find('/') + 1), corpus_bytes(name)).status, 200) << name;
}

int run(const std::string& command) { return std::system(command.c_str()); }

}  // namespace threadline
