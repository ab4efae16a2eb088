// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/facts.h"
#include "facts/transport/dkim_body.h"
#include "facts/transport/dkim_key.h"
#include "facts/transport/dkim_readings.h"
#include "facts/transport/dkim_signature.h"
#include "facts/transport/dkim_tags.h"
#include "message/read_message.h"
#include "text/base64.h"

namespace threadline::facts {
namespace {

/// Lines as they stand on the wire.
std::string wire(std::string_view lines) {
  std::string bytes;
  for (const char c : lines) {
    if (c == '\n') bytes += '\r';
    bytes += c;
  }
  return bytes;
}

Facts facts_of(std::string_view bytes, const std::string& keys = {}, const Limits& limits = {}) {
  const auto read = read_dkim_keys(keys, "keys");
  return read_facts(message::read_message(bytes, limits), {.dkim_keys = read.value(), .limits = limits});
}

/// "firm.example s1 match (as is) valid".
std::string line_of(const Dkim& dkim) {
  const auto word = [](const std::optional<bool>& known, const char* yes, const char* no) {
    return std::string(known ? *known ? yes : no : "null");
  };
  return dkim.domain + " " + dkim.selector + " " + word(dkim.body_hash, "match", "differs") + " (" + dkim.reading + ") " +
         word(dkim.signature_valid, "valid", "invalid");
}

std::string lines_of(const Facts& facts) {
  std::string all;
  for (const Dkim& dkim : facts.route.dkim) all += (all.empty() ? "" : "; ") + line_of(dkim);
  return all;
}

bool has_note(const Facts& facts, std::string_view code, std::string_view text = {}) {
  return std::ranges::any_of(facts.notes, [&](const Note& note) { return note.code == code && note.text.starts_with(text); });
}

/// RFC 8463 appendix A.3: two signatures of one message, and the two records of A.2.
constexpr std::string_view kEightFourSixThree =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n"
    " d=football.example.com; i=@football.example.com;\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n"
    " subject : date : message-id : from : subject : date;\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\n"
    " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\n"
    " d=football.example.com; i=@football.example.com;\n"
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\n"
    " date : message-id : from : subject : date;\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\n"
    " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\n"
    " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\n"
    "From: Joe SixPack <joe@football.example.com>\n"
    "To: Suzie Q <suzie@shopping.example.net>\n"
    "Subject: Is dinner ready?\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
    "\n"
    "Hi.\n"
    "\n"
    "We lost the game.  Are you hungry yet?\n"
    "\n"
    "Joe.\n";
const std::string kKeys8463 =
    "brisbane._domainkey.football.example.com. IN TXT (\n"
    "  \"v=DKIM1; k=ed25519; \" \"p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\")\n"
    "test._domainkey.football.example.com. IN TXT (\n"
    "  \"v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWR\"\n"
    "  \"iGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutAC\"\n"
    "  \"DfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3\"\n"
    "  \"Ip3G+2kryOTIKT+l/K4w3QIDAQAB\")\n";

TEST(Dkim, TheMessageOfRfc8463VerifiesWithBothKeys) {
  EXPECT_EQ(lines_of(facts_of(wire(kEightFourSixThree), kKeys8463)),
            "football.example.com brisbane match (as is) valid; football.example.com test match (as is) valid");
  EXPECT_EQ(lines_of(facts_of(kEightFourSixThree, kKeys8463)),
            "football.example.com brisbane match (bare LF restored) valid; football.example.com test match (bare LF restored) "
            "valid");
}

TEST(Dkim, WithoutKeysOnlyTheBodyIsSpokenOf) {
  const Facts facts = facts_of(wire(kEightFourSixThree));
  EXPECT_EQ(lines_of(facts), "football.example.com brisbane match (as is) null; football.example.com test match (as is) null");
  const Dkim& dkim = facts.route.dkim.front();
  EXPECT_EQ(dkim.algorithm, "ed25519-sha256");
  EXPECT_EQ(dkim.canonicalization, "relaxed/relaxed");
  EXPECT_EQ(dkim.identity, "@football.example.com");
  EXPECT_EQ(dkim.signed_at, 1528637909);
  EXPECT_EQ(dkim.signed_fields.size(), 8U);
  EXPECT_EQ(dkim.signed_fields.front(), "from");
  EXPECT_EQ(dkim.aligned, true);
  EXPECT_FALSE(has_note(facts, "dkim_differs"));
}

TEST(Dkim, AnotherSubjectBreaksTheSignatureAndNotTheBody) {
  std::string bytes = wire(kEightFourSixThree);
  bytes.replace(bytes.find("Is dinner"), 2, "[list] Is");
  const Facts facts = facts_of(bytes, kKeys8463);
  EXPECT_EQ(lines_of(facts),
            "football.example.com brisbane match (as is) invalid; football.example.com test match (as is) invalid");
  EXPECT_TRUE(has_note(facts, "dkim_invalid", "football.example.com brisbane"));
}

TEST(Dkim, ASecondFromAboveIsNotSignedAndASecondOneBelowBreaksIt) {
  std::string bytes = wire(kEightFourSixThree);
  bytes.insert(0, "From: Boss <boss@football.example.com>\r\n");  // h= names from twice: nothing may be added
  EXPECT_EQ(line_of(facts_of(bytes, kKeys8463).route.dkim.front()), "football.example.com brisbane match (as is) invalid");
}

TEST(Dkim, AChangedBodyDiffersAndIsANote) {
  std::string bytes = wire(kEightFourSixThree);
  bytes.replace(bytes.find("lost"), 4, "won!");
  const Facts facts = facts_of(bytes, kKeys8463);
  EXPECT_EQ(lines_of(facts), "football.example.com brisbane differs () valid; football.example.com test differs () valid");
  EXPECT_TRUE(has_note(facts, "dkim_differs", "football.example.com test"));
}

/// RFC 6376 appendix A.2, as its errata 3192 (one blank behind "game.") and 4926 (the indentation) say that it was signed.
constexpr std::string_view kSixThreeSevenSix =
    "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\n"
    "      c=simple/simple; q=dns/txt; i=joe@football.example.com;\n"
    "      h=Received : From : To : Subject : Date : Message-ID;\n"
    "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
    "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\n"
    "        4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\n"
    "        KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\n"
    "        4bmp/YzhwvcubU4=;\n"
    "Received: from client1.football.example.com  [192.0.2.1]\n"
    "      by submitserver.example.com with SUBMISSION;\n"
    "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\n"
    "From: Joe SixPack <joe@football.example.com>\n"
    "To: Suzie Q <suzie@shopping.example.net>\n"
    "Subject: Is dinner ready?\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n"
    "\n"
    "Hi.\n"
    "\n"
    "We lost the game. Are you hungry yet?\n"
    "\n"
    "Joe.\n";
/// Appendix C, the record of that selector.
const std::string kKeys6376 =
    "$ORIGIN _domainkey.example.com.\n"
    "brisbane IN TXT (\"v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQ\"\n"
    "   \"KBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYt\"\n"
    "   \"IxN2SnFCjxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v\"\n"
    "   \"/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhi\"\n"
    "   \"tdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB\")\n";

TEST(Dkim, TheMessageOfRfc6376VerifiesWithTheKeyOfItsAppendix) {
  const std::string bytes = wire(kSixThreeSevenSix);
  const auto told = [](const std::string& exported) { return lines_of(facts_of(exported, kKeys6376)); };
  EXPECT_EQ(told(bytes), "example.com brisbane match (as is) valid");
  EXPECT_EQ(lines_of(facts_of(bytes)), "example.com brisbane match (as is) null") << "no key was given";
  EXPECT_EQ(told(std::string(kSixThreeSevenSix)), "example.com brisbane match (bare LF restored) valid");
  const auto changed = [&](std::string_view what, std::string_view with) {
    std::string other = bytes;
    other.replace(other.find(what), what.size(), with);
    return told(other);
  };
  EXPECT_EQ(changed("game. Are", "game.  Are"), "example.com brisbane differs () valid") << "erratum 3192: as the RFC is printed";
  EXPECT_EQ(changed("      by submit", "    by submit"), "example.com brisbane match (as is) invalid") << "erratum 4926";
  EXPECT_EQ(changed("Suzie Q", "Suzie R"), "example.com brisbane match (as is) invalid");
  EXPECT_EQ(changed("DKIM-Signature", "Received: from a by b; Fri, 11 Jul 2003 21:02:00 -0700\r\nDKIM-Signature"),
            "example.com brisbane match (as is) valid")
      << "a later hop's field stands above";
}

TEST(Dkim, CanonicalBodiesOfRfc6376AreThoseOfItsExamples) {
  // Section 3.4.5: " C \r\nD \t E\r\n\r\n\r\n" becomes " C\r\nD E\r\n" (relaxed), " C \r\nD \t E\r\n" (simple).
  const auto hash = [](std::string_view body, Canonical form, std::optional<std::uint64_t> length = {}) {
    return text::encode_base64(*body_hash(body, form, DigestKind::sha256, length), "");
  };
  const std::string body = " C \r\nD \t E\r\n\r\n\r\n";
  EXPECT_EQ(hash(body, Canonical::relaxed), hash(" C\r\nD E\r\n", Canonical::simple));
  EXPECT_EQ(hash(body, Canonical::simple), hash(" C \r\nD \t E", Canonical::simple));
  EXPECT_NE(hash(body, Canonical::simple), hash(" C\r\nD E\r\n", Canonical::simple));
  // Sections 3.4.3 and 3.4.4 name the hashes of the empty body.
  EXPECT_EQ(hash("", Canonical::simple), "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
  EXPECT_EQ(hash("\r\n\r\n", Canonical::simple), "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=");
  EXPECT_EQ(hash("", Canonical::relaxed), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(hash(" \t\r\n\r\n", Canonical::relaxed), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  EXPECT_EQ(text::encode_base64(*body_hash("", Canonical::simple, DigestKind::sha1, {}), ""), "uoq1oCgLlTqpdDX/iUbLy7J1Wic=");
  EXPECT_EQ(text::encode_base64(*body_hash("", Canonical::relaxed, DigestKind::sha1, {}), ""), "2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
  EXPECT_EQ(hash("abcdef", Canonical::simple, 3), hash("abcxyz", Canonical::simple, 3));
  EXPECT_FALSE(body_hash("abc", Canonical::simple, DigestKind::sha256, 6));
  EXPECT_TRUE(body_hash("abc", Canonical::simple, DigestKind::sha256, 5));
}

TEST(Dkim, TagListsAreReadAsRfc6376Says) {
  const auto tags = read_tags(" v = 1 ; a=rsa-sha256;\r\n\tb= a b\r\n c ; z=From:x|To:y=z;;");
  ASSERT_EQ(tags.size(), 4U);
  EXPECT_EQ(tags[0].name, "v");
  EXPECT_EQ(tags[0].value, "1");
  EXPECT_EQ(without_blanks(tags[2].value), "abc");
  EXPECT_EQ(tags[3].value, "From:x|To:y=z");
  EXPECT_EQ(doubled_tag(tags), "");
  EXPECT_EQ(doubled_tag(read_tags("a=1; b=2; a=3")), "a");
  EXPECT_EQ(without_signature("v=1; b= abc\r\n def ; bh=x"), "v=1; b=; bh=x");
  EXPECT_EQ(without_signature("v=1; bh=x; b=abc"), "v=1; bh=x; b=");
}

TEST(Dkim, WhatCannotBeComputedSaysWhy) {
  const auto problem = [](std::string_view value) { return read_dkim_signature(value).told.problem; };
  constexpr std::string_view kHash = "bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=";
  const auto list = [&](std::string_view rest) {
    return std::string(kHash) + "; d=a.example; s=x; h=from; b=AA==; " + std::string(rest);
  };
  EXPECT_EQ(problem(list("v=1; a=rsa-sha256")), "");
  EXPECT_EQ(problem(list("v=2; a=rsa-sha256")), "unknown version");
  EXPECT_EQ(problem(list("v=1; a=rsa-md5")), "unknown algorithm");
  EXPECT_EQ(problem(list("v=1; a=rsa-sha256; c=nowsp")), "unknown canonicalization");
  EXPECT_EQ(problem(list("v=1; a=rsa-sha256; l=-1")), "l= is no number");
  EXPECT_EQ(problem(list("v=1; a=rsa-sha1")), "bh= is no hash");
  EXPECT_EQ(problem(list("v=1; a=rsa-sha256; s=y")), "a tag stands twice");
  EXPECT_EQ(problem("v=1; a=rsa-sha256; d=a.example; s=x; h=from; b=AA=="), "no bh=");
  EXPECT_EQ(problem(""), "no v=");
}

TEST(Dkim, AMessageOutOfAStoreHasNoSignedBytes) {
  message::Message message = message::read_message(wire(kEightFourSixThree), Limits{});
  message.signed_body.reset();
  const Facts facts = read_facts(message, {.dkim_keys = read_dkim_keys(kKeys8463, "keys").value()});
  EXPECT_EQ(line_of(facts.route.dkim.front()), "football.example.com brisbane null () valid");
}

// Damage of exports, one by one: the signed body, and what the export made of it.

struct Damaged {
  const char* name;
  std::string_view signed_body, exported, reading;
  const char* more_header = "";
};

/// A mail with that body, whose signature holds the hash of `signed_body` alone.
std::string mail_with(std::string_view signed_body, std::string_view exported, std::string_view form, const char* more_header) {
  const Canonical canonical = form == "relaxed" ? Canonical::relaxed : Canonical::simple;
  const std::string hash = text::encode_base64(*body_hash(signed_body, canonical, DigestKind::sha256, {}), "");
  return "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/" + std::string(form) +
         "; d=firm.example; s=s1; h=from; b=AA==; bh=" + hash + "\r\nFrom: a@firm.example\r\n" + more_header + "\r\n" +
         std::string(exported);
}

const Damaged kDamaged[] = {
    {"as is", "a\r\nb\r\n", "a\r\nb\r\n", "as is"},
    {"final line end lost", "a\r\nb\r\n", "a\r\nb", "as is"},
    {"empty lines added at the end", "a\r\nb\r\n", "a\r\nb\r\n\r\n\r\n", "as is"},
    {"LF only", "a\r\nb\r\n", "a\nb\n", "bare LF restored"},
    {"LF only, final one lost", "a\r\nb\r\n", "a\nb", "bare LF restored"},
    {"some LF only", "a\r\nb\r\nc\r\n", "a\nb\r\nc\n", "bare LF restored"},
    {"CR doubled", "a\r\nb\r\n", "a\r\r\nb\r\r\n", "doubled CR cut"},
    {"mbox quoting left", "From a\r\nb\r\n", ">From a\r\nb\r\n", "From quoting undone"},
    {"mbox quoting undone too far", ">From a\r\nb\r\n", "From a\r\nb\r\n", "From quoting redone"},
    {"mbox quoting and LF", "x\r\nFrom a\r\nb\r\n", "x\n>From a\nb\n", "bare LF restored, From quoting undone"},
    {"list footer", "a\r\nb\r\n", "a\r\nb\r\n\r\n_______________________________________________\r\nlist@firm.example\r\n",
     "list footer cut"},
    {"list footer behind dashes", "a\r\nb\r\n", "a\r\nb\r\n-- \r\nYou received this\r\n", "list footer cut"},
    {"list footer behind a signature", "a\r\n-- \r\nAnn\r\n", "a\r\n-- \r\nAnn\r\n--~--~---------~--~--\r\nfoot\r\n",
     "list footer cut"},
    {"signature dashes", "a\r\n-- \r\nAnn\r\n", "a\r\n--\r\nAnn\r\n", "signature dashes restored"},
    {"white space added", "a\r\nb\r\n", "a \r\nb\t\r\n", "white space at line ends cut"},
    {"first empty line lost", "\r\na\r\n", "a\r\n", "first empty line added"},
    {"first empty line added", "a\r\n", "\r\na\r\n", "first empty line cut"},
    {"8bit as quoted-printable", "R\xC3\xA9gl\xC3\xA9 = long\r\n", "R=C3=A9gl=\r\n=c3=a9 =3D long\r\n",
     "transfer encoding undone", "Content-Transfer-Encoding: quoted-printable\r\n"},
    {"7bit as base64", "abc\r\ndef\r\n", "YWJjCmRlZgo=\r\n", "transfer encoding undone", "Content-Transfer-Encoding: base64\r\n"},
    {"base64 rewrapped", "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFB\r\nQUFBQQ==\r\n",
     "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQ==\r\n", "base64 in lines of 64"},
    {"footer part", "--b\r\n\r\na\r\n--b--\r\n", "--b\r\n\r\na\r\n--b\r\n\r\nfoot\r\n--b--\r\n", "last part cut",
     "Content-Type: multipart/mixed; boundary=b\r\n"},
    {"wrapped by a list", "--i\r\n\r\na\r\n--i--\r\n",
     "--o\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n--i\r\n\r\na\r\n--i--\r\n\r\n--o\r\n\r\nfoot\r\n--o--\r\n",
     "first part alone", "Content-Type: multipart/mixed; boundary=o\r\n"},
    {"dots stuffed", ".a\r\nb\r\n", "..a\r\nb\r\n", "dot stuffing undone"},
};

TEST(Dkim, KnownDamageOfExportsIsUndoneAndNamed) {
  for (const Damaged& one : kDamaged) {
    const Facts facts = facts_of(mail_with(one.signed_body, one.exported, "simple", one.more_header));
    EXPECT_EQ(lines_of(facts), "firm.example s1 match (" + std::string(one.reading) + ") null") << one.name;
    EXPECT_EQ(has_note(facts, "dkim_restored"), one.reading != "as is") << one.name;
  }
}

TEST(Dkim, NoReadingSavesATextThatSaysSomethingElse) {
  for (const Damaged& one : kDamaged) {
    if (one.signed_body.find('a') == std::string_view::npos) continue;
    std::string other(one.exported);
    const std::size_t line = other.find("\na\r\n");
    const std::size_t letter = line != std::string::npos ? line + 1 : other.find_first_of("abQYR");
    other.replace(letter, 1, "z");
    EXPECT_EQ(lines_of(facts_of(mail_with(one.signed_body, other, "simple", one.more_header))), "firm.example s1 differs () null")
        << one.name;
  }
}

TEST(Dkim, TextBehindWhatIsSignedIsNamed) {
  const std::string hash = text::encode_base64(*body_hash("a\r\n", Canonical::simple, DigestKind::sha256, {}), "");
  const std::string head = "DKIM-Signature: v=1; a=rsa-sha256; d=firm.example; s=s1; h=from; b=AA==; l=3; bh=" + hash +
                           "\r\nFrom: a@firm.example\r\n\r\na\r\n";
  EXPECT_FALSE(has_note(facts_of(head), "dkim_partly_signed"));
  const Facts facts = facts_of(head + "pay elsewhere\r\n");
  EXPECT_EQ(lines_of(facts), "firm.example s1 match (as is) null");
  EXPECT_EQ(facts.route.dkim.front().body_length, 3U);
  EXPECT_TRUE(has_note(facts, "dkim_partly_signed", "firm.example s1"));
}

// Collected keys.

TEST(DkimKeys, EveryFormOfARecordIsTheSame) {
  const auto only = [](const std::string& text) {
    const auto keys = read_dkim_keys(text, "keys");
    if (!keys || keys->size() != 1) return std::string("none");
    std::string all = keys->begin()->first;
    for (const std::string& record : keys->begin()->second) all += " <" + record + ">";
    return all;
  };
  const std::string expected = "s1._domainkey.firm.example <v=DKIM1; k=rsa; p=QUJD>";
  EXPECT_EQ(only("s1._domainkey.firm.example v=DKIM1; k=rsa; p=QUJD\n"), expected);
  EXPECT_EQ(only("S1._domainkey.Firm.example. v=DKIM1; k=rsa; p=QUJD\r\n"), expected);
  EXPECT_EQ(only("firm.example\ts1\tv=DKIM1; k=rsa; p=QUJD"), expected);
  EXPECT_EQ(only("# collected\n\nfirm.example s1 v=DKIM1; k=rsa; p=QUJD"), expected);
  EXPECT_EQ(only("s1._domainkey.firm.example. 300 IN TXT \"v=DKIM1; k=rsa; p=QU\" \"JD\"\n"), expected);
  EXPECT_EQ(only("s1._domainkey.firm.example. 300 IN TXT v=DKIM1\\; k=rsa\\; p=QUJD\n"), expected);
  EXPECT_EQ(only("s1._domainkey.firm.example\ttext = \"v=DKIM1\\; k=rsa\\; p=QUJD\"\n"), expected);
  EXPECT_EQ(only("s1._domainkey\tIN\tTXT\t( \"v=DKIM1; k=rsa; \"\n\t  \"p=QUJD\" )  ; ----- DKIM key s1 for firm.example\n"),
            expected);
  EXPECT_EQ(only("$ORIGIN firm.example.\ns1._domainkey IN TXT \"v=DKIM1; k=rsa; p=QUJD\"\n"), expected);
  EXPECT_EQ(only(expected.substr(0, 27) + "p=A\n" + expected.substr(0, 27) + "p=B"), "s1._domainkey.firm.example <p=A> <p=B>");
}

TEST(DkimKeys, ALineThatIsNoRecordIsNamed) {
  const auto error = [](const std::string& text) {
    const auto keys = read_dkim_keys(text, "keys.txt");
    return keys ? std::string("read") : keys.error().file + ": " + keys.error().what;
  };
  EXPECT_EQ(error(""), "read");
  EXPECT_EQ(error("s1._domainkey.firm.example v=DKIM1; p=QQ==\nnonsense\n"), "keys.txt: line 2: no selector");
  EXPECT_EQ(error("s1._domainkey.firm.example v=DKIM1; k=rsa\n"), "keys.txt: line 1: no key record");
  EXPECT_EQ(error("s1._domainkey v=DKIM1; p=QQ==\n"), "keys.txt: line 1: no selector");
}

TEST(DkimKeys, AKeyThatDoesNotFitIsAReasonAndNoVerdict) {
  const auto told = [](const std::string& record) {
    const Facts facts = facts_of(wire(kEightFourSixThree), "brisbane._domainkey.football.example.com " + record);
    const Dkim& dkim = facts.route.dkim.front();
    return (dkim.signature_valid ? *dkim.signature_valid ? "valid" : "invalid" : "null: ") + dkim.problem;
  };
  const std::string good = "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
  EXPECT_EQ(told("v=DKIM1; k=ed25519; " + good), "valid");
  EXPECT_EQ(told("v=DKIM1; k=ed25519; h=sha256; t=s; " + good), "valid");
  EXPECT_EQ(told("v=DKIM1; k=ed25519; p="), "null: key revoked");
  EXPECT_EQ(told("v=DKIM1; k=rsa; " + good), "null: key of another kind");
  EXPECT_EQ(told("v=DKIM1; k=ed25519; h=sha1; " + good), "null: key for other algorithms");
  EXPECT_EQ(told("v=DKIM1; k=ed25519; p=QUJD"), "null: key cannot be read");
  EXPECT_EQ(told("v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIbaPcHURo="), "invalid");
}

// Limits.

std::string many_signatures(int count, std::string_view body) {
  std::string header;
  for (int i = 0; i < count; ++i)
    header += "DKIM-Signature: v=1; a=rsa-sha256; d=firm.example; s=s1; h=from; b=AA==; bh=" +
              text::encode_base64(*body_hash("other", Canonical::simple, DigestKind::sha256, {}), "") + "\r\n";
  return header + "From: a@firm.example\r\n\r\n" + std::string(body);
}

bool has_limit(std::string_view bytes, const Limits& limits, std::string_view name, const std::string& keys = {}) {
  return has_note(facts_of(bytes, keys, limits), "limit", name);
}

TEST(Dkim, dkim_signatures) {
  Limits limits;
  limits.dkim_signatures = 3;
  EXPECT_FALSE(has_limit(many_signatures(3, "x\r\n"), limits, "dkim_signatures"));
  EXPECT_TRUE(has_limit(many_signatures(4, "x\r\n"), limits, "dkim_signatures"));
  EXPECT_EQ(facts_of(many_signatures(4, "x\r\n"), {}, limits).route.dkim.size(), 3U);
}

TEST(Dkim, dkim_readings) {
  Limits limits;  // "x" has two readings: as is, and with a first empty line
  limits.dkim_readings = 2;
  EXPECT_FALSE(has_limit(many_signatures(1, "x\r\n"), limits, "dkim_readings"));
  limits.dkim_readings = 1;
  EXPECT_TRUE(has_limit(many_signatures(1, "x\r\n"), limits, "dkim_readings"));
}

TEST(Dkim, dkim_bytes) {
  Limits limits;  // 3 bytes as is, 5 with a first empty line
  limits.dkim_bytes = 8;
  EXPECT_FALSE(has_limit(many_signatures(1, "x\r\n"), limits, "dkim_bytes"));
  limits.dkim_bytes = 7;
  EXPECT_TRUE(has_limit(many_signatures(1, "x\r\n"), limits, "dkim_bytes"));
  limits.dkim_bytes = 2;
  EXPECT_EQ(lines_of(facts_of(many_signatures(1, "x\r\n"), {}, limits)), "firm.example s1 null () null");
}

TEST(Dkim, HashesOfOneReadingCountEachByItself) {
  Limits limits;
  limits.dkim_bytes = 5;  // of two signatures that sign other lengths of "x" one is hashed, as is
  std::string bytes = many_signatures(2, "x\r\n");
  bytes.insert(bytes.find("s=s1"), "l=1; ");
  EXPECT_TRUE(has_limit(bytes, limits, "dkim_bytes"));
  EXPECT_EQ(lines_of(facts_of(bytes, {}, limits)), "firm.example s1 differs () null; firm.example s1 null () null");
}

TEST(Dkim, dkim_body_bytes) {
  Limits limits;
  limits.dkim_body_bytes = 3;
  EXPECT_FALSE(has_limit(many_signatures(1, "x\r\n"), limits, "dkim_body_bytes"));
  limits.dkim_body_bytes = 2;
  EXPECT_TRUE(has_limit(many_signatures(1, "x\r\n"), limits, "dkim_body_bytes"));
  EXPECT_EQ(lines_of(facts_of(many_signatures(1, "x\r\n"), {}, limits)), "firm.example s1 null () null");
}

TEST(Dkim, dkim_signed_bytes) {
  const std::string bytes = wire(kEightFourSixThree);
  Limits limits;
  limits.dkim_signed_bytes = 2'000;
  EXPECT_FALSE(has_limit(bytes, limits, "dkim_signed_bytes", kKeys8463));
  limits.dkim_signed_bytes = 700;
  EXPECT_TRUE(has_limit(bytes, limits, "dkim_signed_bytes", kKeys8463));
}

}  // namespace
}  // namespace threadline::facts
