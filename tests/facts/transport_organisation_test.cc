// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "facts/transport/organisation.h"

namespace threadline::facts {
namespace {

TEST(Organisation, ANameIsPublicWhereEverybodyCanLookItUp) {
  for (const char* known : {"mail.firm.example", "a.b.firm.co.uk"}) EXPECT_TRUE(is_public_name(known)) << known;
  for (const char* inner : {"srv", "srv.lan", "ex1.firm.local", "db.ad2.prod", "192.0.2.1", "", "a b.example"})
    EXPECT_FALSE(is_public_name(inner)) << inner;
}

TEST(Organisation, BulkSendersAndHostsBearTheirCustomersNames) {
  EXPECT_TRUE(is_white_label("filter0123.sendgrid.net"));
  EXPECT_TRUE(is_white_label("vps-12.ovh.net"));
  EXPECT_FALSE(is_white_label("am0pr01.prod.outlook.com"));
  EXPECT_FALSE(is_white_label("mail.firm.example"));
  EXPECT_TRUE(is_operator("mx.hetzner.com"));
}

TEST(Organisation, OperatorsOfMailForManyAreTold) {
  EXPECT_TRUE(is_operator("AM0PR05MB4105.eurprd05.prod.outlook.com"));
  EXPECT_TRUE(is_operator("mx.google.com"));
  EXPECT_FALSE(is_operator("mx.firm.example"));
  EXPECT_EQ(organisation_of("mo-p00-ob.rzone.de"), organisation_of("post.strato.de"));
  EXPECT_EQ(organisation_of("jean@firm.example"), "");
  EXPECT_EQ(organisation_of("192.0.2.1"), "");
}

TEST(Organisation, NetworksHoldTheirAddresses) {
  const auto holds = [](const char* network, const char* ip) { return read_network(network)->holds(read_network(ip)->address); };
  EXPECT_TRUE(holds("198.51.100.0/25", "198.51.100.127"));
  EXPECT_FALSE(holds("198.51.100.0/25", "198.51.100.128"));
  EXPECT_TRUE(holds("2001:db8::/33", "2001:db8:7fff::1"));
  EXPECT_FALSE(holds("2001:db8::/33", "2001:db8:8000::1"));
  EXPECT_TRUE(holds("0.0.0.0/0", "203.0.113.1"));
  EXPECT_FALSE(holds("0.0.0.0/0", "2001:db8::1"));
  EXPECT_TRUE(is_private_address("172.31.0.1"));
  EXPECT_FALSE(is_private_address("172.32.0.1"));
  EXPECT_FALSE(read_network("198.51.100.0/33"));
  EXPECT_FALSE(read_network(".firm.example"));
}

}  // namespace
}  // namespace threadline::facts
