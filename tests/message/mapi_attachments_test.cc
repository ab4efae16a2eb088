// SPDX-License-Identifier: Apache-2.0
// What is attached to a MAPI object: files, embedded objects, TNEF streams, signed content.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/cms_writer.h"
#include "message/mapi_scene.h"
#include "message/read_message.h"
#include "message/tnef_stream.h"

namespace threadline::message {
namespace {

using namespace std::string_literals;

MapiAttachment attachment(std::vector<MapiProperty> properties) {
  MapiAttachment made;
  made.properties.list = std::move(properties);
  return made;
}

std::string shown(const Attachment& one) {
  return fmt::format("{} {} {} {} {}", one.part, one.name, one.type, one.size, one.note);
}

TEST(MapiMessage, AttachmentsHaveTheNamesThatPeopleSee) {
  MapiObject object;
  object.attachments.push_back(attachment({unicode_property(0x3707, "long name.pdf"), unicode_property(0x3704, "LONGNA~1.PDF"),
                                           unicode_property(0x370E, "Application/PDF; name=x"), binary_property(0x3701, "12345"),
                                           integer_property(0x3705, 1), integer_property(0x0E20, 99)}));
  object.attachments.push_back(attachment({unicode_property(0x3704, "SHORT.DOC"), binary_property(0x3701, "")}));
  object.attachments.push_back(
      attachment({unicode_property(0x3001, "Shown"), boolean_property(0x7FFE, true), binary_property(0x3701, "x")}));
  object.attachments.push_back(attachment({}));
  const auto message = read(object);
  ASSERT_EQ(message.attachments.size(), 4U);
  EXPECT_EQ(shown(message.attachments[0]), "1 long name.pdf application/pdf 5 ") << "the size is that of the content";
  EXPECT_EQ(message.attachments[0].sha256, "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5");
  EXPECT_EQ(shown(message.attachments[1]), "2 SHORT.DOC application/octet-stream 0 ");
  EXPECT_EQ(shown(message.attachments[2]), "3 Shown application/octet-stream 1 hidden");
  EXPECT_EQ(shown(message.attachments[3]), "4  application/octet-stream 0 ");
}

TEST(MapiMessage, AnAttachmentOfWhichNothingIsLeftIsDamage) {
  MapiObject object;
  object.attachments.push_back(attachment({unicode_property(0x3704, "EMPTY.TXT"), integer_property(0x3705, 1)}));
  object.attachments.push_back(attachment({}));
  const auto message = read(object);
  const auto damage = std::ranges::find(message.notes, "damaged_content", &Note::code);
  ASSERT_NE(damage, message.notes.end());
  EXPECT_EQ(damage->span.part, "2");
  EXPECT_EQ(std::ranges::count(message.notes, "damaged_content", &Note::code), 1);
}

TEST(MapiMessage, AnAttachedCalendarIsReadAsAMailsIs) {
  const std::string ics =
      "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nORGANIZER;CN=Ann:mailto:ann@firm.example\r\n"
      "DESCRIPTION:pay here\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  MapiObject object;
  object.attachments.push_back(attachment({unicode_property(0x3707, "invite.ics"), binary_property(0x3701, ics)}));
  const auto message = read(object);
  ASSERT_EQ(message.calendars.size(), 1U);
  EXPECT_EQ(shown(message.calendars[0].organizer), "Ann<ann@firm.example>");
  EXPECT_EQ(shown(message.texts), "1!description+:text[pay here]");
  EXPECT_EQ(message.attachments.size(), 1U);
}

TEST(MapiMessage, AnAttachmentByReferenceIsSaidAndNotOpened) {
  for (const std::uint32_t method : {2U, 3U, 4U, 7U}) {
    MapiObject object;
    object.attachments.push_back(attachment({unicode_property(0x3707, "a.docx"), integer_property(0x3705, method),
                                             unicode_property(0x370D, "https://cloud.example/a")}));
    const auto message = read(object);
    EXPECT_EQ(shown(message.attachments.at(0)), "1 a.docx application/octet-stream 0 reference");
    EXPECT_TRUE(has_note(message, "attachment_by_reference", "https://cloud.example/a")) << method;
  }
}

TEST(MapiMessage, AnAttachedTextIsEvidenceButNotTheBody) {
  MapiObject object;
  object.attachments.push_back(attachment({unicode_property(0x3707, "iban.txt"), binary_property(0x3701, "pay here")}));
  object.attachments.push_back(attachment({unicode_property(0x3707, "form.html"), binary_property(0x3701, "<p>pay</p>")}));
  object.attachments.push_back(
      attachment({unicode_property(0x3707, "table.csv"), unicode_property(0x370E, "text/csv"), binary_property(0x3701, "a,b")}));
  EXPECT_EQ(shown(read(object).texts), "1+:text[pay here] 2+:html[<p>pay</p>]");
}

TEST(MapiMessage, AnEmbeddedObjectIsAnAttachmentAndAMessage) {
  const auto inner = property_list(
      {encapsulated(unicode_property(0x0037, "Inner subject")), encapsulated(unicode_property(0x1000, "inner body"))});
  const auto stream = TnefStream().message(kAttMsgProps, inner).bytes();
  const auto message = read_message(
      TnefStream()
          .message(kAttMsgProps, property_list({encapsulated(unicode_property(0x0037, "Outer"))}))
          .attachment(kAttRendData, file_rendering())
          .attachment(kAttAttachment, property_list({embedded_stream(stream), encapsulated(integer_property(0x3705, 5))}))
          .bytes(),
      Limits{});
  EXPECT_EQ(message.format, "tnef");
  EXPECT_EQ(message.attachments.at(0).name, "Inner subject");
  EXPECT_EQ(message.attachments[0].type, "message/rfc822");
  EXPECT_EQ(message.attachments[0].size, stream.size());
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].part, "1");
  EXPECT_EQ(message.messages[0].subject, "Inner subject");
  EXPECT_EQ(message.messages[0].format, "tnef");
  EXPECT_EQ(message.messages[0].sha256, message.attachments[0].sha256);
  EXPECT_EQ(shown(message.messages[0].texts), "body:text[inner body]");
}

