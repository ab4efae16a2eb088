// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace threadline {

/// What came back, or status 0 where nothing did.
struct Answer {
  int status = 0;
  std::string head, body;  ///< the body with its chunks put together
  [[nodiscard]] std::string field(const std::string& name) const;
};

using Fields = std::map<std::string, std::string>;

/// `threadline serve` as a child process, spoken to over bare sockets so that requests can be as wrong as an attacker makes them.
class Served {
 public:
  explicit Served(const std::vector<std::string>& arguments = {});
  ~Served();
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  /// A request with the right Host and token; `fields` replace those (an empty value: without it).
  [[nodiscard]] Answer ask(const std::string& method, const std::string& path, const Fields& fields = {},
                           const std::string& body = {}) const;
  [[nodiscard]] Answer get(const std::string& path) const { return ask("GET", path); }
  [[nodiscard]] Answer post(const std::string& path, const std::string& json) const;
  /// Drops a file; answers once it is read (or after 20 s).
  Answer drop(const std::string& name, const std::string& bytes) const;
  /// Sends these bytes and hears the answer.
  [[nodiscard]] Answer exchange(const std::string& bytes) const;

  [[nodiscard]] int port() const { return port_; }
  [[nodiscard]] const std::string& token() const { return token_; }
  [[nodiscard]] const std::string& address() const { return address_; }
  [[nodiscard]] pid_t process() const { return process_; }
  /// Where the child keeps what is temporary.
  [[nodiscard]] const std::string& folder() const { return folder_; }
  /// Asks it to end and waits; answers its exit status.
  int end();

 private:
  pid_t process_ = -1;
  int port_ = 0;
  std::string address_, token_, folder_;
};

/// Bytes of a file below the source tree's corpus.
[[nodiscard]] std::string corpus_bytes(const std::string& name);
/// Bytes of any file; none where it is not there.
[[nodiscard]] std::string file_bytes(const std::string& path);

/// The article's four mails, below corpus_bytes.
inline constexpr const char* kArticle[] = {"thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml",
                                           "fraud/4-transfert.eml"};
/// Drops them, one after the other.
void drop_article(const Served& served);

/// Runs a shell's command; its status as system() has it.
int run(const std::string& command);

}  // namespace threadline
