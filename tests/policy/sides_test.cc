// SPDX-License-Identifier: Apache-2.0
#include "policy/sides.h"

#include <gtest/gtest.h>

namespace threadline::policy {
namespace {

Party party(std::string name, std::vector<std::string> domains) {
  Party party;
  party.name = std::move(name);
  party.domains = std::move(domains);
  return party;
}

Sides sides() {
  Policy policy;
  policy.own.domains = {"mail.firm.example", "firm.onmicrosoft.com", "gmail.com"};
  policy.own.addresses = {"Boss@orange.fr"};
  policy.counterparties = {party("Supplier", {"supplier.example", "supplier.co.uk", "B\u00fccher.example"}),
                           party("Group A", {"a.group.example"}), party("Group B", {"b.group.example"})};
  policy.counterparties.front().addresses = {"s@gmail.com"};
  policy.shared_add = {"hoster.example"};
  policy.shared_remove = {"sfr.fr", "kept.hoster.example"};
  return Sides(policy);
}

struct Row {
  const char* name;
  std::string_view address, side;
};

class SideOf : public testing::TestWithParam<Row> {};

TEST_P(SideOf, AnAddress) { EXPECT_EQ(sides().side_of(GetParam().address), GetParam().side); }

INSTANTIATE_TEST_SUITE_P(
    Addresses, SideOf,
    testing::Values(Row{"own_domain", "a@mail.firm.example", "own"}, Row{"own_registrable_domain", "a@firm.example", "own"},
                    Row{"own_sibling", "a@other.firm.example", "own"}, Row{"case", "A@FIRM.Example", "own"},
                    Row{"near_is_not_own", "a@xfirm.example", "domain:xfirm.example"},
                    Row{"own_tenant_in_a_shared_namespace", "a@firm.onmicrosoft.com", "own"},
                    Row{"below_the_own_tenant", "a@mail.firm.onmicrosoft.com", "own"},
                    Row{"foreign_tenant", "a@other.onmicrosoft.com", "address:a@other.onmicrosoft.com"},
                    Row{"a_public_provider_in_the_policy_is_still_one_address_a_side", "x@gmail.com", "address:x@gmail.com"},
                    Row{"own_address", "boss@Orange.FR", "own"}, Row{"own_address_with_tag", "boss+bills@orange.fr", "own"},
                    Row{"other_at_the_provider", "boss2@orange.fr", "address:boss2@orange.fr"},
                    Row{"counterparty", "x@www.supplier.co.uk", "party:Supplier"},
                    Row{"counterparty_address", "S@gmail.com", "party:Supplier"},
                    Row{"counterparty_idn", "x@xn--bcher-kva.example", "party:Supplier"},
                    Row{"most_specific_first", "x@b.group.example", "party:Group B"},
                    Row{"then_registrable", "x@group.example", "party:Group A"},
                    Row{"stranger", "x@mail.stranger.example", "domain:stranger.example"},
                    Row{"added_namespace", "x@client.hoster.example", "address:x@client.hoster.example"},
                    Row{"removed_below_an_added_one", "x@kept.hoster.example", "domain:hoster.example"},
                    Row{"removed_namespace", "x@sfr.fr", "domain:sfr.fr"},
                    Row{"notaries", "etude@paris.notaires.fr", "address:etude@paris.notaires.fr"},
                    Row{"at_a_public_suffix", "x@avocat.fr", "address:x@avocat.fr"},
                    Row{"below_a_public_suffix", "x@martin.avocat.fr", "domain:martin.avocat.fr"},
                    Row{"address_literal", "x@[192.0.2.1]", "domain:[192.0.2.1]"}, Row{"no_address", "nobody", ""},
                    Row{"no_domain", "nobody@", ""}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Sides, KnowPublicProvidersFromHostsOfManyOrganisations) {
  const Sides known = sides();
  for (const char* name :
       {"gmail.com", "Orange.fr", "yahoo.co.uk", "hotmail.com.br", "gmx.de", "web.de", "libero.it", "mail.ru", "163.com"}) {
    EXPECT_TRUE(known.is_free_mail(name)) << name;
    EXPECT_TRUE(known.is_shared(name)) << name;
  }
  for (const char* name : {"x.onmicrosoft.com", "nhs.net", "notaires.fr", "hoster.example"}) {
    EXPECT_FALSE(known.is_free_mail(name)) << name;
    EXPECT_TRUE(known.is_shared(name)) << name;
  }
  for (const char* name : {"firm.example", "sfr.fr", "yahoo.example", "notgmail.com", "mail.com.example", "", "com", "localhost"})
    EXPECT_FALSE(known.is_shared(name)) << name;
}

TEST(Sides, OfADomainInASharedNamespaceIsTheRegistrableDomain) {
  EXPECT_EQ(sides().side_of_domain("gmail.com"), "domain:gmail.com");
  EXPECT_EQ(sides().side_of_domain("www.firm.example"), "own");
  EXPECT_EQ(sides().side_of_domain(""), "");
}

TEST(Sides, APublicSuffixInThePolicyDoesNotSwallowAllThatIsBelow) {
  Policy policy;
  policy.own.domains = {"co.uk", "localhost", ""};
  EXPECT_EQ(Sides(policy).side_of("x@firm.co.uk"), "domain:firm.co.uk");
  EXPECT_EQ(Sides(policy).side_of("x@localhost"), "own");
}

}  // namespace
}  // namespace threadline::policy
