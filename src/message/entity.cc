// SPDX-License-Identifier: Apache-2.0
#include "message/entity.h"

#include <gmime/gmime.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "base/sha256.h"
#include "base/signed_content.h"
#include "message/base64_lines.h"
#include "message/calendar.h"
#include "message/entity_bounds.h"
#include "message/gmime_setup.h"
#include "message/header_value.h"
#include "message/mailbox_part.h"
#include "message/note_list.h"
#include "message/owned.h"
#include "message/report_part.h"
#include "message/special_part.h"
#include "message/text_part.h"
#include "message/tnef.h"
#include "message/transfer.h"
#include "message/uuencoded.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

std::string text_of(const char* text) { return text == nullptr ? std::string() : text::valid_utf8(text); }
std::string lower_of(const char* text) { return text::ascii_lower(text_of(text)); }

struct Warning {
  GMimeParserWarning code;
  std::string_view note;
  std::string_view words;
};

/// What GMime's parser may say about MIME structure. Those that it leaves out by design are our own (header fields).
constexpr auto kWarnings = std::to_array<Warning>({
    {GMIME_WARN_DUPLICATED_HEADER, "parser_remark", "a part repeats a field"},
    {GMIME_WARN_DUPLICATED_PARAMETER, "parser_remark", "parameter present more than once"},
    {GMIME_WARN_UNENCODED_8BIT_HEADER, "parser_remark", "raw 8-bit characters in a field"},
    {GMIME_WARN_INVALID_CONTENT_TYPE, "malformed_mime", "invalid content type"},
    {GMIME_WARN_INVALID_RFC2047_HEADER_VALUE, "parser_remark", "invalid encoded word"},
    {GMIME_WARN_MALFORMED_MULTIPART, "malformed_mime", "multipart without parts"},
    {GMIME_WARN_TRUNCATED_MESSAGE, "truncated", "the last boundary is missing"},
    {GMIME_WARN_MALFORMED_MESSAGE, "malformed_mime", "malformed message"},
    {GMIME_CRIT_INVALID_HEADER_NAME, "malformed_mime", "a part's header holds a line that is no field"},
    {GMIME_CRIT_CONFLICTING_HEADER, "malformed_mime", "a part repeats a field with another value"},
    {GMIME_CRIT_CONFLICTING_PARAMETER, "malformed_mime", "parameter present with two values"},
    {GMIME_CRIT_MULTIPART_WITHOUT_BOUNDARY, "malformed_mime", "multipart without boundary"},
    {GMIME_WARN_INVALID_PARAMETER, "parser_remark", "invalid parameter"},
    {GMIME_WARN_INVALID_ADDRESS_LIST, "parser_remark", "invalid address list"},
    {GMIME_CRIT_NESTING_OVERFLOW, "malformed_mime", "nested too deeply for the parser"},
    {GMIME_WARN_PART_WITHOUT_CONTENT, "parser_remark", "part without content"},
    {GMIME_CRIT_PART_WITHOUT_HEADERS_OR_CONTENT, "malformed_mime", "part without header and content"},
});

void take_warning(gint64 /*offset*/, GMimeParserWarning code, const gchar* item, gpointer collector) noexcept {
  const auto* warning = std::ranges::find(kWarnings, code, &Warning::code);
  if (warning == kWarnings.end()) return;
  auto words = std::string(warning->words);
  if (item != nullptr && *item != '\0') words += ": " + text::valid_utf8(std::string_view(item).substr(0, 200));
  static_cast<NoteList*>(collector)->add(warning->note, std::move(words));
}

/// A leaf of the MIME tree with its content decoded.
struct Leaf {
  std::string part;
  std::string type;
  std::string charset;
  std::string name;
  bool attached = false;
  std::string smime_type;
  std::string bytes;
  Writing writing = Writing::lines;
};

