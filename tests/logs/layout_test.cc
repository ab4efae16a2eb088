// SPDX-License-Identifier: Apache-2.0
// What is a log, how it is cut into records, and what damage costs.
#include "logs/layout.h"

#include <gtest/gtest.h>

#include "told_log.h"

namespace threadline::logs {
namespace {

std::string record(int number) {
  return R"({"CreationTime":"2018-04-05T08:37:00","Id":")" + std::to_string(number) +
         R"(","Operation":"Send","UserId":"p@firm.example","ObjectId":"[{\"]}"})";
}

std::string utf16(const std::string& text, bool mark) {
  std::string bytes = mark ? "\xFF\xFE" : "";
  for (const char c : text) {
    bytes += c;
    bytes += '\0';
  }
  return bytes;
}

TEST(Layout, JsonLinesListsWrappedAndPrettyPrintedAreOneLog) {
  const std::string one = record(1);
  const std::string two = record(2);
  for (const std::string& log :
       {one + "\n" + two + "\n", one + "\r\n" + two, "[" + one + "," + two + "]", "[\n  " + one + ",\n  " + two + "\n]\n",
        "{\"@odata.context\":\"x\",\"value\":[" + one + "," + two + "]}", "\xEF\xBB\xBF[" + one + "," + two + "]",
        "{\n\"CreationTime\":\"2018-04-05T08:37:00\",\n\"Operation\":\"Send\"\n}\n" + two}) {
    const ToldLog told = tell_log(log);
    EXPECT_EQ(told.events.size(), 2U) << log;
    EXPECT_EQ(told.undecodable, 0U) << log;
  }
}

TEST(Layout, ListsThatWerePutTogetherLoseNothing) {
  const ToldLog told = tell_log("[" + record(1) + "," + record(2) + "]\n[" + record(3) + ",\n" + record(4) + "]\n[]\n");
  EXPECT_EQ(told.events.size(), 4U);
  EXPECT_EQ(told.undecodable, 0U);
}

TEST(Layout, LinesAreCountedFromTheFilesBeginning) {
  EXPECT_EQ(tell_log("[\n" + record(1) + ",\n" + record(2) + "]").events.at(1).line, 3U);
  EXPECT_EQ(tell_log("Identity,User,AccessRights,IsInherited\na,b,c,False\nd,e,f,False\n").events.at(1).line, 3U);
}

TEST(Layout, Utf16IsReadWithAndWithoutAMark) {
  const std::string log = record(1) + "\n" + record(2) + "\n";
  EXPECT_EQ(tell_log(utf16(log, true)).events.size(), 2U);
  EXPECT_EQ(tell_log(utf16(log, false)).events.size(), 2U);
  const std::string csv = "Identity;User;AccessRights;IsInherited\na;b;c;False\n";
  EXPECT_EQ(tell_log(utf16(csv, true)).events.size(), 1U);
}

TEST(Layout, ALogThatIsCutShortKeepsWhatIsWhole) {
  const std::string log = "[" + record(1) + ",\n" + record(2);
  const ToldLog told = tell_log(log.substr(0, log.size() - 20));
  EXPECT_EQ(told.events.size(), 1U);
  EXPECT_EQ(told.undecodable, 1U);
  const std::string csv =
      "CreationDate,Operations,UserIds,AuditData\nx,Send,p,\"{\"\"CreationTime\"\":\"\"2018-04-05T08:37:00\"\",\"\"Operation\"\":"
      "\"\"Send\"\"}\"\nx,Send,p,\"{\"\"Crea";
  const ToldLog cut = tell_log(csv);
  EXPECT_EQ(cut.events.size(), 1U);
  EXPECT_EQ(cut.undecodable, 1U);
}

TEST(Layout, ALogThatIsCutAtItsBeginningKeepsWhatIsWhole) {
  const std::string log = record(1) + "\n" + record(2) + "\n" + record(3) + "\n";
  for (const std::size_t cut : {5U, 30U, 60U}) {
    const ToldLog told = tell_log(log.substr(cut));
    EXPECT_EQ(told.events.size(), 2U) << cut;
    EXPECT_EQ(told.undecodable, 1U) << cut;
  }
  EXPECT_EQ(tell_log("{\"value\":[\n" + record(1) + "\n]}\n").events.size(), 1U) << "a wrapped list is none that is cut";
  EXPECT_FALSE(layout_of("a sentence\n" + std::string("{\"a\":1}\n"), {}));
}

