// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "timeline/evidence_rows.h"
#include "timeline/explain.h"
#include "timeline/explain_route.h"
#include "timeline/people.h"
#include "timeline/sentences.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kLineLength = 300;  ///< code points of one value
constexpr std::size_t kParagraphLength = 1'500;
constexpr std::size_t kTextLength = 600;  ///< code points of new text
constexpr std::size_t kLinesOfList = 12;  ///< entries of one list; the JSON form has all
constexpr std::size_t kLabelWidth = 14;   ///< a SHA-256 behind it ends at kColumns
constexpr std::size_t kColumns = 80;

/// Text that grows line by line; what comes from the evidence is made visible before it is added.
class Page {
 public:
  Page(Language language, std::size_t indent) : language_(language), indent_(indent, ' ') {}

  void add(std::string_view label, const std::string& value) {
    if (value.empty()) return;
    const std::string name(words(label, language_));
    const std::size_t pad = kLabelWidth - std::min(kLabelWidth, width_of(name));
    text_ += indent_ + name + colon() + std::string(pad, ' ') + safe(value) + "\n";
  }

  void title(std::string_view label) { text_ += "\n" + indent_ + std::string(words(label, language_)) + "\n"; }
  /// One line, broken where it is too long for a screen; what goes on stands further in.
  void line(const std::string& value) { add_wrapped(safe(value), "  "); }

  /// Lines that are laid out already; the first is a title.
  void block(const std::vector<std::string>& lines) {
    for (const std::string& one : lines) text_ += (&one == lines.data() ? "\n" : "") + indent_ + one + "\n";
  }
  [[nodiscard]] std::size_t columns() const { return kColumns - std::min(indent_.size(), kColumns / 2); }

  /// A titled list: one line an entry, the first ones, and how many more; a single entry stands behind its title. Nothing for an
  /// empty list.
  template <class List, class Form>
  void list(std::string_view label, const List& entries, const Form& form) {
    if (entries.empty()) return;
    if (entries.size() == 1) return paragraph(label, form(entries.front()));
    title(label);
    const std::size_t count = std::min(entries.size(), kLinesOfList);
    for (std::size_t i = 0; i < count; ++i) line(form(entries[i]));
    if (count < entries.size()) line(phrase("explain.more", language_, {{"count", std::to_string(entries.size() - count)}}));
  }