/// "ATT00001.htm": the name that Exchange gives to text without one when it makes attachments of what stands between and behind
/// files (Apple Mail, lists' footers), as seen in exports of it. The reader's client names it among the files, its writer wrote
/// it as his mail.
bool is_named_by_exchange(std::string_view name) {
  constexpr std::string_view kHead = "att";
  constexpr std::size_t kDigits = 5;
  const std::string lowered = text::ascii_lower(name);
  if (!lowered.starts_with(kHead) || lowered.size() < kHead.size() + kDigits) return false;
  const auto number = std::string_view(lowered).substr(kHead.size(), kDigits);
  const auto ending = std::string_view(lowered).substr(kHead.size() + kDigits);
  return number.find_first_not_of("0123456789") == std::string_view::npos &&
         (ending == ".txt" || ending == ".htm" || ending == ".html");
}

using Object = std::unique_ptr<GMimeObject, Releases<g_object_unref>>;

Object parse(GMimeStream* stream, NoteList& notes);

/// A stream over the entity itself, not a copy: GMime only reads it, and it does not outlive the entity.
class EntityStream {
 public:
  explicit EntityStream(std::string_view entity)
      : bytes_{.data = reinterpret_cast<guint8*>(const_cast<char*>(entity.data())),
               .len = static_cast<guint>(std::min<std::size_t>(entity.size(), UINT32_MAX))},
        stream_(adopt<g_object_unref>(g_mime_stream_mem_new_with_byte_array(&bytes_))) {
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream_.get()), FALSE);
  }

  [[nodiscard]] GMimeStream* get() const { return stream_.get(); }

 private:
  GByteArray bytes_;
  std::unique_ptr<GMimeStream, Releases<g_object_unref>> stream_;
};

class EntityWalk {
 public:
  EntityWalk(Message& message, const Limits& limits, NoteList& notes) : message_(message), limits_(limits), notes_(notes) {}

  void read_root(GMimeObject* root) {
    message_.content_type = type_of(root);
    if (message_.content_type == "multipart/report") {
      message_.report_type = lower_of(g_mime_object_get_content_type_parameter(root, "report-type"));
    }
    read(root, "", 0);
  }

  std::vector<AttachedBytes> attached;

 private:
  static std::string type_of(GMimeObject* object) {
    auto* type = g_mime_object_get_content_type(object);
    if (type == nullptr) return "text/plain";
    return lower_of(g_mime_content_type_get_media_type(type)) + "/" + lower_of(g_mime_content_type_get_media_subtype(type));
  }

  void read(GMimeObject* object, const std::string& number, std::uint32_t depth) {
    if (GMIME_IS_MULTIPART(object)) return read_multipart(GMIME_MULTIPART(object), number, depth);
    const std::string leaf_number = number.empty() ? "1" : number;
    if (message_.parts.size() >= limits_.mime_parts) return notes_.add("limit", "mime_parts: further parts are left out");
    if (GMIME_IS_PART(object)) read_leaf(object, leaf_number);
  }

  void read_multipart(GMimeMultipart* multipart, const std::string& number, std::uint32_t depth) {
    if (depth >= limits_.mime_depth) return notes_.add("limit", "mime_depth: what is nested deeper is left out");
    const auto special = special_part(type_of(GMIME_OBJECT(multipart)), "", "");
    if (!special.note.empty()) notes_.add(special.note, type_of(GMIME_OBJECT(multipart)), number);
    read_children(multipart, number.empty() ? number : number + ".", depth);
  }

  /// `prefix` is what the children's numbers begin with.
  void read_children(GMimeMultipart* multipart, const std::string& prefix, std::uint32_t depth) {
    const int count = g_mime_multipart_get_count(multipart);
    if (count == 0) return read_childless(multipart, prefix.ends_with('.') ? prefix.substr(0, prefix.size() - 1) : prefix + "1");
    const bool is_sequence = holds_a_sequence(GMIME_OBJECT(multipart));
    const std::size_t first = message_.texts.size();
    for (int i = 0; i < count && message_.parts.size() <= limits_.mime_parts; ++i) {
      const std::size_t before = message_.texts.size();
      const std::string number = fmt::format("{}{}", prefix, i + 1);
      read(g_mime_multipart_get_part(multipart, i), number, depth + 1);
      if (is_sequence) mark_following(first, before, number);
    }
  }

