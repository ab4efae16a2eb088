// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/archive_writer.h"

namespace threadline::documents {

using archive::File;

inline constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

inline std::string xml_of(std::string_view root, std::string_view inner) {
  return std::string(kXml) + "<" + std::string(root) +
         " xmlns:w=\"w\" xmlns:r=\"r\" xmlns:text=\"t\" xmlns:table=\"tb\" xmlns:office=\"o\">" + std::string(inner) + "</" +
         std::string(root) + ">";
}

/// A package of ECMA-376 part 2: the list of content types, then the parts.
inline std::string opc(std::vector<File> parts) {
  parts.insert(parts.begin(), {"[Content_Types].xml", xml_of("Types", "")});
  return archive::written(parts);
}

/// A Word document with that body.
inline std::string docx(std::string_view body, std::vector<File> more = {}) {
  more.insert(more.begin(), {"word/document.xml", xml_of("w:document", "<w:body>" + std::string(body) + "</w:body>")});
  return opc(std::move(more));
}

inline std::string run(std::string_view words) {
  return "<w:r><w:t xml:space=\"preserve\">" + std::string(words) + "</w:t></w:r>";
}
inline std::string paragraph(std::string_view runs) { return "<w:p>" + std::string(runs) + "</w:p>"; }

/// A workbook with one sheet, "RIB", of those rows.
inline std::string xlsx(std::string_view rows, std::vector<File> more = {}) {
  more.insert(more.begin(),
              {{"xl/workbook.xml", xml_of("workbook", "<sheets><sheet name=\"RIB\" sheetId=\"1\" r:id=\"rId1\"/></sheets>")},
               {"xl/_rels/workbook.xml.rels",
                xml_of("Relationships",
                       "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
                       "worksheet\" Target=\"worksheets/sheet1.xml\"/>")},
               {"xl/worksheets/sheet1.xml", xml_of("worksheet", "<sheetData>" + std::string(rows) + "</sheetData>")}});
  return opc(std::move(more));
}

/// An OpenDocument file ("text", "spreadsheet") with that inside of its body.
inline std::string odf(std::string_view kind, std::string_view body, std::vector<File> more = {}) {
  more.insert(
      more.begin(),
      {{"mimetype", "application/vnd.oasis.opendocument." + std::string(kind)},
       {"content.xml", xml_of("office:document-content", "<office:body><office:" + std::string(kind) + ">" + std::string(body) +
                                                             "</office:" + std::string(kind) + "></office:body>")}});
  if (more.back().name != "META-INF/manifest.xml") more.push_back({"META-INF/manifest.xml", xml_of("manifest", "")});
  return archive::written(more);
}

}  // namespace threadline::documents
