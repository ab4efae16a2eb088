// SPDX-License-Identifier: Apache-2.0
// Accounts in HTML: grids, nested tables, line breaks and marked-up groups, read as a person sees them.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "facts/account_spellings.h"
#include "facts/bank/account.h"
#include "facts/bank/iban.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kEach = 2;

std::string cells(const std::string& text, std::size_t size, std::string_view begin, std::string_view end) {
  std::string written;
  for (std::size_t i = 0; i < text.size(); i += size) written += std::string(begin) + text.substr(i, size) + std::string(end);
  return written;
}

/// The accounts of a HTML body, hidden ones marked.
std::string read_html(const std::string& html) {
  message::Text part;
  part.part = "1";
  part.html = true;
  part.content = "<html><body>" + html + "</body></html>";
  std::set<std::string> values;
  std::vector<Note> notes;
  for (const auto& account : read_accounts(read_text(part, {}), {}, {}, notes)) {
    if (account.kind != "bic")
      values.insert(account.value + (account.valid ? "" : "!") + (account.hidden ? "(" + account.hidden_how + ")" : ""));
  }
  std::string all;
  for (const auto& value : values) all += (all.empty() ? "" : " ") + value;
  return all;
}

struct Form {
  const char* name;
  std::string (*write)(const std::string& iban);
};
constexpr Form kForms[] = {
    {"paragraph", [](const std::string& t) { return "<p>IBAN&nbsp;: <b>" + t + "</b></p>"; }},
    {"nbsp_groups", [](const std::string& t) { return "<p>" + cells(t, 4, "", "&nbsp;") + "</p>"; }},
    {"span_groups", [](const std::string& t) { return "<p>IBAN " + cells(t, 4, "<span>", "</span> ") + "</p>"; }},
    {"spans_glued",
     [](const std::string& t) { return "<p>IBAN " + cells(t, 4, "<span style=\"margin-right:4px\">", "</span>") + "</p>"; }},
    {"breaks", [](const std::string& t) { return "<p>IBAN<br>" + cells(t, 4, "", "<br>") + "</p>"; }},
    {"break_in_middle", [](const std::string& t) { return "<div>IBAN: " + t.substr(0, 12) + "<br>" + t.substr(12) + "</div>"; }},
    {"divisions", [](const std::string& t) { return "<div>IBAN</div>" + cells(t, 4, "<div>", "</div>"); }},
    {"paragraphs", [](const std::string& t) { return "<p>IBAN</p>" + cells(t, 8, "<p>", "</p>"); }},
    {"word_breaks", [](const std::string& t) { return "IBAN " + cells(t, 4, "", "<wbr>"); }},
    {"soft_hyphens", [](const std::string& t) { return "IBAN " + cells(t, 4, "", "&shy;"); }},
    {"cells", [](const std::string& t) { return "<table><tr><td>IBAN</td>" + cells(t, 4, "<td>", "</td>") + "</tr></table>"; }},
    {"cell_each",
     [](const std::string& t) { return "<table><tr><td>IBAN</td>" + cells(t, 1, "<td>", "</td>") + "</tr></table>"; }},
    {"value_in_next_row",
     [](const std::string& t) {
       return "<table><tr><th>IBAN</th><th>BIC</th></tr><tr><td>" + t + "</td><td>ABCDFRPPXXX</td></tr></table>";
     }},
    {"value_in_next_row_after_others",
     [](const std::string& t) {
       return "<table><tr><th>Titulaire</th><th>Banque</th><th>IBAN</th></tr><tr><td>Exemple SARL</td><td>Exemple 12</td><td>" +
              cells(t, 4, "", " ") + "</td></tr></table>";
     }},
    {"nested_tables",
     [](const std::string& t) {
       return "<table><tr><td>IBAN</td><td><table><tr>" + cells(t, 4, "<td>", "</td>") + "</tr></table></td></tr></table>";
     }},
    {"nested_each",
     [](const std::string& t) {
       return "<table><tr><td><table><tr><td>IBAN</td></tr></table></td><td><table><tr>" +
              cells(t, 4, "<td><table><tr><td>", "</td></tr></table></td>") + "</tr></table></td></tr></table>";
     }},
    {"row_each",
     [](const std::string& t) { return "<table><tr><td>IBAN</td></tr>" + cells(t, 4, "<tr><td>", "</td></tr>") + "</table>"; }},
    {"list", [](const std::string& t) { return "<ul><li>BIC: ABCDFRPPXXX</li><li>IBAN: " + t + "</li><li>12 jours</li></ul>"; }},
    {"quoted",
     [](const std::string& t) { return "<blockquote>IBAN " + t.substr(0, 10) + "<br>\n" + t.substr(10) + "</blockquote>"; }},
    {"link", [](const std::string& t) { return "<a href=\"https://pay.example/x\">" + t + "</a>"; }},
    {"preformatted", [](const std::string& t) { return "<pre>IBAN  " + cells(t, 4, "", "  ") + "\n</pre>"; }},
    {"white_space", [](const std::string& t) { return "<p>IBAN\n   " + cells(t, 4, "", "\n     ") + "</p>"; }},
    {"comment_inside", [](const std::string& t) { return "IBAN " + t.substr(0, 9) + "<!-- x9 -->" + t.substr(9); }},
    {"entities", [](const std::string& t) { return "IBAN " + t.substr(0, 4) + "&#160;&#8203;" + t.substr(4); }},
    {"emphasis_of_end",
     [](const std::string& t) { return "<p>IBAN " + t.substr(0, 8) + "<strong>" + t.substr(8) + "</strong></p>"; }},
};

