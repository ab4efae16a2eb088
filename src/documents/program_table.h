// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "documents/programs.h"

namespace threadline::documents {

inline constexpr std::size_t kMostArguments = 14;

/// A way to run a program. `{page}` among the arguments stands for the page asked for. The input is standard input (a file, not
/// a pipe), the output standard output.
struct Command {
  Program program;
  const char* package;  ///< of Debian 12
  const char* needs;    ///< beside the program itself, a file that must be there, or nullptr
  std::array<const char*, kMostArguments> arguments;
};

/// The first way whose files are there, or nullptr.
[[nodiscard]] const Command* installed_command(Program program);

/// The way that would be taken if everything were installed. `program` may be any number (it comes over a pipe): nullptr where it
/// is none of the table.
[[nodiscard]] const Command* first_command(Program program);

/// "pdftotext" of "/usr/bin/pdftotext".
[[nodiscard]] std::string_view name_of(const Command& command);

}  // namespace threadline::documents
