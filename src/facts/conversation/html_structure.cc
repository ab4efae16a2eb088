// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/html_structure.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Attribute { cls, id, name };

struct Marker {
  std::string_view client;
  Attribute attribute;
  std::string_view value;
  MarkKind kind;
};

/// What clients write around a message that they quote. Source: their markup in public mailing lists' archives and in the tables
/// of public reply parsers; Outlook's names are stable since 2003, Gmail's since 2004.
constexpr auto kMarkers = std::to_array<Marker>({
    {"Gmail", Attribute::cls, "gmail_quote", MarkKind::container},
    {"Gmail", Attribute::cls, "gmail_quote_container", MarkKind::container},
    {"Gmail", Attribute::cls, "gmail_extra", MarkKind::frame},  // holds the signature, too
    {"Gmail", Attribute::cls, "gmail_attr", MarkKind::attribution},
    {"Gmail", Attribute::cls, "gmail_signature", MarkKind::signature},
    {"Outlook for the web", Attribute::id, "divRplyFwdMsg", MarkKind::headers},
    {"Outlook for the web", Attribute::id, "Signature", MarkKind::signature},
    {"Outlook", Attribute::id, "mail-editor-reference-message-container", MarkKind::container},
    {"Outlook mobile", Attribute::cls, "ms-outlook-mobile-reference-message", MarkKind::container},
    {"Outlook mobile", Attribute::id, "ms-outlook-mobile-signature", MarkKind::signature},
    {"Outlook mobile", Attribute::cls, "ms-outlook-mobile-signature", MarkKind::signature},
    {"Outlook 2003", Attribute::cls, "OutlookMessageHeader", MarkKind::headers},
    {"Outlook for Mac", Attribute::id, "OLK_SRC_BODY_SECTION", MarkKind::container},
    {"Outlook for Mac", Attribute::name, "OLK_SRC_BODY_SECTION", MarkKind::container},
    {"Hotmail", Attribute::id, "stopSpelling", MarkKind::divider},
    {"Hotmail", Attribute::id, "replySplit", MarkKind::divider},
    {"Yahoo", Attribute::cls, "yahoo_quoted", MarkKind::container},
    {"Yahoo", Attribute::id, "yahoo_quoted", MarkKind::container},
    {"Yahoo", Attribute::cls, "yahoo-quoted-begin", MarkKind::attribution},
    {"Yahoo", Attribute::cls, "iosymail", MarkKind::container},
    {"Yahoo", Attribute::id, "ymail_android_signature", MarkKind::signature},
    {"Yahoo", Attribute::id, "yahoo_signature", MarkKind::signature},
    {"Thunderbird", Attribute::cls, "moz-cite-prefix", MarkKind::attribution},
    {"Thunderbird", Attribute::cls, "moz-forward-container", MarkKind::container},
    {"Thunderbird", Attribute::cls, "moz-email-headers-table", MarkKind::headers},
    {"Thunderbird", Attribute::cls, "moz-signature", MarkKind::signature},
    {"Apple Mail", Attribute::id, "AppleMailSignature", MarkKind::signature},
    {"Proton", Attribute::cls, "protonmail_quote", MarkKind::container},
    {"Proton", Attribute::cls, "protonmail_signature_block", MarkKind::signature},
    {"Tuta", Attribute::cls, "tutanota_quote", MarkKind::container},
    {"Zimbra", Attribute::name, "__HEADERS__", MarkKind::headers},
    {"Zimbra", Attribute::name, "__QUOTED_TEXT__", MarkKind::container},
    {"Zimbra", Attribute::name, "__SIG_POST__", MarkKind::signature},
    {"Zimbra", Attribute::name, "__SIG_PRE__", MarkKind::signature},
    {"Zimbra", Attribute::id, "zwchr", MarkKind::divider},
    {"Zoho", Attribute::cls, "zmail_extra", MarkKind::container},
    {"Zoho", Attribute::cls, "zmail_quote", MarkKind::container},
    {"Zoho", Attribute::id, "blockquote_zmail", MarkKind::container},
    {"Notes", Attribute::cls, "iNotesHistory", MarkKind::container},
    {"GMX", Attribute::name, "quote", MarkKind::container},
    {"Mail.ru", Attribute::id, "composeWebView_previouse_content", MarkKind::container},  // as Mail.ru writes it
    {"Samsung", Attribute::id, "composer_signature", MarkKind::signature},
    {"Spark", Attribute::name, "messageReplySection", MarkKind::container},
    {"Spark", Attribute::name, "messageSignatureSection", MarkKind::signature},
    {"Airmail", Attribute::cls, "airmail_on", MarkKind::attribution},
    {"Airmail", Attribute::cls, "clean_bq", MarkKind::container},
    {"Airmail", Attribute::id, "bloop_sign", MarkKind::signature},
    {"Airmail", Attribute::cls, "bloop_sign", MarkKind::signature},
    {"Roundcube", Attribute::id, "reply-intro", MarkKind::attribution},
    {"Mailbird", Attribute::cls, "history_container", MarkKind::container},
    {"Front", Attribute::cls, "front-blockquote", MarkKind::container},
    {"HubSpot", Attribute::cls, "hs_reply", MarkKind::container},
    {"Missive", Attribute::cls, "missive_quote", MarkKind::container},
    {"Freshdesk", Attribute::cls, "freshdesk_quote", MarkKind::container},
    {"Zendesk", Attribute::cls, "quotedReply", MarkKind::container},
    {"Outreach", Attribute::cls, "outreach-quote", MarkKind::container},
    {"Fernand", Attribute::cls, "fernand_quote", MarkKind::container},
    {"Notion", Attribute::cls, "notion-mail-quote", MarkKind::container},
    {"Aliyun", Attribute::cls, "alimail-quote", MarkKind::container},
    {"NetEase", Attribute::id, "isReplyContent", MarkKind::container},
});

