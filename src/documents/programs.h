// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace threadline::documents {

/// The programs that documents are read with. Whoever asks names one of them and never a command line, so that a worker that
/// an attacker has taken over can start nothing else.
enum class Program {
  pdf_text,      ///< bytes of a PDF -> UTF-8 text as laid out, pages parted by \f (pdftotext)
  pdf_picture,   ///< bytes of a PDF, a page -> a grey picture (pdftoppm)
  picture_text,  ///< a picture -> UTF-8 text (tesseract, French and English, a page mode that keeps grids)
  picture_code,  ///< a picture -> what its QR codes hold
};

struct ProgramRequest {
  Program program = Program::pdf_text;
  std::uint32_t page = 0;  ///< of pdf_picture, from 1
  std::string_view input = {};
};

struct ProgramAnswer {
  std::string output = {};  ///< what it printed until it ended or was ended
  std::string lost = {};    ///< empty, or why the output is not whole: "program_missing", "program_failed", "worker_timeout",
                            ///< "worker_memory", "limit"
};

/// Runs programs under bounds, one at a time.
class Programs {
 public:
  Programs() = default;
  Programs(const Programs&) = delete;
  Programs& operator=(const Programs&) = delete;
  virtual ~Programs() = default;
  [[nodiscard]] virtual ProgramAnswer run(const ProgramRequest& request) = 0;
};

}  // namespace threadline::documents
