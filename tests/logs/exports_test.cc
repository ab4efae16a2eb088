// SPDX-License-Identifier: Apache-2.0
// Exports as their programs write them: by language, by tool, by query. Each is read into the records that it holds.
#include <gtest/gtest.h>

#include <algorithm>

#include "told_log.h"
#include "told_story.h"

namespace threadline::logs {
namespace {

using Lines = std::vector<std::string>;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

struct Portal {
  const char* language;
  const char* header;
  const char* success;
  const char* failure;
};

class SignInsOfThePortal : public ::testing::TestWithParam<Portal> {};

TEST_P(SignInsOfThePortal, AreToldInTheLanguageOfWhoExported) {
  const Portal& portal = GetParam();
  const std::string row = ",p@firm.example,Outlook,192.0.2.7,\"Riga, X, LV\",";
  const std::string log = std::string(portal.header) + "\n2024-03-12T09:00:00Z,1" + row + portal.success + ",,Browser\n" +
                          "2024-03-12T09:01:00Z,2" + row + portal.failure + ",50126,Browser\n";
  EXPECT_EQ(lines_of(tell_log("\xEF\xBB\xBF" + log)),
            (Lines{std::string("login 2024-03-12T09:00:00Z p@firm.example 192.0.2.7 Outlook ") + portal.success,
                   "login_failed 2024-03-12T09:01:00Z p@firm.example 192.0.2.7 Outlook 50126"}));
}

INSTANTIATE_TEST_SUITE_P(
    Languages, SignInsOfThePortal,
    ::testing::Values(
        Portal{"en", "Date (UTC),Request ID,Username,Application,IP address,Location,Status,Sign-in error code,Client app",
               "Success", "Failure"},
        Portal{"fr",
               "Date (UTC),ID de la demande,Nom d\u2019utilisateur,Application,Adresse IP,Emplacement,\u00c9tat,Code "
               "d\u2019erreur de "
               "connexion,Application cliente",
               "R\u00e9ussite", "\u00c9chec"},
        Portal{"de", "Datum (UTC),Anforderungs-ID,Benutzername,Anwendung,IP-Adresse,Standort,Status,Anmeldefehlercode,Client-App",
               "Erfolg", "Fehler"},
        Portal{"es",
               "Fecha (UTC),Id. de solicitud,Nombre de usuario,Aplicaci\u00f3n,Direcci\u00f3n "
               "IP,Ubicaci\u00f3n,Estado,C\u00f3digo de "
               "error de inicio de sesi\u00f3n,Aplicaci\u00f3n cliente",
               "Correcto", "Error"},
        Portal{"it",
               "Data (UTC),ID richiesta,Nome utente,Applicazione,Indirizzo IP,Localit\u00e0,Stato,Codice di errore di "
               "accesso,App client",
               "Operazione riuscita", "Errore"}));

TEST(Exports, AHeaderInWindows1252IsRead) {
  const ToldLog told = tell_log(
      "Date (UTC),Nom d\x92utilisateur,Application,Adresse "
      "IP,\xC9tat\n2024-03-12T09:00:00Z,p@firm.example,Outlook,192.0.2.7,R\xE9ussite\n");
  ASSERT_EQ(told.events.size(), 1U);
  EXPECT_EQ(told.events[0].act, Act::login);
}

const std::string kParameters = R"([{"Name":"Name","Value":"."},{"Name":"DeleteMessage","Value":"True"}])";

TEST(Exports, SentinelsTableAsCsvWithTheTimesOfThePortal) {
  const std::string cell = "\"" + replaced(kParameters, "\"", "\"\"") + "\"";
  const ToldLog told = tell_log(
      "TenantId,\"TimeGenerated [UTC]\",RecordType,Operation,OfficeWorkload,UserType,UserId,ClientIP,OfficeId,Parameters\n"
      "t,\"3/12/2024, 9:06:02.000 AM\",ExchangeAdmin,New-InboxRule,Exchange,Regular,p@firm.example,203.0.113.7:4021,r1," +
      cell + "\n");
  EXPECT_EQ(lines_of(told), Lines{"rule_set 2024-03-12T09:06:02Z p@firm.example 203.0.113.7 . -"});
  EXPECT_EQ(*parameter_of(told.events.at(0), "DeleteMessage"), "True");
  EXPECT_EQ(told.events[0].identity, "r1");
}

TEST(Exports, AQueryOfLogAnalyticsHasItsColumnsOnce) {
  const ToldLog told = tell_log(
      std::string(
          R"({"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated","type":"datetime"},{"name":"Operation","type":"string"},)"
          R"({"name":"OfficeWorkload","type":"string"},{"name":"UserId","type":"string"},{"name":"Parameters","type":"string"}],"rows":[)"
          R"(["2024-03-12T09:06:02Z","New-InboxRule","Exchange","p@firm.example",")") +
      replaced(kParameters, "\"", "\\\"") +
      R"("],["2024-03-12T09:07:02Z","Remove-InboxRule","Exchange","p@firm.example",null]]}]})");
  EXPECT_EQ(lines_of(told), (Lines{"rule_set 2024-03-12T09:06:02Z p@firm.example - . -",
                                   "rule_removed 2024-03-12T09:07:02Z p@firm.example - - -"}));
  EXPECT_EQ(told.undecodable, 0U);
}

