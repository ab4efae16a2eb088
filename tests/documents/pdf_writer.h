// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

namespace threadline::documents {

/// A PDF as a test needs it: objects in the order in which they are added, from 1; a cross-reference table; a trailer.
/// Source: ISO 32000-1, sections 7.3 and 7.5.
class PdfWriter {
 public:
  /// Answers the object's number.
  std::size_t add(std::string object) {
    objects_.push_back(std::move(object));
    return objects_.size();
  }

  std::size_t add_stream(std::string_view content, std::string_view entries = {}) {
    return add(fmt::format("<< /Length {} {} >>\nstream\n{}\nendstream", content.size(), entries, content));
  }

  /// The file; `trailer` holds entries beside /Size and /Root (object 1).
  [[nodiscard]] std::string file(std::string_view trailer = {}) const {
    std::string out = "%PDF-1.4\n";
    std::string table = fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects_.size() + 1);
    for (std::size_t i = 0; i < objects_.size(); ++i) {
      table += fmt::format("{:010} 00000 n \n", out.size());
      out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects_[i]);
    }
    const std::size_t at = out.size();
    return out + table +
           fmt::format("trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{}\n%%EOF\n", objects_.size() + 1, trailer, at);
  }

 private:
  std::vector<std::string> objects_;
};

/// What a page's content stream says to show one line.
inline std::string shown(std::string_view line) { return fmt::format("BT /F1 12 Tf 72 720 Td ({}) Tj ET", line); }

/// Catalog, page tree and font are objects 1 to 3; each page has its dictionary, then its content (object 5 is that of page 1).
inline PdfWriter pdf_of_pages(const std::vector<std::string>& contents) {
  PdfWriter pdf;
  std::string kids;
  for (std::size_t i = 0; i < contents.size(); ++i) kids += fmt::format("{} 0 R ", 4 + 2 * i);
  pdf.add("<< /Type /Catalog /Pages 2 0 R >>");
  pdf.add(fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, contents.size()));
  pdf.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  for (std::size_t i = 0; i < contents.size(); ++i) {
    pdf.add(fmt::format(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
        5 + 2 * i));
    pdf.add_stream(contents[i]);
  }
  return pdf;
}

/// A PDF of one page with one line.
inline std::string small_pdf(std::string_view line) { return pdf_of_pages({shown(line)}).file(); }

}  // namespace threadline::documents
