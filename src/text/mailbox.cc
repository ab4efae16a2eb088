// SPDX-License-Identifier: Apache-2.0
#include "text/mailbox.h"

#include <algorithm>
#include <array>
#include <utility>

#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr auto kNowhere = std::string_view::npos;
constexpr std::string_view kMailto = "mailto:";

constexpr bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// Entities that are left over where HTML source was pasted as text.
std::string without_entities(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kLeft = {
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&nbsp;", " "}, {"&amp;", "&"}}};
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto* entity = std::ranges::find_if(kLeft, [&](const auto& pair) { return text.substr(i).starts_with(pair.first); });
    if (entity == kLeft.end()) {
      result += text[i];
    } else {
      result += entity->second;
      i += entity->first.size() - 1;
    }
  }
  return result;
}

/// Cuts a list at its separators. A comma is one only behind an address, for it may stand between last and first name.
class ListCutter {
 public:
  explicit ListCutter(std::string_view text) : text_(text) {}

  [[nodiscard]] std::vector<std::string_view> pieces() {
    for (std::size_t i = 0; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == '"' && depth_ == 0)
        i = end_of_quoted(i);
      else if (c == '@')
        has_address_ = true;
      else if (c == ';')
        cut(i);
      else if (is_open(c))
        open(i);
      else if (is_close(c))
        depth_ -= depth_ > 0 ? 1 : 0;
      else if (depth_ == 0 && has_address_ && (c == ',' || (c == '\n' && begins_another(i))))
        cut(i);
    }
    cut(text_.size());
    return std::move(pieces_);
  }

 private:
  static bool is_open(char c) { return c == '<' || c == '[' || c == '('; }
  static bool is_close(char c) { return c == '>' || c == ']' || c == ')'; }

  /// A bracket that nothing closes before the next ";" is a character like any other.
  void open(std::size_t at) {
    if (closes_before_ < at) {
      const std::size_t end = std::min(text_.find(';', at), text_.size());
      const std::size_t last = text_.substr(0, end).find_last_of(">])");
      closes_before_ = end;
      last_close_ = last == kNowhere ? 0 : last;
    }
    if (last_close_ > at) ++depth_;
  }

  [[nodiscard]] std::size_t end_of_quoted(std::size_t at) {
    if (!has_quotes_) return at;
    for (std::size_t i = at + 1; i < text_.size(); ++i) {
      if (text_[i] == '\\')
        ++i;
      else if (text_[i] == '"')
        return i;
    }
    has_quotes_ = false;
    return at;
  }

  /// A line break behind an address parts persons, unless the same person's "<...>" or "[mailto:...]" follows.
  [[nodiscard]] bool begins_another(std::size_t at) const {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", at);
    return next != kNowhere && !is_open(text_[next]);
  }

  void cut(std::size_t end) {
    pieces_.push_back(text_.substr(begin_, end - begin_));
    begin_ = std::min(end + 1, text_.size());
    has_address_ = false;
    depth_ = 0;
  }

  std::string_view text_;
  std::vector<std::string_view> pieces_;
  std::size_t begin_ = 0, closes_before_ = 0, last_close_ = 0;
  int depth_ = 0;
  bool has_address_ = false, has_quotes_ = true;
};

bool starts_with_mailto(std::string_view text) { return equal_ascii_nocase(text.substr(0, kMailto.size()), kMailto); }

/// The address that a bracket or word holds; empty where it holds none.
std::string_view address_in(std::string_view text) {
  text = trimmed(text);
  if (starts_with_mailto(text)) text = trimmed(text.substr(kMailto.size()));
  text = trimmed(text.substr(0, text.find_first_of("<>?")));
  while (!text.empty() && std::string_view(".,;:'\"*()[]").find(text.back()) != kNowhere) text.remove_suffix(1);
  while (!text.empty() && std::string_view("'\"*,;([").find(text.front()) != kNowhere) text.remove_prefix(1);
  const std::size_t sign = text.rfind('@');
  if (sign == kNowhere || sign == 0 || sign + 1 == text.size()) return {};
  return std::ranges::any_of(text, is_space) ? std::string_view() : text;
}

std::string squeezed(std::string_view text) {
  std::string result;
  for (const char c : trimmed(text)) {
    if (is_space(c) && (result.empty() || result.back() == ' ')) continue;
    result += is_space(c) ? ' ' : c;
  }
  return result;
}

/// Whether the same mark stands at both ends and nowhere between, but behind a backslash.
bool is_wrapped(std::string_view text, char mark) {
  if (text.size() < 2 || text.front() != mark || text.back() != mark) return false;
  for (std::size_t at = text.find(mark, 1); at + 1 < text.size(); at = text.find(mark, at + 1)) {
    if (text[at - 1] != '\\') return false;
  }
  return true;
}

std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result += text[i];
  }
  return result;
}

std::string clean_name(std::string_view text) {
  std::string name = squeezed(text);
  for (bool changed = true; changed && !name.empty();) {
    changed = false;
    while (!name.empty() && (name.back() == ',' || name.back() == ':')) name.pop_back(), changed = true;
    while (!name.empty() && name.front() == ',') name.erase(0, 1), changed = true;
    for (const char mark : {'"', '\'', '*', '_'}) {
      if (!is_wrapped(name, mark)) continue;
      name = name.substr(1, name.size() - 2);
      changed = true;
    }
    name = squeezed(name);
  }
  return unescaped(name);
}

/// A stretch of a piece in brackets, or nothing.
struct Bracket {
  std::size_t begin = kNowhere, end = kNowhere;
  std::string_view content;
};

