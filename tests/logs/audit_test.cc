// SPDX-License-Identifier: Apache-2.0
// The unified audit log in its shapes, and the traps of real exports.
#include <gtest/gtest.h>

#include "logs/names.h"
#include "told_log.h"

namespace threadline::logs {
namespace {

using Lines = std::vector<std::string>;

/// A record of the Management API with what differs.
std::string record(const std::string& members) { return R"({"CreationTime":"2018-04-05T08:37:00",)" + members + "}"; }

std::string quoted(std::string text) {
  std::string cell = "\"";
  for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
  return cell + "\"";
}

Event only(const std::string& bytes) {
  ToldLog told = tell_log(bytes);
  EXPECT_EQ(told.events.size(), 1U) << bytes;
  return told.events.empty() ? Event{} : told.events.front();
}

TEST(Audit, AFailedLoginThatSaysSuccessIsAFailure) {
  const Event event = only(record(
      R"("Id":"1","Operation":"UserLoginFailed","ResultStatus":"Success","Workload":"AzureActiveDirectory","UserId":"p@firm.example","ClientIP":"192.0.2.7:4242","LogonError":"InvalidUserNameOrPassword")"));
  EXPECT_EQ(line_of(event), "login_failed 2018-04-05T08:37:00Z p@firm.example 192.0.2.7 - Success");
  EXPECT_EQ(event.time->basis, ZoneBasis::stated) << "CreationTime is UTC by the schema";
}

TEST(Audit, AnInterruptOfAnOrdinaryLoginIsNoFailure) {
  EXPECT_EQ(
      only(
          record(
              R"("Operation":"UserLoginFailed","UserId":"p@firm.example","LogonError":"UserStrongAuthClientAuthNRequiredInterrupt")"))
          .act,
      Act::login_interrupted);
  EXPECT_EQ(only(record(R"("Operation":"UserLoginFailed","UserId":"p@firm.example","ErrorNumber":"50140")")).act,
            Act::login_interrupted);
}

TEST(Audit, AnEmptyForwardingAddressRemovesForwarding) {
  const std::string head =
      R"("Operation":"Set-Mailbox","UserId":"p@firm.example","ObjectId":"P","Parameters":[{"Name":"Identity","Value":"p@firm.example"},)";
  const Event set = only(record(head + R"({"Name":"ForwardingSmtpAddress","Value":"smtp:x@mail.example"}])"));
  EXPECT_EQ(set.act, Act::forwarding_set);
  EXPECT_EQ(set.target, "x@mail.example");
  EXPECT_EQ(set.mailbox, "p@firm.example");
  EXPECT_EQ(only(record(head + R"({"Name":"ForwardingSmtpAddress","Value":""}])")).act, Act::forwarding_removed);
  EXPECT_EQ(only(record(head + R"({"Name":"IssueWarningQuota","Value":"98 GB"}])")).act, Act::other);
}

TEST(Audit, TheSystemsOwnDoingsAreNotedAsSuch) {
  const std::string rule = R"("Operation":"New-InboxRule","Parameters":[{"Name":"Name","Value":"x"}],)";
  EXPECT_TRUE(only(record(rule + R"("UserType":3,"UserId":"SYSTEM")")).by_system);
  EXPECT_TRUE(only(record(rule + R"("UserType":0,"UserId":"NT AUTHORITY\\SYSTEM")")).by_system);
  EXPECT_FALSE(only(record(rule + R"("UserType":0,"UserId":"p@firm.example")")).by_system);
}

TEST(Audit, ARuleIsReadWithItsParameters) {
  const Event event = only(record(
      R"("Operation":"New-InboxRule","UserId":"p@firm.example","ClientIP":"[2001:db8::7]:443","ObjectId":"p@firm.example\\.","SessionId":"s-1","Parameters":[{"Name":"Name","Value":"."},{"Name":"DeleteMessage","Value":"True"},{"Name":"SubjectOrBodyContainsWords","Value":"RIB;virement"}])"));
  EXPECT_EQ(line_of(event), "rule_set 2018-04-05T08:37:00Z p@firm.example 2001:db8::7 . -");
  EXPECT_EQ(event.mailbox, "p@firm.example");
  EXPECT_EQ(event.session, "s-1");
  ASSERT_NE(parameter_of(event, "deletemessage"), nullptr);
  EXPECT_EQ(*parameter_of(event, "DeleteMessage"), "True");
}

TEST(Audit, OutlooksOwnRuleChangeHasNoNameAndIsStillARule) {
  const Event event = only(record(
      R"("Operation":"UpdateInboxRules","UserId":"p@firm.example","OperationProperties":[{"Name":"RuleOperation","Value":"AddMailboxRule"},{"Name":"RuleActions","Value":"[{\"ActionType\":\"Forward\",\"Recipients\":[\"x@mail.example\"]}]"}])"));
  EXPECT_EQ(event.act, Act::rule_set);
  EXPECT_EQ(event.target, "");
  EXPECT_EQ(
      only(
          record(
              R"("Operation":"UpdateInboxRules","UserId":"p@firm.example","OperationProperties":[{"Name":"RuleOperation","Value":"RemoveMailboxRule"}])"))
          .act,
      Act::rule_removed);
}

TEST(Audit, ABindNamesMailsAndASyncAFolder) {
  const Event bind = only(record(
      R"("Operation":"MailItemsAccessed","UserId":"p@firm.example","ClientIPAddress":"192.0.2.7","OperationProperties":[{"Name":"MailAccessType","Value":"Bind"},{"Name":"IsThrottled","Value":"True"}],"Folders":[{"FolderItems":[{"InternetMessageId":"<a@mail.example>"},{"InternetMessageId":"<b@mail.example>"}],"Id":"x","Path":"\\Inbox"}])"));
  EXPECT_EQ(bind.act, Act::mail_read);
  ASSERT_EQ(bind.mails.size(), 2U);
  EXPECT_EQ(bind.mails[1].id, "<b@mail.example>");
  EXPECT_EQ(bind.folder, "\\Inbox");
  EXPECT_TRUE(bind.throttled);
  const Event sync = only(record(
      R"("Operation":"MailItemsAccessed","UserId":"p@firm.example","OperationProperties":[{"Name":"MailAccessType","Value":"Sync"}],"Item":{"ParentFolder":{"Path":"\\Inbox"}})"));
  EXPECT_EQ(sync.act, Act::folder_synced);
  EXPECT_EQ(sync.folder, "\\Inbox");
}

TEST(Audit, SentinelsShapeIsTheSameEvent) {
  const Event event = only(
      R"([{"TimeGenerated":"2018-04-05T08:37:00Z","OfficeWorkload":"Exchange","Operation":"MailItemsAccessed","UserId":"p@firm.example","Client_IPAddress":"192.0.2.7","OperationProperties":"[{\"Name\":\"MailAccessType\",\"Value\":\"Bind\"}]","Folders":"[{\"FolderItems\":[{\"InternetMessageId\":\"<a@mail.example>\"}],\"Path\":\"\\\\Inbox\"}]","OfficeId":"77"}])");
  EXPECT_EQ(line_of(event), "mail_read 2018-04-05T08:37:00Z p@firm.example 192.0.2.7 - -");
  EXPECT_EQ(event.identity, "77");
  ASSERT_EQ(event.mails.size(), 1U);
  EXPECT_EQ(event.folder, "\\Inbox");
}

TEST(Audit, CsvColumnsStandInAnyOrderAndMayBeMore) {
  const std::string data = record(
      R"("Id":"1","Operation":"UserLoggedIn","UserId":"p@firm.example","ClientIP":"192.0.2.7","Workload":"AzureActiveDirectory","DeviceProperties":[{"Name":"SessionId","Value":"s-9"}])");
  for (const std::string& csv :
       {"CreationDate,RecordType,Operations,UserIds,AuditData,Identity\r\n05/04/2018 10:37:00,15,UserLoggedIn,p@firm.example," +
            quoted(data) + ",1\r\n",
        "\"PSComputerName\",\"AuditData\",\"UserIds\",\"Operations\",\"CreationDate\"\n\"x\"," + quoted(data) +
            ",\"p@firm.example\",\"UserLoggedIn\",\"4/5/2018 8:37:00 AM\"\n",
        "\xEF\xBB\xBFRecordId;CreationDate;RecordType;Operation;UserId;AuditData\n1;x;15;UserLoggedIn;p@firm.example;" +
            quoted(data) + "\n"}) {
    const Event event = only(csv);
    EXPECT_EQ(line_of(event), "login 2018-04-05T08:37:00Z p@firm.example 192.0.2.7 - -") << csv;
    EXPECT_EQ(event.session, "s-9");
  }
}

TEST(Audit, AnEmptyAuditDataKeepsWhatTheOtherColumnsSay) {
  const Event event = only(
      "CreationDate,RecordType,Operations,UserIds,AuditData,Identity\n2018-04-05T08:37:00,1,New-InboxRule,p@firm.example,,77\n");
  EXPECT_EQ(line_of(event), "rule_set 2018-04-05T08:37:00Z p@firm.example - - -");
  ASSERT_EQ(event.notes.size(), 1U);
  EXPECT_EQ(event.notes.front().code, "log_audit_data");
}

TEST(Audit, ARecordOfTheExtractorSuiteHoldsAuditDataAsText) {
  const std::string inner =
      R"({\"CreationTime\":\"2018-04-05T08:37:00\",\"Operation\":\"HardDelete\",\"UserId\":\"p@firm.example\",\"AffectedItems\":[{\"InternetMessageId\":\"<a@mail.example>\",\"Subject\":\"RIB\"}]})";
  const ToldLog told = tell_log(R"([{"RecordType":"ExchangeItem","AuditData":")" + inner +
                                R"(","CreationDate":"x"},)"
                                "\n"
                                R"({"RecordType":"ExchangeItem","AuditData":")" +
                                inner + R"("}])");
  ASSERT_EQ(told.events.size(), 2U);
  EXPECT_EQ(told.events[0].act, Act::mail_deleted);
  EXPECT_EQ(told.events[1].mails.front().subject, "RIB");
}