  /// Its parts are shown one behind the other (RFC 2046 section 5.1.3, RFC 2387); those of others are alternatives or a report.
  static bool holds_a_sequence(GMimeObject* multipart) {
    const auto type = type_of(multipart);
    return type == "multipart/mixed" || type == "multipart/related";
  }

  /// The text of the leaf `number`, where a part of the same multipart was body text before it: Apple Mail cuts its text around
  /// what is attached, list servers add a part for their footer.
  void mark_following(std::size_t first, std::size_t before, const std::string& number) {
    auto& texts = message_.texts;
    if (texts.size() != before + 1 || texts.back().part != number || texts.back().attached) return;
    const auto& type = std::ranges::find(message_.parts, number, &Part::part)->type;  // files of its text stand behind it
    const auto earlier = std::span(texts).subspan(first, before - first);
    texts.back().follows = (type == "text/plain" || type == "text/html") &&
                           std::ranges::any_of(earlier, [](const Text& text) { return !text.attached; });
  }

  /// A multipart whose boundary never comes: its text is what stands there.
  void read_childless(GMimeMultipart* multipart, const std::string& number) {
    notes_.add("malformed_mime", "multipart without parts", number);
    const char* prologue = g_mime_multipart_get_prologue(multipart);
    read_content({.part = number,
                  .type = "text/plain",
                  .charset = {},
                  .name = {},
                  .attached = false,
                  .smime_type = {},
                  .bytes = prologue == nullptr ? std::string() : std::string(prologue)});
  }

  void read_leaf(GMimeObject* object, const std::string& number) {
    Leaf leaf{.part = number,
              .type = type_of(object),
              .charset = lower_of(g_mime_object_get_content_type_parameter(object, "charset")),
              .name = text_of(g_mime_part_get_filename(GMIME_PART(object))),
              .attached = false,
              .smime_type = lower_of(g_mime_object_get_content_type_parameter(object, "smime-type")),
              .bytes = {},
              .writing = writing_of(object)};
    if (const auto joined = joined_file_name(object); !joined.empty()) leaf.name = joined;
    if (const auto longer = extended_file_name(object); !longer.empty()) leaf.name = longer;
    leaf.attached = !leaf.name.empty() || lower_of(g_mime_object_get_disposition(object)) == "attachment";
    leaf.bytes = content_of(object, leaf);
    const auto untyped = leaf.attached ? std::string() : type_without_a_type(object);
    if (!untyped.empty() && leaf.bytes.find('\0') == std::string::npos) leaf.type = untyped;
    read_content(std::move(leaf));
  }

  /// By type and, of text/plain, by the parameters of RFC 3676 section 4.
  static Writing writing_of(GMimeObject* object) {
    const auto type = type_of(object);
    if (type == "text/enriched") return Writing::enriched;
    if (type == "text/richtext") return Writing::richtext;
    if (type != "text/plain" || lower_of(g_mime_object_get_content_type_parameter(object, "format")) != "flowed")
      return Writing::lines;
    const bool is_deleted = lower_of(g_mime_object_get_content_type_parameter(object, "delsp")) == "yes";
    return is_deleted ? Writing::flowed_delsp : Writing::flowed;
  }

  /// What a part is whose Content-Type names none ("text", "*/*"): text (RFC 2045 section 5.2). Empty where it names one.
  static std::string type_without_a_type(GMimeObject* object) {
    const char* field = g_mime_object_get_header(object, "Content-Type");
    if (field == nullptr) return {};  // what it is then, its multipart says
    const auto written = text::ascii_lower(text_of(field));
    const auto named = std::string_view(written).substr(0, written.find(';'));
    const auto slash = named.find('/');
    const bool is_named =
        slash != std::string_view::npos && slash > 0 && slash + 1 < named.size() && named.find('*') == named.npos;
    if (is_named) return {};
    return named.find("html") == std::string_view::npos ? "text/plain" : "text/html";
  }

