// SPDX-License-Identifier: Apache-2.0
#include "documents/program_table.h"

#include <unistd.h>

#include <algorithm>

namespace threadline::documents {
namespace {

constexpr const char* kFrench = "/usr/share/tesseract-ocr/5/tessdata/fra.traineddata";

/// ZXingReader and not zbarimg: the latter brings ImageMagick and D-Bus (45 libraries against 7), three times as slow.
/// tesseract's mode 4 is one column of text of variable sizes: lines of a grid stay whole. It needs a resolution, which
/// pdftoppm's pictures have not: it guesses one, and loses boxes of a form (1 of 24 forms read, 16 with any from 100 to 300). 205
/// is that of an A4 page at 2400 pixels.
constexpr std::array kCommands{
    Command{Program::pdf_text,
            "poppler-utils",
            nullptr,
            {"/usr/bin/pdftotext", "-layout", "-enc", "UTF-8", "-f", "{page}", "-", "-"}},
    Command{Program::pdf_picture,
            "poppler-utils",
            nullptr,
            {"/usr/bin/pdftoppm", "-gray", "-scale-to", "2400", "-f", "{page}", "-l", "{page}", "-"}},
    Command{Program::pdf_file_list, "poppler-utils", nullptr, {"/usr/bin/pdfdetach", "-list", "fd://0"}},
    Command{
        Program::pdf_file, "poppler-utils", nullptr, {"/usr/bin/pdfdetach", "-save", "{page}", "-o", "/dev/stdout", "fd://0"}},
    Command{Program::picture_text,
            "tesseract-ocr tesseract-ocr-fra",
            kFrench,
            {"/usr/bin/tesseract", "stdin", "stdout", "-l", "fra+eng", "--psm", "4", "--dpi", "205", "-c",
             "preserve_interword_spaces=1"}},
    Command{Program::picture_text,
            "tesseract-ocr",
            nullptr,
            {"/usr/bin/tesseract", "stdin", "stdout", "-l", "eng", "--psm", "4", "--dpi", "205", "-c",
             "preserve_interword_spaces=1"}},
    Command{Program::picture_code, "zxing-cpp-tools", nullptr, {"/usr/bin/ZXingReader", "-format", "QRCode", "/dev/stdin"}},
};

bool is_installed(const Command& command) {
  return access(command.arguments.front(), X_OK) == 0 && (command.needs == nullptr || access(command.needs, R_OK) == 0);
}

}  // namespace

const Command* installed_command(Program program) {
  const auto* found = std::ranges::find_if(
      kCommands, [program](const Command& command) { return command.program == program && is_installed(command); });
  return found == kCommands.end() ? nullptr : found;
}

const Command* first_command(Program program) {
  const auto* found = std::ranges::find(kCommands, program, &Command::program);
  return found == kCommands.end() ? nullptr : found;
}

std::string_view name_of(const Command& command) {
  const std::string_view path = command.arguments.front();
  return path.substr(path.rfind('/') + 1);
}

}  // namespace threadline::documents
