// SPDX-License-Identifier: Apache-2.0
// De-encapsulated RTF beside the plain text that the same message keeps (PidTagBody), over the shared .msg files.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "message/lzfu.h"
#include "message/mapi.h"
#include "message/msg.h"
#include "message/rtf.h"
#include "text/charset.h"
#include "text/code_page.h"
#include "text/html.h"

namespace threadline::message {
namespace {

namespace fs = std::filesystem;

/// What a writer's trial version puts into the plain text alone: such bodies do not agree.
constexpr std::string_view kTrial = "This is an evaluation copy of";
constexpr std::uint16_t kBody = 0x1000, kRtfCompressed = 0x1009, kMessageCodepage = 0x3FFD;

std::uint32_t number(const MapiProperty* property) {
  std::uint32_t value = 0;
  if (property == nullptr || property->value.size() != 4) return 0;
  for (std::size_t i = 4; i-- > 0;) value = (value << 8U) | static_cast<unsigned char>(property->value[i]);
  return value;
}

std::string body_of(const MapiObject& object) {
  const MapiProperty* body = object.properties.find(kBody);
  if (body == nullptr) return {};
  const bool is_wide = body->type == static_cast<std::uint16_t>(MapiType::unicode);
  const std::uint32_t page = is_wide ? 1200 : number(object.properties.find(kMessageCodepage));
  return text::decode(body->value, text::charset_of_code_page(page == 0 ? 1252 : page)).text;
}

/// Without white space, of any kind, and byte order marks.
std::string packed(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const text::CodePoint point = text::code_point_at(text, at);
    const bool is_space = point.value <= 0x20 || point.value == 0xA0 || (point.value >= 0x2000 && point.value <= 0x200B) ||
                          point.value == 0x3000 || point.value == 0xFEFF;
    if (!is_space) out += text.substr(at, point.length);
    at += point.length;
  }
  return out;
}

/// Packed, and without what writers of plain text add to HTML: "<http://...>" behind a link, "____" for <hr>, "*" for <li>.
std::string without_rendering(std::string_view text) {
  std::string out;
  const std::string from = packed(text);
  for (std::size_t at = 0; at < from.size(); ++at) {
    const std::size_t end = from[at] == '<' ? from.find_first_of("<>", at + 1) : std::string::npos;
    const std::string_view inside = std::string_view(from).substr(at + 1, end == std::string::npos ? 0 : end - at - 1);
    const bool is_link = end != std::string::npos && from[end] == '>' && inside.find(':') != std::string_view::npos;
    if (is_link)
      at = end;
    else if (from[at] != '_' && from[at] != '*' && !std::string_view(from).substr(at).starts_with("\u00b7"))
      out += from[at];
    else if (from[at] != '_' && from[at] != '*')
      ++at;
  }
  return out;
}

struct Rendered {
  RtfForm form;
  std::string text;
};

/// What a person reads in the body: the title of HTML is not part of it.
Rendered rendered(RtfContent rtf) {
  if (rtf.form != RtfForm::from_html) return {rtf.form, rtf.content};
  std::string folded = rtf.content;
  std::ranges::transform(folded, folded.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const std::size_t begin = folded.find("<title"), end = folded.find("</title>");
  if (begin < end && end != std::string::npos) rtf.content.erase(begin, end - begin);
  return {rtf.form, text::read_html(rtf.content, Limits{}).text};
}

struct Tally {
  int equal = 0, rendering = 0, differ = 0;
};

class Comparison {
 public:
  void add(const std::string& name, const MapiObject& object) {
    compare(name, object);
    for (const auto& attachment : object.attachments)
      if (attachment.embedded) add(name + " (embedded)", *attachment.embedded);
  }
  void report() const {
    const char* names[] = {"from_html", "from_text", "native"};
    for (const auto& [form, tally] : tallies)
      std::cout << names[static_cast<int>(form)] << ": equal " << tally.equal << ", equal but for the writer's rendering of HTML "
                << tally.rendering << ", different " << tally.differ << "\n";
    std::cout << misses;
  }
  std::map<RtfForm, Tally> tallies;
  std::string misses;

 private:
  void compare(const std::string& name, const MapiObject& object) {
    const MapiProperty* compressed = object.properties.find(kRtfCompressed);
    const std::string body = body_of(object);
    if (compressed == nullptr || packed(body).empty() || body.find(kTrial) != std::string::npos) return;
    const Rtf rtf = read_compressed_rtf(compressed->value, Limits{});
    if (rtf.bytes.empty()) return;
    const Rendered mine = rendered(read_rtf(rtf.bytes, Limits{}));
    Tally& tally = tallies[mine.form];
    if (packed(mine.text) == packed(body)) {
      ++tally.equal;
    } else if (without_rendering(mine.text) == without_rendering(body)) {
      ++tally.rendering;
    } else {
      ++tally.differ;
      miss(name, without_rendering(mine.text), without_rendering(body));
    }
  }
  void miss(const std::string& name, const std::string& mine, const std::string& theirs) {
    const auto [a, b] = std::ranges::mismatch(mine, theirs);
    const auto at = static_cast<std::size_t>(a - mine.begin());
    misses += "  " + name + " at " + std::to_string(at) + ": {" + text::valid_utf8(mine.substr(at, 40)) + "} PidTagBody {" +
              text::valid_utf8(theirs.substr(at, 40)) + "}\n";
  }
};

TEST(RtfCorpus, DeEncapsulatedRtfIsTheTextThatTheMessageKeepsBesideIt) {
  const fs::path folder = fs::path(THREADLINE_SHARED_DIR) / "corpus" / "msg" / "msg";
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::ranges::sort(files);
  Comparison comparison;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (is_compound_file(bytes)) comparison.add(file.filename().string(), read_msg(bytes, Limits{}));
  }
  comparison.report();
  EXPECT_EQ(comparison.tallies[RtfForm::from_text].differ, 0);
  EXPECT_EQ(comparison.tallies[RtfForm::native].differ, 0);
  const Tally& html = comparison.tallies[RtfForm::from_html];
  EXPECT_GE((html.equal + html.rendering) * 100, (html.equal + html.rendering + html.differ) * 85);
}

}  // namespace
}  // namespace threadline::message
