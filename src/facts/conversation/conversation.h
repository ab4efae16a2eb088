// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/limits.h"
#include "base/note.h"
#include "base/span.h"
#include "message/message.h"
#include "text/html.h"

namespace threadline::facts {

/// A further part of a body that was cut around what is attached: where it begins in ReadText::text.
struct LaterPart {
  std::uint64_t begin = 0;
  std::string part;
  std::vector<text::Run> runs;  ///< of its own text
};

/// A text part as read by a person, with the way back to its bytes. For lines of text/plain `runs` is empty (identity).
struct ReadText {
  std::string part;
  bool html = false;    ///< HTML, or text/enriched: elements say what is quoted
  bool flowed = false;  ///< format=flowed: paragraphs, on whose first line ">" marks a quote and one space behind them counts not
  std::string text;
  std::vector<text::Run> runs;
  std::vector<text::HiddenRange> hidden;
  std::vector<text::ReversedRange> reversed;
  std::vector<text::Element> elements;  ///< empty for text/plain
  std::vector<LaterPart> later;         ///< sorted; what goes on behind the part named above
  std::vector<Note> notes;              ///< limits that its reading reached

  /// The span in the part's source of text[begin, end); where that reaches into a later part, up to its begin.
  [[nodiscard]] Span span_of(std::uint64_t begin, std::uint64_t end) const;
  [[nodiscard]] bool holds_part(std::string_view name) const;
  /// Goes on with the text of a later part, in a line of its own.
  void append(ReadText more);
};

/// Reads one text part (HTML through text::read_html, text/enriched through text::read_enriched); uuencoded files are left out.
[[nodiscard]] ReadText read_text(const message::Text& part, const Limits& limits);

/// How a quoted message is introduced.
enum class QuoteForm { header_block, attribution, forward, attached };
[[nodiscard]] std::string_view name_of(QuoteForm form);

/// One message that stands in the quoted history of another (explain.md, conversation.quoted).
struct QuotedBlock {
  std::int32_t level = 1;    ///< 1 is the nearest
  std::int32_t parent = -1;  ///< index in Conversation::quoted of the message that quotes it; -1: the new text
  QuoteForm form = QuoteForm::header_block;
  message::Address from;
  std::optional<message::Address> on_behalf_of;
  std::vector<message::Address> to, cc;
  std::string subject;
  std::string date_text;      ///< as written
  std::optional<Stamp> date;  ///< basis `assumed`: the carrier's offset was taken
  std::string text;           ///< its own words, without what it quotes itself, quote marks removed
  std::string signature;      ///< the end of `text` that is a signature or a phone's "Sent from ...", or empty
  std::string
      style;  ///< how it is introduced: form, language, labels in their order ("header_block fr De,Envoy\u00e9,\u00c0,Objet")
  bool wrong_weekday = false;  ///< the date names a weekday that is not its own
  Span span;                   ///< of the whole block (introduction and own words), in the part's source
  Span introduction;           ///< of the header block or attribution alone
};

/// Whose words a stretch of the body's text are. Sorted, covering the text without gaps.
struct Segment {
  std::uint64_t begin = 0, end = 0;  ///< in ReadText::text
  std::int32_t block = -1;           ///< index in Conversation::quoted; -1: new text
  bool introduction = false;         ///< a header block, attribution or separator, not words
};

/// A quoted message that the other alternative tells with another number, account, address or person: a reader sees either of
/// them.
struct OtherTelling {
  std::int32_t block = -1;  ///< index in Conversation::quoted of the same message
  QuotedBlock said;         ///< as the other alternative has it; its spans are in that part
};

/// What the sender wrote and what he quotes. Made from the body part that says more (see `part`); both are read.
struct Conversation {
  std::string part;      ///< the part it was read from; empty without a text body
  std::string new_text;  ///< what this sender wrote, signature included
  std::string signature;
  std::vector<QuotedBlock> quoted;  ///< nearest level first, in the order of the text
  std::vector<OtherTelling> told_otherwise;
  std::vector<Segment> segments;
  bool mobile = false;      ///< the signature is a phone's ("Envoy\u00e9 de mon iPhone")
  std::vector<Note> notes;  ///< bodies_differ, limit quoted_levels / quoted_blocks
};

/// One body part and the conversation in it; `body` is what the segments and spans speak of.
struct ReadConversation {
  Conversation conversation;
  ReadText body;
  std::shared_ptr<const ReadConversation> other;  ///< of the alternative that says less; nullptr without one
  bool other_says_more = false;                   ///< the other has words of its own
};

/// Reads the quoted history at N levels from the text and HTML bodies of a message.
/// `carrier_offset_minutes`: the offset that dates without a zone are assumed to have (of the carrier's Date).
/// Limits: quoted_levels, quoted_blocks.
[[nodiscard]] ReadConversation read_conversation(const message::Message& message, int carrier_offset_minutes,
                                                 const Limits& limits);

/// The same on one text, for tests and for bodies without a message. `writer`: the name of who wrote it, for its signature.
[[nodiscard]] Conversation read_quoted(const ReadText& body, int carrier_offset_minutes, const Limits& limits,
                                       std::string_view writer = {});

}  // namespace threadline::facts
