// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/bank/account.h"
#include "facts/bank/iban.h"

namespace threadline::facts {
namespace {

using namespace std::string_literals;

// Synthetic: bank 30006, branch 00001, account 12345678901, key 89 (the example of many bank manuals); GB, DE, BE, AD from the
// registry.
const std::string kFr = "FR7630006000011234567890189";
// The IBAN registry's own examples, whose BBANs are written in their domestic forms below.
const std::string kEs = "ES9121000418450200051332", kPt = "PT50000201231234567890154", kIt = "IT60X0542811101000000123456";

/// One canonical line of what was found: value, "!" not valid, "~" masked, "(how)" hidden.
std::string line_of(std::string_view text) {
  const std::vector<char> exact(text.begin(), text.end());  // no byte more: ASan sees one too far
  std::string line;
  for (const auto& account : find_accounts({exact.data(), exact.size()}, {})) {
    line += (line.empty() ? "" : " ") + account.value + (account.valid ? "" : "!") + (account.masked ? "~" : "");
    if (account.hidden) line += "(" + account.hidden_how + ")";
  }
  return line;
}

/// The values, then the limits that were passed.
std::string told_with(const Limits& limits, const std::string& text) {
  std::string line;
  std::vector<Note> notes;
  for (const auto& account : find_accounts(text, limits, notes)) line += (line.empty() ? "" : " ") + account.value;
  for (const auto& note : notes) line += " [" + note.text + "]";
  return line;
}

const std::string kGrid = "Banque : 30006\nGuichet : 00001\nCompte : 12345678901\nCl\u00e9 RIB : 89\n";

struct Spelling {
  const char* name;
  std::string text;
};

class OneAccount : public testing::TestWithParam<Spelling> {};
TEST_P(OneAccount, IsFoundOnceInEverySpelling) { EXPECT_EQ(line_of(GetParam().text), kFr) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    Spellings, OneAccount,
    testing::Values(
        Spelling{"compact", "FR7630006000011234567890189"}, Spelling{"fours", "FR76 3000 6000 0112 3456 7890 189"},
        Spelling{"country_apart", "FR 76 3000 6000 0112 3456 7890 189"},
        Spelling{"rib_groups", "FR76 30006 00001 12345678901 89"},
        Spelling{"nbsp", "FR76\u00a03000\u00a06000\u00a00112\u00a03456\u00a07890\u00a0189"},
        Spelling{"narrow", "FR76\u202f3000\u202f6000\u202f0112\u202f3456\u202f7890\u202f189"},
        Spelling{"soft_hyphen", "FR76\u00ad3000\u00ad6000\u00ad0112\u00ad3456\u00ad7890\u00ad189"},
        Spelling{"hyphens", "FR76-3000-6000-0112-3456-7890-189"}, Spelling{"dots", "FR76.3000.6000.0112.3456.7890.189"},
        Spelling{"slashes", "FR76/3000/6000/0112/3456/7890/189"},
        Spelling{"en_dashes", "FR76\u20133000\u20136000\u20130112\u20133456\u20137890\u2013189"},
        Spelling{"lower", "iban fr76 3000 6000 0112 3456 7890 189"},
        Spelling{"wrapped", "IBAN : FR76 3000 6000\n0112 3456 7890 189"},
        Spelling{"quoted_wrapped", "> IBAN : FR76 3000 6000\n> 0112 3456 7890 189"},
        Spelling{"twice_quoted", ">> FR76 3000 6000\r\n>> 0112 3456 7890 189"},
        Spelling{"glued", "IBANFR7630006000011234567890189BIC"}, Spelling{"glued_word", "FR7630006000011234567890189Merci"},
        Spelling{"one_by_one", "F R 7 6 3 0 0 0 6 0 0 0 0 1 1 2 3 4 5 6 7 8 9 0 1 8 9"},
        Spelling{"cells", "IBAN\tFR76\t3000\t6000\t0112\t3456\t7890\t189\nBIC\tAGRIFRPP"},
        Spelling{"pipes", "| IBAN | FR76 | 3000 | 6000 | 0112 | 3456 | 7890 | 189 |"},
        Spelling{"brackets", "(FR7630006000011234567890189)"}, Spelling{"sentence", "Payez sur FR7630006000011234567890189."},
        Spelling{"rib", "RIB : 30006 00001 12345678901 89"}, Spelling{"rib_no_label", "30006 00001 12345678901 89"},
        Spelling{"rib_compact", "RIB 30006000011234567890189"}, Spelling{"rib_slashes", "RIB : 30006/00001/12345678901/89"},
        Spelling{"grid_tabs", "Code banque\tCode guichet\tN\u00b0 de compte\tCl\u00e9 RIB\n30006\t00001\t12345678901\t89"},
        Spelling{"grid_lines", "Banque\nGuichet\nCompte\nCl\u00e9\n30006\n00001\n12345678901\n89"},
        Spelling{"beside", "Code banque : 30006\nCode guichet : 00001\nCompte : 12345678901\nCl\u00e9 RIB : 89"},
        Spelling{"beside_zeros_lost", "Banque 30006 Guichet 1 Compte 12345678901 Cl\u00e9 89"},
        Spelling{"under_each", "Code banque\n30006\nCode guichet\n00001\nN\u00b0 de compte\n12345678901\nCl\u00e9\n89"},
        Spelling{"grid_split_account", "Banque Guichet Compte Cle\n30006 00001 1234 5678 901 89"}),
    [](const auto& spelling) { return std::string(spelling.param.name); });

class Silence : public testing::TestWithParam<Spelling> {};
TEST_P(Silence, IsKeptOnWhatIsNoAccount) { EXPECT_EQ(line_of(GetParam().text), "") << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(Negatives, Silence,
                         testing::Values(Spelling{"check_digits_wrong", "FR76 3000 6000 0112 3456 7890 188"},
                                         Spelling{"vat", "TVA FR40303265045"}, Spelling{"siret", "SIRET 552 100 554 00013"},
                                         Spelling{"phone", "Tel +33 1 23 45 67 89 / 06 12 34 56 78"},
                                         Spelling{"uuid", "de436807-1545-1680-8760-38bc12345678"},
                                         Spelling{"tracking", "Colis 6A 12345 67890 1, suivi RR123456785FR"},
                                         Spelling{"sha256", "ad1200012030200359100100e3b0c44298fc1c149afbf4c8996fb924"},
                                         Spelling{"hex_dump", "00000000: ad12 0001 2030 2003 5910 0100 1234 5678"},
                                         Spelling{"rib_key_wrong", "30006 00001 12345678901 88"},
                                         Spelling{"order", "Order NO 1234567890123 of 12/03/2024"},
                                         Spelling{"bic_word", "PAIEMENT VIREMENT DOCUMENT"},
                                         Spelling{"dates", "12/03/2024 10:59 - 13/03/2024 11:45"},
                                         Spelling{"routing_of_mail", "routing 021000021 of packets"},
                                         Spelling{"glued_digits", "FR76300060000112345678901890"},
                                         Spelling{"base64", "xFR7630006000011234567890189yQm9uam91cg=="}),
                         [](const auto& spelling) { return std::string(spelling.param.name); });

/// All letters of "DE" and "BE" are hexadecimal digits.
TEST(BesideANumberOfFourDigits, AnAccountOfHexadecimalDigitsIsReadAndADumpIsNone) {
  const std::string german = "DE89 3704 0044 0532 0130 00", belgian = "BE68 5390 0754 7034";
  for (const std::string& text :
       {"Kunde 4711\n" + german, "RE-Nr. 10234711: " + german, "avant le 12.10.2026 :\n" + german, german + "\n1234 Antwerpen",
        "facture 0777\n\n" + belgian, belgian + " 2026", "2026 0711 " + belgian, "Ref 4711 0815\n" + german})
    EXPECT_NE(line_of(text), "") << text;
  for (const std::string& text :
       {"0010: a1b2 00ff " + belgian + " 7f00 12ab", std::string("de89 3704 0044 0532 0130 00 1234 5678"),
        belgian + " 00a1 b200 1f00", "4e00 00a1 " + belgian})
    EXPECT_EQ(line_of(text), "") << text;
}

struct Line {
  const char* name;
  std::string text, line;
};
class Lines : public testing::TestWithParam<Line> {};
TEST_P(Lines, AreReadAsToldByTheRow) { EXPECT_EQ(line_of(GetParam().text), GetParam().line) << GetParam().text; }

INSTANTIATE_TEST_SUITE_P(
    Columns, Lines,
    testing::Values(
        Line{"on_the_left",
             "IBAN : FR76 3000 6000 0112   Conditions : 30 jours fin de mois\n"
             "3456 7890 189                Escompte 0%\nBIC AGRIFRPP                 Indemnit\u00e9 40 EUR\n",
             kFr},
        Line{"on_the_right",
             "Menuiserie        IBAN : FR76 3000 6000 0112\n29900 Concarneau  3456 7890 189\n"
             "SIRET 812345678   BIC AGRIFRPP\n",
             kFr},
        Line{"beside_amounts", "IBAN : FR76 3000 6000 0112   Total HT  1 676,67\n3456 7890 189   TVA 20%  335,33\n", kFr},
        Line{"in_the_middle", "Ets A.   IBAN FR76 3000 6000 0112   RCS Quimper\n4 rue    3456 7890 189              APE 4332A\n",
             kFr},
        Line{"one_group_over", "IBAN FR76 3000 6000 0112 3456   4 rue du Quai\n7890 189 BIC AGRIFRPP           29900 Paris", kFr},
        Line{"of_three_lines", "IBAN FR76 3000   Siret 8123\n6000 0112 3456   Tva 20\n7890 189         Ape 43", kFr},
        Line{"a_line_of_another_between",
             "IBAN FR76 3000 6000 0112   Conditions\n                           30 jours\n3456 7890 189   Escompte", kFr},
        Line{"in_cells", "IBAN FR76 3000 6000 0112\tConditions\n3456 7890 189\tEscompte 0\n", kFr},
        Line{"without_a_label", "Ets A.   FR76 3000 6000 0112   RCS 12\n4 rue    3456 7890 189         APE 43\n", kFr},
        Line{"two_side_by_side", "IBAN FR76 3000 6000 0112   IBAN DE89 3704 0044\n3456 7890 189              0532 0130 00\n",
             kFr + " DE89370400440532013000"},
        Line{"one_digit_wrong", "IBAN FR76 3000 6000 0112   Conditions : 30 jours\n3456 7890 188              Escompte 0%\n", ""},
        Line{"another_page", "IBAN FR76 3000 6000 0112   Conditions : 30 jours\n\f3456 7890 189   Escompte 0%\n", ""},
        Line{"cut_before_words", "IBAN FR76 3000 6000 0112   Conditions : 30 jours 2026 12345", ""},
        Line{"wrong_before_words", "IBAN FR76 3000 6000 0112 3456 7890 188   Conditions : 30 jours",
             "FR7630006000011234567890188!"}),
    [](const auto& line) { return std::string(line.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Others, Lines,
    testing::Values(
        Line{"labelled_wrong", "IBAN : FR76 3000 6000 0112 3456 7890 188", "FR7630006000011234567890188!"},
        Line{"labelled_too_long", "IBAN: GB29 NWBK 6016 1331 9268 191",
             "GB29NWBK60161331926819"
             "1!"},
        Line{"zero_width", "FR76\u200b3000\u200b6000\u200b0112\u200b3456\u200b7890\u200b189", kFr + "(invisible)"},
        Line{"controls",
             "IBAN FR76\b3000\x1b"
             "6000\x7f"
             "0112\x01"
             "3456\u0084"
             "7890\x1f"
             "189",
             kFr + "(invisible)"},
        Line{"zero_bytes",
             "IBAN FR76\0"
             "300060000112345678"
             "90189"s,
             kFr + "(invisible)"},
        Line{"a_control_behind_each",
             "IBAN F\x7fR\x7f"
             "7\x7f"
             "6\x7f"
             "3\x7f"
             "00060000112345678"
             "90189",
             kFr + "(invisible)"},
        Line{"controls_around",
             "IBAN \x02\x1b"
             "FR7630006000011234567890189\x1b[0m\x7f",
             kFr},
        Line{"a_control_between_numbers",
             "FR7630006000011234567890189\x1f"
             "12\x1e"
             "4711",
             kFr},
        Line{"tabs_and_line_ends", "IBAN FR76\t3000\t6000\t0112\r\n3456\t7890\t189", kFr},
        Line{"vertical_tab", "IBAN FR76 3000 6000 0112\v3456 7890 189", kFr},
        Line{"soft_hyphens_between_groups", "FR76\u00ad3000\u00ad6000\u00ad0112\u00ad3456\u00ad7890\u00ad189", kFr},
        Line{"soft_hyphens_inside_groups", "FR76300\u00ad060000\u00ad11234567890189", kFr + "(invisible)"},
        Line{"soft_hyphens_around", "\u00adFR7630006000011234567890189\u00ad", kFr},
        Line{"bidi", "FR76 3000 \u202e6000\u202c 0112 3456 7890 189", kFr + "(invisible)"},
        Line{"full_width",
             "\uff29\uff22\uff21\uff2e "
             "\uff26\uff32\uff17\uff16\uff13\uff10\uff10\uff10\uff16\uff10\uff10\uff10\uff10\uff11\uff11\uff12\uff13"
             "\uff14\uff15\uff16\uff17\uff18\uff19\uff10\uff11\uff18\uff19",
             kFr + "(homoglyph)"},
        Line{"letter_o", "IBAN FR76 3OOO 6000 0112 3456 7890 189", kFr + "(homoglyph)"},
        Line{"cyrillic_letters", "IBAN \u0412\u041568 5390 0754 7034", "BE68539007547034(homoglyph)"},
        Line{"masked_stars", "FR76 **** **** **** **** **** 189", "FR76********************189~"},
        Line{"masked_short", "IBAN FR76 **** **** 1234", "FR76*******************1234~"},
        Line{"masked_x", "IBAN : FR76 XXXX XXXX XXXX XXXX XXXX 189", "FR76********************189~"},
        Line{"german", "Bankverbindung: DE89 3704 0044 0532 0130 00", "DE89370400440532013000"},
        Line{"number_after", "DE89 3704 0044 0532 0130 00 2 days", "DE89370400440532013000"},
        Line{"two", "Ancien: BE68 5390 0754 7034, nouveau: DE89 3704 0044 0532 0130 00",
             "BE68539007547034 DE89370400440532013000"},
        Line{"belgian_form", "Compte : 539-0075470-34", "BE68539007547034"},
        Line{"spanish_ccc", "CCC: 2100 0418 45 0200051332", kEs},
        Line{"spanish_ccc_hyphens", "N\u00famero de cuenta: 2100-0418-45-0200051332", kEs},
        Line{"spanish_ccc_compact", "N\u00ba cuenta corriente 21000418450200051332", kEs},
        Line{"spanish_ccc_by_four", "C\u00f3digo cuenta cliente (CCC): 2100 0418 4502 0005 1332", kEs},
        Line{"spanish_iban_is_no_ccc", "Cuenta: ES91 2100 0418 4502 0005 1332", kEs},
        Line{"portuguese_nib", "NIB: 0002 0123 12345678901 54", kPt},
        Line{"portuguese_nib_dots", "NIB 0002.0123.12345678901.54", kPt},
        Line{"portuguese_nib_compact", "NIB 000201231234567890154", kPt},
        Line{"italian", "ABI 05428 CAB 11101 C/C 000000123456 CIN X", kIt},
        Line{"italian_cin_first", "CIN: X - ABI: 05428 - CAB: 11101 - c/c n. 123456", kIt},
        Line{"italian_lines", "Conto corrente: 000000123456\nABI: 05428\nCAB: 11101\nCIN: X", kIt},
        Line{"italian_after_prose", "sul nostro conto presso Banca X: ABI 05428, CAB 11101, conto 123456, CIN X", kIt},
        Line{"italian_grid", "CIN\tABI\tCAB\tConto\nX\t05428\t11101\t000000123456", kIt},
        Line{"italian_known_bank", "ABI 03069 CAB 09606 c/c 100000046111", "IT38M0306909606100000046111"},
        Line{"rib_counted", "RIB (23 chiffres) : 30006000011234567890189", "FR7630006000011234567890189"},
        Line{"rib_counted_before", "RIB (23 caract\u00e8res)\n30006000011234567890189", "FR7630006000011234567890189"},
        Line{"number_behind_a_counted_order", "Commande (23 chiffres) : 30006000011234567890189", ""},
        Line{"rib_initials", "Code B. : 30006 Code G. : 00001\nN. Cpte : 12345678901 Cl\u00e9 : 89",
             "FR7630006000011234567890189"},
        Line{"initials_of_codes", "Code B : 30006, code G : 00001, lot 12345678901, r\u00e9f. 89", ""},
        Line{"uk", "Sort code: 60-16-13 Account number: 31926819", "60161331926819"},
        Line{"uk_lines", "Account number: 31926819\nSort code: 60-16-13", "60161331926819"},
        Line{"uk_bank_before", "Our account for refunds is Barclays 20-45-12 70012233.", "20451270012233"},
        Line{"uk_bank_before_slash", "Lloyds: 30-96-34 / 12345678", "30963412345678"},
        Line{"uk_account_before", "Please pay to our account 60-16-13 31926819", "60161331926819"},
        Line{"uk_label_between", "Barrow Crane LLP\n23-69-72 Account 58820914", "23697258820914"},
        Line{"uk_acc_between", "Larder & Lane, 30-96-18 acc no. 00482915", "30961800482915"},
        Line{"uk_label_between_split", "30-96-18 A/C 0048 2915", "30961800482915"},
        Line{"uk_behind_bacs", "Pay by BACS to 30-96-18 00482915 Larder & Lane", "30961800482915"},
        Line{"uk_behind_bacs_lines", "30 days please, BACS to\n\nLarder & Lane\n30-96-18   00482915", "30961800482915"},
        Line{"uk_slash", "to the same client account please 30-96-18 / 00482915.", "30961800482915"},
        Line{"uk_two_lines_below_a_colon", "to the following client account:\n\nBarrow Crane LLP\n23-69-72\n58820914",
             "23697258820914"},
        Line{"uk_two_lines_quoted", "> our client account\n> 23-69-72\n> 58820914", "23697258820914"},
        Line{"uk_dots", "BACS: 30.96.18 00482915", "30961800482915"},
        Line{"uk_dots_behind_sort_code", "sort code 40.27.15 acc no 71330094", "40271571330094"},
        Line{"uk_long_dashes", "Faster Payments to 40\u201327\u201315, 71330094", "40271571330094"},
        Line{"uk_number_first", "Lloyds, account no. 71330094, 40-27-15", "40271571330094"},
        Line{"uk_number_first_ac", "A/C 71330094 40-27-15", "40271571330094"},
        Line{"norwegian_behind_account", "Account no. NO93 8601 1117 947", "NO9386011117947"},
        Line{"norwegian_small", "account no9386011117947", "NO9386011117947"},
        Line{"uk_pay_to", "From now on please pay to 40-27-15 71330094", "40271571330094"},
        Line{"us", "ABA routing number: 021000021\nAccount number: 000123456789", "021000021000123456789"},
        Line{"us_wrong", "Routing number: 021000022\nAccount number: 000123456789", "021000022000123456789!"},
        Line{"us_groups", "Routing # 021000021, account # 5520 914 7361", "02100002155209147361"},
        Line{"us_groups_wrapped", "Account number: 0012 345\n678 90\nRouting number: 021000021", "021000021001234567890"},
        Line{"us_zero_that_a_sheet_dropped", "ABA routing number\t21000021\nAccount number\t4471829301", "0210000214471829301"},
        Line{"us_zero_that_a_column_dropped", "Payee\tABA\tAccount number\nFirm\t21000021\t4471829301", "0210000214471829301"},
        Line{"us_eight_digits_that_are_none", "ABA routing number\t21000022\nAccount number\t4471829301", ""},
        Line{"us_eight_digits_in_a_sentence", "ABA routing number 21000021, account number 4471829301", ""},
        Line{"uk_zero_that_a_sheet_dropped", "Sort code\t20-45-45\nAccount number\t4418823", "20454504418823"},
        Line{"uk_zero_that_a_column_dropped", "Payee\tSort code\tAccount number\nFirm\t204545\t4418823", "20454504418823"},
        Line{"uk_two_zeros_that_a_sheet_dropped", "Sort code\t204545\nAccount number\t418823", "20454500418823"},
        Line{"uk_zero_of_the_code_that_a_sheet_dropped", "Sort code\t40004\nAccount number\t74418823", "04000474418823"},
        Line{"uk_seven_digits_in_a_sentence", "Sort code 20-45-45, account number 4418823.", ""},
        Line{"uk_seven_digits_of_another_cell", "Sort code\t20-45-45\nInvoice\t4418823", ""},
        Line{"us_groups_both", "ABA routing 021 000 021, account number 0001 2345 6789", "021000021000123456789"},
        Line{"us_number_then_others", "ABA routing 021000021, account no. 40125 7 day terms, 30 of 90 days", "02100002140125"},
        Line{"us_whole_then_group", "ABA routing 021000021, account no. 77001234 12 Main Street 10001", "02100002177001234"},
        Line{"bic_alone", "BIC : AGRIFRPP", "AGRIFRPP"}),
    [](const auto& line) { return std::string(line.param.name); });

INSTANTIATE_TEST_SUITE_P(DomesticThatProveNothing, Lines,
                         testing::Values(Line{"uk_without_bank_or_account", "Reference 60-16-13 31926819", ""},
                                         Line{"uk_a_day_on_account", "Received on account 20-11-22 10004567", ""},
                                         Line{"uk_a_day_on_account_below", "Account\nDate Ref\n12-03-26 10004567", ""},
                                         Line{"uk_a_day_and_an_account", "12-03-26 Account 10004567 GBP 200.00", ""},
                                         Line{"uk_an_american_day_and_an_account", "Account: due 11-30-26 10004567", ""},
                                         Line{"uk_a_day_with_its_year_first", "BACS run 26-11-30 10004567", ""},
                                         Line{"uk_a_day_beside_an_invoice", "Paid by BACS 30-11-26 / 10004567", ""},
                                         Line{"uk_a_day_with_dots", "Account statement 30.11.26 10004567", ""},
                                         Line{"uk_a_time_with_dots", "20.45.12 account 10004567 signed in", ""},
                                         Line{"uk_a_reference_of_the_account", "your account, ref. 60-16-13 31926819", ""},
                                         Line{"uk_an_order_paid_by_bacs", "BACS for order no. 60-16-13 31926819", ""},
                                         Line{"uk_a_telephone", "Bank: tel. 60-16-13 31926819", ""},
                                         Line{"uk_a_french_telephone", "Account 01-60-16-13-31 31926819", ""},
                                         Line{"uk_dots_of_a_telephone", "BACS team 01.60.16.13.31 31926819", ""},
                                         Line{"uk_part_of_a_longer_number", "Account 1-60-16-13 31926819", ""},
                                         Line{"uk_an_amount", "BACS 60-16-13 31926819.50", ""},
                                         Line{"uk_another_word_between", "BACS 60-16-13 invoice 31926819", ""},
                                         Line{"uk_a_day_behind_an_account", "Account number 71330094, 20-11-26", ""},
                                         Line{"uk_an_invoice_first", "Invoice 71330094, 40-27-15", ""},
                                         Line{"uk_a_longer_number_first", "Account number 171330094, 40-27-15", ""},
                                         Line{"uk_two_paragraphs", "our account 60-16-13\n\n31926819", ""},
                                         Line{"uk_words_of_another_paragraph", "Our account.\n\nItems\n60-16-13 31926819", ""},
                                         Line{"number_of_an_account", "Account no. 71330094 20-11-26", ""},
                                         Line{"number_of_a_long_account", "Account No: 7133009420112", ""},
                                         Line{"uk_too_long", "Barclays 20-45-12 700122334", ""},
                                         Line{"uk_too_short", "Barclays 20-45-12 7001223", ""},
                                         Line{"uk_other_dashes", "Barclays 20-45-1270012233", ""},
                                         Line{"ccc_without_label", "Referencia 2100 0418 45 0200051332", ""},
                                         Line{"ccc_wrong_digits", "CCC: 2100 0418 46 0200051332", ""},
                                         Line{"ccc_odd_groups", "Cuenta: 21 0004184 502000 51332", ""},
                                         Line{"nib_without_label", "Ref. 000201231234567890154", ""},
                                         Line{"nib_wrong_digits", "NIB: 0002 0123 12345678901 55", ""},
                                         Line{"german_whose_iban_its_bank_decides", "BLZ 37040044, Kto 532013000", ""},
                                         Line{"italian_wrong_cin", "ABI 05428 CAB 11101 C/C 000000123456 CIN Y", ""},
                                         Line{"italian_bank_unknown", "ABI 99999 CAB 11101 C/C 000000123456", ""},
                                         Line{"italian_branch_missing", "ABI 03069 C/C 000000123456", ""},
                                         Line{"italian_number_missing", "ABI 03069 CAB 09606", ""}),
                         [](const auto& line) { return std::string(line.param.name); });

TEST(Iban, SamplesOfTheRegistryPassEachCheck) {
  for (const auto* sample :
       {"ES9121000418450200051332", "IT60X0542811101000000123456", "PT50000201231234567890154", "SI56263300012039086",
        "BA391290079401028494", "SM86U0322509800000000270100", "MC5811222000010123456789030", "NO9386011117947"}) {
    EXPECT_TRUE(check_iban(sample).valid()) << sample;
  }
}

TEST(Iban, ANationalCheckThatFailsIsNotValid) {
  const auto check = check_iban("ES2121000418450200051331");
  EXPECT_TRUE(check.mod97 && check.structure);
  EXPECT_FALSE(check.national.value());
  EXPECT_FALSE(check.valid());
}

TEST(Iban, ANationalCheckThatNotEveryBankFollowsProvesAndNeverRefutes) {
  for (const auto* sample : {"CZ6508000000192000145399", "SK3112000000198742637541", "HU42117730161111101800000000",
                             "HR1210010051863000160", "TN5910006035183598478831", "MR1300020001010000123456753",
                             "BI4210000100010000332045181", "DJ2100010000000154000100186", "XK051212012345678906"}) {
    EXPECT_EQ(check_iban(sample).national, std::optional(true)) << sample;
    std::string other(sample);
    auto bban = other.substr(4);
    bban[bban.size() - 1] = bban.back() == '9' ? '8' : static_cast<char>(bban.back() + 1);
    const auto check = check_iban(iban_of(other.substr(0, 2), bban));
    EXPECT_EQ(check.national, std::nullopt) << sample;
    EXPECT_TRUE(check.valid()) << sample;
  }
}

TEST(Account, NamesBankHolderAndBicThatStandBesideIt) {
  const auto accounts = find_accounts("Titulaire : SARL Exemple\nIBAN : " + kFr + "\nBIC : AGRIFRPPXXX\n", {});
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].holder, "SARL Exemple");
  EXPECT_EQ(accounts[0].bic, "AGRIFRPPXXX");
  EXPECT_EQ(accounts[0].bank_code, "30006");
  EXPECT_EQ(accounts[0].country, "FR");
  EXPECT_EQ(accounts[0].as_written, kFr);
}

struct Owner {
  const char* name;
  std::string text, holder;
};
class Holders : public testing::TestWithParam<Owner> {};
TEST_P(Holders, AreReadAsWritten) {
  const auto accounts = find_accounts(GetParam().text, {});
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].holder, GetParam().holder);
}
INSTANTIATE_TEST_SUITE_P(
    Labels, Holders,
    testing::Values(Owner{"none", "Voici notre IBAN : " + kFr, ""},
                    Owner{"after", kFr + "\nB\u00e9n\u00e9ficiaire : Exemple SA\n", "Exemple SA"},
                    Owner{"next_line", "Account holder\nExample Ltd\nIBAN\n" + kFr, "Example Ltd"},
                    Owner{"cells", "Kontoinhaber\tBeispiel GmbH\nIBAN\t" + kFr, "Beispiel GmbH"},
                    Owner{"italian", "Intestatario: Esempio Srl\n" + kFr, "Esempio Srl"},
                    Owner{"quoted", "> Titular: Ejemplo SL\n> IBAN: " + kFr, "Ejemplo SL"},
                    Owner{"same_line", "IBAN : " + kFr + " - Titulaire : Exemple SA", "Exemple SA"},
                    Owner{"before_in_line", "B\u00e9n\u00e9ficiaire : Exemple SA - IBAN " + kFr, "Exemple SA"},
                    Owner{"german_payee", "Zahlungsempf\u00e4nger: Beispiel GmbH\nIBAN: " + kFr, "Beispiel GmbH"},
                    Owner{"italian_owner", "Titolare del conto: Esempio Srl\nIBAN: " + kFr, "Esempio Srl"},
                    Owner{"on_account", "Name on account: Example Ltd\nIBAN: " + kFr, "Example Ltd"},
                    Owner{"dutch", kFr + "\nt.n.v. Voorbeeld BV\n", "Voorbeeld BV"}),
    [](const auto& owner) { return std::string(owner.param.name); });

struct Role {
  const char* name;
  std::string text;
  AccountRole role;
};
class Roles : public testing::TestWithParam<Role> {};
TEST_P(Roles, FollowTheWordsBeside) {
  const auto accounts = find_accounts(GetParam().text, {});
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(name_of(accounts[0].role), name_of(GetParam().role)) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(Words, Roles,
                         testing::Values(Role{"bare", kFr, AccountRole::unknown},
                                         Role{"fr_to", "Merci de r\u00e9gler sur le compte " + kFr, AccountRole::receiving},
                                         Role{"fr_from", "Virement \u00e9mis depuis notre compte " + kFr, AccountRole::paying},
                                         Role{"fr_debited", "La somme sera d\u00e9bit\u00e9e de notre compte " + kFr,
                                              AccountRole::paying},
                                         Role{"en_to", "Please pay to " + kFr, AccountRole::receiving},
                                         Role{"en_from", "We have paid from our account " + kFr, AccountRole::paying},
                                         Role{"en_debited", "We have debited your account " + kFr, AccountRole::paying},
                                         Role{"en_refund", "Kindly refund the amount to " + kFr, AccountRole::receiving},
                                         Role{"de_statement", "Kontoauszug " + kFr, AccountRole::paying},
                                         Role{"es_mandate", "Mandato SEPA " + kFr, AccountRole::paying},
                                         Role{"nl_debit", "SEPA-incasso van uw rekening " + kFr, AccountRole::paying},
                                         Role{"de_to", "Bitte \u00fcberweisen Sie auf " + kFr, AccountRole::receiving},
                                         Role{"fr_ours", "Nos coordonn\u00e9es bancaires : " + kFr, AccountRole::receiving}),
                         [](const auto& role) { return std::string(role.param.name); });

TEST(AccountsOfABody, CarryLevelBlockAndWhatHidesThem) {
  ReadText body;
  body.text = "IBAN " + kFr + "\nOn Monday X wrote:\nBE68 5390 0754 7034\n";
  const auto quoted = body.text.find("BE68");
  body.hidden = {{.begin = 0, .end = 20, .why = text::Hiding::same_colour}};
  Conversation conversation;
  conversation.segments = {{.begin = 0, .end = quoted}, {.begin = quoted, .end = body.text.size(), .block = 0}};
  conversation.quoted.resize(1);
  std::vector<Note> notes;
  const auto accounts = read_accounts(body, conversation, {}, notes);
  ASSERT_EQ(accounts.size(), 2U);
  EXPECT_EQ(accounts[0].hidden_how, "colour");
  EXPECT_EQ(accounts[0].level, 0);
  EXPECT_EQ(accounts[1].level, 1);
  EXPECT_EQ(accounts[1].block, 0);
  EXPECT_FALSE(accounts[1].hidden);
}

TEST(AccountsOfABody, AreReadAsAPersonDoesWhereHiddenCharactersStandInside) {
  ReadText body;
  body.text = "IBAN FR76 3000 99 6000 0112 3456 7890 189";  // " 99" is white on white
  const auto begin = body.text.find(" 99");
  std::vector<Note> notes;
  const auto split = read_accounts(body, {}, {}, notes);
  EXPECT_TRUE(split.empty() || !split[0].valid);
  body.hidden = {{.begin = begin, .end = begin + 3, .why = text::Hiding::same_colour}};
  const auto accounts = read_accounts(body, {}, {}, notes);
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].value, kFr);
  EXPECT_EQ(accounts[0].hidden_how, "colour");
  EXPECT_EQ(accounts[0].as_written, "FR76 3000 99 6000 0112 3456 7890 189");
}