  /// Words behind their title, broken where they are too long for a screen.
  void paragraph(std::string_view label, const std::string& value) {
    text_ += "\n";
    add_wrapped(std::string(words(label, language_)) + colon() + safe(value, kParagraphLength), "");
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add_wrapped(const std::string& shown, std::string indent) {
    for (const std::string& part : wrapped(shown, columns() - 4)) {
      text_ += indent_ + indent + part + "\n";
      indent = "    ";
    }
  }

  /// French sets a space that does not break before it.
  [[nodiscard]] std::string colon() const { return language_ == Language::fr ? "\u00a0: " : ": "; }

  static std::string safe(const std::string& value, std::size_t length = kLineLength) { return visible(one_line(value, length)); }

  Language language_;
  std::string indent_;
  std::string text_;
};

std::string full_name(const message::Address& person) {
  if (person.name.empty() || person.address.empty()) return name_of(person);
  return person.name + " <" + person.address + ">";
}

std::string full_names(const std::vector<message::Address>& people) {
  std::string names;
  for (std::size_t i = 0; i < std::min(people.size(), kLinesOfList); ++i) names += (i == 0 ? "" : ", ") + full_name(people[i]);
  return names;
}

std::string joined(std::initializer_list<std::string> words_of_line) {
  std::string line;
  for (const std::string& word : words_of_line) {
    if (!word.empty()) line += (line.empty() ? "" : "  ") + word;
  }
  return line;
}

void add_head(Page& page, const Judged& judged, Language language) {
  const facts::Facts& facts = *judged.facts;
  page.add("explain.source", facts.source);
  page.add("column.sha256", facts.sha256);
  page.add("column.message_id", facts.message_id);
  page.add("explain.from", full_names(facts.from));
  if (facts.sender) page.add("explain.sender", full_name(*facts.sender));
  page.add("explain.reply_to", full_names(facts.reply_to));
  page.add("explain.return_path", facts.return_path);
  page.add("explain.to", full_names(facts.to));
  page.add("explain.cc", full_names(facts.cc));
  page.add("explain.bcc", full_names(facts.bcc));
  page.add("explain.subject", facts.subject);
  if (facts.dates.header) page.add("explain.date", rfc3339(facts.dates.header->at));
  if (facts.dates.known_at)
    page.add("explain.known_at", fmt::format("{} ({})", rfc3339_utc(*facts.dates.known_at), facts::name_of(facts.dates.basis)));
  page.add("explain.client", facts.client);
  page.add("explain.direction", std::string(words(fmt::format("direction.{}", findings::name_of(judged.direction)), language)));
}

std::string auth_line(const facts::AuthResult& auth, Language language) {
  std::string properties;
  for (const auto& [name, value] : auth.properties) properties += (properties.empty() ? "" : " ") + name + "=" + value;
  return joined({auth.method + "=" + auth.result, properties, auth.by,
                 auth.trusted ? "(" + std::string(words("explain.trusted", language)) + ")" : ""});
}

/// "firm.example s1 body matches (bare LF restored), signature valid".
std::string dkim_line(const facts::Dkim& dkim, Language language) {
  const auto told = [&](const std::optional<bool>& known, const char* yes, const char* no) {
    return known ? std::string(words(*known ? yes : no, language)) : std::string();
  };
  const std::string reading = dkim.reading.empty() ? "" : "(" + dkim.reading + ")";
  return joined({dkim.domain, dkim.selector, told(dkim.body_hash, "dkim.match", "dkim.differs"), reading,
                 told(dkim.signature_valid, "dkim.valid", "dkim.invalid"), dkim.problem});
}

std::string finding_line(const findings::Finding& finding, Language language) {
  return fmt::format("[{}] {}: {}", words(fmt::format("severity.{}", name_of(finding.severity)), language), finding.code,
                     sentence_of(finding, language));
}

std::string account_line(const facts::Account& account, Language language) {
  return joined({grouped_account(account.value), account.holder, account.bank_name,
                 account.level == 0 ? "" : phrase("explain.level", language, {{"level", std::to_string(account.level)}}),
                 account.attachment, account.valid ? "" : "(" + std::string(words("explain.invalid", language)) + ")"});
}

std::string phone_line(const facts::Facts& facts, const facts::Phone& phone, Language language) {
  const auto block = static_cast<std::size_t>(phone.block);
  const bool is_quoted = phone.block >= 0 && block < facts.conversation.quoted.size();
  const std::string level = is_quoted ? std::to_string(facts.conversation.quoted[block].level) : "";
  const bool has_kind = phone.kind != facts::PhoneKind::unknown;
  return joined({phone.number, has_kind ? std::string(words(fmt::format("phone.{}", facts::name_of(phone.kind)), language)) : "",
                 phone.in_signature ? std::string(words("phone.in_signature", language)) : "",
                 level.empty() ? "" : phrase("explain.level", language, {{"level", level}})});
}

std::string domain_text(const facts::DomainUse& use) {
  return fmt::format("{}{} ({})", use.domain, use.unicode == use.domain ? "" : " " + use.unicode, fmt::join(use.fields, ", "));
}

/// The first domains one after the other: they fill lines, not the screen.
std::string domains_text(const std::vector<facts::DomainUse>& domains, Language language) {
  const std::size_t count = std::min(domains.size(), kLinesOfList);
  std::string line;
  for (std::size_t i = 0; i < count; ++i) line += (i == 0 ? "" : "; ") + domain_text(domains[i]);
  const std::string rest = std::to_string(domains.size() - count);
  return count == domains.size() ? line : line + " " + phrase("explain.more", language, {{"count", rest}});
}

std::string named(std::string_view name, const std::string& value) {
  return value.empty() ? std::string() : std::string(name) + "=" + value;
}

/// One line each for what gateways noted, where they noted anything; compauth stands under authentication.
std::vector<std::string> gateway_lines(const facts::Gateway& gateway) {
  std::string recipients;
  for (const std::string& recipient : gateway.envelope_to) recipients += (recipients.empty() ? "" : ", ") + recipient;
  std::vector<std::string> lines{
      fmt::format("{}", fmt::join(gateway.products, ", ")),
      joined({named("network-message-id", gateway.network_message_id), named("crosstenant-id", gateway.cross_tenant_id)}),
      joined({named("authas", gateway.auth_as), named("authsource", gateway.auth_source), named("scl", gateway.scl)}),
      joined({named("quarantine-id", gateway.quarantine_id), named("envelope-from", gateway.envelope_from),
              named("envelope-to", recipients)})};
  std::erase(lines, std::string());
  return lines;
}

std::string document_line(const facts::DocumentSummary& document, Language language) {
  std::string properties;
  for (const auto& [name, value] : document.properties) properties += (properties.empty() ? "" : "; ") + name + " " + value;
  const std::string count = std::to_string(document.earlier_revisions);
  return joined({document.name, document.kind, properties,
                 document.earlier_revisions == 0 ? "" : phrase("explain.earlier_revisions", language, {{"count", count}})});
}

std::string calendar_line(const message::Calendar& calendar) {
  return joined({calendar.method, calendar.start, calendar.summary, calendar.organizer ? full_name(*calendar.organizer) : "",
                 calendar.attendees.empty() ? "" : "-> " + full_names(calendar.attendees)});
}

void add_quoted(Page& page, const Judged& judged, Language language) {
  const auto& quoted = judged.facts->conversation.quoted;
  std::vector<std::size_t> order(quoted.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  page.list("explain.quoted", order, [&](std::size_t i) {
    const bool known = i < judged.originals.size() && judged.originals[i] != nullptr;
    return joined({fmt::format("{}.", quoted[i].level), quoted[i].date_text, full_name(quoted[i].from), quoted[i].subject,
                   known ? "(" + std::string(words("explain.in_evidence", language)) + ")" : ""});
  });
}

void add_new_text(Page& page, const facts::Facts& facts) {
  const std::string& text = facts.conversation.new_text;
  if (text.find_first_not_of(" \n\t") == std::string::npos) return;
  page.title("explain.new_text");
  std::size_t shown = 0;
  for (const std::string& line : wrapped(text, page.columns() - 4)) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    page.line(line);
    shown += line.size();
    if (shown > kTextLength) return page.line("...");
  }
}

/// The route's title says already that the border was inferred.
std::vector<Note> shown_notes(const Judged& judged) {
  std::vector<Note> notes = notes_of(judged);
  std::erase_if(notes, [](const Note& note) { return note.code == "trust_inferred"; });
  return notes;
}

void add_message(std::string& to, const Judged& judged, const Family& family, Language language, std::uint32_t depth) {
  const facts::Facts& facts = *judged.facts;
  Page page(language, 4 * (Limits{}.nested_depth - depth));
  add_head(page, judged, language);
  page.list("explain.findings", judged.findings, [&](const auto& finding) { return finding_line(finding, language); });
  page.block(route_lines(facts.route, language, page.columns()));
  page.list("explain.auth", facts.route.auth, [&](const auto& auth) { return auth_line(auth, language); });
  page.list("explain.dkim", facts.route.dkim, [&](const auto& dkim) { return dkim_line(dkim, language); });
  page.list("explain.gateway", gateway_lines(facts.gateway), [](const std::string& line) { return line; });
  page.list("explain.calendar", facts.calendars, calendar_line);
  add_new_text(page, facts);
  add_quoted(page, judged, language);
  page.list("explain.accounts", facts.accounts, [&](const auto& account) { return account_line(account, language); });
  page.list("explain.phones", facts.phones, [&](const auto& phone) { return phone_line(facts, phone, language); });
  if (!facts.domains.empty()) page.paragraph("explain.domains", domains_text(facts.domains, language));
  page.list("explain.attachments", facts.attachments, [](const message::Attachment& file) {
    return joined({file.name, file.type, fmt::format("{}", file.size), file.sha256, file.note});
  });
  page.list("explain.documents", facts.documents, [&](const auto& document) { return document_line(document, language); });
  page.list("explain.notes", shown_notes(judged), [&](const Note& note) { return notes_line({note}, language); });
  to += page.text();
  const auto children = family.find(facts.sha256);
  if (depth == 0 || children == family.end()) return;
  for (const auto& [child, is_copy] : children->second) {
    to += "\n--- " + std::string(words("explain.attached", language)) + " ---\n";
    add_message(to, *child, is_copy ? Family{} : family, language, depth - 1);
  }
}

}  // namespace

std::string explain_text(const Judged& message, const Family& family, Language language) {
  std::string text;
  add_message(text, message, family, language, Limits{}.nested_depth);
  return text;
}

}  // namespace threadline::timeline
