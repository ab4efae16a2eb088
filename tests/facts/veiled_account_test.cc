// SPDX-License-Identifier: Apache-2.0
// Each account in which something is veiled has a twin that looks alike and veils nothing.
#include <gtest/gtest.h>

#include "facts/bank/account.h"

namespace threadline::facts {
namespace {

using namespace std::string_literals;

/// "value" or "value how" for each account, "; " between.
std::string line_of(const std::string& text) {
  std::string line;
  for (const auto& account : find_accounts(text, Limits{}))
    line += (line.empty() ? "" : "; ") + account.value + (account.hidden ? " " + account.hidden_how : "");
  return line;
}

struct Row {
  const char* name;
  std::string text, line;
};

class Veiled : public testing::TestWithParam<Row> {};
TEST_P(Veiled, IsReadAsToldByTheRow) { EXPECT_EQ(line_of(GetParam().text), GetParam().line) << GetParam().text; }

const std::string kUk = "20415261728394", kUs = "0210000214455667788", kRib = "FR7630006000011234567890189";
std::string uk(const std::string& code, const std::string& number) {
  return "Please pay to:\nSort code " + code + "\nAccount number " + number + "\n";
}
std::string us(const std::string& routing, const std::string& number) {
  return "Routing number " + routing + ", account number " + number + "\n";
}

INSTANTIATE_TEST_SUITE_P(
    Uk, Veiled,
    testing::Values(Row{"plain", uk("20-41-52", "61728394"), kUk},
                    Row{"zero_width_space", uk("20-41-52", "6\u200b1728394"), kUk + " invisible"},
                    Row{"word_joiner_later", uk("20-41-52", "61728\u2060394"), kUk + " invisible"},
                    Row{"zero_width_joiner_in_code", uk("2\u200d0-41-52", "61728394"), kUk + " invisible"},
                    Row{"grapheme_joiner", uk("20-41-52", "6172839\u034f4"), kUk + " invisible"},
                    Row{"byte_order_mark", uk("20-41-52", "6\ufeff1728394"), kUk + " invisible"},
                    Row{"delete_character",
                        uk("20-41-52",
                           "6\x7f"
                           "1728394"),
                        kUk + " invisible"},
                    Row{"zero_byte",
                        uk("20-41-52",
                           "617283\0"
                           "94"s),
                        kUk + " invisible"},
                    Row{"control_of_eight_bits",
                        uk("20-41-52",
                           "6\u0090"
                           "1728394"),
                        kUk + " invisible"},
                    Row{"tab_is_seen", uk("20-41-52", "6172\t8394"), kUk},
                    Row{"controls_around",
                        uk("20-41-52",
                           "\x1b"
                           "61728394\x7f"),
                        kUk},
                    Row{"several", uk("20-4\u200b\u200b1-52", "6\u200b17\u20602\u20608394"), kUk + " invisible"},
                    Row{"beside_a_dash", uk("20-\u200b41-52", "61728394"), kUk + " invisible"},
                    Row{"around_the_number", uk("20-41-52", "\u200b61728394\u200b"), kUk},
                    Row{"soft_hyphen", uk("20-41-52", "6\u00ad1728394"), kUk + " invisible"},
                    Row{"soft_hyphen_where_a_group_ends", uk("20-41-52", "6172\u00ad8394"), kUk},
                    Row{"soft_hyphens_for_hyphens", uk("20\u00ad41\u00ad52", "61728394"), kUk},
                    Row{"hyphens_that_do_not_break", uk("20\u201141\u201152", "61728394"), kUk},
                    Row{"en_dashes", uk("20\u201341\u201352", "61728394"), kUk},
                    Row{"blanks_that_do_not_break", uk("20\u00a041\u00a052", "6172\u00a08394"), kUk},
                    Row{"full_width", uk("20-41-52", "\uff16\uff11\uff17\uff12\uff18\uff13\uff19\uff14"), kUk + " homoglyph"},
                    Row{"one_full_width", uk("20-41-52", "617283\uff194"), kUk + " homoglyph"},
                    Row{"cyrillic_o", uk("2\u041e-41-52", "61728394"), kUk + " homoglyph"},
                    Row{"latin_o", uk("2O-41-52", "61728394"), kUk + " homoglyph"},
                    Row{"latin_l", uk("20-41-52", "6l728394"), kUk + " homoglyph"},
                    Row{"side_by_side", "Pay by BACS to 20-41-52 6172\u200b8394", kUk + " invisible"},
                    Row{"side_by_side_plain", "Pay by BACS to 20-41-52 61728394", kUk},
                    Row{"side_by_side_full_width", "Pay by BACS to 20-41-52 account 6172\uff18394", kUk + " homoglyph"},
                    Row{"veiled_label", "S\u200bort c\u200bode 20-41-52\nAcc\u200bount number 61728394\n", kUk},
                    Row{"cyrillic_label", "S\u043ert code 20-41-52\nAccount number 61728394\n", kUk},
                    Row{"hyphenated_label", "Sort code 20-41-52\nAc\u00adcount number 61728394\n", kUk}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(
    OtherCountries, Veiled,
    testing::Values(Row{"us_plain", us("021000021", "4455667788"), kUs},
                    Row{"us_routing", us("0210\u200b00021", "4455667788"), kUs + " invisible"},
                    Row{"us_number_read_in_part", us("021000021", "44556\u200b67788"), kUs + " invisible"},
                    Row{"us_letter_o", us("O21000021", "4455667788"), kUs + " homoglyph"},
                    Row{"us_full_width", us("\uff10\uff12\uff11000021", "4455667788"), kUs + " homoglyph"},
                    Row{"rib", "Banque 30006 guichet 00001 compte 12345678901 cl\u00e9 89", kRib},
                    Row{"rib_zero_width", "Banque 30006 guichet 00001 compte 1234\u200b5678901 cl\u00e9 89", kRib + " invisible"},
                    Row{"rib_in_a_row", "RIB : 30006 00001 12345678901 89", kRib},
                    Row{"rib_in_a_row_zero_width", "RIB : 30006 00001 1234567\u200b8901 89", kRib + " invisible"},
                    Row{"belgian", "Compte 539-0075470-34", "BE68539007547034"},
                    Row{"belgian_zero_width", "Compte 539-00754\u200b70-34", "BE68539007547034 invisible"},
                    Row{"spanish", "CCC: 2100 0418 45 0200051332", "ES9121000418450200051332"},
                    Row{"spanish_letter_o", "CCC: 2100 0418 45 O2OOO51332", "ES9121000418450200051332 homoglyph"},
                    Row{"italian", "CIN X ABI 05428 CAB 11101 C/C 000000123456", "IT60X0542811101000000123456"},
                    Row{"italian_zero_width", "CIN X ABI 05428 CAB 11101 C/C 000000\u200b123456",
                        "IT60X0542811101000000123456 invisible"}),
    [](const auto& row) { return std::string(row.param.name); });

INSTANTIATE_TEST_SUITE_P(NoAccount, Veiled,
                         testing::Values(Row{"litres_and_words", "Sort code of waste: 1O l, 10l drums, O2", ""},
                                         Row{"an_order", "Order 20-41-52, lot 6\u200b1728394", ""},
                                         Row{"a_day", "Account: 30-11-\u200b26 10004567", ""},
                                         Row{"keycaps", "1\ufe0f\u20e3 2\ufe0f\u20e3 account 12", ""}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(VeiledAccounts, BeyondALimitAreSaidAtTheirPlaceInTheSource) {
  std::string text;
  for (int i = 10; i < 14; ++i) text += "Sort code 20-41-52 account 617\u200b283" + std::to_string(i) + "\n";
  Limits limits;
  std::vector<Note> none, some;
  EXPECT_EQ(find_accounts(text, limits, none).size(), 4U);
  EXPECT_TRUE(none.empty());
  limits.accounts = 2;
  EXPECT_EQ(find_accounts(text, limits, some).size(), 2U);
  ASSERT_EQ(some.size(), 1U);
  EXPECT_EQ(some[0].text, "accounts");
  EXPECT_LT(some[0].span.offset, text.size());
}

}  // namespace
}  // namespace threadline::facts
