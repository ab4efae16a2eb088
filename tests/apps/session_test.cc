// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/session.h"

#include <gtest/gtest.h>

#include "apps/gateway/exchange.h"
#include "apps/gateway/log_line.h"
#include "apps/gateway/metrics.h"
#include "apps/gateway/taken_message.h"
#include "apps/gateway/verdict_header.h"
#include "base/sha256.h"

namespace threadline::gateway {
namespace {

using findings::Direction;

std::string told(const Session& session, const std::vector<std::string>& networks, bool authenticated_is_outbound = true) {
  policy::Gateway policy;
  policy.authenticated_is_outbound = authenticated_is_outbound;
  const auto outbound = policy::Networks::read(networks);
  const auto direction = direction_of(session, policy, *outbound);
  return direction ? std::string(findings::name_of(*direction)) : "by sender";
}

Session from(std::string ip, std::string user = {}) {
  Session session;
  session.client_ip = std::move(ip);
  session.user = std::move(user);
  session.sender = "bob@own.example";
  return session;
}

TEST(SessionDirection, IsOutboundForUsersAndNetworksAndNeverForTheSendersWordAlone) {
  const std::vector<std::string> office{"192.0.2.0/24", "2001:db8:7::/48"};
  EXPECT_EQ(told(from("203.0.113.9", "bob"), office), "outbound");
  EXPECT_EQ(told(from("203.0.113.9", "bob"), office, false), "inbound");
  EXPECT_EQ(told(from("192.0.2.200"), office), "outbound");
  EXPECT_EQ(told(from("2001:db8:7::1"), office), "outbound");
  EXPECT_EQ(told(from("192.0.3.1"), office), "inbound");
  EXPECT_EQ(told(from("2001:db8:8::1"), office), "inbound");
  EXPECT_EQ(told(from("10.0.0.5"), office), "inbound");
}

TEST(SessionDirection, IsLeftToTheSenderForTheServerItselfAndForPrivateClientsWithoutNetworks) {
  EXPECT_EQ(told(from(""), {"192.0.2.0/24"}), "by sender");
  EXPECT_EQ(told(from("127.0.0.1"), {"192.0.2.0/24"}), "by sender");
  EXPECT_EQ(told(from("::1"), {}), "by sender");
  EXPECT_EQ(told(from("10.0.0.5"), {}), "by sender");
  EXPECT_EQ(told(from("192.168.1.5"), {}), "by sender");
  EXPECT_EQ(told(from("203.0.113.9"), {}), "inbound");
}

TEST(SessionReceived, IsWhatTheServerWillWrite) {
  Session session = from("203.0.113.9", "bob");
  session.helo = "pc.own.example";
  session.tls = "TLSv1.3";
  session.server = "gw.own.example";
  session.queue_id = "4F2a";
  session.recipients = {"ann@firm.example"};
  EXPECT_EQ(received_field(session, "DATE"),
            "Received: from pc.own.example (unknown [203.0.113.9])\r\n\t(Authenticated sender: bob)\r\n\tby gw.own.example "
            "(Postfix) with ESMTPSA id 4F2a\r\n\tfor <ann@firm.example>; DATE\r\n");
  EXPECT_EQ(received_field(from("127.0.0.1"), "DATE"), "Received: by localhost (Postfix) id unknown; DATE\r\n");
}

TEST(SessionReceived, NothingThatAClientSaysBecomesAnotherField) {
  Session session = from("203.0.113.9");
  session.helo = "x\r\nX-Evil: 1\r\n\r\nbody (a) <b>; c";
  const std::string field = received_field(session, "DATE");
  EXPECT_EQ(field.find("\r\nX-Evil"), std::string::npos) << field;
  EXPECT_EQ(field.find("(a)"), std::string::npos) << field;
}

TEST(VerdictHeader, AFieldIsOursInAnyCase) {
  for (const char* name : {"X-Threadline-Verdict", "x-threadline", "X-THREADLINE-ANYTHING", "X-Threadline-Verdict "})
    EXPECT_TRUE(is_own_field(name)) << name;
  for (const char* name : {"X-Thread", "Threadline", "X-Threadlin", ""}) EXPECT_FALSE(is_own_field(name)) << name;
}

TEST(VerdictHeader, IsBoundToTheMessageByItsMac) {
  VerdictLine line{.action = Action::tag, .severity = Severity::high, .id = "ab", .time = 7, .message_id = "<1@x.example>"};
  const std::string value = verdict_header(line, "key");
  EXPECT_EQ(value, "v=1; verdict=tag; severity=high; id=ab; t=7; mac=" +
                       hmac_sha256_hex("key", "v=1; verdict=tag; severity=high; id=ab; t=7\n<1@x.example>"));
  line.message_id = "<2@x.example>";
  EXPECT_NE(verdict_header(line, "key"), value);
}

TEST(Hmac, IsThatOfRfc4231) {
  EXPECT_EQ(hmac_sha256_hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Exchange, QuestionsAndAnswersComeBackAsTheyWere) {
  Question question;
  question.item = {
      .source = "Q1", .format = "eml", .bytes = std::string("a\0b", 3), .sha256 = "s", .notes = {{"limit", "message_bytes", {}}}};
  question.item.envelope = evidence::Envelope{"", {"a@x.example"}, "Q1", {}};
  question.session = Direction::inbound;
  question.arrived = 9;
  const auto back = decode_question(encode(question));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->item.bytes, question.item.bytes);
  EXPECT_EQ(back->item.envelope, question.item.envelope);
  EXPECT_EQ(back->session, Direction::inbound);
  EXPECT_EQ(back->arrived, 9);
  Answer answer{.decision = {Action::hold, Action::reject, Failure::limit, "code", true},
                .direction = Direction::outbound,
                .message_id = "<1>",
                .codes = {{"code", "high"}},
                .reason = "why"};
  const auto answered = decode_answer(encode(answer));
  ASSERT_TRUE(answered);
  EXPECT_EQ(answered->decision.action, Action::hold);
  EXPECT_EQ(answered->decision.failure, Failure::limit);
  EXPECT_TRUE(answered->decision.quiet);
  EXPECT_EQ(answered->codes, answer.codes);
}

TEST(Exchange, AFrameIsWholeOrNotAndBytesTooManyAreRefused) {
  const std::string frame = framed("words");
  bool too_long = false;
  for (std::size_t length = 0; length < frame.size(); ++length)
    EXPECT_FALSE(whole_frame(std::string_view(frame).substr(0, length), 100, too_long)) << length;
  EXPECT_EQ(whole_frame(frame + "more", 100, too_long), "words");
  EXPECT_FALSE(too_long);
  EXPECT_FALSE(whole_frame(frame, 4, too_long));
  EXPECT_TRUE(too_long);
  EXPECT_FALSE(decode_question("x"));
  EXPECT_FALSE(decode_answer("{}"));
}

TEST(LogLine, IsOneLineWhateverTheMessageSays) {
  Session session = from("203.0.113.9");
  session.queue_id = "Q\n1\xFF";
  Answer answer{.decision = {}, .direction = Direction::inbound, .message_id = "<\r\n\x01>", .codes = {}, .reason = "a\nb"};
  const std::string id = "i";
  const std::string text = log_text({session, answer, id, 0, 1'500, 3});
  EXPECT_EQ(text.find('\n'), std::string::npos);
  EXPECT_NE(text.find("\"ms\":1.5"), std::string::npos) << text;
  EXPECT_NE(text.find("\"time\":\"1970-01-01T00:00:00Z\""), std::string::npos) << text;
}

TEST(Metrics, CountMessagesFindingsFailuresAndTime) {
  const auto metrics = std::make_unique<Metrics>();
  metrics->count_message(Direction::outbound, {Action::hold, Action::hold, Failure::none, "", false}, 3'000);
  metrics->count_message(Direction::inbound, {Action::accept, Action::tag, Failure::limit, "", false}, 99'000'000);
  metrics->count_finding("thread_hijack");
  metrics->count_finding("no_such_code");
  const std::string text = metrics_text(*metrics, 5);
  for (const char* line :
       {"threadline_messages_total{direction=\"outbound\",verdict=\"hold\"} 1\n", "threadline_errors_total{kind=\"limit\"} 1\n",
        "threadline_findings_total{code=\"thread_hijack\"} 1\n", "threadline_findings_total{code=\"other\"} 1\n",
        "threadline_message_seconds_bucket{le=\"0.002\"} 0\n", "threadline_message_seconds_bucket{le=\"0.005\"} 1\n",
        "threadline_message_seconds_bucket{le=\"20\"} 1\n", "threadline_message_seconds_bucket{le=\"+Inf\"} 2\n",
        "threadline_dry_run_total 1\n", "threadline_memory_bytes 5\n"})
    EXPECT_NE(text.find(line), std::string::npos) << line << text;
}

TEST(Metrics, AreForThisHostAlone) {
  for (const char* place : {"127.0.0.1:9099", "[::1]:9099", "unix:/run/x.sock", "localhost:1"})
    EXPECT_TRUE(is_local_place(place));
  for (const char* place : {"0.0.0.0:9099", "192.0.2.1:1", ":9099", "unix:relative"})
    EXPECT_FALSE(is_local_place(place)) << place;
}

std::string limits_of(const evidence::Item& item) {
  std::string told;
  for (const Note& note : item.notes) told += note.code + ":" + note.text + " ";
  return told;
}

TEST(Limits, GatewayAddresses) {
  Limits limits;
  limits.addresses = 2;
  Session session;
  TakenMessage message;
  for (const char* one : {"<a@x.example>", "<b@x.example>"}) message.add_recipient(session, one, limits);
  EXPECT_EQ(limits_of(TakenMessage(message).take_item(session, {})), "");
  message.add_recipient(session, "<c@x.example>", limits);
  const auto item = message.take_item(session, {});
  EXPECT_EQ(limits_of(item), "limit:addresses ");
  EXPECT_EQ(item.envelope->recipients, (std::vector<std::string>{"a@x.example", "b@x.example"}));
}

TEST(Limits, GatewayHeaderBytes) {
  Limits limits;
  limits.header_bytes = 20;
  TakenMessage message;
  message.add_field("Subject", ": ", "1234567890a", limits);  // 20 bytes
  EXPECT_EQ(limits_of(TakenMessage(message).take_item({}, {})), "");
  message.add_field("X", ": ", "1", limits);
  const auto item = message.take_item({}, "Top: 1\r\n");
  EXPECT_EQ(limits_of(item), "limit:header_bytes ");
  EXPECT_EQ(item.bytes, "Top: 1\r\nSubject: 1234567890a\r\n\r\n");
}

TEST(Limits, GatewayMessageBytes) {
  Limits limits;
  limits.message_bytes = 8;
  TakenMessage message;
  EXPECT_TRUE(message.add_body("1234", limits));
  EXPECT_TRUE(message.add_body("5678", limits));
  EXPECT_FALSE(message.add_body("9", limits));
  const auto item = message.take_item({}, {});
  EXPECT_EQ(limits_of(item), "limit:message_bytes ");
  EXPECT_EQ(item.bytes, "\r\n12345678");
}

TEST(TakenMessage, FoldedFieldsKeepTheirFoldsWithCrLf) {
  TakenMessage message;
  message.add_field("Subject", ":", " one\n two", Limits{});
  EXPECT_EQ(message.take_item({}, {}).bytes, "Subject: one\r\n two\r\n\r\n");
}

TEST(Metrics, ARejectionThatBecameAHoldIsNoDryRun) {
  Metrics* metrics = shared_metrics();
  Decision decision;
  decision.action = Action::hold;
  decision.would = Action::reject;
  metrics->count_message(Direction::outbound, decision, 1);
  EXPECT_EQ(metrics->dry_run, 0U);
  decision.action = Action::accept;
  metrics->count_message(Direction::outbound, decision, 1);
  EXPECT_EQ(metrics->dry_run, 1U);
}

}  // namespace
}  // namespace threadline::gateway