class Html : public testing::TestWithParam<Form> {};
TEST_P(Html, ShowsTheAccountOfEachCountry) {
  Accounts accounts(4);
  std::size_t missed = 0;
  for (const auto& country : iban_countries()) {
    for (std::size_t i = 0; country.in_registry && i < kEach; ++i) {
      const auto iban = accounts.iban(country.code);
      const auto html = GetParam().write(iban);
      const auto values = read_html(html);
      if (values != iban && values != iban + "(invisible)" && ++missed <= 2)
        ADD_FAILURE() << html << "\n  is read as \"" << values << "\"";
    }
  }
  EXPECT_EQ(missed, 0U);
}
INSTANTIATE_TEST_SUITE_P(Forms, Html, testing::ValuesIn(kForms), [](const auto& form) { return std::string(form.param.name); });

TEST(HtmlGrid, OfARibIsReadInRowsColumnsAndNestedTables) {
  Accounts accounts(5);
  for (int i = 0; i < 8; ++i) {
    const auto rib = accounts.rib(i % 2 == 1);
    const auto bank = rib.substr(0, 5), branch = rib.substr(5, 5), account = rib.substr(10, 11), key = rib.substr(21);
    const auto iban = iban_of("FR", rib);
    const std::string labels =
        "<tr><th>Code banque</th><th>Code guichet</th><th>N&deg; de compte</th><th>Cl&eacute; RIB</th></tr>";
    EXPECT_EQ(read_html("<table>" + labels + "<tr><td>" + bank + "</td><td>" + branch + "</td><td>" + account + "</td><td>" +
                        key + "</td></tr></table>"),
              iban);
    EXPECT_EQ(read_html("<table><tr><td>Banque</td><td>" + bank + "</td></tr><tr><td>Guichet</td><td>" + branch +
                        "</td></tr><tr><td>Compte</td><td>" + account + "</td></tr><tr><td>Cl&eacute;</td><td>" + key +
                        "</td></tr></table>"),
              iban);
    const auto boxed = [](const std::string& value) {
      return "<td><table><tr>" + cells(value, 1, "<td>", "</td>") + "</tr></table></td>";
    };
    EXPECT_EQ(
        read_html("<table>" + labels + "<tr>" + boxed(bank) + boxed(branch) + boxed(account) + boxed(key) + "</tr></table>"),
        iban);
    EXPECT_EQ(read_html("<p>Banque : " + bank + "<br>Guichet : " + branch + "<br>N&deg; de compte : " + account +
                        "<br>Cl&eacute; : " + key + "</p>"),
              iban);
    const auto column = [](std::string_view label, const std::string& value) {
      return "<td>" + std::string(label) + "<br>" + value + "</td>";
    };
    EXPECT_EQ(read_html("<table><tr>" + column("Code banque", bank) + column("Code guichet", branch) +
                        column("N&deg; compte", account) + column("Cl&eacute;", key) + "</tr></table>"),
              iban);
  }
}

std::string backwards(std::string text) {
  std::ranges::reverse(text);
  return text;
}

TEST(BankHtml, AnAccountThatAPersonReadsFromRightToLeftIsRead) {
  const std::string iban = "FR76 3000 6000 0112 3456 7890 189", found = "FR7630006000011234567890189(reversed)";
  EXPECT_EQ(read_html("<p>IBAN <bdo dir=rtl>" + backwards(iban) + "</bdo></p>"), found);
  EXPECT_EQ(read_html("<p>IBAN <span style='unicode-bidi:bidi-override;direction:rtl'>" + backwards(iban) + "</span></p>"),
            found);
  EXPECT_EQ(
      read_html("<style>.z{unicode-bidi:bidi-override;direction:rtl}</style><p>IBAN <b class=z>" + backwards(iban) + "</b>"),
      found);
  EXPECT_EQ(read_html("IBAN &#x202E;" + backwards(iban) + "&#x202C; merci"), found);
  EXPECT_EQ(read_html("IBAN " + iban.substr(0, 14) + "&#x202E;" + backwards(iban.substr(14))), found);
  EXPECT_EQ(read_html("<bdo dir=rtl>" + backwards("IBAN " + iban) + "<br>" + backwards("merci") + "</bdo>"), found);
  EXPECT_EQ(read_html("&#x202E;IBAN &#x202E;" + iban + "&#x202C;&#x202C;"), "FR7630006000011234567890189");
}

