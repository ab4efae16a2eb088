// SPDX-License-Identifier: Apache-2.0
// The four values of a French RIB in the layouts of forms, mails and spreadsheets; labels in any order.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "facts/account_spellings.h"
#include "facts/bank/account.h"
#include "facts/bank/iban.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kEach = 6;

using Four = std::array<std::string, 4>;  ///< bank, branch, account, key: values or labels

struct Labels {
  const char* name;
  Four words;
};
const Labels kLabels[] = {
    {"short", {"Banque", "Guichet", "Compte", "Cl\u00e9"}},
    {"long", {"Code banque", "Code guichet", "N\u00b0 de compte", "Cl\u00e9 RIB"}},
    {"numero", {"Code Banque", "Code Guichet", "Num\u00e9ro de compte", "Cl\u00e9"}},
    {"etablissement", {"Code \u00e9tablissement", "Code guichet", "Num\u00e9ro du compte", "Cl\u00e9 RIB"}},
    {"capitals", {"CODE BANQUE", "CODE GUICHET", "NUMERO DE COMPTE", "CLE RIB"}},
    {"agence", {"Banque", "Agence", "N\u00b0 compte", "Cl\u00e9"}},
    {"abbreviated", {"C. \u00e9tab.", "C. guichet", "N. compte", "Cl\u00e9"}},
    {"etab", {"Etab", "Guichet", "N\u00b0 Cpte", "Cl\u00e9"}},
    {"bancaire", {"Code Banque", "Code Guichet", "N\u00b0 compte bancaire", "Cl\u00e9 RIB"}},
    {"bque", {"Bque", "Guich.", "Cpt", "Cl\u00e9"}},
    {"bq", {"Cde Bq", "Cde Gch", "N\u00b0 Cpte", "cl\u00e9 rib"}},
    {"gt", {"Bq", "Gt", "Cte", "Clef"}},
    {"gui", {"Banq.", "Gui.", "Compte", "Cl\u00e9"}},
    {"cb", {"CB", "CG", "Cpte", "Cl\u00e9"}},
    {"chiffres",
     {"Code banque (5 chiffres)", "Code guichet (5 chiffres)", "N\u00b0 de compte (11 caract\u00e8res)",
      "Cl\u00e9 (2 chiffres)"}},
    {"lengths", {"Code banque (5)", "Code guichet (5)", "N\u00b0 de compte (11)", "Cl\u00e9 RIB (2)"}},
    {"digits", {"Banque - 5 chiffres", "Guichet - 5 chiffres", "Compte - 11 car.", "Cl\u00e9 - 2 chiffres"}},
};

std::string joined(const Four& cells, std::string_view separator) {
  return cells[0] + std::string(separator) + cells[1] + std::string(separator) + cells[2] + std::string(separator) + cells[3];
}
std::string beside(const Four& labels, const Four& values, std::string_view colon, std::string_view end) {
  std::string text;
  for (std::size_t i = 0; i < 4; ++i) text += labels[i] + std::string(colon) + values[i] + std::string(i < 3 ? end : "\n");
  return text;
}
/// Each character in a cell of its own, as paper forms have them.
Four in_cells(Four values, std::string_view separator) {
  for (auto& value : values) {
    std::string cells;
    for (const char symbol : value) cells.append(cells.empty() ? std::string_view() : separator).push_back(symbol);
    value = std::move(cells);
  }
  return values;
}
Four with_split_account(Four values, std::string_view separator) {
  auto& account = values[2];
  account = account.substr(0, 4) + std::string(separator) + account.substr(4, 4) + std::string(separator) + account.substr(8);
  return values;
}
Four reversed(Four cells) {
  std::ranges::reverse(cells);
  return cells;
}
Four turned(Four cells) {
  std::rotate(cells.begin(), cells.begin() + 2, cells.end());
  return cells;
}

