// SPDX-License-Identifier: Apache-2.0
#include "documents/picture.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "documents/program_table.h"
#include "heard_documents.h"
#include "patience.h"
#include "pdf_writer.h"

namespace threadline::documents {
namespace {

using namespace std::string_literals;

#define SKIP_WITHOUT(program) \
  if (installed_command(program) == nullptr) GTEST_SKIP() << "not installed: " << first_command(program)->package

constexpr const char* kCode = "BCD\n002\n1\nSCT\n\nFirm\nDE89370400440532013000\n";

/// Programs that see a code and words on every picture.
class Seeing final : public Programs {
 public:
  ProgramAnswer run(const ProgramRequest& request) override {
    ++runs;
    if (request.program == Program::picture_code) return {.output = codes, .lost = {}, .said = {}};
    return {.output = "IBAN\n", .lost = {}, .said = {}};
  }
  std::string codes = std::string(kCode) + "\f";
  int runs = 0;
};

std::string png(std::uint32_t width, std::uint32_t height) {
  std::string bytes = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR"s;
  for (const std::uint32_t side : {width, height})
    bytes +=
        {static_cast<char>(side >> 24U), static_cast<char>(side >> 16U), static_cast<char>(side >> 8U), static_cast<char>(side)};
  return bytes + "\x08\0\0\0\0"s;
}

TEST(Picture, ItsSizeStandsInItsHeader) {
  const auto size = [](const std::string& bytes) {
    const auto found = picture_size(bytes);
    return found ? std::to_string(found->width) + "x" + std::to_string(found->height) : "none";
  };
  EXPECT_EQ(size(png(300, 200)), "300x200");
  EXPECT_EQ(size("GIF89a\x2C\x01\xC8\x00"s), "300x200");
  EXPECT_EQ(size("\xFF\xD8\xFF\xE0\0\x04zz\xFF\xC0\0\x11\x08\0\xC8\x01\x2C\x03"s), "300x200");
  EXPECT_EQ(size("BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\x2C\x01\0\0\xC8\0\0\0"s), "300x200");
  EXPECT_EQ(size("RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x2B\x01\0\xC7\0\0"s), "300x200");
  EXPECT_EQ(size("\x89PNG\r\n"), "none");
  EXPECT_EQ(size("II*\0"s), "none");
}

TEST(Picture, ALogoIsPassedOverInSilenceAndAScanIsNot) {
  EXPECT_EQ(read_file(png(600, 63)), "");
  EXPECT_EQ(read_file(png(119, 119)), "");
  EXPECT_EQ(read_file(png(600, 64)), "file picture picture_not_read\n");
}

TEST(Picture, ACodeForPaymentNamesAPayeeAndAnotherCodeIsText) {
  Seeing programs;
  EXPECT_EQ(read_file(png(400, 400), {.programs = &programs}), "file picture DE89370400440532013000@ picture_not_read\n");
  programs.codes = "FR7630006000011234567890189\f";
  EXPECT_EQ(read_file(png(400, 400), {.programs = &programs}),
            "file picture{qr =FR7630006000011234567890189} picture_not_read\n");
}

TEST(Picture, WordsAreReadOnRequest) {
  Seeing programs;
  programs.codes.clear();
  EXPECT_EQ(read_file(png(400, 400), {.ocr = true, .programs = &programs}), "file picture{picture =IBAN\n}\n");
  EXPECT_EQ(read_file(png(400, 400), {.ocr = true}), "file picture program_missing\n");
}

TEST(Picture, OneThatNoProgramOpensIsARemark) {
  SKIP_WITHOUT(Program::picture_code);
  const auto programs = programs_here(patient());
  EXPECT_EQ(read_file(png(400, 400), {.programs = programs.get()}), "file picture picture_not_read picture_not_read\n");
}

TEST(Picture, LettersAndContainersThatBeginLikeAPictureAreNone) {
  EXPECT_EQ(read_file("BMW invoice\n"), "file text{=BMW invoice\n}\n");
  EXPECT_EQ(read_file("RIFF of guitars\n"), "file text{=RIFF of guitars\n}\n");
}

TEST(PictureLimits, pictures) {
  std::vector<Document> documents;
  const Limits limits{.pictures = 1};
  Seeing programs;
  programs.codes.clear();
  Reading reading{.limits = limits, .programs = &programs, .documents = documents};
  for (const char* name : {"a", "b", "c"}) read_document({"2", name, png(400, 400)}, reading);
  EXPECT_EQ(listed(documents), "a picture picture_not_read\nb picture limit pictures: this one and further ones are not read\n");
  EXPECT_EQ(programs.runs, 1);
}

std::string with_ocr(const std::string& bytes) {
  const auto programs = programs_here(patient());
  return read_file(bytes, {.ocr = true, .programs = programs.get()});
}

TEST(Picture, AnAccountOnAPictureIsRead) {
  SKIP_WITHOUT(Program::pdf_picture);
  SKIP_WITHOUT(Program::picture_text);
  const std::string large = "BT /F1 24 Tf 40 720 Td (IBAN FR76 3000 6000 0112 3456 7890 189) Tj ET";
  const auto grey = programs_here(patient())->run({Program::pdf_picture, 1, pdf_of_pages({large}).file()});
  // As an uncompressed BMP of 24 bits (BITMAPINFOHEADER), rows from the bottom.
  std::uint32_t width = 0, height = 0;
  ASSERT_EQ(std::sscanf(grey.output.c_str(), "P5\n%u %u\n255\n", &width, &height), 2) << grey.said;
  const std::string pixels = grey.output.substr(grey.output.size() - std::size_t{width} * height);
  const auto number = [](std::uint32_t value) {
    return std::string{static_cast<char>(value), static_cast<char>(value >> 8U), static_cast<char>(value >> 16U),
                       static_cast<char>(value >> 24U)};
  };
  const std::uint32_t row_bytes = (width * 3 + 3) / 4 * 4;
  std::string bmp = "BM" + number(54 + row_bytes * height) + number(0) + number(54) + number(40) + number(width) +
                    number(height) + "\x01\0\x18\0"s + number(0) + number(row_bytes * height) + number(2'835) + number(2'835) +
                    number(0) + number(0);
  for (std::uint32_t row = height; row-- > 0;) {
    for (std::uint32_t x = 0; x < width; ++x) bmp.append(3, pixels[std::size_t{row} * width + x]);
    bmp.append(row_bytes - width * 3, '\0');
  }
  EXPECT_NE(with_ocr(bmp).find("FR76 3000 6000 0112 3456 7890 189"), std::string::npos) << with_ocr(bmp);
}

/// A picture of a QR code, made by ZXingWriter; empty where it is not installed.
std::string code_picture() {
  if (access("/usr/bin/ZXingWriter", X_OK) != 0) return {};
  const std::string path = testing::TempDir() + "threadline_code_" + std::to_string(getpid()) + ".png";
  const std::string command =
      "/usr/bin/ZXingWriter -size 400x400 QRCode '" + std::string(kCode) + "' " + path + " >/dev/null 2>&1";
  if (std::system(command.c_str()) != 0) return {};
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  std::filesystem::remove(path);
  return bytes;
}

TEST(Picture, ACodeIsReadFromAPicture) {
  SKIP_WITHOUT(Program::picture_code);
  const std::string picture = code_picture();
  if (picture.empty()) GTEST_SKIP() << "not installed: zxing-cpp-tools";
  const auto programs = programs_here(patient());
  EXPECT_EQ(read_file(picture, {.programs = programs.get()}), "file picture DE89370400440532013000@ picture_not_read\n");
}

}  // namespace
}  // namespace threadline::documents