TEST(Exports, DatesOfWindowsPowerShellsJson) {
  for (const char* date : {R"("/Date(1710234362000)/")", R"("\/Date(1710234362000)\/")", R"("/Date(1710234362000+0100)/")",
                           R"({"value":"\/Date(1710234362000)\/","DisplayHint":2,"DateTime":"Tuesday"})"}) {
    const ToldLog told = tell_log(
        std::string(R"([{"CreatedDateTime":)") + date +
        R"(,"UserPrincipalName":"p@firm.example","AppDisplayName":"Outlook","IpAddress":"192.0.2.7","Status":{"ErrorCode":0}}])");
    EXPECT_EQ(lines_of(told), Lines{"login 2024-03-12T09:06:02Z p@firm.example 192.0.2.7 Outlook 0"}) << date;
  }
}

const std::string kList =
    "\r\n\r\n"
    "Description                   : If the message:\r\n"
    "                                the subject contains 'facture'\r\n"
    "                                \r\n"
    "                                Take the following actions:\r\n"
    "                                delete the message\r\n"
    "Enabled                       : True\r\n"
    "Name                          : .\r\n"
    "SubjectOrBodyContainsWords    : {facture, \r\n"
    "                                virement}\r\n"
    "MoveToFolder                  : RSS Feeds\r\n"
    "ForwardTo                     :\r\n"
    "MailboxOwnerId                : p@firm.example\r\n"
    "\r\n"
    "Description                   : \r\n"
    "Enabled                       : True\r\n"
    "Name                          : News\r\n"
    "SubjectOrBodyContainsWords    :\r\n"
    "MoveToFolder                  : News\r\n"
    "ForwardTo                     :\r\n"
    "MailboxOwnerId                : p@firm.example\r\n"
    "\r\n\r\n";

TEST(Exports, RulesAsPowerShellListsThem) {
  for (const std::string& log : {kList, replaced(kList, "\r\n", "\n"), replaced(kList, "\r\n", "\r"), "\xEF\xBB\xBF" + kList}) {
    const ToldLog told = tell_log(log);
    EXPECT_EQ(lines_of(told), (Lines{"rule_listed - p@firm.example - . -", "rule_listed - p@firm.example - News -"}));
    EXPECT_EQ(told.undecodable, 0U);
    if (told.events.empty()) continue;
    EXPECT_EQ(*parameter_of(told.events[0], "SubjectOrBodyContainsWords"), "{facture, virement}");
    EXPECT_NE(parameter_of(told.events[0], "Description")->find("delete the message"), std::string::npos);
  }
  EXPECT_EQ(tell_log(kList).events.at(1).line, 16U);
  EXPECT_EQ(claims_of(story_of(kList.substr(4))), Lines{"inbox_rule_hides high"});
}

TEST(Exports, AMailAndANoteAreNoLists) {
  EXPECT_FALSE(
      tell_log("Date: Thu, 5 Apr 2018 09:00:00 +0000\nMessageId: x\nSender: a@b.example\nRecipient: c@d.example\n\nhello\n")
          .layout);
  EXPECT_FALSE(tell_log("Name : Paul\nDate : demain\n\nBonjour\n").layout);
}

TEST(Exports, PermissionsAsPowerShellListsThemNameWhoIsOutside) {
  const auto list = [](const std::string& user) {
    return "AccessRights    : {FullAccess}\nDeny            : False\nUser            : " + user +
           "\nIdentity        : p@firm.example\nIsInherited     : False\n";
  };
  EXPECT_EQ(claims_of(story_of(list("x@mail.example") + "\n" + list("q@firm.example") + "\n" + list("NT AUTHORITY\\SELF"))),
            Lines{"delegation_added high"});
}

TEST(Exports, TheEntraPortalsAuditLogHasItsChangesInColumns) {
  const std::string head =
      "Date (UTC),CorrelationId,Service,Category,Activity,Result,ActorUserPrincipalName,IPAddress,Target1DisplayName,"
      "Target1ModifiedProperty1Name,Target1ModifiedProperty1OldValue,Target1ModifiedProperty1NewValue\n";
  const std::string row =
      "2024-03-12T09:10:00.0000000Z,c,Core Directory,ApplicationManagement,Consent to application,success,"
      "p@firm.example,203.0.113.7,PDF Reader,ConsentAction.Permissions,,";
  EXPECT_EQ(lines_of(tell_log(head + row + "Scope: Mail.Read\n")),
            Lines{"consent_granted 2024-03-12T09:10:00Z p@firm.example 203.0.113.7 PDF Reader success"});
  EXPECT_EQ(claims_of(story_of(head + row + "Scope: Mail.Read\n")), Lines{"consent_granted medium"});
  EXPECT_EQ(claims_of(story_of(head + row + "Scope: openid\n")), Lines{"consent_granted low"});
}

