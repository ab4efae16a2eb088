// SPDX-License-Identifier: Apache-2.0
#include "pipeline/wire.h"

#include <gtest/gtest.h>

namespace threadline::pipeline {
namespace {

facts::Facts rich_facts() {
  facts::Facts facts;
  facts.source = "a.eml";
  facts.subject = "Rechnung \xC3\xBC";
  facts.dates.header = Stamp{{1522917420, 120}, ZoneBasis::named, "CEST", "Thu, 5 Apr 2018 10:37:00 +0200"};
  facts.from = {{"F. LeComptable", "f@groupe.example"}};
  facts::Hop hop;
  hop.delay_seconds = -3;
  hop.link = facts::Link::organisation;
  facts.route.hops = {hop};
  facts.route.auth = {{"mx.example", "dkim", "pass", {{"header.d", "groupe.example"}}, true, {"header", 3, 9}}};
  facts.route.auth.front().aligned = true;
  facts.route.auth.front().imitates_border = true;
  facts.route.auth.front().arc_instance = 2;
  facts.route.dkim = {{.domain = "groupe.example",
                       .selector = "s1",
                       .body_hash = true,
                       .reading = "as is",
                       .signature_valid = false,
                       .algorithm = "rsa-sha256",
                       .canonicalization = "relaxed/relaxed",
                       .identity = "@groupe.example",
                       .signed_fields = {"from"},
                       .body_length = 3,
                       .signed_at = 4,
                       .expires_at = 5,
                       .aligned = true,
                       .problem = "p",
                       .span = {"header", 1, 2}}};
  facts.route.arc = {{.instance = 1,
                      .chain = "none",
                      .domain = "groupe.example",
                      .selector = "s",
                      .signature_domain = "g.example",
                      .sealed_at = 7,
                      .span = {"header", 2, 3}}};
  facts.route.x_received = {hop};
  facts.field_places = {{"From", {"header", 4, 5}}};
  facts.other_ids = {{"<old@x.example>", {"header", 9, 4}}};
  facts.forward_signs = {{"Resent-To", "resent", "v", {"a@x.example"}, {"b@x.example"}, {"header", 5, 6}}};
  facts.envelope_sender = "";
  facts.envelope_recipients = {"c@x.example"};
  facts.habits = {{"client", "outlook"}, {"zone", "120"}};
  facts.gateway.by_border = true;
  facts.thread.index = facts::ThreadIndex{"classic", {5, 0}, "g", {{6, 0}}};
  facts::QuotedBlock block;
  block.on_behalf_of = message::Address{"x", "y@z.example"};
  facts.conversation.quoted = {block};
  facts.has_header = false;
  facts.kind = facts::MessageKind::post;
  facts.gateway.network_message_id = "n";
  facts.gateway.envelope_to = {"a@firm.example"};
  facts.calendars = {{.part = "2",
                      .method = "REQUEST",
                      .organizer = message::Address{"O", "o@firm.example"},
                      .attendees = {{"A", "a@firm.example"}},
                      .summary = "s",
                      .location = "l",
                      .start = "20180405T103700Z",
                      .description = "d",
                      .participation = {}}};
  facts.phones = {{.number = "+33199001234",
                   .extension = "12",
                   .as_written = "01 99 00 12 34",
                   .block = 0,
                   .in_signature = true,
                   .kind = facts::PhoneKind::fax,
                   .span = {"1", 2, 3}}};
  facts.invoices = {{.number = "F2018042", .as_written = "F-2018-042", .block = 0, .where = "subject", .span = {"header", 0, 0}}};
  facts.notes = {{"limit", "hops", {"header", 1, 2}}};
  return facts;
}

TEST(Wire, FactsComeBackAsTheyWent) {
  const auto back = decode_facts(encode_facts({rich_facts()}));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->size(), 1U);
  const facts::Facts& facts = back->front();
  const facts::Facts sent = rich_facts();
  EXPECT_EQ(facts.subject, sent.subject);
  EXPECT_EQ(facts.dates.header, sent.dates.header);
  EXPECT_EQ(facts.from, sent.from);
  EXPECT_EQ(facts.route.hops.at(0).delay_seconds, -3);
  EXPECT_EQ(facts.route.hops.at(0).link, facts::Link::organisation);
  EXPECT_EQ(facts.route.auth.at(0).properties, sent.route.auth.at(0).properties);
  EXPECT_EQ(facts.route.auth.at(0).aligned, true);
  EXPECT_TRUE(facts.route.auth.at(0).imitates_border);
  EXPECT_EQ(facts.route.auth.at(0).arc_instance, 2U);
  EXPECT_EQ(facts.route.dkim, sent.route.dkim);
  EXPECT_EQ(facts.route.arc, sent.route.arc);
  EXPECT_EQ(facts.route.x_received.at(0).delay_seconds, -3);
  EXPECT_EQ(facts.field_places, sent.field_places);
  EXPECT_EQ(facts.habits, sent.habits);
  EXPECT_EQ(facts.forward_signs, sent.forward_signs);
  EXPECT_EQ(facts.other_ids, sent.other_ids);
  EXPECT_EQ(facts.envelope_sender, sent.envelope_sender);
  EXPECT_EQ(facts.envelope_recipients, sent.envelope_recipients);
  EXPECT_EQ(facts.thread.index->child_times, sent.thread.index->child_times);
  EXPECT_EQ(facts.conversation.quoted.at(0).on_behalf_of, sent.conversation.quoted.at(0).on_behalf_of);
  EXPECT_FALSE(facts.conversation.quoted.at(0).date);
  EXPECT_FALSE(facts.has_header);
  EXPECT_EQ(facts.kind, facts::MessageKind::post);
  EXPECT_EQ(facts.gateway, sent.gateway);
  EXPECT_EQ(facts.calendars, sent.calendars);
  EXPECT_EQ(facts.phones, sent.phones);
  EXPECT_EQ(facts.invoices, sent.invoices);
  EXPECT_EQ(facts.notes, sent.notes);
}

TEST(Wire, BytesThatAreNoFactsAreAnError) {
  const std::string whole = encode_facts({rich_facts()});
  EXPECT_FALSE(decode_facts(""));
  EXPECT_FALSE(decode_facts("hello"));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(decode_facts(std::string_view(whole).substr(0, length))) << length;
  EXPECT_FALSE(decode_facts(whole + '\0'));
}

TEST(Wire, DamagedBytesAreRefusedOrReadAsNoMoreThanTheyHold) {
  const std::string whole = encode_facts({rich_facts()});
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char byte : {'\0', '\x7F', '\xFF'}) {
      std::string damaged = whole;
      damaged[at] = byte;
      const auto back = decode_facts(damaged);
      EXPECT_TRUE(!back || encode_facts(*back).size() <= damaged.size()) << at;
    }
  }
}