struct Layout {
  const char* name;
  std::string (*write)(const Four& labels, const Four& values);
  bool digits_only = false;  ///< a letter that a label stands before is not told from one of the label ("N")
};
constexpr Layout kLayouts[] = {
    {"tabs", [](const Four& l, const Four& v) { return joined(l, "\t") + "\n" + joined(v, "\t"); }},
    {"pipes", [](const Four& l, const Four& v) { return "| " + joined(l, " | ") + " |\n| " + joined(v, " | ") + " |"; }},
    {"markdown", [](const Four& l,
                    const Four& v) { return "| " + joined(l, " | ") + " |\n|---|---|---|---|\n| " + joined(v, " | ") + " |"; }},
    {"blanks", [](const Four& l, const Four& v) { return joined(l, "   ") + "\n" + joined(v, "     "); }},
    {"one_blank", [](const Four& l, const Four& v) { return joined(l, " ") + "\n" + joined(v, " "); }},
    {"semicolons", [](const Four& l, const Four& v) { return joined(l, ";") + "\n" + joined(v, ";"); }},
    {"empty_line_between", [](const Four& l, const Four& v) { return joined(l, "\t") + "\n\n" + joined(v, "\t"); }},
    {"lines", [](const Four& l, const Four& v) { return joined(l, "\n") + "\n" + joined(v, "\n"); }},
    {"quoted", [](const Four& l, const Four& v) { return "> " + joined(l, "  ") + "\n> " + joined(v, "  "); }},
    {"crlf", [](const Four& l, const Four& v) { return joined(l, "\t") + "\r\n" + joined(v, "\t") + "\r\n"; }},
    {"colons_a_line", [](const Four& l, const Four& v) { return beside(l, v, " : ", "\n"); }},
    {"colons_one_line", [](const Four& l, const Four& v) { return beside(l, v, " : ", " "); }},
    {"dashes_one_line", [](const Four& l, const Four& v) { return beside(l, v, " ", " - "); }},
    {"commas_one_line", [](const Four& l, const Four& v) { return beside(l, v, ": ", ", "); }},
    {"nothing_one_line", [](const Four& l, const Four& v) { return beside(l, v, " ", " "); }},
    {"equals", [](const Four& l, const Four& v) { return beside(l, v, " = ", "\n"); }},
    {"value_in_next_line", [](const Four& l, const Four& v) { return beside(l, v, "\n", "\n"); }},
    {"value_in_next_cell", [](const Four& l, const Four& v) { return beside(l, v, "\t", "\n"); }},
    {"pipes_beside", [](const Four& l, const Four& v) { return beside(l, v, " | ", " |\n"); }},
    {"split_account",
     [](const Four& l, const Four& v) { return joined(l, "\t") + "\n" + joined(with_split_account(v, " "), "\t"); }},
    {"split_account_beside", [](const Four& l, const Four& v) { return beside(l, with_split_account(v, " "), " : ", "\n"); }},
    {"domiciliation",
     [](const Four& l, const Four& v) {
       return joined(l, "\t") + "\tDomiciliation\n" + joined(v, "\t") + "\tBANQUE EXEMPLE PARIS 12\n";
     }},
    {"title_before",
     [](const Four& l, const Four& v) {
       return "RELEVE D'IDENTITE BANCAIRE\nTitulaire : SARL EXEMPLE\n12 rue de la Paix\n75002 PARIS\n" + joined(l, "\t") + "\n" +
              joined(v, "\t") + "\n";
     }},
    {"reversed_tabs", [](const Four& l, const Four& v) { return joined(reversed(l), "\t") + "\n" + joined(reversed(v), "\t"); }},
    {"reversed_lines", [](const Four& l, const Four& v) { return beside(reversed(l), reversed(v), " : ", "\n"); }},
    {"turned_lines", [](const Four& l, const Four& v) { return beside(turned(l), turned(v), " : ", "\n"); }},
    {"turned_tabs", [](const Four& l, const Four& v) { return joined(turned(l), "\t") + "\n" + joined(turned(v), "\t"); }},
    {"two_rows",
     [](const Four& l, const Four& v) {
       return l[0] + "  " + l[1] + "\n" + v[0] + "  " + v[1] + "\n" + l[2] + "  " + l[3] + "\n" + v[2] + "  " + v[3] + "\n";
     }},
    {"two_rows_tabs",
     [](const Four& l, const Four& v) {
       return l[0] + "\t" + l[1] + "\n" + v[0] + "\t" + v[1] + "\n" + l[2] + "\t" + l[3] + "\n" + v[2] + "\t" + v[3];
     }},
    {"labels_under_values", [](const Four& l, const Four& v) { return beside(v, l, "\n", "\n"); }},
    {"cells_under_labels",
     [](const Four& l, const Four& v) { return joined(l, "   ") + "\n" + joined(in_cells(v, " "), "   "); }},
    {"cells_tabs", [](const Four& l, const Four& v) { return joined(l, "\t\t\t") + "\n" + joined(in_cells(v, "\t"), "\t"); }},
    {"cells_lines", [](const Four& l, const Four& v) { return joined(l, "\n") + "\n" + joined(in_cells(v, "\n"), "\n"); }},
    {"cells_pipes",
     [](const Four& l, const Four& v) { return joined(l, " | ") + " |\n|" + joined(in_cells(v, "|"), "|") + "|"; }},
    {"cells_turned",
     [](const Four& l, const Four& v) { return joined(turned(l), "\t") + "\n" + joined(turned(in_cells(v, "\t")), "\t"); }},
    {"cells_before_domiciliation",
     [](const Four& l, const Four& v) {
       return joined(l, "\t") + "\tDomiciliation\n" + joined(in_cells(v, "\t"), "\t") + "\tBANQUE EXEMPLE PARIS 12\n";
     }},
    {"cells_beside_labels", [](const Four& l, const Four& v) { return beside(l, in_cells(v, " "), "\t", "\n"); }},
    {"cells_behind_colons", [](const Four& l, const Four& v) { return beside(l, in_cells(v, "|"), " : |", "|\n"); }},
    {"cells_two_rows",
     [](const Four& l, const Four& values) {
       const auto v = in_cells(values, "\t");
       return l[0] + "\t" + l[1] + "\n" + v[0] + "\t" + v[1] + "\n" + l[2] + "\t" + l[3] + "\n" + v[2] + "\t" + v[3];
     },
     true},
    {"cells_over_labels",
     [](const Four& l, const Four& v) { return joined(in_cells(v, "\t"), "\t") + "\n" + joined(l, "\t") + "\n"; }},
    {"labels_behind_values", [](const Four& l, const Four& v) { return "Mon RIB 1 :\n" + beside(v, l, " (", "), "); }},
};

