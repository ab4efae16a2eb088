// SPDX-License-Identifier: Apache-2.0
#include "documents/ooxml_text.h"

#include <algorithm>
#include <array>

namespace threadline::documents {
namespace {

constexpr std::size_t kHiddenWords = 80;  ///< bytes of hidden text that are told

/// What an element means for the text; the rest is walked over for what is in it.
enum class Meaning { other, paragraph, words, deletion, insertion, cell, row, mark, alternative, fallback, passed };

struct Known {
  std::string_view name;
  Meaning meaning;
  std::string_view words = {};  ///< of a mark
};

/// "text" is a threaded comment's or a slide comment's words, and the element around runs in a sheet's comment.
constexpr std::array kKnown{Known{"p", Meaning::paragraph},
                            Known{"comment", Meaning::paragraph},
                            Known{"threadedComment", Meaning::paragraph},
                            Known{"cm", Meaning::paragraph},
                            Known{"t", Meaning::words},
                            Known{"delText", Meaning::words},
                            Known{"text", Meaning::words},
                            Known{"del", Meaning::deletion},
                            Known{"moveFrom", Meaning::deletion},
                            Known{"ins", Meaning::insertion},
                            Known{"moveTo", Meaning::insertion},
                            Known{"tc", Meaning::cell},
                            Known{"tr", Meaning::row},
                            Known{"tab", Meaning::mark, "\t"},
                            Known{"ptab", Meaning::mark, "\t"},
                            Known{"br", Meaning::mark, "\n"},
                            Known{"cr", Meaning::mark, "\n"},
                            Known{"noBreakHyphen", Meaning::mark, "-"},
                            Known{"AlternateContent", Meaning::alternative},
                            Known{"Fallback", Meaning::fallback},
                            Known{"pPr", Meaning::passed},
                            Known{"tblPr", Meaning::passed},
                            Known{"trPr", Meaning::passed},
                            Known{"tcPr", Meaning::passed},
                            Known{"sectPr", Meaning::passed}};

const Known& known(std::string_view name) {
  static constexpr Known kOther{"", Meaning::other};
  const auto* found = std::ranges::find(kKnown, name, &Known::name);
  return found == kKnown.end() ? kOther : *found;
}

}  // namespace

Shown OoxmlText::shown() const {
  if (deleted_ > 0) return Shown::before;
  return inserted_ > 0 ? Shown::now : Shown::always;
}

bool OoxmlText::begin(std::string_view name, const text::XmlAttributes& attributes) {
  if (look_ != nullptr) {
    if (const auto goes_in = look_->begin(name, attributes)) return *goes_in;
  }
  const Known& element = known(name);
  switch (element.meaning) {
    case Meaning::paragraph: to_.begin_paragraph(); break;
    case Meaning::words: ++in_text_; break;
    case Meaning::deletion: ++deleted_; break;
    case Meaning::insertion: ++inserted_; break;
    case Meaning::cell: to_.begin_cell(); break;
    case Meaning::mark: to_.add(element.words, shown()); break;
    case Meaning::alternative: choices_.push_back(to_.size()); break;
    case Meaning::fallback: return choices_.empty() || choices_.back() == to_.size();
    case Meaning::passed: return false;
    case Meaning::row: to_.begin_row(); break;
    case Meaning::other: break;
  }
  return !to_.is_full();
}

void OoxmlText::text(std::string_view words) {
  if (in_text_ == 0) return;
  const auto hiding = look_ == nullptr ? text::Hiding::none : look_->hiding();
  to_.add(words, shown(), hiding);
  if (hiding != text::Hiding::none && hidden_.size() < kHiddenWords) hidden_ += words.substr(0, kHiddenWords - hidden_.size());
}

void OoxmlText::end(std::string_view name) {
  if (look_ != nullptr && look_->end(name)) return;
  switch (known(name).meaning) {
    case Meaning::paragraph: to_.end_paragraph(); break;
    case Meaning::words: --in_text_; break;
    case Meaning::deletion: --deleted_; break;
    case Meaning::insertion: --inserted_; break;
    case Meaning::cell: to_.end_cell(); break;
    case Meaning::row: to_.end_row(); break;
    case Meaning::alternative: choices_.pop_back(); break;
    default: break;
  }
}

}  // namespace threadline::documents