TEST(Wire, ANumberThatItsMemberCannotHoldIsAnError) {
  facts::Facts facts;
  facts.requests = {{.kind = "k", .language = {}, .text = {}, .level = -5, .block = -1, .attachment = {}, .span = {}}};
  const std::string whole = encode_facts({facts});
  const std::size_t at = whole.find("\1k") + 4;  // behind the kind, an empty language and an empty text
  ASSERT_EQ(whole[at], '\x09');                  // -5: the sign in the lowest bit
  EXPECT_EQ(decode_facts(whole)->front().requests.front().level, -5);
  std::string wide = whole;
  wide.replace(at, 1, "\xFF\xFF\xFF\xFF\x7F");  // 35 bits
  EXPECT_FALSE(decode_facts(wide));
}

TEST(Wire, APlaceThatIsNotThereIsAnError) {
  const auto is_read = [](const facts::Facts& facts) { return decode_facts(encode_facts({facts})).has_value(); };
  const facts::Facts sound = rich_facts();
  ASSERT_TRUE(is_read(sound));
  for (const std::int32_t place : {-2, 1, 7'000}) {
    facts::Facts route = sound, parent = sound, phone = sound, invoice = sound, account = sound, request = sound;
    route.route.border = place;
    parent.conversation.quoted[0].parent = place;
    phone.phones[0].block = place;
    invoice.invoices[0].block = place;
    account.accounts.emplace_back().block = place;
    request.requests.emplace_back().block = place;
    for (const facts::Facts* facts : {&route, &parent, &phone, &invoice, &account, &request})
      EXPECT_FALSE(is_read(*facts)) << place;
  }
}

TEST(Wire, AnEnumeratorThatIsNotThereIsAnError) {
  facts::Facts facts = rich_facts();
  for (const int number : {-1, static_cast<int>(facts::MessageKind::post) + 1, 7'000}) {
    facts.kind = static_cast<facts::MessageKind>(number);
    EXPECT_FALSE(decode_facts(encode_facts({facts}))) << number;
  }
  facts = rich_facts();
  facts.route.hops[0].link = static_cast<facts::Link>(static_cast<int>(facts::Link::none) + 1);
  EXPECT_FALSE(decode_facts(encode_facts({facts})));
}

TEST(Wire, ARemarkComesBackAsItWentAndACutOneIsAnError) {
  timeline::EvidenceRemark remark;
  remark.code = "evidence_unreadable";
  remark.severity = Severity::medium;
  remark.source = "a.mbox#3";
  remark.sha256 = "ab";
  remark.place = "cd#3";
  remark.notes = {{"limit", "depth", {"1", 2, 3}}};
  const std::string whole = encode_remark(remark);
  const auto back = decode_remark(whole);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->code, remark.code);
  EXPECT_EQ(back->severity, remark.severity);
  EXPECT_EQ(back->source, remark.source);
  EXPECT_EQ(back->sha256, remark.sha256);
  EXPECT_EQ(back->place, remark.place);
  EXPECT_EQ(back->notes, remark.notes);
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(decode_remark(std::string_view(whole).substr(0, length))) << length;
}

}  // namespace
}  // namespace threadline::pipeline