class Grid : public testing::TestWithParam<Layout> {};
TEST_P(Grid, IsReadUnderEveryLabel) {
  Accounts accounts(2);
  std::size_t missed = 0, all = 0;
  for (const auto& labels : kLabels) {
    for (std::size_t i = 0; i < kEach; ++i, ++all) {
      const auto rib = accounts.rib(i % 2 == 1 && !GetParam().digits_only);
      const auto text = GetParam().write(labels.words, {rib.substr(0, 5), rib.substr(5, 5), rib.substr(10, 11), rib.substr(21)});
      std::set<std::string> values;
      for (const auto& account : find_accounts(text, {})) values.insert(account.value + (account.valid ? "" : "!"));
      if (values == std::set{iban_of("FR", rib)}) continue;
      if (++missed <= 3) ADD_FAILURE() << text << "\n is read as " << (values.empty() ? "nothing" : *values.begin());
    }
  }
  EXPECT_EQ(missed, 0U) << "of " << all;
}
INSTANTIATE_TEST_SUITE_P(Layouts, Grid, testing::ValuesIn(kLayouts),
                         [](const auto& layout) { return std::string(layout.param.name); });

/// A wrong account is worse than none: a key that is wrong is told of the account that stands there, and of no other.
TEST(GridOfCells, IsOneReadingWhateverTheKey) {
  const auto read = [](std::string_view text) {
    std::string values;
    for (const auto& account : find_accounts(std::string(text), {})) values += account.value + (account.valid ? "" : "!") + " ";
    return values;
  };
  const std::string labels = "Code banque\tCode guichet\tN\u00b0 de compte\tCl\u00e9\n";
  EXPECT_EQ(read(labels + "1 0 2 7 8 0 0 8 1 2 0 0 0 1 2 3 4 5 6 7 8 0 1"), iban_of("FR", "10278008120001234567801") + " ");
  EXPECT_EQ(read(labels + "1 0 2 7 8 0 0 8 1 2 0 0 0 1 2 3 4 5 6 7 8 0 2"), iban_of("FR", "10278008120001234567802") + "! ");
  EXPECT_EQ(read(labels + "1 0 2 7 8 0 0 8 1 2 0 0 0 1 2 3 4 5 6 7 8 0"), "") << "a cell is missing";
  EXPECT_EQ(read(labels + "1 0 2 7 8 0 0 8 1 2 1 2 3 4 5 6 7 8 0 1"), "") << "three cells are empty";
  EXPECT_EQ(read(labels + "_ _ _ _ _ 0 0 8 1 2 0 0 0 1 2 3 4 5 6 7 8 0 1"), "") << "a form half filled";
}

TEST(GridNumber, IsTheAccountWhereItIsCalledNothingElse) {
  const auto value_of = [](std::string_view text) {
    const auto accounts = find_accounts(std::string(text), {});
    return accounts.size() == 1 ? accounts.front().value : std::string();
  };
  const std::string expected = iban_of("FR", "30004002200000000108595");
  EXPECT_EQ(value_of("Bq 30004 / Gui. 00220 / N\u00b0 00000001085 / Cl\u00e9 95"), expected);
  EXPECT_EQ(value_of("Banque : 30004, guichet : 00220, num\u00e9ro : 00000001085, cl\u00e9 : 95"), expected);
  EXPECT_EQ(value_of("Banque : 30004, guichet : 00220, compte n\u00b0 00000001085, cl\u00e9 : 95"), expected);
  EXPECT_EQ(value_of("Facture n\u00b0 118. Banque : 30004, guichet : 00220, compte : 00000001085, cl\u00e9 : 95"), expected);
}

/// Nothing but a right key and all digits tells values that stand in turn with their labels from other numbers.
TEST(GridInTurn, IsNoneWithAWrongKeyOrDigitsLeftOut) {
  EXPECT_EQ(find_accounts("Bq Gt\n30004 00220\nCpte Cl\u00e9\n00000001085 94\n", {}).size(), 0U);
  EXPECT_EQ(find_accounts("Bq Gt\n30004 220\nCpte Cl\u00e9\n1085 95\n", {}).size(), 0U);
  EXPECT_EQ(find_accounts("Bq Gt\n30004 00220\nCpte Cl\u00e9\n00000001085 95\n", {}).size(), 1U);
}

}  // namespace
}  // namespace threadline::facts