TEST(BankHtml, AnAccountInAMereDirectionIsNotHidden) {
  const std::string iban = "FR76 3000 6000 0112 3456 7890 189", found = "FR7630006000011234567890189";
  EXPECT_EQ(read_html("<p dir=rtl>IBAN " + iban + "</p>"), found);
  EXPECT_EQ(read_html("<p>IBAN <bdo dir=ltr>" + iban + "</bdo></p>"), found);
  EXPECT_EQ(read_html("IBAN &#x2067;" + iban + "&#x2069; &#x202B;" + iban + "&#x202C;"), found);
  EXPECT_EQ(read_html("<p>IBAN " + backwards(iban) + "</p>").find("FR76"), std::string::npos);
}

TEST(BankHtml, AnAccountBetweenBrailleBlanksIsHidden) {
  EXPECT_EQ(read_html("IBAN FR76&#x2800;3000&#x2800;6000&#x2800;0112&#x2800;3456&#x2800;7890&#x2800;189"),
            "FR7630006000011234567890189(invisible)");
  EXPECT_EQ(read_html("IBAN FR76&#x2009;3000&#x2009;6000&#x2009;0112&#x2009;3456&#x2009;7890&#x2009;189"),
            "FR7630006000011234567890189");
}

TEST(BankHtml, AnAccountBetweenControlsIsHidden) {
  EXPECT_EQ(read_html("IBAN FR76&#127;3000&#8;6000&#27;0112\x7f"
                      "3456\b7890\x1b"
                      "189"),
            "FR7630006000011234567890189(invisible)");
  EXPECT_EQ(read_html("IBAN FR76&#9;3000&#10;6000&#13;0112\t3456\r\n7890&#x20;189"), "FR7630006000011234567890189");
}

TEST(BankHtml, AnAccountThatASheetHidesIsHidden) {
  const std::string iban = "FR76 3000 6000 0112 3456 7890 189";
  EXPECT_EQ(read_html("<style>.z{color:#fff}</style><p class=z>IBAN " + iban + "</p>"), "FR7630006000011234567890189(colour)");
  EXPECT_EQ(read_html("<style>.z{color:#666}</style><p class=z>IBAN " + iban + "</p>"), "FR7630006000011234567890189");
}

TEST(BankHtml, WhatIsShownForABlockedPictureAndInAFieldIsRead) {
  const std::string iban = "FR76 3000 6000 0112 3456 7890 189", found = "FR7630006000011234567890189";
  EXPECT_EQ(read_html("<p>Notre RIB : <img src=cid:1 alt='IBAN " + iban + "'>"), found);
  EXPECT_EQ(read_html("<img alt=\"IBAN&nbsp;: FR7630006000011234567890189\">"), found);
  EXPECT_EQ(read_html("<p style='font-size:0'><img alt='IBAN " + iban + "'></p>"), found + "(size)");
  EXPECT_EQ(read_html("<input value='" + iban + "'>"), found);
  EXPECT_EQ(read_html("<input type=TEXT readonly value='" + iban + "'>"), found);
  EXPECT_EQ(read_html("<input type=hidden value='" + iban + "'>"), "");
  EXPECT_EQ(read_html("<input type=password value='" + iban + "'>"), "");
  EXPECT_EQ(read_html("<img title='" + iban + "' src='x?iban=FR7630006000011234567890189'>"), "");
}

TEST(BankHtml, WhatALinkCarriesIsSeenNowhere) {
  EXPECT_EQ(read_html("<a href='mailto:a@firm.example?subject=RIB&amp;body=FR7630006000011234567890189'>x</a>"), "");
  EXPECT_EQ(read_html("<a href='mailto:a@firm.example?subject=FR7630006000011234567890189'>x</a>"), "");
  EXPECT_EQ(read_html("<a href='https://firm.example/?body=FR7630006000011234567890189'>x</a>"), "");
}

TEST(BankHtml, NoDigitOfANoteBelongsToAnAccount) {
  EXPECT_EQ(read_html("IBAN FR76 3000 6000 0112 3456 7890 189&#xB2;"), "FR7630006000011234567890189");
  EXPECT_EQ(read_html("FR7630006000011234567890189&#xB9;&#xB2;"), "FR7630006000011234567890189");
}

}  // namespace
}  // namespace threadline::facts