/// Finds brackets one after the other; "<a@b<mailto:a@b>>" is one, and "<" may lack its end.
class BracketFinder {
 public:
  explicit BracketFinder(std::string_view text) : text_(text), last_round_(text.rfind(')')), last_square_(text.rfind(']')) {}

  [[nodiscard]] Bracket next() {
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') is_quoted_ = !is_quoted_ && text_.find('"', at_ + 1) != kNowhere;
      if (!is_quoted_ && (c == '<' || closes_later(c))) return take(c == '<' ? '>' : c == '[' ? ']' : ')');
    }
    return {};
  }

 private:
  [[nodiscard]] bool closes_later(char open) const {
    const std::size_t last = open == '(' ? last_round_ : open == '[' ? last_square_ : kNowhere;
    return last != kNowhere && last > at_;
  }

  Bracket take(char close) {
    const std::size_t begin = at_;
    const std::size_t end = std::min(text_.find(close, begin), text_.size());
    at_ = end;
    while (at_ < text_.size() && text_[at_] == close) ++at_;
    return {begin, at_, text_.substr(begin + 1, end - begin - 1)};
  }

  std::string_view text_;
  std::size_t last_round_, last_square_;
  std::size_t at_ = 0;
  bool is_quoted_ = false;
};

/// The first address in brackets, the comment if there is one, and what stands outside of both.
struct Parts {
  std::string address, comment, outside;
};

/// "/O=FIRM/OU=.../CN=..." names an entry of Exchange's directory (legacyExchangeDN): Outlook prints it in place of an address.
bool is_directory_entry(std::string_view bracket) {
  return bracket.size() > 3 && equal_ascii_nocase(bracket.substr(0, 3), "/o=");
}

Parts parts_of(std::string_view piece) {
  Parts parts;
  std::size_t at = 0;
  BracketFinder brackets(piece);
  for (Bracket bracket = brackets.next(); bracket.begin != kNowhere; bracket = brackets.next()) {
    parts.outside += piece.substr(at, bracket.begin - at);
    const std::string_view address = address_in(bracket.content);
    if (!address.empty() && parts.address.empty())
      parts.address = address;
    else if (address.empty() && piece[bracket.begin] == '(' && parts.comment.empty())
      parts.comment = bracket.content;
    if (address.empty() && !is_directory_entry(bracket.content))
      parts.outside += piece.substr(bracket.begin, bracket.end - bracket.begin);
    at = bracket.end;
  }
  parts.outside += piece.substr(at);
  return parts;
}

/// Takes the first bare address out of the words.
std::string take_bare_address(std::string& words) {
  for (std::size_t at = words.find_first_not_of(" \t\r\n"); at != kNowhere; at = words.find_first_not_of(" \t\r\n", at)) {
    const std::size_t end = std::min(words.find_first_of(" \t\r\n", at), words.size());
    const std::string_view word = std::string_view(words).substr(at, end - at);
    if (const std::string address(address_in(word)); !address.empty()) {
      words.erase(at, end - at);
      return address;
    }
    at = end;
  }
  return {};
}

/// Whether the last word is the end of a Notes address, "Jean Dupont/COMPTA/FIRM@FIRM": the name of its user has blanks, and its
/// units stand behind slashes. The path of X.400 begins with one ("/G=Jean/S=Dupont/@x400.example").
bool is_notes_address(std::string_view words) {
  const std::size_t last = words.rfind(' '), slash = words.find('/');
  if (last == kNowhere || last > slash || slash == last + 1) return false;
  const std::string_view end = words.substr(last + 1);
  return words.find('@') > slash && end.find("://") == kNowhere && address_in(end) == end;
}

Mailbox read_piece(std::string_view piece, NotesAddresses notes) {
  Parts parts = parts_of(piece);
  Mailbox mailbox;
  if (notes == NotesAddresses::whole && parts.address.empty()) {
    const std::string words = squeezed(parts.outside);
    if (is_notes_address(words)) return {{}, words};
  }
  mailbox.address = parts.address.empty() ? take_bare_address(parts.outside) : parts.address;
  const std::string comment = "(" + parts.comment + ")";
  const std::string name = clean_name(parts.outside);
  mailbox.name = !parts.comment.empty() && name == comment ? clean_name(parts.comment) : name;
  if (equal_ascii_nocase(address_in(mailbox.name), mailbox.address) &&
      address_in(mailbox.name).size() + 2 >= mailbox.name.size()) {
    mailbox.name.clear();
  }
  return mailbox;
}

}  // namespace

std::vector<Mailbox> read_mailboxes(std::string_view text, NotesAddresses notes) {
  const std::string plain = text.find('&') == kNowhere ? std::string(text) : without_entities(text);
  std::vector<Mailbox> result;
  for (const std::string_view piece : ListCutter(plain).pieces()) {
    Mailbox mailbox = read_piece(piece, notes);
    if (!mailbox.name.empty() || !mailbox.address.empty()) result.push_back(std::move(mailbox));
  }
  return result;
}

std::string_view common_name(std::string_view name) {
  const std::size_t slash = name.find('/');
  if (slash == kNowhere || slash == 0 || slash + 1 == name.size() || name[slash - 1] == ' ' || name[slash + 1] == ' ')
    return name;
  std::string_view common = name.substr(0, slash);
  if (equal_ascii_nocase(common.substr(0, 3), "CN=")) common.remove_prefix(3);
  return common.empty() ? name : common;
}

Mailbox read_mailbox(std::string_view text) {
  auto all = read_mailboxes(text);
  return all.empty() ? Mailbox{} : std::move(all.front());
}

}  // namespace threadline::text