TEST(Audit, TheEntraAuditLogIsReadInBothShapes) {
  const Event graph = only(
      R"({"@odata.context":"x","value":[{"id":"Directory_1","category":"ApplicationManagement","activityDisplayName":"Consent to application","activityDateTime":"2018-04-05T08:37:00Z","result":"success","initiatedBy":{"user":{"userPrincipalName":"p@firm.example","ipAddress":"192.0.2.7"}},"targetResources":[{"displayName":"Mail Tool","modifiedProperties":[{"displayName":"ConsentAction.Permissions","newValue":"\"Scope: Mail.Read\""}]}]}]})");
  EXPECT_EQ(line_of(graph), "consent_granted 2018-04-05T08:37:00Z p@firm.example 192.0.2.7 Mail Tool success");
  ASSERT_NE(parameter_of(graph, "ConsentAction.Permissions"), nullptr);
  EXPECT_EQ(*parameter_of(graph, "ConsentAction.Permissions"), "Scope: Mail.Read");
  const Event sentinel = only(
      R"({"TimeGenerated":"2018-04-05T08:37:00Z","Id":"Directory_2","OperationName":"Add delegated permission grant","ActivityDisplayName":"Add delegated permission grant","Result":"success","InitiatedBy":"{\"user\":{\"userPrincipalName\":\"p@firm.example\",\"ipAddress\":null}}","TargetResources":"[{\"displayName\":\"Graph\",\"modifiedProperties\":[]}]"})");
  EXPECT_EQ(line_of(sentinel), "consent_granted 2018-04-05T08:37:00Z p@firm.example - Graph success");
}

