// SPDX-License-Identifier: Apache-2.0
// What is concluded, each beside its benign twin.
#include "logs/conclusions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "logs/names.h"
#include "told_story.h"

namespace threadline::logs {
namespace {

using Lines = std::vector<std::string>;

std::string rule(const std::string& parameters, const std::string& more = "") {
  return audit(day_time(11, 9, 6), "New-InboxRule", more + R"("Parameters":[)" + parameters + "]");
}

std::string pair(const std::string& name, const std::string& value) {
  return R"({"Name":")" + name + R"(","Value":")" + value + R"("})";
}

struct RuleCase {
  const char* name;
  std::string parameters;
  Lines expected;
};

class Rules : public ::testing::TestWithParam<RuleCase> {};

TEST_P(Rules, AreJudgedByWhatTheyDo) {
  EXPECT_EQ(claims_of(story_of(rule(GetParam().parameters))), GetParam().expected) << GetParam().name;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Rules,
    ::testing::Values(
        RuleCase{"a newsletter into its folder",
                 pair("Name", "News") + "," + pair("From", "news@shop.example") + "," + pair("MoveToFolder", "News"),
                 {}},
        RuleCase{"a department of two letters",
                 pair("Name", "RH") + "," + pair("From", "rh@firm.example") + "," + pair("MoveToFolder", "RH"),
                 {}},
        RuleCase{
            "invoices filed where they are seen",
            pair("Name", "Factures") + "," + pair("SubjectContainsWords", "facture") + "," + pair("MoveToFolder", "Factures"),
            {}},
        RuleCase{"a category", pair("Name", "Blue") + "," + pair("From", "x@firm.example"), {}},
        RuleCase{"old mail into the archive",
                 pair("Name", "Old") + "," + pair("From", "x@shop.example") + "," + pair("MoveToFolder", "Archive"),
                 {}},
        RuleCase{"forwarding to a colleague", pair("Name", "Copy") + "," + pair("ForwardTo", "x@firm.example"), {}},
        RuleCase{"payments into RSS",
                 pair("Name", "x y z") + "," + pair("SubjectOrBodyContainsWords", "virement;RIB") + "," +
                     pair("MoveToFolder", "Flux RSS"),
                 {"inbox_rule_hides high"}},
        RuleCase{"a dot that deletes",
                 pair("Name", ".") + "," + pair("DeleteMessage", "True") + "," + pair("From", "f@supplier.example"),
                 {"inbox_rule_hides high"}},
        RuleCase{"German words",
                 pair("Name", "..") + "," + pair("BodyContainsWords", "Rechnung") + "," + pair("MoveToFolder", "Archiv") + "," +
                     pair("MarkAsRead", "True"),
                 {"inbox_rule_hides high"}},
        RuleCase{"Spanish history folder",
                 pair("Name", "ok") + "," + pair("SubjectContainsWords", "factura") + "," +
                     pair("MoveToFolder", "Historial de conversaciones"),
                 {"inbox_rule_hides high"}},
        RuleCase{"everything deleted", pair("Name", "all") + "," + pair("DeleteMessage", "True"), {"inbox_rule_hides medium"}},
        RuleCase{
            "forwarding outside", pair("Name", "Copy") + "," + pair("ForwardTo", "x@mail.example"), {"inbox_rule_forwards high"}},
        RuleCase{"redirection outside in Outlook's writing",
                 pair("Name", "c") + "," + pair("RedirectTo", "\\\"X\\\" [SMTP:x@mail.example]"),
                 {"inbox_rule_forwards high"}}));

struct HidingCase {
  const char* name;
  std::string rule, conditions, folder;
  bool marks;
  std::string expected;  ///< severity, or "" for no finding
};

class HidingRules : public ::testing::TestWithParam<HidingCase> {};

/// findings.md, inbox_rule_hides: deletes, moves where nobody looks, or files read into Archive, Junk or Notes; high with words
/// of money, a participant of the case or a name of punctuation, medium for every mail, low for one sender's deletion.
TEST_P(HidingRules, AreAsGraveAsWhatTheyHideAndWhere) {
  const HidingCase& one = GetParam();
  std::string parameters = pair("Name", one.rule);
  if (!one.conditions.empty()) parameters += "," + one.conditions;
  parameters += "," + (one.folder == "deletes" ? pair("DeleteMessage", "True") : pair("MoveToFolder", one.folder));
  if (one.marks) parameters += "," + pair("MarkAsRead", "True");
  const Lines expected = one.expected.empty() ? Lines{} : Lines{"inbox_rule_hides " + one.expected};
  EXPECT_EQ(claims_of(story_of(rule(parameters), ground_with({"<b2@mail.example>"}))), expected) << one.name;
}

const std::string kMoney = pair("SubjectContainsWords", "virement;RIB");
const std::string kShop = pair("From", "promo@shop.example");

INSTANTIATE_TEST_SUITE_P(
    Table, HidingRules,
    ::testing::Values(
        HidingCase{"money read into Archive", "tri", kMoney, "Archive", true, "high"},
        HidingCase{"money read into Junk", "tri", kMoney, "Courrier ind\u00e9sirable", true, "high"},
        HidingCase{"money read into Notes", "tri", kMoney, "Notizen", true, "high"},
        HidingCase{"money unread into Archive", "tri", kMoney, "Archive", false, ""},
        HidingCase{"money read into its own folder", "Factures", kMoney, "Factures", true, ""},
        HidingCase{"money read into a folder made in Archive", "Factures", kMoney, "Archive\\\\Factures", true, ""},
        HidingCase{"money unread below RSS", "tri", kMoney, "Flux RSS\\\\a", false, "high"},
        HidingCase{"Spanish RSS", "tri", kMoney, "Suscripciones de RSS", false, "high"},
        HidingCase{"German history", "tri", kMoney, "Gespr\u00e4chsverlauf", false, "high"},
        HidingCase{"a folder of dots", "tri", kMoney, "...", false, "high"},
        HidingCase{"a dot in Exchange's notation", "tri", kMoney, "p@firm.example:\\\\Inbox\\\\.", true, "high"},
        HidingCase{"a dot beside the inbox", "tri", kMoney, "p@firm.example:\\\\.", false, "high"},
        HidingCase{"a folder below a dot", "tri", kMoney, "p@firm.example:\\\\.\\\\a", false, "high"},
        HidingCase{"a star", "tri", kMoney, "p@firm.example:\\\\Inbox\\\\\u2b50", true, ""},
        HidingCase{"a smile", "tri", kMoney, "\U0001F600", true, ""},
        HidingCase{"a middle dot", "tri", kMoney, "p@firm.example:\\\\Inbox\\\\\u00b7", true, "high"},
        HidingCase{"a name with a dot", "tri", kMoney, "p@firm.example:\\\\Inbox\\\\1. Factures", true, ""},
        HidingCase{"a path that ends with its mark", "tri", kMoney, "p@firm.example:\\\\Inbox\\\\Factures\\\\", true, ""},
        HidingCase{"a newsletter read into Archive", "tri", kShop, "Archive", true, ""},
        HidingCase{"every mail read into Archive", "tri", "", "Archive", true, "medium"},
        HidingCase{"dots read into Archive", "..", kShop, "Archive", true, "high"},
        HidingCase{"a middle dot that deletes", "\u00b7", kShop, "deletes", false, "high"},
        HidingCase{"a name that nobody sees", "\u200b", kShop, "deletes", false, "high"},
        HidingCase{"a letter that deletes a newsletter", "a", kShop, "deletes", false, "low"},
        HidingCase{"a digit that deletes a newsletter", "1", kShop, "deletes", false, "low"},
        HidingCase{"a participant's address deleted", "tri", pair("From", "f@supplier.example"), "deletes", false, "high"},
        HidingCase{"a participant's domain deleted", "tri", pair("FromAddressContainsWords", "supplier.example"), "deletes",
                   false, "high"},
        HidingCase{"written with its mark", "tri", pair("FromAddressContainsWords", "@Supplier.example"), "deletes", false,
                   "high"},
        HidingCase{"the domain's name", "tri", pair("FromAddressContainsWords", "supplier"), "deletes", false, "medium"},
        HidingCase{"the domain's name with words of money", "tri", pair("FromAddressContainsWords", "supplier") + "," + kMoney,
                   "deletes", false, "high"},
        HidingCase{"the domain of who never wrote", "tri", pair("FromAddressContainsWords", "vendor.example"), "deletes", false,
                   "low"},
        HidingCase{"its name", "tri", pair("FromAddressContainsWords", "vendor;otherpromo"), "deletes", false, "low"},
        HidingCase{"the address of who never wrote", "tri", pair("From", "s@vendor.example"), "deletes", false, "high"},
        HidingCase{"another domain deleted", "tri", pair("FromAddressContainsWords", "supplierx.example"), "deletes", false,
                   "low"},
        HidingCase{"a suffix of half the world deleted", "tri", pair("FromAddressContainsWords", "example"), "deletes", false,
                   "low"},
        HidingCase{"the mailbox's own domain deleted", "tri", pair("FromAddressContainsWords", "firm.example"), "deletes", false,
                   "low"}));

TEST(Conclusions, SystemNoiseIsSilent) {
  const std::string system = R"("UserType":3,)";
  EXPECT_TRUE(story_of(rule(pair("Name", ".") + "," + pair("DeleteMessage", "True"), system)).claims.empty());
  EXPECT_TRUE(story_of(audit(day_time(11, 9, 6), "Set-Mailbox",
                             system + R"("Parameters":[)" + pair("ForwardingSmtpAddress", "smtp:x@mail.example") + "]"))
                  .claims.empty());
  EXPECT_TRUE(story_of(audit(day_time(11, 9, 6), "Set-Mailbox", R"("Parameters":[)" + pair("ForwardingSmtpAddress", "") + "]"))
                  .claims.empty());
}

TEST(Conclusions, ForwardingOfAMailboxOutsideIsHighInsideLow) {
  const auto forward = [](const std::string& to) {
    return claims_of(story_of(
        audit(day_time(11, 9, 6), "Set-Mailbox",
              R"("Parameters":[)" + pair("Identity", kOwner) + "," + pair("ForwardingSmtpAddress", "smtp:" + to) + "]")));
  };
  EXPECT_EQ(forward("x@mail.example"), Lines{"mailbox_forwarding high"});
  EXPECT_EQ(forward("x@firm.example"), Lines{"mailbox_forwarding low"});
}

TEST(Conclusions, ATravellerIsLowAndTwoCountriesAtOnceMedium) {
  EXPECT_EQ(claims_of(story_of(baseline() + login(day_time(11, 14, 0), "203.0.113.7", "LV"))), Lines{"login_new_place low"});
  EXPECT_EQ(claims_of(story_of(baseline() + login(day_time(11, 7, 0), "192.0.2.7", "FR") +
                               login(day_time(11, 7, 40), "203.0.113.7", "LV"))),
            Lines{"login_new_place medium"});
  EXPECT_EQ(claims_of(story_of(baseline() + login(day_time(11, 14, 0), "198.51.100.9", "FR"))), Lines{"login_new_place info"})
      << "another network of the same country";
  EXPECT_TRUE(
      claims_of(story_of(login(day_time(1, 7, 0), "192.0.2.7", "FR") + login(day_time(1, 7, 40), "203.0.113.7", "LV"))).empty())
      << "no baseline";
}

TEST(Conclusions, TheSameSignInBeforeAHidingRuleIsHigh) {
  const std::string log = baseline() + login(day_time(11, 9, 0), "203.0.113.7", "LV") +
                          audit(day_time(11, 9, 6), "New-InboxRule",
                                R"("ClientIP":"203.0.113.7","Parameters":[)" + pair("Name", ".") + "," +
                                    pair("DeleteMessage", "True") + "," + pair("SubjectContainsWords", "RIB") + "]");
  EXPECT_EQ(claims_of(story_of(log)), (Lines{"inbox_rule_hides high", "login_new_place high"}));
}

std::string failures(int count, const std::string& ip, int error = 50126) {
  std::string log;
  for (int i = 0; i < count; ++i) log += login(day_time(11, 8, i), ip, "LV", error);
  return log;
}

TEST(Conclusions, GuessedPasswordsAreHighAndTheirTwinsSilent) {
  const auto codes = [](const std::string& log) { return claims_of(story_of(log)); };
  EXPECT_EQ(codes(failures(12, "203.0.113.7") + login(day_time(11, 8, 30), "203.0.113.7", "LV")),
            Lines{"login_bruteforce_then_success high"});
  EXPECT_TRUE(codes(failures(12, "203.0.113.7")).empty()) << "no success";
  EXPECT_TRUE(codes(failures(4, "203.0.113.7") + login(day_time(11, 8, 30), "203.0.113.7", "LV")).empty()) << "mistyped";
  EXPECT_TRUE(codes(failures(30, "203.0.113.7", 50074) + login(day_time(11, 8, 30), "203.0.113.7", "LV")).empty())
      << "interrupts";
  EXPECT_TRUE(codes(baseline() + failures(30, "192.0.2.9") + login(day_time(11, 8, 40), "192.0.2.9", "FR")).empty())
      << "a telephone with the old password, at home";
}

TEST(Conclusions, OneAddressThatTriesManyAccountsIsSpraying) {
  std::string log;
  for (int i = 0; i < 12; ++i)
    log += login(day_time(11, 8, i), "203.0.113.7", "LV", 50126, "user" + std::to_string(i) + "@firm.example");
  EXPECT_EQ(claims_of(story_of(log + login(day_time(11, 8, 30), "203.0.113.7", "LV"))),
            Lines{"login_bruteforce_then_success high"});
}

TEST(Conclusions, RightsConsentsExportsAndMethods) {
  const auto of = [](const std::string& operation, const std::string& members) {
    return claims_of(story_of(audit(day_time(11, 9, 6), operation, members)));
  };
  const auto rights = [](const std::string& to) {
    return R"("Parameters":[)" + pair("Identity", kOwner) + "," + pair("User", to) + "," + pair("AccessRights", "FullAccess") +
           "]";
  };
  EXPECT_EQ(of("Add-MailboxPermission", rights("x@firm.example")), Lines{"delegation_added low"});
  EXPECT_EQ(of("Add-MailboxPermission", rights("x@mail.example")), Lines{"delegation_added high"});
  EXPECT_TRUE(of("Add-MailboxPermission", rights("NT AUTHORITY\\\\SELF")).empty());
  EXPECT_EQ(of("Consent to application.",
               R"("ModifiedProperties":[{"Name":"ConsentAction.Permissions","NewValue":"Scope: Mail.Read offline_access"}])"),
            Lines{"consent_granted medium"});
  EXPECT_EQ(of("Consent to application.",
               R"("ModifiedProperties":[{"Name":"ConsentAction.Permissions","NewValue":"Scope: User.Read"}])"),
            Lines{"consent_granted low"});
  EXPECT_EQ(of("New-MailboxExportRequest", ""), Lines{"mail_exported medium"});
  EXPECT_TRUE(of("SearchCreated", "").empty()) << "a row, no finding";
  EXPECT_EQ(of("User registered security info", ""), Lines{"mfa_weakened low"});
  EXPECT_EQ(of("Disable Strong Authentication.", ""), Lines{"mfa_weakened medium"});
  EXPECT_EQ(of("New-TransportRule", R"("Parameters":[)" + pair("Name", "x") + "," + pair("BlindCopyTo", "x@mail.example") + "]"),
            Lines{"transport_rule_changed medium"});
}

TEST(Conclusions, FiftyDeletionsWithinAnHourAreMany) {
  const auto deletions = [](int count) {
    std::string log;
    for (int i = 0; i < count; ++i) log += audit(day_time(11, 9, i % 60), "HardDelete", R"("ClientIP":"192.0.2.7")");
    return claims_of(story_of(log));
  };
  EXPECT_EQ(deletions(50), Lines{"mass_deletion low"});
  EXPECT_TRUE(deletions(49).empty());
}

std::string bind(const std::string& when, const std::string& ip, const Lines& ids) {
  std::string items;
  for (const std::string& id : ids) items += (items.empty() ? "" : ",") + std::string(R"({"InternetMessageId":")") + id + R"("})";
  return audit(when, "MailItemsAccessed",
               R"("ClientIPAddress":")" + ip + R"(","SessionId":"s-)" + ip + R"(","OperationProperties":[)" +
                   pair("MailAccessType", "Bind") + R"(],"Folders":[{"FolderItems":[)" + items + "]}]");
}

TEST(Conclusions, ReadingIsJoinedByMessageIdHoweverItIsWritten) {
  const Ground ground = ground_with({"<Ab.1@Mail.Example>", "<b2@mail.example>"});
  const Story story = story_of(bind(day_time(11, 9, 8), "192.0.2.7", {"ab.1@mail.example"}) +
                                   bind(day_time(11, 9, 9), "192.0.2.7", {" <B2@MAIL.example> ", "<other@mail.example>"}) +
                                   bind(day_time(11, 9, 9), "192.0.2.7", {"<other@mail.example>"}),
                               ground);
  ASSERT_EQ(claims_of(story), Lines{"thread_read_by info"});
  EXPECT_EQ(*story.claims[0].evidence.find("count")->integer(), 2);
  EXPECT_EQ(*story.claims[0].evidence.find("first")->text(), "2018-04-11T09:08:00Z");
  EXPECT_EQ(*story.claims[0].evidence.find("last")->text(), "2018-04-11T09:09:00Z");
  EXPECT_EQ(story.events.size(), 2U) << "what names no mail of the case is counted, not told";
}

TEST(Conclusions, ASuspectedSessionsReadingIsAsGraveAsWhatElseItDid) {
  const std::string log =
      audit(day_time(11, 9, 6), "New-InboxRule",
            R"("ClientIP":"203.0.113.7","SessionId":"s-203.0.113.7","Parameters":[)" + pair("Name", ".") + "," +
                pair("DeleteMessage", "True") + "]") +
      bind(day_time(11, 9, 8), "203.0.113.7", {"<b2@mail.example>"}) +
      audit(day_time(11, 9, 20), "MailItemsAccessed",
            R"("ClientIPAddress":"203.0.113.7","SessionId":"s-203.0.113.7","Folder":{"Path":"\\Inbox"},"OperationProperties":[)" +
                pair("MailAccessType", "Sync") + "]");
  const Story story = story_of(log, ground_with({"<b2@mail.example>"}));
  EXPECT_EQ(claims_of(story), (Lines{"inbox_rule_hides high", "thread_read_by high"}));
  const auto& reading = *std::ranges::find(story.claims, "thread_read_by", &Claim::code);
  ASSERT_NE(reading.evidence.find("folders")->list(), nullptr);
  EXPECT_EQ(*reading.evidence.find("folders")->list()->front().text(), "\\Inbox");
}

std::string sync_from(const std::string& ip) {
  return audit(day_time(11, 9, 20), "MailItemsAccessed",
               R"("ClientIPAddress":")" + ip + R"(","SessionId":"s-)" + ip +
                   R"(","Folder":{"Path":"\\Inbox"},"OperationProperties":[)" + pair("MailAccessType", "Sync") + "]");
}

TEST(Conclusions, AFolderThatANewPlaceSynchronisedWasExposedAndOneThatItsOwnerDidIsNotTold) {
  const std::string days = baseline();
  const std::string from_there = login(day_time(11, 9, 15), "203.0.113.7", "LV");
  EXPECT_EQ(claims_of(story_of(days + from_there + sync_from("203.0.113.7"), ground_with({"<b2@mail.example>"}))),
            (Lines{"login_new_place low", "thread_read_by low"}));
  EXPECT_TRUE(claims_of(story_of(days + sync_from("192.0.2.7"), ground_with({"<b2@mail.example>"}))).empty());
}

TEST(Conclusions, AMailThatOnlyTheConversationNamesCountsAsReadToo) {
  Ground ground = ground_with({"<b2@mail.example>"});
  ground.mails["gone@mail.example"] = {
      .id = "<gone@mail.example>", .subject = {}, .from = {}, .recipients = {}, .is_named = true};
  ground.wanted.mails.insert("gone@mail.example");
  const Story story = story_of(bind(day_time(11, 9, 8), "192.0.2.7", {"<b2@mail.example>", "<gone@mail.example>"}), ground);
  ASSERT_EQ(claims_of(story), Lines{"thread_read_by info"});
  EXPECT_EQ(*story.claims[0].evidence.find("count")->integer(), 2);
}

const std::string kTrace = "MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,MessageTraceId\n";

TEST(Conclusions, AMailThatOnlyALogShowsIsSaidOnce) {
  Ground ground = ground_with({"<b2@mail.example>"});
  ground.wanted.mails.insert("gone@mail.example");  // the case's mails answer it
  const Story story =
      story_of(kTrace +
                   "<gone@mail.example>,2018-04-11T09:00:00,p@firm.example,f@supplier.example,RE: RIB,Delivered,1\n"
                   "<gone@mail.example>,2018-04-11T09:00:01,p@firm.example,g@supplier.example,RE: RIB,Delivered,1\n"
                   "<b2@mail.example>,2018-04-11T08:00:00,f@supplier.example,p@firm.example,RIB,Delivered,2\n"
                   "<foreign@mail.example>,2018-04-11T08:00:00,x@shop.example,p@firm.example,News,Delivered,3\n",
               ground);
  EXPECT_EQ(claims_of(story), Lines{"mail_absent low"});
  EXPECT_EQ(story.events.size(), 3U);
}

TEST(Conclusions, AFraudDeliveredToOthersIsHighAndAnHonestMailIsNot) {
  Ground ground = ground_with({"<b2@mail.example>"});
  const std::string log = kTrace +
                          "<b2@mail.example>,2018-04-11T09:00:00,f@suppl1er.example,p@firm.example,RIB,Delivered,1\n"
                          "<b2@mail.example>,2018-04-11T09:00:00,f@suppl1er.example,q@firm.example,RIB,Delivered,1\n"
                          "<b3@mail.example>,2018-04-11T09:10:00,f@suppl1er.example,r@firm.example,RIB,Delivered,4\n";
  EXPECT_TRUE(claims_of(story_of(log, ground)).empty());
  ground.mails["b2@mail.example"].is_fraud = true;
  ground.wanted.suspects = {"suppl1er.example"};
  EXPECT_EQ(claims_of(story_of(log, ground)), (Lines{"delivered_elsewhere high", "delivered_elsewhere high", "mail_absent low"}));
}

TEST(Conclusions, WhomTheMailNamesIsNobodyElseAlsoBehindAnAlias) {
  struct Row {
    const char *name, *delivery;
    bool is_elsewhere;
  };
  const Row rows[] = {
      {"the address of To", "to=<p@firm.example>, relay=local", false},
      {"an alias of it", "to=<pmartin@box.firm.example>, orig_to=<p@firm.example>, relay=local", false},
      {"a name without a domain", "to=<pmartin>, orig_to=<P@firm.example>, relay=local", false},
      {"a subaddress", "to=<p+bills@firm.example>, relay=local", false},
      {"an alias of a subaddress", "to=<pmartin@firm.example>, orig_to=<p+bills@firm.example>, relay=local", false},
      {"somebody else", "to=<q@firm.example>, relay=local", true},
      {"an alias of somebody else", "to=<q@firm.example>, orig_to=<bills@firm.example>, relay=local", true},
      {"somebody whose name begins so", "to=<p+@other.example>, relay=local", true},
  };
  const std::string line = "2018-04-11T09:00:00+00:00 mx1 postfix/";
  Ground ground = ground_with({"<b2@mail.example>"});
  ground.mails["b2@mail.example"].is_fraud = true;
  ground.wanted.queue_ids = {"mx1/4A1B2C3D4E"};
  for (const Row& row : rows) {
    const Story story = story_of(line + "cleanup[2]: 4A1B2C3D4E: message-id=<b2@mail.example>\n" + line +
                                     "local[5]: 4A1B2C3D4E: " + row.delivery + ", status=sent (ok)\n",
                                 ground);
    EXPECT_EQ(claims_of(story), row.is_elsewhere ? Lines{"delivered_elsewhere high"} : Lines{}) << row.name;
  }
  ground.wanted.suspects = {"suppl1er.example"};
  for (const Row& row : rows) {
    const Story story = story_of(line + "cleanup[2]: 4A1B2C3D4E: message-id=<b3@mail.example>\n" + line +
                                     "qmgr[3]: 4A1B2C3D4E: from=<f@suppl1er.example>, size=1\n" + line +
                                     "local[5]: 4A1B2C3D4E: " + row.delivery + ", status=sent (ok)\n",
                                 ground);
    EXPECT_EQ(claims_of(story),
              row.is_elsewhere ? Lines({"delivered_elsewhere high", "mail_absent low"}) : Lines{"mail_absent low"})
        << "a mail that is not in evidence, for " << row.name;
  }
}

TEST(Conclusions, AnAliasHidesNoMailboxWhereNoMailIsToldAsAbsent) {
  struct Row {
    const char *name, *id, *delivery;
    Lines expected;
  };
  const Row rows[] = {
      {"an alias, told as absent", "<b3@mail.example>", "to=<q@firm.example>, orig_to=<p@firm.example>", {"mail_absent low"}},
      {"an alias, no Message-ID", "", "to=<q@firm.example>, orig_to=<p@firm.example>", {"delivered_elsewhere high"}},
      {"the case's mailbox, no Message-ID", "", "to=<p@firm.example>", {}},
  };
  const std::string line = "2018-04-11T09:00:00+00:00 mx1 postfix/";
  Ground ground = ground_with({"<b2@mail.example>"});
  ground.wanted.queue_ids = {"mx1/4A1B2C3D4E"};
  ground.wanted.suspects = {"suppl1er.example"};
  for (const Row& row : rows) {
    const std::string cleanup = row.id[0] == '\0' ? std::string() : line + "cleanup[2]: 4A1B2C3D4E: message-id=" + row.id + "\n";
    const Story story = story_of(cleanup + line + "qmgr[3]: 4A1B2C3D4E: from=<f@suppl1er.example>, size=1\n" + line +
                                     "local[5]: 4A1B2C3D4E: " + row.delivery + ", relay=local, status=sent (ok)\n",
                                 ground);
    EXPECT_EQ(claims_of(story), row.expected) << row.name;
  }
}

TEST(Conclusions, WhatIsFoundInAQueueDoesNotDependOnHowManyRecordsAreTold) {
  const std::string line = "2018-04-11T09:00:00+00:00 mx1 postfix/";
  const std::string log = line + "cleanup[2]: 4A1B2C3D4E: message-id=<b2@mail.example>\n" + line +
                          "qmgr[3]: 4A1B2C3D4E: from=<f@suppl1er.example>, size=1, nrcpt=1 (queue active)\n" + line +
                          "local[5]: 4A1B2C3D4E: to=<q@firm.example>, relay=local, status=sent (ok)\n" + line +
                          "qmgr[3]: 4A1B2C3D4E: removed\n";
  Ground ground = ground_with({"<b2@mail.example>"});
  ground.mails["b2@mail.example"].is_fraud = true;
  ground.wanted.queue_ids = {"mx1/4A1B2C3D4E"};  // of the first reading
  const Story some = story_of(log, ground);
  EXPECT_EQ(claims_of(some), Lines{"delivered_elsewhere high"});
  EXPECT_EQ(some.events.size(), 2U);
  ground.wanted.every_record = true;
  const Story all = story_of(log, ground);
  EXPECT_EQ(claims_of(all), Lines{"delivered_elsewhere high"});
  EXPECT_EQ(all.events.size(), 4U);
}

TEST(Conclusions, ExchangesOwnIdJoinsAMailWhoseMessageIdWasRewritten) {
  Ground ground = ground_with({"<b2@mail.example>"});
  ground.network_ids["ab-77"] = "b2@mail.example";
  ground.wanted.network_mails = {"ab-77"};
  const Story story = story_of(
      kTrace + "<rewritten@gateway.example>,2018-04-11T09:00:00,f@supplier.example,p@firm.example,RIB,Delivered,AB-77\n", ground);
  EXPECT_TRUE(story.claims.empty());
  ASSERT_EQ(story.events.size(), 1U);
  EXPECT_EQ(known_mails(story.events[0], ground).at(0)->id, "<b2@mail.example>");
}

TEST(Conclusions, AnIdFromBeforeARewritingJoinsAndAMailInEvidenceOutranksTheClaim) {
  Ground ground = ground_with({"<new@mx.google.example>"});
  ground.other_ids["old@firm.example"] = "new@mx.google.example";
  ground.wanted.mails.insert("old@firm.example");
  const std::string log = kTrace + "< OLD@firm.example >,2018-04-11T09:00:00,f@supplier.example,p@firm.example,RIB,Delivered,1\n";
  const Story joined = story_of(log, ground);
  EXPECT_TRUE(joined.claims.empty()) << "not absent: it stands in the mailbox under its new id";
  ASSERT_EQ(joined.events.size(), 1U);
  EXPECT_EQ(known_mails(joined.events[0], ground).at(0)->id, "<new@mx.google.example>");
  ground.mails["old@firm.example"] = {.id = "<old@firm.example>", .subject = "RIB", .from = {}, .recipients = {}};
  EXPECT_EQ(known_mails(joined.events[0], ground).at(0)->id, "<old@firm.example>");
}

TEST(Conclusions, TheOrderOfTheRecordsChangesNothing) {
  const std::string forth = baseline() + login(day_time(11, 14, 0), "203.0.113.7", "LV");
  std::string back;
  for (std::size_t end = forth.size(); end > 0;) {
    const std::size_t begin = forth.rfind('\n', end - 2) == std::string::npos ? 0 : forth.rfind('\n', end - 2) + 1;
    back += forth.substr(begin, end - begin);
    end = begin;
  }
  EXPECT_EQ(claims_of(story_of(back)), claims_of(story_of(forth)));
}

}  // namespace
}  // namespace threadline::logs