/// A line above a header block, as Word writes it and as Gmail and Outlook for the web write it anew. White space is left out.
constexpr auto kDividerStyles = std::to_array<std::string_view>({
    "border-top:solid#e1e1e1",              // Outlook 2013 on
    "border-top:solid#b5c4df",              // Outlook 2007, 2010, for Mac
    "border-top:1ptsolidrgb(225,225,225)",  // the same through Gmail
    "border-top:1.0ptsolidrgb(225,225,225)", "border-top:1ptsolidrgb(181,196,223)", "border-top:1.0ptsolidrgb(181,196,223)",
    "border-top:solidrgb(225,225,225)", "border-top:solidrgb(181,196,223)",
    "border-color:rgb(225,225,225)currentcolorcurrentcolor", "border-color:rgb(181,196,223)currentcolorcurrentcolor",
    "border-top-color:rgb(229,229,229)",  // Windows Mail
});

/// What clients put before names that another client wrote, so that their own style sheets do not meet them.
constexpr auto kPrefixes = std::to_array<std::string_view>({"x_", "ecx", "gmail-", "aolmail_", "v1"});
/// The same with a number behind it: "m_-123" (Gmail), "yiv123" and "ydp1a2b3c4d" (Yahoo).
struct NumberedPrefix {
  std::string_view name, digits;
  std::size_t most;
};
constexpr auto kNumbered =
    std::to_array<NumberedPrefix>({{"m_", "-0123456789", 20}, {"yiv", "0123456789", 10}, {"ydp", "0123456789abcdef", 8}});
/// Behind them: Mail.ru, and numbers of a message ("yahoo_quoted_0123456789").
constexpr auto kSuffixes = std::to_array<std::string_view>({"_mr_css_attr", "_mailru_css_attribute_postfix"});

bool drop_prefix(std::string_view& name) {
  for (const std::string_view prefix : kPrefixes) {
    if (name.starts_with(prefix)) return name.remove_prefix(prefix.size()), true;
  }
  for (const NumberedPrefix& prefix : kNumbered) {
    if (!name.starts_with(prefix.name)) continue;
    const std::string_view behind = name.substr(prefix.name.size(), prefix.most);
    const std::size_t digits = std::min(behind.find_first_not_of(prefix.digits), behind.size());
    if (digits > 0) return name.remove_prefix(prefix.name.size() + digits), true;
  }
  return false;
}

/// A class or id as its own client wrote it.
std::string_view own_name(std::string_view name) {
  while (drop_prefix(name)) {
  }
  for (const std::string_view suffix : kSuffixes) {
    if (name.ends_with(suffix)) name.remove_suffix(suffix.size());
  }
  const std::size_t last = name.find_last_not_of("0123456789");
  if (last != std::string_view::npos) name = name.substr(0, last + (name[last] == '_' && last > 0 ? 0 : 1));
  return name;
}

using Markers = std::unordered_map<std::string_view, MarkKind>;

const Markers& markers(Attribute attribute) {
  static const std::array<Markers, 3> all = [] {
    std::array<Markers, 3> made;
    for (const Marker& marker : kMarkers)
      made[static_cast<std::size_t>(marker.attribute)].emplace(own_name(marker.value), marker.kind);
    return made;
  }();
  return all[static_cast<std::size_t>(attribute)];
}