  /// The name of "filename*" where "filename" stands before it: that one is for who cannot read the other (RFC 6266 section 4.3),
  /// and GMime takes the first. Empty without one.
  static std::string extended_file_name(GMimeObject* object) {
    const auto field = text_of(g_mime_object_get_header(object, "Content-Disposition"));
    const auto at = unquoted_place(text::ascii_lower(field), "filename*");
    if (at == std::string::npos) return {};
    const auto parameters = adopt<g_object_unref>(g_mime_param_list_parse(gmime_options(), field.c_str() + at));
    auto* named = parameters ? g_mime_param_list_get_parameter(parameters.get(), "filename") : nullptr;
    return named == nullptr ? std::string() : text_of(g_mime_param_get_value(named));
  }

  /// The name in several encoded words, which RFC 2047 section 5 forbids there and programs write: GMime ends at padding between
  /// them. Empty where one word or none stands there.
  static std::string joined_file_name(GMimeObject* object) {
    const bool is_disposed = g_mime_object_get_content_disposition_parameter(object, "filename") != nullptr;
    auto* header = g_mime_header_list_get_header(g_mime_object_get_header_list(object),
                                                 is_disposed ? "Content-Disposition" : "Content-Type");
    const char* raw = header == nullptr ? nullptr : g_mime_header_get_raw_value(header);
    if (raw == nullptr) return {};
    const auto written = unfolded(raw, {}), field = with_joined_words(written);
    if (field == written) return {};
    const auto parameters = adopt<g_object_unref>(
        g_mime_param_list_parse(gmime_options(), field.c_str() + std::min(field.find(';') + 1, field.size())));
    auto* named = parameters ? g_mime_param_list_get_parameter(parameters.get(), is_disposed ? "filename" : "name") : nullptr;
    return named == nullptr ? std::string() : text_of(g_mime_param_get_value(named));
  }

  static std::size_t unquoted_place(std::string_view field, std::string_view of) {
    bool is_quoted = false;
    for (std::size_t at = 0; at < field.size(); ++at) {
      if (is_quoted && field[at] == '\\')
        ++at;
      else if (field[at] == '"')
        is_quoted = !is_quoted;
      else if (!is_quoted && field.substr(at).starts_with(of))
        return at;
    }
    return std::string::npos;
  }

  std::string content_of(GMimeObject* object, const Leaf& leaf) {
    const auto name = text_of(g_mime_object_get_header(object, "Content-Transfer-Encoding"));
    const auto encoding = transfer_encoding_named(name);
    if (encoding == TransferEncoding::base64) return base64_content(raw_content(object), leaf);
    if (encoding == TransferEncoding::unknown) {
      notes_.add("malformed_mime", fmt::format("unknown Content-Transfer-Encoding: {}", name.substr(0, 80)), leaf.part);
    }
    return decode_transfer(raw_content(object), encoding);
  }

  /// Behind the padding of a text stands what lists and gateways write there in clear: it is read as it stands, unless it is more
  /// base64 with other characters in it. To a file words do not belong.
  std::string base64_content(std::string_view raw, const Leaf& leaf) {
    Base64Body body = decode_base64_body(raw);
    if (body.goes_on) notes_.add("malformed_mime", "base64 goes on behind its padding: it is read on", leaf.part);
    if (body.behind.empty()) return std::move(body.bytes);
    const bool is_file = !leaf.type.starts_with("text/");
    if (is_file && !append_behind_base64_of_file(body.behind, body.bytes)) {
      notes_.add("malformed_mime", fmt::format("{} bytes behind the base64 are left out", body.behind.size()), leaf.part);
      return std::move(body.bytes);
    }
    if (is_file || append_behind_base64(body.behind, body.bytes))
      notes_.add("malformed_mime", "base64 goes on behind its padding: it is read on", leaf.part);
    else
      notes_.add("parser_remark", "what stands behind the base64 is read as it stands", leaf.part);
    return std::move(body.bytes);
  }

