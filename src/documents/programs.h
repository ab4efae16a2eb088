// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::documents {

/// The programs that documents are read with. Whoever asks names one of them and never a command line, so that a worker that
/// an attacker has taken over can start nothing else.
enum class Program : std::uint32_t {
  pdf_text,       ///< bytes of a PDF, the first page (0: all) -> UTF-8 text as laid out, pages ended by \f (pdftotext)
  pdf_picture,    ///< bytes of a PDF, a page -> a grey picture (PGM) of 2,400 pixels on the long side (pdftoppm)
  pdf_file_list,  ///< bytes of a PDF -> its embedded files, a line each: "1: factur-x.xml" (pdfdetach)
  pdf_file,       ///< bytes of a PDF, a number of that list as page -> the embedded file's bytes (pdfdetach)
  picture_text,   ///< a picture -> UTF-8 text, French and English, in a page mode that keeps grids (tesseract)
  picture_code,   ///< a picture -> what its QR codes hold, each code's bytes ended by \f (ZXingReader)
  pdf_content,    ///< bytes of a PDF, a number of pages -> its text as pdf_text, a NUL, and the QR codes on that many first and
                  ///< last pages, with what else is told of its pages: "kind:page:length:bytes" each (threadline-pdf)
};

struct ProgramRequest {
  Program program = Program::pdf_text;
  std::uint32_t page = 0;  ///< from 1, where the program takes one
  std::string_view input = {};
};

struct ProgramAnswer {
  std::string output = {};  ///< what it printed until it ended or was ended
  std::string lost = {};  ///< empty, or why the output is not whole: the codes "program_missing", "program_failed", or the limit
                          ///< that ended it: "program_ms", "programs_ms", "program_bytes", "program_output_bytes"
  std::string said = {};  ///< the beginning of what it wrote to standard error: words of the file or the program
};

class KeptDocuments;

/// Runs programs under bounds, one at a time.
/// Limits: program_ms, programs_ms, program_bytes, program_output_bytes.
class Programs {
 public:
  Programs() = default;
  Programs(const Programs&) = delete;
  Programs& operator=(const Programs&) = delete;
  virtual ~Programs() = default;
  [[nodiscard]] virtual ProgramAnswer run(const ProgramRequest& request) = 0;
  /// From here on programs_ms counts anew.
  virtual void start_message() {}
  /// From here on so much of programs_ms is left for what is read later.
  virtual void keep_back(std::uint64_t /*ms*/) {}
  /// From here on one reading of a PDF takes no more than that part of what is left: all, a half, a third ...
  virtual void take_part(std::uint32_t /*of*/) {}
  /// What was read with them before, or nullptr.
  [[nodiscard]] virtual KeptDocuments* kept() { return nullptr; }
};

/// Programs that this process starts.
[[nodiscard]] std::unique_ptr<Programs> programs_here(const Limits& limits);

/// The note that a reader leaves where an answer is not whole: a limit by its name, what is not installed with the Debian package
/// that has it. Nothing where the answer is whole.
[[nodiscard]] std::optional<Note> note_of(Program program, const ProgramAnswer& answer, std::string_view part);

}  // namespace threadline::documents