std::optional<MarkKind> find_marker(Attribute attribute, std::string_view value) {
  if (value.empty()) return std::nullopt;
  const Markers& known = markers(attribute);
  const auto found = known.find(own_name(value));
  if (found == known.end()) return std::nullopt;
  return found->second;
}

std::optional<MarkKind> marker_of(const text::Element& element) {
  std::string_view classes = element.cls;
  while (!classes.empty()) {
    const std::size_t space = std::min(classes.find_first_of(" \t\r\n"), classes.size());
    if (const auto kind = find_marker(Attribute::cls, classes.substr(0, space))) return kind;
    classes.remove_prefix(std::min(space + 1, classes.size()));
  }
  if (const auto kind = find_marker(Attribute::id, element.id)) return kind;
  return find_marker(Attribute::name, element.name);
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// Whether a style draws a line on the left, as clients do beside quoted words.
bool has_left_line(std::string_view style) {
  for (std::size_t at = style.find("border-left"); at != std::string_view::npos; at = style.find("border-left", at + 1)) {
    const std::size_t colon = style.find(':', at);
    if (colon == std::string_view::npos) return false;
    const std::string_view value = style.substr(colon + 1, std::min(style.find(';', colon), style.size()) - colon - 1);
    const bool is_none =
        value.starts_with("none") || value.starts_with("0") || value.starts_with("medium") || value.starts_with("initial");
    if (!is_none) return true;
  }
  return false;
}

/// A blockquote quotes, unless it is the mere indentation of an editor. Source: markup of Gmail, Apple Mail, Word and Outlook
/// for the web.
std::optional<MarkKind> kind_of_blockquote(const text::Element& element, std::optional<MarkKind> marker, bool is_inside) {
  const bool is_gmail = has(element.cls, "gmail_quote");
  if (text::equal_ascii_nocase(element.type, "cite")) return MarkKind::cited;
  if (is_gmail && !is_inside) return MarkKind::cited_inside;
  if (marker == MarkKind::container || has_left_line(element.style)) return MarkKind::cited;
  if (has(element.cls, "indent")) return std::nullopt;
  if (has(element.cls, "quote")) return MarkKind::cited;
  const bool is_plain =
      has(element.style, "border:none") || has(element.style, "border:medium") || has(element.style, "border:0");
  return is_plain ? std::nullopt : std::optional(MarkKind::cited_perhaps);
}

std::optional<MarkKind> kind_of(const text::Element& element, bool is_inside) {
  if (element.tag == "a") return std::nullopt;
  const auto marker = marker_of(element);
  if (element.tag == "blockquote") return kind_of_blockquote(element, marker, is_inside);
  if (marker) return marker;
  if (element.tag == "hr") return MarkKind::divider;
  if (element.tag != "div" || !has(element.style, "border-")) return std::nullopt;
  if (std::ranges::any_of(kDividerStyles, [&](std::string_view style) { return has(element.style, style); }))
    return MarkKind::divider;
  return has_left_line(element.style) ? std::optional(MarkKind::frame) : std::nullopt;
}

/// What an element is inside of.
struct Inside {
  bool container = false;
  std::size_t end = 0;  ///< of the innermost holder
};

}  // namespace

bool is_holder(MarkKind kind) {
  return kind == MarkKind::cited || kind == MarkKind::cited_perhaps || kind == MarkKind::cited_inside ||
         kind == MarkKind::container || kind == MarkKind::frame || kind == MarkKind::rest;
}

std::vector<HtmlMark> marks_of(const ReadText& body) {
  std::vector<HtmlMark> marks;
  std::vector<Inside> inside(body.elements.size());
  const Inside page{.container = false, .end = body.text.size()};
  for (std::size_t index = 0; index < body.elements.size(); ++index) {
    const text::Element& element = body.elements[index];
    const Inside& outer = element.parent < 0 ? page : inside[static_cast<std::size_t>(element.parent)];
    inside[index] = outer;
    const auto kind = kind_of(element, outer.container);
    if (!kind) continue;
    if (is_holder(*kind)) inside[index] = {outer.container || *kind == MarkKind::container, element.text_end};
    if (element.text_end > element.text_begin || !is_holder(*kind))
      marks.push_back({.kind = *kind, .begin = element.text_begin, .end = element.text_end});
    if (*kind == MarkKind::headers && outer.end > element.text_begin)
      marks.push_back({.kind = MarkKind::rest, .begin = element.text_begin, .end = outer.end});
  }
  for (HtmlMark& mark : marks)
    mark.deepens = mark.kind == MarkKind::cited || mark.kind == MarkKind::cited_perhaps || mark.kind == MarkKind::cited_inside;
  return marks;
}

}  // namespace threadline::facts
