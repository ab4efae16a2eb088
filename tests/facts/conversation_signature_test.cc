// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "facts/conversation/signature.h"

namespace threadline::facts {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string signature;
  std::string writer = {};
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class SignatureOf : public testing::TestWithParam<Case> {};
TEST_P(SignatureOf, BeginsWhereTheWordsEnd) {
  EXPECT_EQ(find_signature(GetParam().text, GetParam().writer).text, GetParam().signature);
}

const std::string kContacts = "Jane Doe\nPurchasing\nTel. +44 20 7946 0000\nwww.firm.example";

INSTANTIATE_TEST_SUITE_P(
    Signs, SignatureOf,
    testing::Values(
        Case{"delimiter", "Hello.\n\n-- \nJane", "-- \nJane"}, Case{"underscores", "Hello.\n\n__\nJane", "__\nJane"},
        Case{"ruler", "Hello.\n\n________________\n" + kContacts, "________________\n" + kContacts},
        Case{"iphone_en", "Hello.\n\nSent from my iPhone", "Sent from my iPhone"},
        Case{"iphone_fr", "Bonjour.\n\nEnvoy\u00e9 de mon iPhone", "Envoy\u00e9 de mon iPhone"},
        Case{"iphone_de", "Hallo.\n\nVon meinem iPhone gesendet", "Von meinem iPhone gesendet"},
        Case{"iphone_tr", "Merhaba.\n\niPhone\u2019umdan g\u00f6nderildi", "iPhone\u2019umdan g\u00f6nderildi"},
        Case{"iphone_ja", "a\n\niPhone\u304b\u3089\u9001\u4fe1", "iPhone\u304b\u3089\u9001\u4fe1"},
        Case{"iphone_zh", "a\n\n\u5f9e\u6211\u7684 iPhone \u50b3\u9001", "\u5f9e\u6211\u7684 iPhone \u50b3\u9001"},
        Case{"iphone_hu", "a\n\niPhone-omr\u00f3l k\u00fcldve", "iPhone-omr\u00f3l k\u00fcldve"},
        Case{"name_between_footers", "a\n\nSent from my iPhone\n\nJane\nEnvoy\u00e9 de mon iPad",
             "Sent from my iPhone\n\nJane\nEnvoy\u00e9 de mon iPad"},
        Case{"nothing_below_delimiters", "a\n\n\u1427\n\n-- \n+++++", "\u1427\n\n-- \n+++++"},
        Case{"outlook_link", "a\n\nGet Outlook for iOS<https://aka.ms/o0ukef>", "Get Outlook for iOS<https://aka.ms/o0ukef>"},
        Case{"outlook_nl", "a\n\nOutlook voor Android downloaden", "Outlook voor Android downloaden"},
        Case{"k9", "a\n\nDiese Nachricht wurde von meinem Android-Ger\u00e4t mit K-9 Mail gesendet.",
             "Diese Nachricht wurde von meinem Android-Ger\u00e4t mit K-9 Mail gesendet."},
        Case{"proton", "a\n\nSent with Proton Mail secure email.", "Sent with Proton Mail secure email."},
        Case{"closing", "Hello.\n\nBest regards,\n" + kContacts, "Best regards,\n" + kContacts},
        Case{"closing_fr", "Bonjour.\n\nBien cordialement,\n\nJeanne\nT\u00e9l. : 01 99 00 00 00",
             "Bien cordialement,\n\nJeanne\nT\u00e9l. : 01 99 00 00 00"},
        Case{"own_name", "Hello.\n\n" + kContacts, kContacts, "Doe, Jane"},
        Case{"list", "Hello.\n\n_______________\nusers mailing list\nusers@lists.example\nhttps://lists.example/users",
             "_______________\nusers mailing list\nusers@lists.example\nhttps://lists.example/users"},
        Case{"disclaimer", "Hello.\n\nThis e-mail and any attachments are confidential.",
             "This e-mail and any attachments are confidential."},
        Case{"disclaimer_fr", "Bonjour.\n\nCe message et ses pi\u00e8ces jointes sont confidentiels.",
             "Ce message et ses pi\u00e8ces jointes sont confidentiels."},
        Case{"scanner", "Bonjour.\n\nGaranti sans virus. www.avast.com", "Garanti sans virus. www.avast.com"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    BenignTwins, SignatureOf,
    testing::Values(Case{"closing_in_the_middle", "Say best regards:\n\nBest regards\n\nand then call him about the contract.",
                         ""},
                    Case{"closing_without_contact", "Hello.\n\nThanks,\nJane", ""},
                    Case{"numbers_are_the_content", "The numbers:\n\n+44 20 7946 0000\n+44 20 7946 0001", "", "Jane Doe"},
                    Case{"name_without_contact", "Hello.\n\nJane Doe", "", "Jane Doe"},
                    Case{"sent_from_a_desk", "Sent from my desk, is much easier than my phone.", ""},
                    Case{"delimiter_in_code", "See:\n\n```\n--\nSELECT 1;\n```", ""},
                    Case{"ruler_above_a_total", "Hours 10\n----------\nTotal 500 EUR", ""},
                    Case{"ruler_below_a_table", "Hours 10\nTotal 500 EUR\n----------", ""},
                    Case{"line_above_one_footer", "a\n\nWe come on Monday.\nSent from my iPhone", "Sent from my iPhone"},
                    Case{"wish_to_leave_a_list", "I would like to unsubscribe from this list.", ""},
                    Case{"confidential_in_prose", "Please keep this message confidential.", ""},
                    Case{"dash_within_a_line", "Here is a fix -- not a signature.\n\nbye", ""}),
    [](const auto& test) { return test.param.name; });

TEST(Signature, OfTheSameTextByAnotherWriterIsHis) {
  const std::string text = "Hello.\n\nJane Doe\n+44 20 7946 0000";
  for (int again = 0; again < 2; ++again) {
    EXPECT_EQ(find_signature(text, "Jane Doe").text, "Jane Doe\n+44 20 7946 0000");
    EXPECT_EQ(find_signature(text, "John Roe").text, "");
  }
}

TEST(Signature, OfAPhoneIsMobile) {
  EXPECT_TRUE(find_signature("Hello.\n\nBest regards\nJane\n+44 20 7946 0000\n\nSent from my iPhone").mobile);
  EXPECT_FALSE(find_signature("Hello.\n\n-- \nJane").mobile);
  for (const char* footer :
       {"Envoy\u00e9 depuis mon appareil Galaxy", "Obtenir Outlook pour Android", "Sent from Yahoo Mail for iPhone",
        "Envoy\u00e9 depuis l'application Mail Orange", "Gesendet mit der GMX iPhone App", "Sent from my Windows Phone",
        "Diese Nachricht wurde von meinem Android-Mobiltelefon mit WEB.DE Mail gesendet.", "Sent with AquaMail for Android",
        "Envoy\u00e9 de mon mobile", "Inviato da smartphone Samsung Galaxy.", "Sent from my mobile. Please excuse typos",
        "L\u00e4hetetty puhelimestani", "\u53d1\u81ea\u6211\u7684\u624b\u673a", "Sent from Outlook Mobile"})
    EXPECT_TRUE(find_signature(std::string("Hello.\n\n") + footer).mobile) << footer;
}

/// The twins: clients and services end mails that are written at a desk with the same words.
TEST(Signature, OfADesktopClientOrAWebmailIsOneAndNotMobile) {
  for (const char* footer :
       {"Sent from Mail for Windows", "Sent from Mail for Windows 10", "Provenance : Courrier pour Windows",
        "Gesendet von Mail f\u00fcr Windows", "Sent with Proton Mail secure email.", "Envoy\u00e9 depuis le webmail SFR",
        "Sent from Thunderbird", "Sent from Outlook", "Sent from Yahoo Mail", "Sent from Front", "Gesendet mit Telekom Mail",
        "Inviato da Libero Mail", "Sent from Mailspring", "Envoy\u00e9 avec la messagerie s\u00e9curis\u00e9e Proton Mail"}) {
    const Signature found = find_signature(std::string("Hello.\n\n") + footer);
    EXPECT_EQ(found.text, footer);
    EXPECT_FALSE(found.mobile) << footer;
  }
}

TEST(Signature, OfAnEndlessLineOrManyLinesIsLookedForAtTheEndOnly) {
  EXPECT_EQ(find_signature(std::string(4U << 20U, '-') + "\n\nSent from my iPhone").text, "Sent from my iPhone");
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "--\n";
  EXPECT_LT(find_signature(text).text.size(), 300U);
}

}  // namespace
}  // namespace threadline::facts