const std::string kDelivery =
    "2024-03-08T10:05:13+01:00 mx1 postfix/local[5]: 4A1B2C3D4E: to=<l@firm.example>, relay=local, status=sent (ok)\n";

TEST(Layout, NulBytesThatACrashOrATruncationLeftHideNoRecord) {
  const std::string nuls(3'000, '\0');
  for (const std::string& log : {nuls + kDelivery + kDelivery, kDelivery + nuls + kDelivery, kDelivery + nuls + "\n" + kDelivery})
    EXPECT_EQ(tell_log(log).events.size(), 2U);
  EXPECT_EQ(tell_log(record(1) + "\n" + nuls + "\n" + record(2) + "\n").events.size(), 2U);
  const std::string csv = "Identity,User,AccessRights,IsInherited\n" + nuls + "\na,b,c,False\nd,e,f,False\n";
  EXPECT_EQ(tell_log(csv).events.size(), 2U);
  EXPECT_FALSE(layout_of(std::string("\x01\0\x02\0", 4) + kDelivery, {})) << "a program's file that holds a line of a log";
}

TEST(Layout, AServersLogInWhichMailComesLateIsAMailLog) {
  std::string others;
  for (int i = 0; i < 300; ++i)
    others += "2024-03-08T09:00:00+01:00 mx1 systemd[1]: Started Session " + std::to_string(i) + ".\n";
  const ToldLog told = tell_log(others + kDelivery);
  EXPECT_EQ(told.events.size(), 301U);
  EXPECT_FALSE(layout_of(others, {})) << "without a line of a mail server";
}

TEST(Layout, AnOpenQuoteCostsItsLineAndNotTheRest) {
  const std::string csv = "Identity,User,AccessRights,IsInherited\n\"a,b,c,False\nd,e,f,False\ng,h,i,False\n";
  const ToldLog told = tell_log(csv);
  EXPECT_EQ(told.undecodable, 1U);
  EXPECT_EQ(told.events.size(), 2U);
}

TEST(Layout, MailsDocumentsAndOtherTablesAreNoLogs) {
  for (const char* text : {"From: a@b.example\nTo: c@d.example\nSubject: x\n\nhello\n", "name,amount\nx,1\n", "{\"a\":1}", "",
                           "hello", "%PDF-1.4", "[1,2,3]", "Subject,Sender\nx,y\n"})
    EXPECT_FALSE(layout_of(text, {})) << text;
}

TEST(Layout, ARecordAtLogRecordBytesIsReadAndOneAboveIsANote) {
  Settings settings;
  const std::string log = record(1) + "\n" + record(2) + "\n";
  settings.limits.log_record_bytes = 1'000;
  EXPECT_EQ(tell_log(log, settings).events.size(), 2U);
  const std::string longer = record(1) + "\n{\"Operation\":\"" + std::string(5U << 20U, 'x') + "\"}\n" + record(2) + "\n";
  const ToldLog told = tell_log(longer, settings);
  EXPECT_GE(told.events.size(), 2U);
  EXPECT_GE(told.undecodable, 1U);
}

TEST(Layout, ARecordDeeperThanLogDepthIsUndecodable) {
  Settings settings;
  settings.limits.log_depth = 8;
  const std::string deep =
      R"({"CreationTime":"2018-04-05T08:37:00","Operation":"Send","x":)" + std::string(20, '[') + std::string(20, ']') + "}";
  const ToldLog told = tell_log(record(1) + "\n" + deep + "\n", settings);
  EXPECT_EQ(told.events.size(), 1U);
  EXPECT_EQ(told.undecodable, 1U);
}

TEST(Layout, ManyRecordsAreCutIntoChunksWithoutLoss) {
  std::string lines;
  std::string list = "[";
  for (int i = 0; i < 40'000; ++i) {
    lines += record(i) + "\n";
    list += (i == 0 ? "" : ",") + record(i);
  }
  list += "]";
  EXPECT_EQ(tell_log(lines).events.size(), 40'000U);
  EXPECT_EQ(tell_log(list).events.size(), 40'000U);
  EXPECT_EQ(tell_log(utf16(list, true)).events.size(), 40'000U);
}

}  // namespace
}  // namespace threadline::logs