std::string tnef_with_file(std::string_view name, std::string_view bytes) {
  return TnefStream()
      .attachment(kAttRendData, file_rendering())
      .attachment(kAttAttachTitle, std::string(name) + '\0')
      .attachment(kAttAttachData, bytes)
      .bytes();
}

TEST(MapiMessage, AMailAttachedAsAFileIsAMessage) {
  const std::string mail = "From: a@firm.example\r\nSubject: attached\r\n\r\ntext";
  const auto message = read_message(tnef_with_file("mail.eml", mail), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "attached");
  EXPECT_EQ(message.messages[0].format, "eml");
  EXPECT_TRUE(read_message(tnef_with_file("notes.bin", "no mail"), Limits{}).messages.empty());
}

TEST(MapiMessage, ATnefStreamAttachedAsAFileIsAMessage) {
  const auto inner = TnefStream().message(kAttSubject, "inner\0"s).bytes();
  const auto message = read_message(tnef_with_file("winmail.dat", inner), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "inner");
}

std::string mail_with(std::string_view type, std::string_view name, const std::string& bytes) {
  return fmt::format(
             "From: a@firm.example\nSubject: carrier\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=bb\n\n"
             "--bb\nContent-Type: text/plain\n\nhello\n--bb\nContent-Type: {}; name=\"{}\"\n"
             "Content-Disposition: attachment; filename=\"{}\"\nContent-Transfer-Encoding: binary\n\n",
             type, name, name) +
         bytes + "\n--bb--\n";
}

TEST(MapiMessage, AWinmailDatIsItsCarriersBodyAndAttachments) {
  const auto stream = TnefStream()
                          .message(kAttMessageClass, "IPM.Note\0"s)
                          .message(kAttSubject, "of the stream\0"s)
                          .message(kAttBody, "the letter\0"s)
                          .attachment(kAttRendData, file_rendering())
                          .attachment(kAttAttachTitle, "a.pdf\0"s)
                          .attachment(kAttAttachData, "12345")
                          .bytes();
  const auto message = read_message(mail_with("application/ms-tnef", "winmail.dat", stream), Limits{});
  EXPECT_EQ(message.format, "eml");
  EXPECT_EQ(message.subject, "carrier");
  EXPECT_EQ(message.message_class, "IPM.Note");
  EXPECT_EQ(shown(message.texts), "1:text[hello] 2!body:text[the letter]");
  ASSERT_EQ(message.attachments.size(), 2U);
  EXPECT_EQ(message.attachments[0].name, "winmail.dat");
  EXPECT_EQ(message.attachments[0].note, "winmail.dat");
  EXPECT_EQ(shown(message.attachments[1]), "2!1 a.pdf application/octet-stream 5 ");
  EXPECT_TRUE(message.messages.empty());
  EXPECT_FALSE(has_note(message, "no_transport_headers"));
}

