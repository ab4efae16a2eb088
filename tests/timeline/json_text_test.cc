// SPDX-License-Identifier: Apache-2.0
#include "timeline/json_text.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "timeline/json.h"
#include "timeline/row_json.h"

namespace threadline::timeline {
namespace {

std::string text_of(const auto& value) {
  std::string text;
  append_json(text, value);
  return text;
}

TEST(JsonText, EveryByteIsWrittenAsTheLibraryWritesIt) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string alone(1, static_cast<char>(byte));
    for (const std::string& text : {alone, "a" + alone, alone + "b", "\u00e9" + alone + "\u20ac"})
      EXPECT_EQ(text_of(text), dumped(Json(text))) << byte;
  }
}

TEST(JsonText, IllegalUtf8IsReplacedAsTheLibraryReplacesIt) {
  for (const std::string text :
       {"\xc3", "a\xe2\x82", "\xed\xa0\x80", "\xf0\x9f\x98z", "\xc0\xaf", "\xff\"\n", "\xf4\x90\x80\x80"})
    EXPECT_EQ(text_of(text), dumped(Json(text)));
}

TEST(JsonText, NumbersAreWrittenAsTheLibraryWritesThem) {
  for (const double number : {0.0, 1.0, 0.1, 0.85, 1e-7, 12345678.9, std::numeric_limits<double>::infinity()})
    EXPECT_EQ(text_of(number), dumped(Json(number)));
  EXPECT_EQ(text_of(Value(std::int64_t{-7})), "-7");
  EXPECT_EQ(text_of(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
}

TEST(JsonText, AValueIsWrittenAsItsTree) {
  const Value value{Value::Object{{"a", Value::List{1, "x\"", Value{}, true, 0.5}},
                                  {"b", Value::Object{}},
                                  {"c", Value::List{}},
                                  {"e\n", Value::Object{{"d", false}}}}};
  EXPECT_EQ(text_of(value), R"({"a":[1,"x\"",null,true,0.5],"b":{},"c":[],"e\n":{"d":false}})");
  EXPECT_EQ(text_of(value), dumped(to_json(value)));
}

TEST(JsonText, AFindingsEvidenceEndsWithItsReasons) {
  findings::Finding finding;
  EXPECT_EQ(evidence_text(finding), R"({"because":[]})");
  finding.evidence.set("domain", "f1rm.example");
  finding.because.push_back({"From: x", {"header", 3, 7}});
  EXPECT_EQ(evidence_text(finding),
            R"({"domain":"f1rm.example","because":[{"text":"From: x","span":{"part":"header","offset":3,"length":7}}]})");
}

TEST(JsonText, ARowWithEverythingHasTheMembersOfTheSchemaInItsOrder) {
  Row row;
  row.id = "i";
  row.row = 2;
  row.kind = "finding";
  EXPECT_EQ(row_text(row), R"({"id":"i","row":2,"kind":"finding","time":null,"known_at":null,"time_basis":"none","source":"",)"
                           R"("message_id":null,"actor":"","action":"","comment":""})");
  row.about = "a";
  row.time = "t";
  row.known_at = "k";
  row.zone = "z", row.zone_basis = "zb", row.time_text = "tt";
  row.sources = {"s", "t"};
  row.source_label = "sl";
  row.sha256 = "h";
  row.message_id = "<m>";
  row.code = "c", row.severity = "high";
  row.confidence = 0.9;
  row.evidence_json = R"({"x":1})";
  row.attack = {"T1566"};
  EXPECT_EQ(row_text(row),
            R"({"id":"i","row":2,"kind":"finding","about":"a","time":"t","known_at":"k","time_basis":"none","zone":"z",)"
            R"("zone_basis":"zb","time_text":"tt","source":"","sources":["s","t"],"source_label":"sl","sha256":"h",)"
            R"("message_id":"<m>","actor":"","action":"","comment":"","code":"c","severity":"high","confidence":0.9,)"
            R"("evidence":{"x":1},"attack":["T1566"]})");
  EXPECT_EQ(dumped(row_json(row)), row_text(row));
}

}  // namespace
}  // namespace threadline::timeline
