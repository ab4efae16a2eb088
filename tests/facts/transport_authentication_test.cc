// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "facts/transport/authentication.h"
#include "transport_route_scene.h"

namespace threadline::facts {
namespace {

TEST(Authentication, VersionsCommentsAndReasonsOfRfc8601AreRead) {
  const auto results = read_authentication_results(
      "example.org 1; (a; comment) dkim/1=fail (bad; key) reason=\"bad signature\" header.d=x.example header.s=s1; spf=pass "
      "smtp.mailfrom=\"a b\"@x.example");
  ASSERT_EQ(results.size(), 2U);
  EXPECT_EQ(results[0].by, "example.org");
  EXPECT_EQ(results[0].method, "dkim");
  EXPECT_EQ(results[0].result, "fail");
  EXPECT_EQ(results[0].properties[0].second, "bad signature");
  EXPECT_EQ(results[0].properties[1].second, "x.example");
  EXPECT_TRUE(read_authentication_results("example.org; none").empty());
}

/// "dkim=pass{header.d=x;header.s=y}", results parted by blanks.
std::string line_of(const std::vector<AuthResult>& results) {
  std::string line;
  for (const AuthResult& one : results) {
    line += (line.empty() ? "" : " ") + one.method + "=" + one.result + "{";
    for (const auto& [name, value] : one.properties) line += (line.ends_with('{') ? "" : ";") + name + "=" + value;
    line += "}";
  }
  return (results.empty() ? "" : results.front().by + ": ") + line;
}

struct WrittenResults {
  const char *name, *value, *expected;
};

/// RFC 8601 appendix B and sections 2.2, 2.7; then what other software writes.
const WrittenResults kWritten[] = {
    {"B.2 no authentication done", "example.org 1; none", ""},
    {"B.3", "example.com; spf=pass smtp.mailfrom=example.net", "example.com: spf=pass{smtp.mailfrom=example.net}"},
    {"B.4", "example.com; auth=pass (cram-md5) smtp.auth=sender@example.net; spf=pass smtp.mailfrom=example.net",
     "example.com: auth=pass{smtp.auth=sender@example.net} spf=pass{smtp.mailfrom=example.net}"},
    {"B.6",
     "example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net; dkim=fail reason=\"bad signature\" "
     "header.i=@newyork.example.com",
     "example.com: dkim=pass{reason=good signature;header.i=@mail-router.example.net} dkim=fail{reason=bad "
     "signature;header.i=@newyork.example.com}"},
    {"B.7 comments everywhere",
     "foo.example.net (foobar) 1 (baz); dkim (Because I like it) / 1 (One yay) = (wait for it) fail policy (A dot can go here) . "
     "(like that) expired (this surprised me) = (as I wasn't expecting it) 1362471462",
     "foo.example.net: dkim=fail{policy.expired=1362471462}"},
    {"folded", "mx.example;\r\n\tdkim=pass\r\n\theader.d=a.example\r\n\theader.b=\"ab/c=\"",
     "mx.example: dkim=pass{header.d=a.example;header.b=ab/c=}"},
    {"base64 in a value", "mx.example; dkim=pass header.b=ab+c/d== header.s=s1",
     "mx.example: dkim=pass{header.b=ab+c/d==;header.s=s1}"},
    {"nested comments", "mx.example; spf=pass (a (b \\) c) d) smtp.mailfrom=a.example",
     "mx.example: spf=pass{smtp.mailfrom=a.example}"},
    {"a comment that never ends", "mx.example; spf=pass smtp.mailfrom=a.example (and so on; dkim=pass",
     "mx.example: spf=pass{smtp.mailfrom=a.example}"},
    {"a semicolon in quotes", "mx.example; dkim=fail reason=\"a; b\" header.d=a.example",
     "mx.example: dkim=fail{reason=a; b;header.d=a.example}"},
    {"quoted local part", "mx.example; spf=pass smtp.mailfrom=\"a b\"@a.example",
     "mx.example: spf=pass{smtp.mailfrom=a b@a.example}"},
    {"another version", "mx.example 2; spf=pass", ""},
    {"Microsoft",
     "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; own.example; dkim=none (message not signed) "
     "header.d=none;own.example; dmarc=fail action=oreject header.from=a.example;compauth=fail reason=001",
     ": spf=pass{smtp.mailfrom=a.example} dkim=none{header.d=none} dmarc=fail{action=oreject;header.from=a.example} "
     "compauth=fail{reason=001}"},
    {"blanks around the sign", "spf = fail (x) smtp.mailfrom = a.example ; dkim = none",
     ": spf=fail{smtp.mailfrom=a.example} dkim=none{}"},
    {"a value that is missing", "mx.example; spf=none smtp.mailfrom= smtp.helo=h.example",
     "mx.example: spf=none{smtp.mailfrom=;smtp.helo=h.example}"},
    {"Yahoo's old form", "mta1.mail.example from=a.example; domainkeys=neutral (no sig); from=a.example; dkim=pass (ok)",
     "mta1.mail.example: domainkeys=neutral{header.d=a.example} dkim=pass{header.d=a.example}"},
    {"empty segments", "mx.example;; spf=pass;", "mx.example: spf=pass{}"},
};

TEST(Authentication, ResultsAreReadAsRfc8601AndOthersWriteThem) {
  for (const WrittenResults& one : kWritten) EXPECT_EQ(line_of(read_authentication_results(one.value)), one.expected) << one.name;
}

TEST(Authentication, ArcSetsHaveTheirInstance) {
  const auto results = read_arc_results("i=2; mx.list.example; dkim=pass header.d=a.example; arc=pass (i=1)");
  EXPECT_EQ(line_of(results), "mx.list.example: dkim=pass{header.d=a.example} arc=pass{}");
  EXPECT_EQ(results.front().arc_instance, 2U);
  EXPECT_TRUE(read_arc_results("mx.list.example; dkim=pass").empty());
}

TEST(Authentication, ReceivedSpfIsReadAsRfc7208WritesIt) {
  const auto told = [](std::string_view value) { return line_of(read_received_spf(value)); };
  EXPECT_EQ(
      told("pass (mybox.example.org: domain of myname@example.com designates 192.0.2.1 as permitted sender) "
           "receiver=mybox.example.org; client-ip=192.0.2.1; envelope-from=\"myname@example.com\"; helo=foo.example.com;"),
      "mybox.example.org: spf=pass{receiver=mybox.example.org;client-ip=192.0.2.1;envelope-from=myname@example.com;helo=foo."
      "example.com}");
  EXPECT_EQ(told("Fail (x) identity=mailfrom; client-ip=192.0.2.1"), ": spf=fail{identity=mailfrom;client-ip=192.0.2.1}");
  EXPECT_EQ(told("pass (domain of firm.example designates 192.0.2.1 as permitted sender)"),
            ": spf=pass{envelope-from=firm.example}");
  EXPECT_EQ(told("SoftFail (mx.example: domain of transitioning a@firm.example does not designate 192.0.2.1) helo=b.example"),
            ": spf=softfail{helo=b.example;envelope-from=a@firm.example}");
  EXPECT_EQ(told("pass (mx.example: domain of \"ann@firm.example x\"@other.example designates 192.0.2.1 as permitted sender)"),
            ": spf=pass{}");
  EXPECT_EQ(told("pass problem=\"(domain of firm.example designates\""),
            ": spf=pass{problem=(domain of firm.example designates}");
  EXPECT_EQ(told("pass (mx.example: sender <\"domain of firm.example \"@other.example> is fine)"), ": spf=pass{}");
  EXPECT_EQ(told(""), "");
}

/// How the border's "dkim=pass", which names nobody, is aligned in a message of firm.example with these signatures.
std::optional<bool> unnamed_pass(const std::vector<const char*>& signatures, const char* results = "mx.own.example; dkim=pass") {
  std::vector<Field> fields{{"Authentication-Results", results}, kEntry};
  for (const char* signature : signatures) fields.emplace_back("DKIM-Signature", signature);
  message::Message message = message_of(fields);
  message.from = {{"Ann", "ann@firm.example"}};
  Route route;
  read_authentication(message, 1, "mx.firm.example", {}, route);
  return route.auth.empty() ? std::nullopt : route.auth.front().aligned;
}

TEST(Authentication, APassWithoutAnIdentityIsOneOfTheMessagesSignatures) {
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA"}), true);
  EXPECT_EQ(unnamed_pass({"v=1; d=other.example; b=AA"}), false);
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA", "v=1; d=other.example; b=AA"}), std::nullopt) << "it may be the other's";
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; d=other.example; b=AA"}), std::nullopt) << "RFC 6376 section 3.2";
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA"}, "mx.own.example; dkim=pass header.b=BB"), std::nullopt);
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA"}, "mx.own.example; dkim=pass; dkim=fail header.d=firm.example"),
            std::nullopt);
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA"}, "mx.own.example; dkim=pass from=ann@firm.example"), std::nullopt);
  EXPECT_EQ(unnamed_pass({}), std::nullopt);
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA"}, "mx.own.example; dkim=pass header.d=other.example"), false);
  EXPECT_EQ(unnamed_pass({"v=1; d=firm.example; b=AA"}, "mx.own.example; dkim=none"), std::nullopt);
}

TEST(Authentication, AnIdentityIsAlignedByItsOrganisationalDomain) {
  const auto aligned = [](std::string_view value) {
    return is_aligned(read_authentication_results(value).front(), "mail.firm.example");
  };
  EXPECT_EQ(aligned("x; dkim=pass header.d=firm.example"), true);
  EXPECT_EQ(aligned("x; dkim=pass header.i=@news.firm.example"), true);
  EXPECT_EQ(aligned("x; dkim=pass header.d=other.example header.i=@firm.example"), false)
      << "d= is the identity (RFC 7489 3.1.1)";
  EXPECT_EQ(aligned("x; spf=pass smtp.mailfrom=<a@bounce.firm.example>"), true);
  EXPECT_EQ(aligned("x; spf=pass smtp.mailfrom=other.example smtp.helo=firm.example"), false);
  EXPECT_EQ(aligned("x from=firm.example; dkim=pass (ok)"), true) << "Yahoo's old form";
  EXPECT_EQ(aligned("x; dkim=none header.d=none"), std::nullopt);
  EXPECT_EQ(aligned("x; dmarc=pass header.from=firm.example"), std::nullopt);
}

}  // namespace
}  // namespace threadline::facts