  /// The part's content in the entity itself: GMime's content streams are windows onto the memory stream.
  static std::string_view raw_content(GMimeObject* object) {
    auto* content = g_mime_part_get_content(GMIME_PART(object));
    auto* stream = content == nullptr ? nullptr : g_mime_data_wrapper_get_stream(content);
    if (stream == nullptr || !GMIME_IS_STREAM_MEM(stream)) return {};
    const auto* array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
    const auto size = static_cast<gint64>(array->len);
    const auto end = stream->bound_end < 0 ? size : std::min<gint64>(stream->bound_end, size);
    const auto begin = std::clamp<gint64>(stream->bound_start, 0, end);
    return {reinterpret_cast<const char*>(array->data) + begin, static_cast<std::size_t>(end - begin)};
  }

  void read_content(Leaf leaf) {
    if (message_.parts.size() >= limits_.mime_parts) return notes_.add("limit", "mime_parts: further parts are left out");
    message_.parts.push_back({leaf.part, leaf.type, leaf.charset, leaf.bytes.size()});
    if (is_cms_part(leaf.type, leaf.name)) return read_cms_part(leaf);
    if (leaf.type == "text/calendar" || looks_like_calendar(leaf.bytes))
      add_calendar(leaf.bytes, leaf.charset, leaf.part, limits_, message_);
    if (message_.report_action.empty()) message_.report_action = report_action_of(leaf.type, leaf.bytes);
    const auto kind = part_kind(leaf.type);
    const bool is_text = (kind == PartKind::plain || kind == PartKind::html) &&
                         !(leaf.attached && may_be_mail_by_name(leaf.name) && is_mailbox(leaf.bytes));
    const bool is_message = kind == PartKind::message || is_outlook_message(leaf.bytes) ||
                            ((leaf.attached || !is_text) && is_message_file(leaf.type, leaf.name, leaf.bytes));
    std::vector<UuencodedFile> files;
    if (is_text && !is_message) files = add_body(leaf, kind == PartKind::html);
    if (!is_text || leaf.attached) add_attachment(leaf, special_part(leaf.type, leaf.smime_type, leaf.name));
    if (is_tnef(leaf.bytes)) {
      attached.push_back({leaf.part, std::move(leaf.bytes), Attached::content});
    } else if (is_message) {
      attached.push_back({leaf.part, std::move(leaf.bytes)});
    } else if (!is_text) {
      message_.attachments.back().content = std::move(leaf.bytes);
    }
    read_files(leaf, std::move(files));
  }

  /// What is uuencoded in a text is read in its place, as parts "1!1", "1!2".
  void read_files(const Leaf& leaf, std::vector<UuencodedFile> files) {
    std::size_t number = 0;
    for (UuencodedFile& file : files) {
      const std::string part = fmt::format("{}!{}", leaf.part, ++number);
      if (!file.is_whole) notes_.add("truncated", "a uuencoded file has no end", part);
      read_content({.part = part,
                    .type = "application/octet-stream",
                    .charset = {},
                    .name = text::decode(file.name, leaf.charset).text,
                    .attached = true,
                    .smime_type = {},
                    .bytes = std::move(file.bytes)});
    }
  }

  /// What is signed is read in its place, as part "1!1"; what is encrypted is named.
  void read_cms_part(const Leaf& leaf) {
    const CmsObject object = read_cms(leaf.bytes);
    add_attachment(leaf, special_cms(object, special_part(leaf.type, leaf.smime_type, leaf.name)));
    if (!object.content) return;
    if (signed_depth_ >= limits_.signed_depth)
      return notes_.add("limit", "signed_depth: what is signed more often is left out", leaf.part);
    ++signed_depth_;
    read_signed(leaf, *object.content);
    --signed_depth_;
  }

