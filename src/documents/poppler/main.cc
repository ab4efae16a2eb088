// SPDX-License-Identifier: Apache-2.0
// threadline-pdf: reads PDFs for threadline, each in a confined process of its own. It is a program of its own so that the
// libraries that read hostile bytes are not in threadline's memory, and because poppler's licence (GPL) is not threadline's.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <stdexcept>
#include <string>
#include <utility>

#include "base/confined_child.h"
#include "base/pipe.h"
#include "documents/pdf_exchange.h"
#include "documents/poppler/pdf_content.h"

namespace threadline::documents::poppler {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kText = 't', kTextEnd = 'e', kPiece = 'p';  ///< the first byte of a frame

/// Ends this process after that time: what it has sent until then is used.
void end_after(std::uint32_t ms) {
  constexpr std::uint32_t kSecond = 1'000;
  itimerval timer{};
  timer.it_value.tv_sec = ms / kSecond;
  timer.it_value.tv_usec = static_cast<suseconds_t>(ms % kSecond) * 1'000;
  setitimer(ITIMER_REAL, &timer, nullptr);
}

/// Poppler tells a text in pieces of a letter; it is sent page by page.
void read(std::string_view bytes, std::uint32_t code_pages, const SendFrame& send) {
  constexpr std::size_t kLong = 1U << 16U;
  std::string text{kText};
  const auto send_text = [&] { return text.size() == 1 || send(std::exchange(text, std::string{kText})); };
  const Heard heard{
      .text = [&](std::string_view piece) { return text += piece, (text.back() != '\f' && text.size() < kLong) || send_text(); },
      .text_ends =
          [&] {
            return send_text() && send({&kTextEnd, 1});
          },
      .piece =
          [&send](PdfPiece kind, std::uint32_t page, std::string_view said) {
            return send(fmt::format("{}{}:{}:{}:{}", kPiece, static_cast<std::uint32_t>(kind), page, said.size(), said));
          },
  };
  if (!read_content(bytes, code_pages, heard)) throw std::runtime_error("not read");
}

/// What one reading says, gathered under its bounds.
class Gathered {
 public:
  explicit Gathered(const PdfQuestion& question) : question_(question) {}

  bool add(std::string_view frame) {
    const char kind = frame.empty() ? kTextEnd : frame.front();
    if (kind == kTextEnd) {
      output_ += '\0';
    } else {
      const auto from = output_.size();
      output_ += frame.substr(1);
      if (kind == kText) std::replace(output_.begin() + static_cast<std::ptrdiff_t>(from), output_.end(), '\0', ' ');
    }
    return !is_late() && !is_long();
  }

  [[nodiscard]] bool is_late() const { return Clock::now() >= deadline_; }
  [[nodiscard]] bool is_long() const { return output_.size() > question_.output_bytes; }
  std::string take() {
    output_.resize(std::min<std::size_t>(output_.size(), question_.output_bytes));
    return std::move(output_);
  }

 private:
  const PdfQuestion& question_;
  Clock::time_point deadline_ = Clock::now() + std::chrono::milliseconds(question_.ms);
  std::string output_;
};

/// `why` as run_confined says it. A reading that comes to its end in the last moment is whole.
PdfEnd end_of(std::string_view why, bool was_stopped, const Gathered& gathered) {
  if (gathered.is_long()) return PdfEnd::too_long;
  if (why.empty() && !was_stopped) return PdfEnd::whole;
  if (gathered.is_late() || why == "worker_timeout") return PdfEnd::out_of_time;
  return why == "worker_memory" ? PdfEnd::out_of_memory : PdfEnd::failed;
}

bool answer_one(int socket) {
  PdfQuestion question;
  if (!read_head(socket, question)) return false;
  if (question.form != PdfQuestion::kForm) return false;
  std::string bytes(question.pdf_bytes, '\0');
  if (!read_exactly(socket, bytes.data(), bytes.size())) return false;
  Gathered gathered(question);
  const ChildBounds bounds{
      .memory_bytes = question.memory_bytes, .silence_ms = question.ms, .frame_bytes = question.output_bytes + 1};
  bool was_stopped = false;
  const auto why = run_confined(
      bounds, -1,
      [&](const SendFrame& send) {
        end_after(question.ms);
        read(bytes, question.code_pages, send);
      },
      [&](std::string_view frame) {
        was_stopped = !gathered.add(frame);
        return !was_stopped;
      });
  PdfAnswer answer{.end = end_of(why, was_stopped, gathered)};
  const std::string output = gathered.take();
  answer.output_bytes = output.size();
  return write_exactly(socket, bytes_of(answer)) && write_exactly(socket, output);
}

}  // namespace
}  // namespace threadline::documents::poppler

/// Answers what comes over standard input, a socket, until its other end is closed.
int main() {
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM}) std::signal(signal, SIG_IGN);
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (nowhere >= 0) dup2(nowhere, STDERR_FILENO);  // what font libraries print is for nobody
  threadline::documents::poppler::start_poppler();
  while (threadline::documents::poppler::answer_one(STDIN_FILENO)) {
  }
  return 0;
}
