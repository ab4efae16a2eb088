// SPDX-License-Identifier: Apache-2.0
// Tables: sign-ins, traces, rules, permissions, and what a mapping makes of any other log.
#include "logs/table.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "told_log.h"

namespace threadline::logs {
namespace {

using Lines = std::vector<std::string>;

TEST(Table, SignInsOfGraphAndOfThePortal) {
  for (
      const std::string& log :
      {std::string(
           R"([{"id":"1","createdDateTime":"2018-04-05T08:37:00Z","userPrincipalName":"P@firm.example","appDisplayName":"Outlook","ipAddress":"192.0.2.7","clientAppUsed":"Browser","status":{"errorCode":50126,"failureReason":"Invalid username or password."},"location":{"city":"Riga","countryOrRegion":"LV"}}])"),
       std::string("Date (UTC),Request ID,User,Username,Application,IP address,Location,Status,Sign-in error code,Failure "
                   "reason,Client app\n"
                   "2018-04-05T08:37:00Z,1,P,p@firm.example,Outlook,192.0.2.7,\"Riga, Riga, LV\",Failure,50126,Invalid username "
                   "or password.,Browser\n"),
       std::string(
           R"({"TimeGenerated":"2018-04-05T08:37:00Z","UserPrincipalName":"p@firm.example","AppDisplayName":"Outlook","IPAddress":"192.0.2.7","ClientAppUsed":"Browser","ResultType":"50126","ResultDescription":"Invalid username or password.","Status":"{\"errorCode\":50126}","LocationDetails":"{\"city\":\"Riga\",\"countryOrRegion\":\"LV\"}","Location":"LV"})")}) {
    const ToldLog told = tell_log(log);
    EXPECT_EQ(lines_of(told), Lines{"login_failed 2018-04-05T08:37:00Z p@firm.example 192.0.2.7 Outlook 50126"}) << log;
    if (told.events.empty()) continue;
    EXPECT_EQ(told.events[0].country, "LV");
    EXPECT_EQ(told.events[0].city, "Riga");
    EXPECT_EQ(told.events[0].format, Format::entra_sign_in);
  }
}

TEST(Table, AnInterruptedSignInIsNoFailureAndACodeOfZeroIsALogin) {
  const std::string head =
      "Date (UTC),Username,Application,IP address,Status,Sign-in error "
      "code\n2018-04-05T08:37:00Z,p@firm.example,Outlook,192.0.2.7,";
  EXPECT_EQ(tell_log(head + "Interrupted,50140\n").events.at(0).act, Act::login_interrupted);
  EXPECT_EQ(tell_log(head + "Success,0\n").events.at(0).act, Act::login);
}

TEST(Table, ASignInThatTellsNoOutcomeIsNoFailureAndNoLogin) {
  const auto act_with = [](const std::string& status) {
    return tell_log(
               R"([{"id":"1","createdDateTime":"2018-04-05T08:37:00Z","userPrincipalName":"p@firm.example","appDisplayName":"Outlook",)"
               R"("ipAddress":"192.0.2.7","clientAppUsed":"Browser")" +
               status + "}]")
        .events.at(0)
        .act;
  };
  EXPECT_EQ(act_with(""), Act::other);
  EXPECT_EQ(act_with(R"(,"status":null)"), Act::other);
  EXPECT_EQ(act_with(R"(,"status":{})"), Act::other);
  EXPECT_EQ(act_with(R"(,"status":{"errorCode":null})"), Act::other);
  EXPECT_EQ(act_with(R"(,"status":{"errorCode":null,"failureReason":"Other."})"), Act::other);
  EXPECT_EQ(act_with(R"(,"status":{"errorCode":0})"), Act::login);
  EXPECT_EQ(act_with(R"(,"status":{"errorCode":50126})"), Act::login_failed);
  EXPECT_EQ(act_with(R"(,"status":{"failureReason":"Invalid username or password."})"), Act::login_failed);
}

TEST(Table, AGermanPortalWritesSemicolonsAndItsOwnWords) {
  const ToldLog told = tell_log(
      "Datum (UTC);Benutzername;Anwendung;IP-Adresse;Standort;Status;Anmeldefehlercode\n05.04.2018 "
      "08:37:00;p@firm.example;Outlook;192.0.2.7;Riga, LV;Fehler;50126\n");
  EXPECT_EQ(lines_of(told), Lines{"login_failed 2018-04-05T08:37:00Z p@firm.example 192.0.2.7 Outlook 50126"});
}

TEST(Table, MessageTracesOfBothGenerations) {
  const ToldLog now = tell_log(
      "\"MessageTraceId\",\"MessageId\",\"Received\",\"SenderAddress\",\"RecipientAddress\",\"Subject\",\"Status\",\"ToIP\","
      "\"FromIP\",\"Size\"\r\n"
      "\"AB-1\",\"<m4@mail.example>\",\"2018-04-05T09:45:01.1234567\",\"F@firm.example\",\"p@buyer.example\",\"RIB\","
      "\"Delivered\",\"\",\"192.0.2.7\",\"2811\"\r\n");
  const ToldLog before = tell_log(
      "origin_timestamp_utc,sender_address,recipient_status,message_subject,total_bytes,message_id,network_message_id,original_"
      "client_ip,directionality,connector_id,delivery_priority\n"
      "2018-04-05T09:45:01.1234567Z,f@firm.example,\"p@buyer.example##Receive, "
      "Deliver\",RIB,2811,<m4@mail.example>,ab-1,192.0.2.7,Incoming,,Normal\n");
  ASSERT_EQ(now.events.size(), 1U);
  EXPECT_EQ(now.events[0].act, Act::mail_delivered);
  for (const ToldLog* told : {&now, &before}) {
    ASSERT_EQ(told->events.size(), 1U);
    const Event& event = told->events[0];
    EXPECT_EQ(event.format, Format::message_trace);
    EXPECT_EQ(rfc3339_utc(event.time->at), "2018-04-05T09:45:01Z");
    EXPECT_EQ(event.mails.front().id, "<m4@mail.example>");
    EXPECT_EQ(event.sender, "f@firm.example");
    EXPECT_EQ(event.recipients.front(), "p@buyer.example");
  }
}

TEST(Table, MessageTrackingIsNamedByItsFieldsLine) {
  const ToldLog told = tell_log(
      "#Software: Microsoft Exchange Server\n#Version: 15.0.0.0\n#Log-type: Message Tracking Log\n#Date: "
      "2018-04-05T00:00:00.000Z\n"
      "#Fields: "
      "date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-"
      "message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-"
      "address,reference,message-subject,sender-address,return-path,message-info,directionality\n"
      "2018-04-05T09:45:01.000Z,192.0.2.7,out,10.0.0.5,box,,,STOREDRIVER,DELIVER,5,<m4@mail.example>,ab-1,p@buyer.example;x@"
      "buyer.example,,2811,2,,,RIB,f@firm.example,f@firm.example,,Incoming\n");
  ASSERT_EQ(told.events.size(), 1U);
  EXPECT_EQ(told.events[0].act, Act::mail_delivered);
  EXPECT_EQ(told.events[0].recipients, (Lines{"p@buyer.example", "x@buyer.example"}));
  EXPECT_EQ(told.events[0].network_message_id, "ab-1");
  EXPECT_EQ(told.events[0].line, 6U);
}

TEST(Table, ListsOfRulesAndPermissionsHaveNoDates) {
  const ToldLog rules = tell_log(
      "Name,Enabled,MailboxOwnerId,ForwardTo,RedirectTo,MoveToFolder,DeleteMessage,MarkAsRead,SubjectContainsWords\n.,True,p@"
      "firm.example,,,RSS Feeds,False,True,RIB\n");
  EXPECT_EQ(lines_of(rules), Lines{"rule_listed - p@firm.example - . -"});
  EXPECT_EQ(*parameter_of(rules.events.at(0), "MoveToFolder"), "RSS Feeds");
  const ToldLog rights = tell_log(
      "Identity,User,AccessRights,IsInherited,Deny\np@firm.example,x@firm.example,{FullAccess},False,False\np@firm.example,NT "
      "AUTHORITY\\SELF,\"{FullAccess, ReadPermission}\",False,False\n");
  ASSERT_EQ(rights.events.size(), 2U);
  EXPECT_EQ(line_of(rights.events[0]), "permission_listed - - - x@firm.example -");
  EXPECT_TRUE(rights.events[1].by_system);
}

TEST(Table, GooglesEmailLogSearch) {
  const ToldLog told = tell_log(
      "Message ID,Start date,End date,Sender,Message size,Subject,Direction,Attachments,Recipient address,Event target,Event "
      "date,Event status,Event target IP address,Has encryption,Event SMTP reply code,Event description,Client Type,Device User "
      "Session ID\n"
      "<m4@mail.example>,2018/04/05 09:45:00 UTC,2018/04/05 09:45:02 "
      "UTC,f@firm.example,2811,RIB,Received,0,p@buyer.example,p@buyer.example,2018/04/05 09:45:01 "
      "UTC,Delivered,192.0.2.7,Yes,250,Delivered to mailbox,WEB,s-1\n");
  EXPECT_EQ(lines_of(told), Lines{"mail_delivered 2018-04-05T09:45:01Z f@firm.example 192.0.2.7 - Delivered"});
}

TEST(Table, TheGatewaysOwnLinesSayWhatBecameOfAMail) {
  const ToldLog told = tell_log(
      R"({"time":"2018-04-05T10:05:00Z","event":"start","what":"policy read"})"
      "\n"
      R"({"time":"2018-04-05T10:05:15Z","event":"message","queue_id":"ABC123","message_id":"<m5@firm.example>","direction":"outbound","verdict":"hold","code":"outbound_to_lookalike","codes":["outbound_to_lookalike:critical"],"ms":12.5,"id":"v1","client":"10.0.0.31","user":"p","sender":"p@firm.example","recipients":["f@supp1ier.example","g@supp1ier.example"],"bytes":9211})"
      "\n");
  EXPECT_EQ(lines_of(told), (Lines{"other 2018-04-05T10:05:00Z - - - -", "mail_held 2018-04-05T10:05:15Z p 10.0.0.31 - hold"}));
  ASSERT_EQ(told.events.size(), 2U);
  EXPECT_EQ(told.events[1].recipients, (Lines{"f@supp1ier.example", "g@supp1ier.example"}));
  EXPECT_EQ(told.events[1].mails.front().id, "<m5@firm.example>");
}

TEST(Table, ARepeatedHeaderOfExportsPutTogetherIsNoRecord) {
  const std::string part = "Identity,User,AccessRights,IsInherited\np@firm.example,x@firm.example,FullAccess,False\n";
  const ToldLog told = tell_log(part + part);
  EXPECT_EQ(told.events.size(), 2U);
  EXPECT_EQ(told.undecodable, 0U);
}

TEST(Table, CellsKeepQuotesSeparatorsAndLineEnds) {
  std::vector<std::string> cells;
  EXPECT_TRUE(read_cells("a,\"b \"\"c\"\", d\ne\",,f\r\n", ',', 10, cells));
  EXPECT_EQ(cells, (Lines{"a", "b \"c\", d\ne", "", "f"}));
  EXPECT_FALSE(read_cells("a,b,c", ',', 2, cells)) << "limit log_columns";
  EXPECT_FALSE(read_cells("a,\"b", ',', 10, cells)) << "a quote that stays open";
}

/// A shipped mapping.
Settings with_mapping(const std::string& name) {
  const auto path = std::filesystem::path(THREADLINE_SOURCE_DIR) / "src" / "logs" / "mappings" / (name + ".json");
  std::ifstream in(path, std::ios::binary);
  const std::string json{std::istreambuf_iterator<char>(in), {}};
  Settings settings;
  const auto mapping = read_mapping(json, path.string(), settings.limits);
  EXPECT_TRUE(mapping) << (mapping ? "" : mapping.error().what + " " + mapping.error().hint);
  if (mapping) settings.mappings.push_back(*mapping);
  return settings;
}

TEST(Mapping, TeamViewersIncomingConnections) {
  const std::string log =
      "1187654321\tDESKTOP-K2\t05-04-2018 08:31:22\t05-04-2018 "
      "08:52:10\tcompta\tRemoteControl\t{0e4b8bfa-0000-4000-8000-000000000001}\t\r\n"
      "\r\n";
  const ToldLog told = tell_log(log, with_mapping("teamviewer"));
  EXPECT_EQ(lines_of(told), Lines{"remote_session 2018-04-05T08:31:22Z DESKTOP-K2 - 1187654321 -"});
  EXPECT_FALSE(tell_log(log).layout) << "without the mapping it is no log";
}

TEST(Mapping, ASquidProxyAndACombinedOne) {
  const ToldLog squid = tell_log(
      "1522917420.250    120 10.0.0.31 TCP_TUNNEL/200 4120 CONNECT login.firm-example.example:443 p@buyer.example "
      "HIER_DIRECT/192.0.2.80 -\n",
      with_mapping("squid"));
  EXPECT_EQ(lines_of(squid),
            Lines{"web_request 2018-04-05T08:37:00Z p@buyer.example 10.0.0.31 login.firm-example.example:443 TCP_TUNNEL/200"});
  const ToldLog combined = tell_log(
      "10.0.0.31 - p [05/Apr/2018:10:37:00 +0200] \"GET http://login.firm-example.example/a HTTP/1.1\" 200 4120 \"-\" "
      "\"Mozilla/5.0\"\n",
      with_mapping("proxy_combined"));
  EXPECT_EQ(lines_of(combined), Lines{"web_request 2018-04-05T08:37:00Z p 10.0.0.31 http://login.firm-example.example/a 200"});
}

TEST(Mapping, ATableIsReadByTheNamesAndNumbersOfItsColumns) {
  const Limits limits;
  const auto told_by = [&](const std::string& columns, const std::string& log) {
    Settings settings;
    const auto mapping = read_mapping(
        R"({"name":"MDM","act":"login","rows":"all","zone":"UTC","separator":";","columns":)" + columns + "}", "m.json", limits);
    EXPECT_TRUE(mapping) << columns;
    if (mapping) settings.mappings.push_back(*mapping);
    return tell_log(log, settings);
  };
  const std::string log = "Start;Device;User;Event\n05/04/2018 10:00;tablet;p@firm.example;wiped\n";
  const Lines expected{"login 2018-04-05T10:00:00Z p@firm.example - - -"};
  EXPECT_EQ(lines_of(told_by(R"({"time":"Start","actor":3,"action":"Event"})", log)), expected);
  EXPECT_EQ(lines_of(told_by(R"({"time":"Start","actor":"User"})", log)), expected);
  EXPECT_FALSE(told_by(R"({"time":"Start","actor":5})", log).layout) << "there is no fifth column";
  EXPECT_FALSE(told_by(R"({"time":1,"actor":3})", log).layout) << "numbers alone would take any table: recognise is needed";
}

TEST(Mapping, AWrongOneSaysWhereAndWhy) {
  const Limits limits;
  for (const auto& [json, where] :
       std::vector<std::pair<std::string, std::string>>{{"[]", "no JSON object"},
                                                        {R"x({"name":"x","line":"(a","groups":["time"]})x", "/line"},
                                                        {R"x({"name":"x","line":"(a)","groups":["when"]})x", "/groups/0"},
                                                        {R"({"name":"x","columns":{"time":true}})", "/columns/time"},
                                                        {R"({"name":"x","columns":{"time":0}})", "/columns/time"},
                                                        {R"x({"name":"x","line":"(a)","groups":["time","ip"]})x", "/groups/1"},
                                                        {R"({"name":"x","color":"red"})", "/color"},
                                                        {R"({"name":"x","line":"a","groups":[],"zone":"Mars/Base"})", "/zone"},
                                                        {R"({"name":"x"})", "either line"}}) {
    const auto mapping = read_mapping(json, "m.json", limits);
    ASSERT_FALSE(mapping) << json;
    EXPECT_NE((mapping.error().what + mapping.error().hint).find(where), std::string::npos) << mapping.error().what;
    EXPECT_EQ(mapping.error().file, "m.json");
  }
}

TEST(Mapping, AMappingLongerThanLogMappingBytesIsRefused) {
  Limits limits;
  const std::string json = R"x({"name":"x","line":"(a)","groups":["time"]})x";
  limits.log_mapping_bytes = json.size();
  EXPECT_TRUE(read_mapping(json, "m.json", limits));
  limits.log_mapping_bytes = json.size() - 1;
  EXPECT_FALSE(read_mapping(json, "m.json", limits));
}

}  // namespace
}  // namespace threadline::logs
