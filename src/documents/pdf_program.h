// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <string>

#include "documents/program_run.h"

namespace threadline::documents {

/// Runs programs; threadline-pdf (src/documents/poppler), which reads one PDF after the other, is started once and kept.
/// Threads: one.
class ProgramRunner {
 public:
  ProgramRunner() = default;
  ProgramRunner(const ProgramRunner&) = delete;
  ProgramRunner& operator=(const ProgramRunner&) = delete;
  ~ProgramRunner() { end_pdf(); }

  [[nodiscard]] ProgramAnswer run(const ProgramRequest& request, const RunBounds& bounds);

 private:
  [[nodiscard]] ProgramAnswer read_pdf(const ProgramRequest& request, const RunBounds& bounds);
  [[nodiscard]] bool start_pdf(Enclosure enclosure);
  void end_pdf();
  [[nodiscard]] bool ask(const ProgramRequest& request, const RunBounds& bounds) const;
  [[nodiscard]] const char* wait_for_answer(const RunBounds& bounds) const;
  [[nodiscard]] ProgramAnswer answer(const RunBounds& bounds) const;

  pid_t process_ = -1;
  int socket_ = -1;
};

/// Where threadline-pdf is: beside this program, or where it is installed (../libexec/threadline). Empty: it is not there.
[[nodiscard]] const std::string& pdf_program();

}  // namespace threadline::documents