TEST(MapiMessage, AWinmailDatThatIsNoTnefIsAnAttachment) {
  const auto message = read_message(mail_with("application/ms-tnef", "winmail.dat", "other bytes"), Limits{});
  EXPECT_EQ(message.attachments.size(), 1U);
  EXPECT_EQ(shown(message.texts), "1:text[hello]");
}

TEST(MapiMessage, AMessageInAWinmailDatIsNestedBelowIt) {
  const auto inner = TnefStream().message(kAttSubject, "inner\0"s).bytes();
  const auto stream = TnefStream()
                          .attachment(kAttRendData, file_rendering())
                          .attachment(kAttAttachment, property_list({embedded_stream(inner)}))
                          .bytes();
  const auto message = read_message(mail_with("application/octet-stream", "winmail.dat", stream), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].part, "2!1");
  EXPECT_EQ(message.messages[0].subject, "inner");
}

TEST(MapiMessage, NestedDepthCountsMailsAndObjectsAlike) {
  const Limits limits{.nested_depth = 2};
  const auto leaf = TnefStream().message(kAttSubject, "leaf\0"s).bytes();
  const auto within = read_message(tnef_with_file("a", tnef_with_file("b", leaf)), limits);
  EXPECT_EQ(within.messages.at(0).messages.at(0).subject, "leaf");
  EXPECT_FALSE(has_note(within.messages[0].messages[0], "limit"));
  const auto over = read_message(tnef_with_file("a", tnef_with_file("b", tnef_with_file("c", leaf))), limits);
  EXPECT_TRUE(has_note(over.messages.at(0).messages.at(0), "limit", "nested_depth"));
}

const std::string kSignedEntity =
    "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=ss\r\n\r\n--ss\r\nContent-Type: "
    "text/plain\r\n\r\n"
    "signed letter\r\n--ss\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nxx\r\n--ss--\r\n";

TEST(MapiMessage, ClearSignedMailIsReadInItsAttachment) {
  auto object = object_of({unicode_property(0x001A, "IPM.Note.SMIME.MultipartSigned")});
  object.attachments.push_back(
      attachment({unicode_property(0x370E, "multipart/signed"), binary_property(0x3701, kSignedEntity)}));
  const auto message = read(object);
  EXPECT_EQ(shown(message.texts), "1!1:text[signed letter]");
  EXPECT_EQ(message.attachments.size(), 2U) << "the entity, and its signature";
  EXPECT_TRUE(has_note(message, "signed"));
}

TEST(MapiMessage, OpaqueSignedMailIsReadInItsAttachmentAndEncryptedMailIsNamed) {
  const auto with_p7m = [](const std::string& bytes) {
    auto object = object_of({unicode_property(0x001A, "IPM.Note.SMIME")});
    object.attachments.push_back(
        attachment({unicode_property(0x3707, "smime.p7m"), unicode_property(0x370E, "application/pkcs7-mime"),
                    binary_property(0x3701, bytes)}));
    return read(object);
  };
  const auto opaque = with_p7m(tests::cms_signed("Content-Type: text/plain\r\n\r\nletter"));
  EXPECT_EQ(shown(opaque.texts), "1!1:text[letter]");
  EXPECT_EQ(opaque.attachments.at(0).note, "signed");
  const auto encrypted = with_p7m(tests::cms_encrypted("letter"));
  EXPECT_TRUE(encrypted.texts.empty());
  EXPECT_TRUE(has_note(encrypted, "encrypted"));
}

}  // namespace
}  // namespace threadline::message