TEST(Audit, UndecodableRecordsAreCountedAndShownNeverDropped) {
  const std::string good = record(R"("Operation":"Send","UserId":"p@firm.example")");
  const ToldLog told =
      tell_log(good + "\n{\"CreationTime\":\"2018-04-05T08:37:00\",\"Operation\":\"Se\n" + good + "\n{\"a\":1}\n");
  EXPECT_EQ(told.events.size(), 2U);
  EXPECT_EQ(told.undecodable, 2U);
  ASSERT_EQ(told.shown.size(), 2U);
  EXPECT_EQ(told.shown[0].line, 2U);
  EXPECT_EQ(told.shown[0].code, "log_undecodable");
  EXPECT_EQ(told.shown[1].code, "log_shape");
  EXPECT_EQ(told.shown[1].text, "{\"a\":1}");
}

TEST(Audit, BytesThatAreNoUtf8AreReplacedAndTheRecordStays) {
  EXPECT_EQ(only(record("\"Operation\":\"Send\",\"UserId\":\"p@firm.example\",\"ObjectId\":\"caf\xE9\"")).act, Act::mail_sent);
}

TEST(Audit, LimitsAreNotesAndTheRestIsRead) {
  Settings settings;
  settings.limits.log_messages = 1;
  settings.limits.log_parameters = 1;
  const ToldLog told = tell_log(
      record(
          R"("Operation":"MailItemsAccessed","UserId":"p","Parameters":[{"Name":"a","Value":"1"},{"Name":"b","Value":"2"}],"Folders":[{"FolderItems":[{"InternetMessageId":"<a>"},{"InternetMessageId":"<b>"}]}],"ClientIP":"192.0.2.7")"),
      settings);
  ASSERT_EQ(told.events.size(), 1U);
  EXPECT_EQ(told.events[0].mails.size(), 1U);
  EXPECT_EQ(told.events[0].parameters.size(), 1U);
  EXPECT_EQ(told.events[0].ip, "192.0.2.7");
  ASSERT_FALSE(told.events[0].notes.empty());
  EXPECT_EQ(told.events[0].notes[0].code, "limit");
}

}  // namespace
}  // namespace threadline::logs