TEST(Limit, accounts) {
  Limits limits;
  limits.accounts = 2;
  EXPECT_EQ(told_with(limits, kFr + "\n" + kFr), kFr + " " + kFr);
  EXPECT_EQ(told_with(limits, kFr + "\n" + kFr + "\n" + kFr), kFr + " " + kFr + " [accounts]");
}

TEST(Limit, rib_grids) {
  Limits limits;
  limits.rib_grids = 2;
  const std::string label = "Guichet : 00001\n" + std::string(2'000, '.') + "\n";
  EXPECT_EQ(told_with(limits, label + kGrid + kFr), kFr + " " + kFr);
  EXPECT_EQ(told_with(limits, label + label + kGrid + kFr), kFr + " [rib_grids]");
}

TEST(Limit, account_labels) {
  Limits limits;
  limits.account_labels = 2;
  const std::string label = "sort code to be told\n", pair = "Sort code: 601613 Account number: 31926819\n";
  EXPECT_EQ(told_with(limits, label + pair + kFr), "60161331926819 " + kFr);
  EXPECT_EQ(told_with(limits, label + label + std::string(300, '.') + pair + kFr), kFr + " [account_labels]");
}

TEST(Limit, bare_bics) {
  Limits limits;
  limits.bare_bics = 2;
  EXPECT_EQ(told_with(limits, "SOGEFRPP und COBADEFF, " + kFr), "SOGEFRPP COBADEFF " + kFr);
  EXPECT_EQ(told_with(limits, "SOGEFRPP und COBADEFF und DEUTDEDB, " + kFr), "SOGEFRPP COBADEFF " + kFr + " [bare_bics]");
}

}  // namespace
}  // namespace threadline::facts
