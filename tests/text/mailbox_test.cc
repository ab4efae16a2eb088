// SPDX-License-Identifier: Apache-2.0
#include "text/mailbox.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::text {
namespace {

/// "{name|address}{name|address}".
std::string line(const std::vector<Mailbox>& mailboxes) {
  std::string result;
  for (const auto& mailbox : mailboxes) result += "{" + mailbox.name + "|" + mailbox.address + "}";
  return result;
}

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Mailboxes : public testing::TestWithParam<Case> {};
TEST_P(Mailboxes, AreReadAsClientsPrintThem) { EXPECT_EQ(line(read_mailboxes(GetParam().text)), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    One, Mailboxes,
    testing::Values(
        Case{"angle", "Jean Dupont <jd@firm.example>", "{Jean Dupont|jd@firm.example}"},
        Case{"bare", "jd@firm.example", "{|jd@firm.example}"}, Case{"angle_alone", "<jd@firm.example>", "{|jd@firm.example}"},
        Case{"outlook_mailto", "Jean Dupont [mailto:jd@firm.example]", "{Jean Dupont|jd@firm.example}"},
        Case{"outlook_address_and_mailto", "jd@firm.example [mailto:jd@firm.example]", "{|jd@firm.example}"},
        Case{"angle_mailto", "Jean Dupont <mailto:jd@firm.example>", "{Jean Dupont|jd@firm.example}"},
        Case{"gmail_link_leftover", "Jean Dupont <jd@firm.example<mailto:jd@firm.example>>", "{Jean Dupont|jd@firm.example}"},
        Case{"address_and_angle_mailto", "jd@firm.example<mailto:jd@firm.example>", "{|jd@firm.example}"},
        Case{"apple_bold", "*Jean Dupont* <jd@firm.example>", "{Jean Dupont|jd@firm.example}"},
        Case{"single_quotes", "'Jean Dupont' <jd@firm.example>", "{Jean Dupont|jd@firm.example}"},
        Case{"double_quotes", "\"Dupont, Jean\" <jd@firm.example>", "{Dupont, Jean|jd@firm.example}"},
        Case{"escaped_quotes", R"("Jean \"JD\" Dupont" <jd@firm.example>)", "{Jean \"JD\" Dupont|jd@firm.example}"},
        Case{"last_name_first", "Dupont, Jean <jd@firm.example>", "{Dupont, Jean|jd@firm.example}"},
        Case{"directory_entry_is_no_name", "Jean Dupont </O=FIRM/OU=X/CN=RECIPIENTS/CN=JD>", "{Jean Dupont|}"},
        Case{"other_brackets_stay", "Jean Dupont </jd>", "{Jean Dupont </jd>|}"},
        Case{"via_list", "'Jean' via Compta <compta@firm.example>", "{'Jean' via Compta|compta@firm.example}"},
        Case{"comment_is_the_name", "jd@firm.example (Jean Dupont)", "{Jean Dupont|jd@firm.example}"},
        Case{"address_in_parentheses", "Jean Dupont (jd@firm.example)", "{Jean Dupont|jd@firm.example}"},
        Case{"no_brackets", "Jean Dupont jd@firm.example", "{Jean Dupont|jd@firm.example}"},
        Case{"name_alone", "Dupont, Jean", "{Dupont, Jean|}"},
        Case{"department_in_parentheses", "Jean Dupont (Compta) <jd@firm.example>", "{Jean Dupont (Compta)|jd@firm.example}"},
        Case{"another_address_as_name_is_kept", "ceo@firm.example <x@evil.example>", "{ceo@firm.example|x@evil.example}"},
        Case{"html_leftover", "Jean Dupont &lt;jd@firm.example&gt;", "{Jean Dupont|jd@firm.example}"},
        Case{"ampersand_of_a_firm", "Dupont & Fils <jd@firm.example>", "{Dupont & Fils|jd@firm.example}"},
        Case{"accents", "F\u00e9lix L\u00e9 <fl@firm.example>", "{F\u00e9lix L\u00e9|fl@firm.example}"},
        Case{"folded", "Jean\r\n Dupont\r\n <jd@firm.example>", "{Jean Dupont|jd@firm.example}"},
        Case{"exchange_path", "/O=FIRM/OU=X/CN=JD", "{/O=FIRM/OU=X/CN=JD|}"},
        Case{"unclosed_angle", "Jean Dupont <jd@firm.example", "{Jean Dupont|jd@firm.example}"},
        Case{"no_break_space", "Jean Dupont\u00a0<jd@firm.example>", "{Jean Dupont|jd@firm.example}"},
        Case{"apostrophe_in_name", "Jean D'Arc <jd@firm.example>", "{Jean D'Arc|jd@firm.example}"}, Case{"empty", "", ""},
        Case{"separators_alone", " ; , ;", ""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Lists, Mailboxes,
    testing::Values(
        Case{"semicolons", "DUPONT Jean <a@b.example>; MARTIN Luc <c@d.example>",
             "{DUPONT Jean|a@b.example}{MARTIN Luc|c@d.example}"},
        Case{"commas", "Jean <a@b.example>, Luc <c@d.example>", "{Jean|a@b.example}{Luc|c@d.example}"},
        Case{"commas_in_names", "Dupont, Jean <a@b.example>, Martin, Luc <c@d.example>",
             "{Dupont, Jean|a@b.example}{Martin, Luc|c@d.example}"},
        Case{"bare_commas", "a@b.example, c@d.example,e@f.example", "{|a@b.example}{|c@d.example}{|e@f.example}"},
        Case{"names_alone", "Dupont, Jean; Martin, Luc", "{Dupont, Jean|}{Martin, Luc|}"},
        Case{"semicolon_in_quotes", "\"a; b\" <a@b.example>; c@d.example", "{a; b|a@b.example}{|c@d.example}"},
        Case{"lines", "a@b.example\nLuc <c@d.example>", "{|a@b.example}{Luc|c@d.example}"},
        Case{"line_before_the_angle", "Jean a@b.example\n <mailto:a@b.example>; c@d.example",
             "{Jean a@b.example|a@b.example}{|c@d.example}"},
        Case{"unbalanced_quote", "Jean \"J <a@b.example>; Luc <c@d.example>", "{Jean \"J|a@b.example}{Luc|c@d.example}"},
        Case{"unbalanced_parenthesis", "Jean (J <a@b.example>; Luc <c@d.example>", "{Jean (J|a@b.example}{Luc|c@d.example}"},
        Case{"mailto_brackets", "Jean [mailto:a@b.example], Luc [mailto:c@d.example]", "{Jean|a@b.example}{Luc|c@d.example}"}),
    [](const auto& test) { return test.param.name; });

TEST(Mailbox, IsTheFirstOfAList) {
  EXPECT_EQ(read_mailbox("Jean <a@b.example>; c@d.example"), (Mailbox{"Jean", "a@b.example"}));
  EXPECT_EQ(read_mailbox(""), Mailbox{});
}

class NotesLists : public testing::TestWithParam<Case> {};
TEST_P(NotesLists, KeepAddressesWhole) {
  EXPECT_EQ(line(read_mailboxes(GetParam().text, NotesAddresses::whole)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Notes, NotesLists,
    testing::Values(Case{"one", "Jean  Dupont/COMPTA/FIRM@firm.example", "{|Jean Dupont/COMPTA/FIRM@firm.example}"},
                    Case{"several", "Jean Dupont/FIRM@FIRM, Luc Martin/FIRM@FIRM",
                         "{|Jean Dupont/FIRM@FIRM}{|Luc Martin/FIRM@FIRM}"},
                    Case{"name_before_angle", "Jean Dupont/FIRM <jd@firm.example>", "{Jean Dupont/FIRM|jd@firm.example}"},
                    Case{"name_before_bare", "Jean Dupont/FIRM jd@firm.example", "{Jean Dupont/FIRM|jd@firm.example}"},
                    Case{"no_units", "Jean Dupont jd@firm.example", "{Jean Dupont|jd@firm.example}"},
                    Case{"x400_path", "Jean /G=Jean/S=Dupont/@x400.example", "{Jean|/G=Jean/S=Dupont/@x400.example}"}),
    [](const auto& test) { return test.param.name; });

TEST(Mailbox, OfASenderIsReadApartSoThatASlashTakesNoNameAway) {
  EXPECT_EQ(read_mailbox("Jean Dupont x/y@firm.example"), (Mailbox{"Jean Dupont", "x/y@firm.example"}));
}

TEST(Mailbox, ACommonNameIsANamesFirstPartWhereNotesWroteUnitsBehindIt) {
  EXPECT_EQ(common_name("Jean Dupont/COMPTA/FIRM@FIRM"), "Jean Dupont");
  EXPECT_EQ(common_name("CN=Jean Dupont/OU=COMPTA/O=FIRM"), "Jean Dupont");
  EXPECT_EQ(common_name("Jean Dupont"), "Jean Dupont");
  EXPECT_EQ(common_name("Dupont / Martin"), "Dupont / Martin");
  EXPECT_EQ(common_name("/Jean"), "/Jean");
  EXPECT_EQ(common_name("CN=/O=FIRM"), "CN=/O=FIRM");
  EXPECT_EQ(common_name(""), "");
}

TEST(Mailboxes, LongListsAreReadInLinearTime) {
  std::string text;
  for (int i = 0; i < 50'000; ++i) text += "\"<(a@b.example>, ";
  EXPECT_FALSE(read_mailboxes(text).empty());
  EXPECT_EQ(read_mailboxes(std::string(500'000, '<')).size(), 1U);
}

}  // namespace
}  // namespace threadline::text
