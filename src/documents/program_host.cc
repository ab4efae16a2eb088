// SPDX-License-Identifier: Apache-2.0
#include "documents/program_host.h"

#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <string>
#include <string_view>

#include "base/pipe.h"
#include "documents/counted_programs.h"
#include "documents/pdf_program.h"

namespace threadline::documents {
namespace {

/// Before the bytes of a request; host byte order (both ends are one program).
struct RequestHead {
  std::uint32_t program = 0, page = 0, ms = 0, reserved = 0;
  std::uint64_t input_bytes = 0;
};

/// Before the three texts of an answer.
struct AnswerHead {
  std::uint64_t output_bytes = 0, lost_bytes = 0, said_bytes = 0;
};

constexpr std::uint64_t kMostWords = 4'096;  ///< of why an answer is not whole, and of standard error

std::optional<std::string> read_bytes(int socket, std::uint64_t count, std::uint64_t most) {
  if (count > most) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(count), '\0');
  if (!read_exactly(socket, bytes.data(), bytes.size())) return std::nullopt;
  return bytes;
}

/// A picture that one program made may be another one's input.
std::uint64_t most_input_bytes(const Limits& limits) { return std::max(limits.document_bytes, limits.program_output_bytes); }

bool write_answer(int socket, const ProgramAnswer& answer) {
  const AnswerHead head{answer.output.size(), answer.lost.size(), answer.said.size()};
  return write_exactly(socket, bytes_of(head)) && write_exactly(socket, answer.output) && write_exactly(socket, answer.lost) &&
         write_exactly(socket, answer.said);
}

bool answer_one(int socket, const Limits& limits, ProgramRunner& runner) {
  RequestHead head;
  if (!read_head(socket, head)) return false;
  const auto input = read_bytes(socket, head.input_bytes, most_input_bytes(limits));
  if (!input) return false;
  RunBounds bounds = bounds_of(limits, std::min(head.ms, limits.program_ms));
  bounds.enclosure = best_enclosure();
  bounds.peer = socket;
  return write_answer(socket, runner.run({static_cast<Program>(head.program), head.page, *input}, bounds));
}

class HostedPrograms final : public CountedPrograms {
 public:
  HostedPrograms(int socket, const Limits& limits) : CountedPrograms(limits), socket_(socket) {}
  ~HostedPrograms() override { close(socket_); }
  HostedPrograms(const HostedPrograms&) = delete;
  HostedPrograms& operator=(const HostedPrograms&) = delete;

 private:
  ProgramAnswer run_for(const ProgramRequest& request, std::uint32_t ms) override {
    const RequestHead head{static_cast<std::uint32_t>(request.program), request.page, ms, 0, request.input.size()};
    const bool is_long = request.input.size() > most_input_bytes(limits());
    if (is_long || !write_exactly(socket_, bytes_of(head)) || !write_exactly(socket_, request.input)) return gone();
    return read_answer().value_or(gone());
  }

  [[nodiscard]] std::optional<ProgramAnswer> read_answer() const {
    AnswerHead head;
    if (!read_head(socket_, head)) return std::nullopt;
    auto output = read_bytes(socket_, head.output_bytes, limits().program_output_bytes);
    auto lost = output ? read_bytes(socket_, head.lost_bytes, kMostWords) : std::nullopt;
    auto said = lost ? read_bytes(socket_, head.said_bytes, kMostWords) : std::nullopt;
    if (!said) return std::nullopt;
    return ProgramAnswer{.output = *std::move(output), .lost = *std::move(lost), .said = *std::move(said)};
  }

  static ProgramAnswer gone() {
    return {.output = {}, .lost = "program_failed", .said = "the process that starts programs is gone"};
  }

  int socket_;
};

}  // namespace

void host_programs(int socket, const Limits& limits) {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGINT, SIG_IGN);  // Ctrl-C reaches the whole group; this process ends with the one it works for
  ProgramRunner runner;
  while (answer_one(socket, limits, runner)) {
  }
}

std::unique_ptr<Programs> hosted_programs(int socket, const Limits& limits) {
  return std::make_unique<HostedPrograms>(socket, limits);
}

}  // namespace threadline::documents
