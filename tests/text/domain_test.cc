// SPDX-License-Identifier: Apache-2.0
#include "text/domain.h"

#include <gtest/gtest.h>
#include <libpsl.h>

#include <string>

namespace threadline::text {
namespace {

struct Row {
  const char* what;
  std::string_view given, ascii, unicode, registrable, suffix;
};

class Domain : public testing::TestWithParam<Row> {};

TEST_P(Domain, IsReadAsItsComparableForms) {
  const Row& row = GetParam();
  const DomainName name = read_domain(row.given);
  EXPECT_EQ(name.ascii, row.ascii);
  EXPECT_EQ(name.unicode, row.unicode);
  EXPECT_EQ(name.registrable, row.registrable);
  EXPECT_EQ(name.suffix, row.suffix);
  EXPECT_EQ(registrable_domain(row.given), row.registrable);
  EXPECT_EQ(registrable_domain(row.given), row.registrable) << "the second time, from what is known";
}

INSTANTIATE_TEST_SUITE_P(
    Names, Domain,
    testing::Values(
        Row{"plain", "firm.example", "firm.example", "firm.example", "firm.example", "example"},
        Row{"case_and_root_dot", "Mail.FIRM.example.", "mail.firm.example", "mail.firm.example", "firm.example", "example"},
        Row{"suffix_of_two_labels", "www.firm.co.uk", "www.firm.co.uk", "www.firm.co.uk", "firm.co.uk", "co.uk"},
        Row{"private_section_is_off", "a.b.github.io", "a.b.github.io", "a.b.github.io", "github.io", "io"},
        Row{"wildcard_rule", "a.b.c.ck", "a.b.c.ck", "a.b.c.ck", "b.c.ck", "c.ck"},
        Row{"exception_rule", "a.www.ck", "a.www.ck", "a.www.ck", "www.ck", "ck"},
        Row{"suffix_itself", "co.uk", "co.uk", "co.uk", "co.uk", "co.uk"},
        Row{"single_label", "localhost", "localhost", "localhost", "localhost", "localhost"},
        Row{"u_label", "mail.b\u00fccher.example", "mail.xn--bcher-kva.example", "mail.b\u00fccher.example",
            "xn--bcher-kva.example", "example"},
        Row{"a_label", "XN--BCHER-KVA.example", "xn--bcher-kva.example", "b\u00fccher.example", "xn--bcher-kva.example",
            "example"},
        Row{"sharp_s_is_not_transitional", "fa\u00df.example", "xn--fa-hia.example", "fa\u00df.example", "xn--fa-hia.example",
            "example"},
        Row{"fullwidth_letters_and_dot", "\uff46irm\u3002example", "firm.example", "firm.example", "firm.example", "example"},
        Row{"cyrillic_suffix", "a.\u0440\u0444", "a.xn--p1ai", "a.\u0440\u0444", "a.xn--p1ai", "xn--p1ai"},
        Row{"invalid_punycode_stays", "xn--a-ecp-.example", "xn--a-ecp-.example", "xn--a-ecp-.example", "xn--a-ecp-.example",
            "example"},
        Row{"underscore", "_dmarc.firm.example", "_dmarc.firm.example", "_dmarc.firm.example", "firm.example", "example"},
        Row{"ipv4", "192.0.2.1", "192.0.2.1", "192.0.2.1", "", ""},
        Row{"ipv4_literal", "[192.0.2.1]", "[192.0.2.1]", "[192.0.2.1]", "", ""},
        Row{"ipv6_literal", "[IPv6:2001:db8::1]", "[ipv6:2001:db8::1]", "[ipv6:2001:db8::1]", "", ""},
        Row{"empty", "", "", "", "", ""}, Row{"dots_only", "...", "", "", "", ""}),
    [](const auto& row) { return std::string(row.param.what); });

TEST(DomainOfAddress, IsWhatFollowsTheLastAt) {
  EXPECT_EQ(domain_of_address("Jean@Firm.Example"), "firm.example");
  EXPECT_EQ(domain_of_address("\"a@b\"@firm.example"), "firm.example");
  EXPECT_EQ(domain_of_address("no address"), "");
  EXPECT_EQ(local_part_of_address("\"a@b\"@firm.example"), "\"a@b\"");
  EXPECT_EQ(local_part_of_address("no address"), "");
}

TEST(DomainOfAddress, EndsWhereNoDomainGoesOn) {
  for (const char* address :
       {"a@firm.example/x", "a@firm.example/", "'a@firm.example'", "a@firm.example?subject=x", "a@firm.example:25",
        "a@firm.example x.example", "a@firm.example\x7f", "a@firm.example/.co.uk", "a@firm.example.;", "a@firm.example/1.2"}) {
    EXPECT_EQ(domain_of_address(address), "firm.example") << address;
    EXPECT_EQ(oddity_of_domain(written_domain(address)), "characters that no domain has") << address;
  }
  for (const char* address : {"a@/firm.example", "a@fi rm.example", "a@#.example"}) EXPECT_EQ(domain_of_address(address), "");
}

TEST(DomainOfAddress, IsWhatIsWrittenWhereItCanBeOne) {
  for (const char* domain :
       {"firm.example", "b\u00fccher.example", "_x.firm.example", "firm.example/.evil.example", "a/b.evil.example", "[192.0.2.1]",
        "[ipv6:2001:db8::1]", "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1", "firm/unit", "localhost", ""})
    EXPECT_EQ(domain_of_address("a@" + std::string(domain)), domain);
}

TEST(RegistrableDomain, OfTenThousandLabelsIsFoundAtOnce) {
  std::string name;
  for (int i = 0; i < 10'000; ++i) name += "a.";
  name += "firm.co.uk";
  EXPECT_EQ(registrable_domain(name), "firm.co.uk");
}

TEST(RegistrableDomain, StaysRightWhenMoreNamesComeThanAreRemembered) {
  for (int i = 0; i < 40'000; ++i)
    ASSERT_EQ(registrable_domain("x.n" + std::to_string(i) + ".example"), "n" + std::to_string(i) + ".example");
}

TEST(PublicSuffixList, SaysItsDate) { EXPECT_GE(public_suffix_list_version().size(), 5U); }

TEST(Domain, TopLevelDomainsThatAreNotLookedUpHaveNoSuffixesBelowThem) {
  for (const char* top : {"app", "biz",  "ch", "club", "com", "cz",     "de",  "dev",  "dk",   "edu", "eu",
                          "gov", "info", "lu", "net",  "nl",  "online", "org", "shop", "site", "top", "xyz"}) {
    for (const char* second : {"ac", "asso", "co", "com", "edu", "gouv", "gov", "net", "nom", "notaires", "or", "org", "sch"}) {
      const std::string name = std::string(second) + "." + top;
      EXPECT_EQ(psl_is_public_suffix2(psl_builtin(), name.c_str(), PSL_TYPE_ICANN), 0) << name;
      EXPECT_EQ(registrable_domain("a.b." + name), name);
    }
  }
}

TEST(OddityOfDomain, IsSilentForOrdinaryNames) {
  for (const std::string_view name : {"firm.example", "FIRM.example.", "soci\u00e9t\u00e9.example", "xn--socit-esab.example",
                                      "\u043f\u0440\u0438\u043c\u0435\u0440.example", "_dmarc.firm.example", "192.0.2.1"})
    EXPECT_EQ(oddity_of_domain(name), "") << name;
}

TEST(OddityOfDomain, SaysWhatIsOdd) {
  std::string labels;
  for (int i = 0; i < 10'000; ++i) labels += "a.";
  EXPECT_EQ(oddity_of_domain("firm..example"), "empty label");
  EXPECT_EQ(oddity_of_domain(""), "empty label");
  EXPECT_EQ(oddity_of_domain(labels + "example"), "longer than 253 octets");
  EXPECT_EQ(oddity_of_domain(std::string(64, 'a') + ".example"), "label longer than 63 octets");
  EXPECT_EQ(oddity_of_domain("xn--99999999999999.example"), "A-label that encodes nothing");
  EXPECT_EQ(oddity_of_domain("fir\u202em.example"), "letters that IDNA does not allow");
  EXPECT_EQ(oddity_of_domain("f\u0456rm.example"), "letters of several scripts in one label");
}

TEST(Domain, ASuffixIsKnownWhereEverybodyCanLookItUp) {
  for (const std::string_view known : {"firm.example", "mail.firm.co.uk", "FIRM.FR.", "firm.com", "host.test", "firm.paris"})
    EXPECT_TRUE(has_known_suffix(known)) << known;
  for (const std::string_view unknown :
       {"srv.firm.local", "srv.lan", "mail.corp", "localhost", "192.0.2.1", "[192.0.2.1]", "", "."})
    EXPECT_FALSE(has_known_suffix(unknown)) << unknown;
}

}  // namespace
}  // namespace threadline::text