  /// A MIME entity (RFC 8551 section 3.5), a message, or a file that was signed as such (CAdES).
  void read_signed(const Leaf& leaf, const std::string& content) {
    if (!looks_like_entity(content)) {
      const bool named = text::ascii_lower(leaf.name).ends_with(".p7m");
      return read_content({.part = leaf.part + "!1",
                           .type = "application/octet-stream",
                           .charset = {},
                           .name = named ? leaf.name.substr(0, leaf.name.size() - 4) : leaf.name,
                           .attached = true,
                           .smime_type = {},
                           .bytes = content});
    }
    const auto bounded = bounded_entity(content, limits_, notes_);
    const EntityStream stream(bounded ? *bounded : content);
    if (const Object root = parse(stream.get(), notes_)) read_root_of(root.get(), leaf.part + "!");
  }

  /// The root of an entity in a part: a multipart's children are "1!1", "1!2"; a leaf is "1!1".
  void read_root_of(GMimeObject* root, const std::string& prefix) {
    if (!GMIME_IS_MULTIPART(root)) return read(root, prefix + "1", 0);
    read_children(GMIME_MULTIPART(root), prefix, 0);
  }

  /// Adds the text of a leaf; what is uuencoded in it, where it is a body of plain text.
  std::vector<UuencodedFile> add_body(const Leaf& leaf, bool html) {
    const bool asks_meta = html && leaf.charset.empty();
    auto decoded = decode_text(leaf.bytes, asks_meta ? html_meta_charset(leaf.bytes) : leaf.charset, leaf.part, limits_, notes_);
    const bool is_file = leaf.attached && !is_named_by_exchange(leaf.name);
    Text text{leaf.part, html, is_file, std::move(decoded.charset), std::move(decoded.text)};
    text.writing = html ? Writing::lines : leaf.writing;
    add_text(std::move(text), limits_, notes_, message_);
    if (html || is_file) return {};
    auto files = find_uuencoded(leaf.bytes, limits_.mime_parts);
    if (!files.empty()) leave_out_files(files.size(), message_.texts.back());
    return files;
  }

  static void leave_out_files(std::size_t most, Text& text) {
    for (const UuencodedFile& file : find_uuencoded(text.content, most)) text.files.push_back({file.begin, file.end});
  }

  void add_attachment(const Leaf& leaf, const Special& special) {
    if (!special.note.empty()) notes_.add(special.note, leaf.type, leaf.part);
    message_.attachments.push_back({.name = leaf.name,
                                    .type = leaf.type,
                                    .size = leaf.bytes.size(),
                                    .sha256 = sha256_hex(leaf.bytes),
                                    .part = leaf.part,
                                    .note = std::string(special.word)});
  }

  Message& message_;
  const Limits& limits_;
  NoteList& notes_;
  std::uint32_t signed_depth_ = 0;
};

GMimeParserOptions* new_options(NoteList& notes) {
  auto* options = g_mime_parser_options_clone(gmime_options());
  g_mime_parser_options_set_warning_callback(options, take_warning, &notes);
  return options;
}

Object parse(GMimeStream* stream, NoteList& notes) {
  const auto options = adopt<g_mime_parser_options_free>(new_options(notes));
  const auto parser = adopt<g_object_unref>(g_mime_parser_new_with_stream(stream));
  g_mime_parser_set_persist_stream(parser.get(), TRUE);
  return adopt<g_object_unref>(g_mime_parser_construct_part(parser.get(), options.get()));
}

/// Where nothing else is the body, the description of an invitation is.
void show_descriptions(Message& message) {
  for (Text& text : message.texts) text.attached = !text.part.ends_with("!description");
}

}  // namespace

std::vector<AttachedBytes> read_entity(std::string_view entity, const Limits& limits, Message& into) {
  NoteList notes(into.notes, limits);
  const auto bounded = bounded_entity(entity, limits, notes);
  const EntityStream stream(bounded ? *bounded : entity);
  const Object root = parse(stream.get(), notes);
  EntityWalk walk(into, limits, notes);
  if (root) walk.read_root(root.get());
  if (std::ranges::all_of(into.texts, &Text::attached)) show_descriptions(into);
  return std::move(walk.attached);
}

}  // namespace threadline::message