TEST(Exports, AHistoricalTraceTellsWhatBecameOfAMailInOrder) {
  const auto act = [](const std::string& status) {
    return std::string(name_of(
        tell_log(
            "origin_timestamp_utc,sender_address,recipient_status,message_subject,message_id\n2024-03-11T08:00:05.1Z,f@supplier."
            "example,\"p@firm.example##" +
            status + "\",RIB,<m1@supplier.example>\n")
            .events.at(0)
            .act));
  };
  EXPECT_EQ(act("Receive, Deliver"), "mail_delivered");
  EXPECT_EQ(act("Receive, Send"), "mail_delivered");
  EXPECT_EQ(act("Receive, Fail"), "mail_bounced");
  EXPECT_EQ(act("Receive"), "mail_accepted");
}

TEST(Exports, GmailsEventsOfTheInvestigationTool) {
  const ToldLog told = tell_log(
      "Date,Message ID,Subject,Event,From (Envelope),To (Envelope),Client type,IP address,Owner\n"
      "2024-03-11T09:00:05+01:00,<m1@supplier.example>,RIB,Receive,f@supplier.example,p@firm.example,,192.0.2.80,p@firm.example\n"
      "2024-03-12T09:08:00Z,<m1@supplier.example>,RIB,View,f@supplier.example,p@firm.example,WEB,203.0.113.7,p@firm.example\n");
  ASSERT_EQ(told.events.size(), 2U);
  EXPECT_EQ(told.events[0].act, Act::mail_accepted);
  EXPECT_EQ(told.events[1].act, Act::mail_read);
}

std::string activity(const std::string& application, const std::string& name, const std::string& parameters) {
  static int number = 0;
  return R"({"kind":"admin#reports#activity","id":{"time":"2024-03-12T09:00:00.000Z","uniqueQualifier":")" +
         std::to_string(++number) + R"(","applicationName":")" + application +
         R"("},"actor":{"email":"p@firm.example","profileId":"1"},"ipAddress":"203.0.113.7","networkInfo":{"regionCode":"LV"},"events":[{"type":"x","name":")" +
         name + R"(","parameters":[)" + parameters + "]}]}";
}

TEST(Exports, ActivitiesOfGoogleWorkspace) {
  const std::string scopes =
      R"({"name":"app_name","value":"PDF Reader"},{"name":"scope","multiValue":["https://mail.google.com/"]})";
  const std::string log =
      R"({"kind":"admin#reports#activities","etag":"e","items":[)" + activity("login", "login_success", "") + "," +
      activity("login", "login_failure", R"({"name":"login_failure_type","value":"login_failure_invalid_password"})") + "," +
      activity("token", "authorize", scopes) + "," +
      activity("user_accounts", "email_forwarding_out_of_domain",
               R"({"name":"email_forwarding_destination_address","value":"x@mail.example"})") +
      "]}";
  const ToldLog told = tell_log(log);
  EXPECT_EQ(lines_of(told), (Lines{"login 2024-03-12T09:00:00Z p@firm.example 203.0.113.7 - -",
                                   "login_failed 2024-03-12T09:00:00Z p@firm.example 203.0.113.7 - -",
                                   "consent_granted 2024-03-12T09:00:00Z p@firm.example 203.0.113.7 PDF Reader -",
                                   "forwarding_set 2024-03-12T09:00:00Z p@firm.example 203.0.113.7 x@mail.example -"}));
  EXPECT_EQ(told.events.at(0).country, "LV");
  EXPECT_EQ(claims_of(story_of(activity("token", "authorize", scopes) + "\n")), Lines{"consent_granted medium"});
  EXPECT_EQ(claims_of(story_of(activity("login", "2sv_disable", "") + "\n")), Lines{"mfa_weakened medium"});
  EXPECT_EQ(claims_of(story_of(activity("login", "2sv_enroll", "") + "\n")), Lines{"mfa_weakened low"});
  EXPECT_EQ(claims_of(story_of(activity("user_accounts", "email_forwarding_out_of_domain",
                                        R"({"name":"email_forwarding_destination_address","value":"x@mail.example"})") +
                               "\n")),
            Lines{"mailbox_forwarding high"});
  EXPECT_TRUE(claims_of(story_of(activity("login", "login_success", "") + "\n")).empty());
}

}  // namespace
}  // namespace threadline::logs
